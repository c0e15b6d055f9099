"""A stud: a claw basket on a post with a notch for the butterfly."""

from production.shapes.claws import basket, claw_mm, seat
from production.shapes.families.asked import asked_stone, stone_parameters
from production.shapes.family import Family
from production.shapes.parameters import Given, Measure
from production.shapes.piece import HERE, Made, Metal, SetStones
from production.shapes.solids import ball, cylinder, joined, ring_of_wire

PARAMETERS = (
    *stone_parameters(
        ("round", "oval", "cushion", "emerald", "princess", "pear", "marquise"),
        default_um=5_000,
        least_um=2_500,
        most_um=10_000,
    ),
    Measure("post_length_um", "The post's length", 10_000, 8_000, 14_000),
    Measure("post_thickness_um", "The post's thickness", 900, 800, 1_100),
)
NOTCH_MM = 2.2  # from the end of the post


def make(given: Given) -> Made:
    """One body: the basket, a plate that closes its base, the post."""
    stone, post = asked_stone(given), given.mm("post_thickness") / 2
    depth = stone.bottom_mm + 0.45
    base = 0.62 * claw_mm(stone)
    head = basket(stone, 4, depth_mm=depth, foot_scale=0.45, base_mm=base)
    plate = cylinder(0.45 * stone.width_mm / 2 + 0.2, -depth - 0.5 * base, -depth + 0.5 * base)
    end = -depth - given.mm("post_length")
    pin = joined([cylinder(post, end, -depth), ball(post).translate((0, 0, end))])
    pin = pin - ring_of_wire(post + 0.07, 0.17).translate((0, 0, end + NOTCH_MM))
    metal = joined([head, plate, pin]) - seat(stone)
    return Made((Metal("stud", metal),), (SetStones("stone", stone, (HERE,)),), {"stone": stone.width_um})


STUD = Family("stud", "Stud earring", PARAMETERS, make)
