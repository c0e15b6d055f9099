"""An eternity ring: a row of equal brilliants round the whole finger or its upper half, set by grains in a flat band."""

import math

from django.utils.translation import gettext_lazy as _

from production.shapes import thickness
from production.shapes.family import Family
from production.shapes.gems import GEMS
from production.shapes.grains import round_the_axis, row
from production.shapes.parameters import Choice, Given, Measure, Refused
from production.shapes.piece import Made, Metal, SetStones, upright
from production.shapes.shank import SIZE, plain
from production.shapes.stones import Stone

PARAMETERS = (
    SIZE,
    Choice("span", _("How far the stones go round"), ("half", "full")),
    Measure("stone_width_um", _("The stones' width"), 2_000, 1_200, 4_000),
    Measure("band_width_um", _("The band's width"), 2_800, 1_800, 6_500),
    Measure("band_thickness_um", _("The band's thickness"), 1_900, 1_500, 3_200),
    Choice("gem", _("The stone"), tuple(GEMS)),
)
GAP_MM = 0.18
EDGE_MM = 0.25  # metal left on either side of a stone


def make(given: Given) -> Made:
    """As many stones as fit, evenly spread; the gap takes up the rest."""
    inner, width, thick = given.mm("inner_diameter") / 2, given.mm("band_width"), given.mm("band_thickness")
    stone = Stone("round", given.count("stone_width_um"), given.count("stone_width_um"), given.text("gem"))
    if width < stone.width_mm + 2 * EDGE_MM:
        raise Refused("stone_wider_than_band", _("The band must be at least 0.5 mm wider than its stones."))
    if thick < 0.62 * stone.width_mm + 0.5:
        raise Refused(
            "band_too_thin_for_stone",
            _("The band is too thin for these stones: make it thicker or the stones smaller."),
        )
    girdle = inner + thick - 0.05 * stone.width_mm
    span = 360.0 if given.text("span") == "full" else 184.0
    room = math.radians(span) * (girdle - 0.15 * stone.width_mm)
    count = int(room / (stone.width_mm + GAP_MM)) + (span < 360)
    places = round_the_axis(count, upright(girdle), span_degrees=span)
    pitch = math.radians(span) * girdle / (count if span == 360 else count - 1)
    metal = row(plain(inner, "flat", width, thick), stone, places, pitch, depth_mm=thick + 1)
    return Made(
        (Metal("ring", metal),),
        (SetStones("stone", stone, tuple(places)),),
        {"width": given.count("band_width_um"), "stone": stone.width_um},
        (thickness.floor(thick),),
    )


ETERNITY = Family("eternity", _("Eternity ring"), PARAMETERS, make)
