"""A solitaire: one stone held high by claws on a tapered shank, open underneath to the light."""

from production.shapes.claws import basket, claw_mm, seat
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
    Measure("claws", "The number of claws", 6, 4, 6, "count"),
    Measure("band_width_um", "The band's width", 2_200, 1_600, 5_000),
    Measure("band_thickness_um", "The band's thickness", 1_700, 1_400, 2_600),
    INSIDE,
    TYPEFACE,
)


def make(given: Given) -> Made:
    """Shank and head joined, the finger's room cleared, then the seat cut for this very stone."""
    stone, inner = asked_stone(given), given.mm("inner_diameter") / 2
    width, thick = given.mm("band_width"), given.mm("band_thickness")
    refuse_wider_than_finger(max(stone.width_um, stone.length_um), given.count("inner_diameter_um"))
    if given.count("claws") == 5:
        raise Refused("claws_four_or_six", "A solitaire has four or six claws.")
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
    )


SOLITAIRE = Family("solitaire", "Solitaire ring", PARAMETERS, make)
