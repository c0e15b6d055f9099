"""Standard minutes of a piece by stage, from its kind and what is asked of it. House defaults until own times are measured."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

STAGES = ("design", "casting", "assembly", "finishing", "quality", "packaging")


class UnknownKind(Exception):
    """The workshop has no standard for this kind of piece."""


@dataclass(frozen=True)
class Standard:
    """Minutes of one kind of piece, without stones, engraving or plating."""

    design: int
    casting: int
    assembly: int
    finishing: int
    quality: int
    packaging: int


STANDARDS = {
    "plain_ring": Standard(45, 40, 40, 60, 15, 15),
    "ring_with_stone": Standard(120, 45, 90, 75, 20, 15),
    "pendant": Standard(90, 40, 70, 60, 20, 15),
    "earrings": Standard(90, 50, 90, 80, 20, 15),
    "bangle": Standard(75, 50, 60, 80, 15, 15),
    "chain": Standard(60, 60, 240, 90, 20, 15),
}
FIRST_STONE, EACH_FURTHER_STONE = 30, 8
ENGRAVING, PLATING = 20, 30


def standard_minutes(*, kind: str, stones: int, engraving: bool, plating: bool) -> dict[str, int]:
    """Minutes by stage, in the order of the stages. Setting belongs to assembly, engraving and plating to finishing."""
    if kind not in STANDARDS or stones < 0:
        raise UnknownKind(_("The workshop has no standard times for “%(kind)s”.") % {"kind": kind})
    row = STANDARDS[kind]
    minutes = {stage: int(getattr(row, stage)) for stage in STAGES}
    minutes["assembly"] += FIRST_STONE + EACH_FURTHER_STONE * (stones - 1) if stones else 0
    minutes["finishing"] += ENGRAVING * engraving + PLATING * plating
    return minutes
