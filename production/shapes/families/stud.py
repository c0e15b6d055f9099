"""A stud: a claw basket on a post with a notch for the butterfly."""

from django.utils.translation import gettext_lazy as _
from manifold3d import Manifold

from production.shapes import thickness
from production.shapes.claws import basket, claw_mm, seat
from production.shapes.families.asked import asked_stone, stone_parameters
from production.shapes.family import Family
from production.shapes.parameters import Given, Measure
from production.shapes.pearls import CUP_WALL_MM, cup_and_peg
from production.shapes.piece import HERE, Made, Metal, SetStones
from production.shapes.solids import ball, cylinder, joined, ring_of_wire
from production.shapes.stones import Stone

PARAMETERS = (
    *stone_parameters(
        ("round", "oval", "cushion", "emerald", "princess", "pear", "marquise", "pearl"),
        default_um=5_000,
        least_um=2_500,
        most_um=10_000,
    ),
    Measure("post_length_um", _("The post's length"), 10_000, 8_000, 14_000),
    Measure("post_thickness_um", _("The post's thickness"), 900, 800, 1_100),
)
NOTCH_MM = 2.2  # from the end of the post


def make(given: Given) -> Made:
    """One body: the basket, a plate that closes its base, the post."""
    stone, pin_mm = asked_stone(given), given.mm("post_thickness") / 2
    depth = stone.bottom_mm + (0.4 * CUP_WALL_MM if stone.cut == "pearl" else 0.45)
    head = [cup_and_peg(stone)] if stone.cut == "pearl" else claw_head(stone, depth)
    end = -depth - given.mm("post_length")
    pin = joined([cylinder(pin_mm, end, -depth), ball(pin_mm).translate((0, 0, end))])
    pin = pin - ring_of_wire(pin_mm + 0.07, 0.17).translate((0, 0, end + NOTCH_MM))
    metal = joined([*head, pin])
    metal = metal if stone.cut == "pearl" else metal - seat(stone)
    return Made(
        (Metal("stud", metal),),
        (SetStones("stone", stone, (HERE,)),),
        {"stone": stone.width_um},
        (thickness.post(2 * pin_mm), *(() if stone.cut == "pearl" else (thickness.claw(2 * claw_mm(stone)),))),
    )


def claw_head(stone: Stone, depth_mm: float) -> list[Manifold]:
    """Four claws on a closed plate; the seat is still to be cut."""
    base = 0.62 * claw_mm(stone)
    head = basket(stone, 4, depth_mm=depth_mm, foot_scale=0.45, base_mm=base)
    plate = cylinder(0.45 * stone.width_mm / 2 + 0.2, -depth_mm - 0.5 * base, -depth_mm + 0.5 * base)
    return [head, plate]


STUD = Family("stud", _("Stud earring"), PARAMETERS, make, pointed=1)
