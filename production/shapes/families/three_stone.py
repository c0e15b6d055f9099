"""A three-stone ring: a middle stone and two smaller ones that lean away from it round the finger."""

import math

from django.utils.translation import gettext_lazy as _

from production.shapes import thickness
from production.shapes.claws import basket, claw_mm, seat
from production.shapes.engraving import INSIDE, TYPEFACE, engraved
from production.shapes.families.asked import asked_stone, stone_parameters
from production.shapes.family import Family
from production.shapes.parameters import Given, Measure
from production.shapes.piece import Made, Metal, SetStones, after, turned, upright
from production.shapes.shank import SIZE, finger, refuse_wider_than_finger, tapered
from production.shapes.solids import joined
from production.shapes.stones import Stone

PARAMETERS = (
    SIZE,
    *stone_parameters(("round", "oval", "cushion", "emerald"), default_um=5_500, least_um=3_500, most_um=9_000),
    Measure("side_stone_um", _("The side stones' width"), 4_000, 2_500, 6_500),
    Measure("band_width_um", _("The band's width"), 2_200, 1_800, 5_000),
    Measure("band_thickness_um", _("The band's thickness"), 1_800, 1_500, 2_600),
    INSIDE,
    TYPEFACE,
)
GAP_MM = 0.15  # between neighbouring girdles


def make(given: Given) -> Made:
    """Three heads on one shank; the side stones' girdles lie a little lower."""
    middle, inner = asked_stone(given), given.mm("inner_diameter") / 2
    side = Stone("round", given.count("side_stone_um"), given.count("side_stone_um"), given.text("gem"))
    width, thick = given.mm("band_width"), given.mm("band_thickness")
    refuse_wider_than_finger(middle.width_um + 2 * side.width_um, round(1.3 * given.count("inner_diameter_um")))
    places, heads, seats = [], [], []
    for stone, sides in ((middle, (0,)), (side, (1, -1))):
        girdle = inner + 1.05 * thick + stone.bottom_mm + 0.1
        lean = math.degrees((middle.width_mm + side.width_mm + 2 * GAP_MM) / 2 / (girdle - 0.1 * side.width_mm))
        depth = girdle - inner - 0.62 * thick
        head = basket(stone, 4, depth_mm=depth, foot_scale=0.42, base_mm=0.9 * claw_mm(stone))
        for sign in sides:
            place = after(turned("z", -sign * lean), upright(girdle))
            heads.append(head.transform(place.tolist()))
            seats.append(seat(stone).transform(place.tolist()))
            places.append(place)
    shank = tapered(inner, "court", top=(width, 1.05 * thick), bottom=(width, thick))
    metal = joined([shank, joined(heads) - joined([finger(inner), *seats])])
    metal = engraved(metal, given, inner_mm=inner, width_mm=width, thick_mm=thick)
    return Made(
        (Metal("ring", metal),),
        (SetStones("middle", middle, (places[0],)), SetStones("side", side, tuple(places[1:]))),
        {"width": given.count("band_width_um"), "stone": middle.width_um},
        (thickness.claw(2 * claw_mm(side)), thickness.shank(thick)),
    )


THREE_STONE = Family("three_stone", _("Three-stone ring"), PARAMETERS, make)
