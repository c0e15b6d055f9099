"""What must not be thinner than it lasts: claws, walls, wires. Each drawing tells its thinnest places; one rule reads them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from production.shapes.parameters import UM_PER_MM, Refused, Text, in_mm

# Millimetres of finished metal. The workshop's own limits for cast and polished pieces that are worn every day.
LEAST_CLAW_MM = 0.7
LEAST_BEZEL_MM, BEZEL_SHARE = (
    0.4,
    0.035,
)  # a bezel's wall, and its share of the stone's width: a large stone pushes harder
LEAST_SHANK_MM = 1.0
LEAST_FLOOR_MM = 0.8  # what stays under an engraving, a hammer's mark or a milled row
LEAST_WIRE_MM = 0.3
LEAST_POST_MM = 0.8


@dataclass(frozen=True)
class Thin:
    """A thin place: how thick it is and how thick it must be."""

    rule: str
    part: Text
    mm: float
    least_mm: float


def claw(mm: float) -> Thin:
    """A claw's wire."""
    return Thin("claw_too_thin", _("The claws"), mm, LEAST_CLAW_MM)


def bezel_wall(mm: float, stone_mm: float) -> Thin:
    """A wall rubbed over a stone of this width."""
    return Thin("wall_too_thin", _("The bezel's wall"), mm, max(LEAST_BEZEL_MM, BEZEL_SHARE * stone_mm))


def shank(mm: float) -> Thin:
    """A band at its thinnest."""
    return Thin("wall_too_thin", _("The band"), mm, LEAST_SHANK_MM)


def floor(mm: float) -> Thin:
    """Metal that stays under worked metal."""
    return Thin("wall_too_thin", _("The metal under the surface"), mm, LEAST_FLOOR_MM)


def wire(mm: float) -> Thin:
    """A link, a bail or a hoop."""
    return Thin("wire_too_thin", _("The wire"), mm, LEAST_WIRE_MM)


def post(mm: float) -> Thin:
    """An earring's post."""
    return Thin("wire_too_thin", _("The post"), mm, LEAST_POST_MM)


def refuse_thin(places: Iterable[Thin]) -> None:
    """The first place that is thinner than it must be, in words."""
    for place in places:
        if place.mm < place.least_mm - 1e-9:
            raise Refused(
                place.rule,
                _("{part} would be {thick} thick in these sizes and must be {least} or more: make the piece heavier."),
                part=place.part,
                thick=in_mm(round(place.mm * UM_PER_MM)),
                least=in_mm(round(place.least_mm * UM_PER_MM)),
            )
