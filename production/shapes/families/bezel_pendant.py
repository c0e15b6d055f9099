"""A bezel pendant: a stone in a rubbed-over wall, open at the back, hanging from a bail that swings free."""

from django.utils.translation import gettext_lazy as _

from production.shapes import thickness
from production.shapes.bail import EYE_MM, EYE_WIRE_MM, bail, eye
from production.shapes.claws import bezel, seat
from production.shapes.families.asked import asked_stone, stone_parameters
from production.shapes.family import Family
from production.shapes.parameters import Given, Measure
from production.shapes.piece import HERE, Made, Metal, SetStones
from production.shapes.solids import joined

PARAMETERS = (
    *stone_parameters(
        ("round", "oval", "cushion", "emerald", "princess", "pear", "marquise", "cabochon"),
        default_um=6_000,
        least_um=3_000,
        most_um=20_000,
    ),
    Measure("wall_um", _("The bezel's wall"), 600, 400, 1_500),
)


def make(given: Given) -> Made:
    """The bezel with its eye is one body; the bail is another, linked through it."""
    stone, wall = asked_stone(given), given.mm("wall")
    height = stone.bottom_mm * 0.80 + 0.25
    top = float(stone.outline[:, 1].max()) + wall
    eye_y = top + EYE_MM + 0.5 * EYE_WIRE_MM - 0.1
    cup = joined([bezel(stone, wall_mm=wall, height_mm=height), eye(eye_y).translate((0, 0, -0.25 * height))]) - seat(
        stone
    )
    swing = bail(eye_y).translate((0, 0, -0.25 * height))
    return Made(
        (Metal("bezel", cup), Metal("bail", swing)),
        (SetStones("stone", stone, (HERE,)),),
        {"stone": stone.width_um, "wall": given.count("wall_um")},
        (thickness.bezel_wall(wall, stone.width_mm), thickness.wire(2 * EYE_WIRE_MM)),
    )


BEZEL_PENDANT = Family("bezel_pendant", _("Bezel pendant"), PARAMETERS, make)
