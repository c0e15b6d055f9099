"""What a change of size or words means for a piece that is being made: what is done again, and what is too late. Pure.

Two US sizes is as far as a shank is cut and joined without spoiling it (a house default from bench practice; one US
size is 0.8128 mm of inner diameter, ASTM and the chart in foundation.reference.rings); beyond that it is cast again. A ring
whose stones run all the way round can't be cut at all.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

RESIZED_MOST_UM = 2 * 813
ALL_ROUND = ("eternity",)
"""Families whose shank is stones all the way round."""
ORDER = (
    "draw", "approve", "adapt", "pattern", "cast", "clean", "resize", "set", "tighten", "polish", "engrave", "plate", "inspect",
    "pack",
)  # fmt: skip
"""The order in which crafts follow each other at the benches."""
FROM_THE_CASTING = ("adapt", "pattern", "cast", "clean")


@dataclass(frozen=True)
class Asked:
    """What is to be: the inner diameter in µm (None: no ring), the words and where they stand."""

    ring_inner_um: int | None
    engraving: str
    engraving_place: str


@dataclass(frozen=True)
class Standing:
    """Where a piece is: what was asked for so far, and the crafts that are under way or done on it."""

    asked: Asked
    begun: frozenset[str]
    running: str = ""
    design_is_over: bool = True
    all_round: bool = False


@dataclass(frozen=True)
class Verdict:
    """`again`: crafts that are added, in the benches' order. `left_out`: crafts that are not needed any more.

    `recast`: the casting goes back to the pot. `too_late`: why it cannot be; then nothing else counts.
    """

    again: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    recast: bool = False
    too_late: tuple[str, ...] = field(default_factory=tuple)


def judge(at: Standing, wanted: Asked) -> Verdict:
    """What it takes to make the piece as it is wanted now."""
    if wanted == at.asked:
        return Verdict(too_late=(_("That is how it is being made. Nothing would change."),))
    if at.running == "inspect" or {"inspect", "pack"} & at.begun:
        return Verdict(
            too_late=(_("It is made and at its inspection, or being packed: it cannot be changed any more."),)
        )
    size = _size(at, wanted) if wanted.ring_inner_um != at.asked.ring_inner_um else Verdict()
    words = _words(at, wanted) if _words_of(wanted) != _words_of(at.asked) else Verdict()
    crafts = {*size.again, *words.again} - set(words.left_out)
    return Verdict(
        tuple(craft for craft in ORDER if craft in crafts),
        words.left_out,
        size.recast,
        (*size.too_late, *words.too_late),
    )


def _words_of(asked: Asked) -> tuple[str, str]:
    return (asked.engraving, asked.engraving_place if asked.engraving else "")


def _size(at: Standing, wanted: Asked) -> Verdict:
    if not wanted.ring_inner_um or not at.asked.ring_inner_um:
        return Verdict(too_late=(_("Only a ring has a size."),))
    drawn = ("adapt",) if at.design_is_over else ()
    if "cast" not in at.begun:
        return Verdict((*drawn, *(("pattern",) if "pattern" in at.begun else ())))
    if at.all_round and "set" in at.begun:
        return Verdict(too_late=(_("Its stones are set all the way round: its size cannot be changed any more."),))
    if not at.all_round and abs(wanted.ring_inner_um - at.asked.ring_inner_um) <= RESIZED_MOST_UM:
        return Verdict(_resized(at))
    return _cast_again(at)


def _cast_again(at: Standing) -> Verdict:
    if "set" in at.begun:
        return Verdict(too_late=(_("Its stones are set: its size can be changed by two US sizes at most now."),))
    if at.running == "cast":
        return Verdict(too_late=(_("It is in the furnace at this moment. Ask again when it is cast."),))
    return Verdict(
        tuple(c for c in FROM_THE_CASTING if c in ("adapt", "pattern", "cast") or c in at.begun), recast=True
    )


def _resized(at: Standing) -> tuple[str, ...]:
    """Cut, joined, and everything that this spoils is done again. Words inside the band are cut with it."""
    inside = "engrave" in at.begun and at.asked.engraving_place != "outside"
    again = [("resize", True), ("tighten", "set" in at.begun), ("polish", "polish" in at.begun), ("engrave", inside),
             ("plate", "plate" in at.begun)]  # fmt: skip
    return tuple(craft for craft, needed in again if needed)


def _words(at: Standing, wanted: Asked) -> Verdict:
    if "engrave" in at.begun:
        plate = ("plate",) if "plate" in at.begun else ()
        return Verdict(("polish", *(("engrave",) if wanted.engraving else ()), *plate))
    if not wanted.engraving:
        return Verdict(left_out=("engrave",))
    plate = ("plate",) if "plate" in at.begun else ()
    return Verdict(() if at.asked.engraving else ("engrave", *plate))
