"""A drop: a bezel-set stone that swings from an ear wire."""

import numpy as np
from django.utils.translation import gettext_lazy as _
from manifold3d import Manifold

from production.shapes import thickness
from production.shapes.bail import EYE_MM, EYE_WIRE_MM, PLAY_MM, eye
from production.shapes.claws import bezel, seat
from production.shapes.families.asked import asked_stone, stone_parameters
from production.shapes.family import Family
from production.shapes.parameters import Given, Measure
from production.shapes.pearls import CUP_WALL_MM, cup_and_peg
from production.shapes.piece import HERE, Made, Metal, SetStones
from production.shapes.solids import Points, curve, joined, ring_of_wire, rod

PARAMETERS = (
    *stone_parameters(
        ("pear", "round", "oval", "cushion", "emerald", "marquise", "cabochon", "pearl"),
        default_um=6_000,
        least_um=3_000,
        most_um=14_000,
    ),
    Measure("wall_um", _("The bezel's wall"), 600, 400, 1_200),
)
WIRE_MM, LINK_MM = 0.40, 1.05


def make(given: Given) -> Made:
    """Two bodies: the bezel with its eye; the ear wire, whose link runs through the eye."""
    stone, wall = asked_stone(given), given.mm("wall")
    height = stone.bottom_mm * 0.80 + 0.25
    level = 0.0 if stone.cut == "pearl" else -0.25 * height
    eye_y = float(stone.outline[:, 1].max()) + wall + EYE_MM + 0.5 * EYE_WIRE_MM - 0.1
    ring = eye(eye_y).translate((0, 0, level))
    if stone.cut == "pearl":
        cup = joined([cup_and_peg(stone).rotate((90, 0, 0)), ring])
    else:
        cup = joined([bezel(stone, wall_mm=wall, height_mm=height), ring]) - seat(stone)
    link_y = eye_y + EYE_MM - EYE_WIRE_MM - PLAY_MM - WIRE_MM + LINK_MM
    wire = joined(
        [ring_of_wire(LINK_MM, WIRE_MM).rotate((0, 90, 0)).translate((0, link_y, 0)), hook(link_y + LINK_MM - 0.013)]
    )
    return Made(
        (Metal("bezel", cup), Metal("ear-wire", wire.translate((0, 0, level)))),
        (SetStones("stone", stone, (HERE,)),),
        {"stone": stone.width_um},
        (
            thickness.bezel_wall(CUP_WALL_MM if stone.cut == "pearl" else wall, stone.width_mm),
            thickness.wire(2 * EYE_WIRE_MM),
        ),
    )


def hook(from_y: float) -> Manifold:
    """The ear wire: up from the link, over the lobe, down behind and a little out at the end."""
    side_view = ((0, 0), (2.6, 0.9), (7.6, 1.6), (11.2, -1.2), (10.4, -5.2), (4.0, -6.6), (-3.0, -7.4))  # (up, forward)
    path: Points = curve([(0, from_y + up, forward) for up, forward in side_view], 90)
    fine = np.full(90, 0.43)
    return rod(path, fine, fine, (1, 0, 0))


DROP = Family("drop", _("Drop earring"), PARAMETERS, make)
