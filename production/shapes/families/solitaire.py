"""A solitaire: one stone held high by claws on a tapered shank, open underneath to the light."""

from django.utils.translation import gettext_lazy as _

from production.shapes import thickness
from production.shapes.claws import DOUBLE, PAIRED, basket, claw_mm, seat
from production.shapes.engraving import INSIDE, TYPEFACE, engraved
from production.shapes.families.asked import asked_stone, stone_parameters
from production.shapes.family import Family
from production.shapes.parameters import Given, Measure, Refused
from production.shapes.piece import Made, Metal, SetStones, upright
from production.shapes.shank import SIZE, finger, refuse_wider_than_finger, tapered
from production.shapes.solids import joined

PARAMETERS = (
    SIZE,
    *stone_parameters(
        ("round", "oval", "cushion", "emerald", "princess", "pear", "marquise"),
        default_um=6_500,
        least_um=3_000,
        most_um=14_000,
    ),
    Measure("claws", _("The number of claws"), 6, 4, 8, "count"),
    Measure("band_width_um", _("The band's width"), 2_200, 1_600, 5_000),
    Measure("band_thickness_um", _("The band's thickness"), 1_700, 1_400, 2_600),
    INSIDE,
    TYPEFACE,
)


def make(given: Given) -> Made:
    """Shank and head joined, the finger's room cleared, then the seat cut for this very stone."""
    stone, inner = asked_stone(given), given.mm("inner_diameter") / 2
    width, thick = given.mm("band_width"), given.mm("band_thickness")
    refuse_wider_than_finger(max(stone.width_um, stone.length_um), given.count("inner_diameter_um"))
    refuse_claws(stone.cut, given.count("claws"))
    shank = tapered(inner, "court", top=(0.80 * width, 1.08 * thick), bottom=(width, thick), pinch=2.2)
    girdle = inner + 1.08 * thick + stone.bottom_mm + 0.10
    depth = girdle - inner - 0.62 * thick
    head = basket(stone, given.count("claws"), depth_mm=depth, foot_scale=0.42, base_mm=0.9 * claw_mm(stone))
    place = upright(girdle)
    metal = joined(
        [shank, head.transform(place.tolist()) - joined([finger(inner), seat(stone).transform(place.tolist())])]
    )
    metal = engraved(metal, given, inner_mm=inner, width_mm=width, thick_mm=thick)
    return Made(
        (Metal("ring", metal),),
        (SetStones("stone", stone, (place,)),),
        {
            "width": given.count("band_width_um"),
            "thickness": given.count("band_thickness_um"),
            "stone": given.count("stone_width_um"),
        },
        (
            thickness.claw(2 * claw_mm(stone) * (PAIRED if given.count("claws") == DOUBLE else 1)),
            thickness.shank(thick),
        ),
    )


def refuse_claws(cut: str, claws: int) -> None:
    """Four or six claws; eight, in four pairs, only where there are corners broad enough for a pair."""
    if claws in (5, 7):
        raise Refused("claws_four_or_six", _("A solitaire has four or six claws, or eight in pairs."))
    if claws == DOUBLE and cut not in ("cushion", "emerald"):
        raise Refused(
            "double_claws_for_corners", _("Double claws hold a cushion or an emerald cut: choose four or six claws.")
        )


SOLITAIRE = Family("solitaire", _("Solitaire ring"), PARAMETERS, make, pointed=1)
