"""The stone a customer asks for: the same four parameters in every family that sets one."""

from django.utils.translation import gettext_lazy as _

from production.shapes.gems import GEMS
from production.shapes.parameters import Choice, Given, Measure, Parameter, Refused
from production.shapes.stones import Stone

ALWAYS_ROUND = ("round", "pearl")
LONGEST = 2.6  # length to width; beyond it a stone breaks in the setting


def stone_parameters(cuts: tuple[str, ...], *, default_um: int, least_um: int, most_um: int) -> tuple[Parameter, ...]:
    """Cut, width, length (0: as the cut usually is) and gem."""
    return (
        Choice("cut", _("The cut"), cuts),
        Measure("stone_width_um", _("The stone's width"), default_um, least_um, most_um),
        Measure("stone_length_um", _("The stone's length"), 0, 0, most_um * 2),
        Choice("gem", _("The stone"), tuple(GEMS)),
    )


USUAL_LENGTH = {
    "round": 100,
    "pearl": 100,
    "princess": 100,
    "cushion": 100,
    "oval": 140,
    "emerald": 140,
    "cabochon": 130,
    "pear": 155,
    "marquise": 200,
}  # per cent of the width


def asked_stone(given: Given) -> Stone:
    """The stone as asked. Refuses a length shorter than the width, too long, or given for a round stone."""
    cut, width = given.text("cut"), given.count("stone_width_um")
    length = given.count("stone_length_um") or width * USUAL_LENGTH[cut] // 100
    gem = "pearl" if cut == "pearl" else given.text("gem")
    if gem == "pearl" and cut not in ("pearl", "cabochon"):
        raise Refused("pearls_are_not_cut", _("A pearl is never cut: choose another stone, or another cut."))
    if cut in ALWAYS_ROUND and length != width:
        raise Refused("round_is_round", _("A {cut} stone is as long as it is wide: leave its length out."), cut=cut)
    if not width <= length <= LONGEST * width:
        raise Refused(
            "stone_out_of_shape", _("The stone's length must be from 1 to {longest} times its width."), longest=LONGEST
        )
    return Stone(cut, width, length, gem)
