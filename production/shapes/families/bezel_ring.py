"""A bezel ring: a stone low on the finger in a rubbed-over wall, whole or scooped away at both ends, open underneath."""

import math

from django.utils.translation import gettext_lazy as _
from manifold3d import CrossSection, Manifold

from production.shapes import thickness
from production.shapes.claws import bezel, bezel_profile, seat
from production.shapes.engraving import INSIDE, TYPEFACE, engraved
from production.shapes.families.asked import asked_stone, stone_parameters
from production.shapes.family import Family
from production.shapes.parameters import Choice, Given, Measure, Refused
from production.shapes.piece import Made, Metal, SetStones, upright
from production.shapes.points import POINTED
from production.shapes.shank import SIZE, finger, refuse_wider_than_finger, tapered
from production.shapes.solids import joined, segments
from production.shapes.stones import Stone

PARAMETERS = (
    SIZE,
    *stone_parameters(
        ("round", "oval", "cushion", "emerald", "princess", "pear", "marquise", "cabochon"),
        default_um=6_000,
        least_um=3_000,
        most_um=14_000,
    ),
    Choice("bezel", _("The bezel"), ("full", "half")),
    Measure("wall_um", _("The bezel's wall"), 700, 400, 1_500),
    Measure("band_width_um", _("The band's width"), 2_600, 1_800, 6_000),
    Measure("band_thickness_um", _("The band's thickness"), 1_700, 1_400, 2_600),
    INSIDE,
    TYPEFACE,
)
TAPER = 0.12
OVER_FINGER_MM = 0.35  # from the finger to the lowest point of the stone
OVER_BAND_MM = 0.30  # from the band to the girdle, for a stone that is flat underneath
INTO_BAND = 0.55  # how deep in the band's thickness the bezel stands
SCOOP = 0.62  # of the stone's half width: how far a half bezel is open at the top, to either side
LEAST_LEFT = 0.25  # of the bezel's height, under the scoop


def make(given: Given) -> Made:
    """The bezel on the band, a hole bored under the stone, the finger's room cleared, the seat cut last."""
    stone, wall, inner = asked_stone(given), given.mm("wall"), given.mm("inner_diameter") / 2
    width, thick = given.mm("band_width"), given.mm("band_thickness")
    refuse_wider_than_finger(max(stone.width_um, stone.length_um), given.count("inner_diameter_um"))
    refuse_half_round_points(stone.cut, given.text("bezel"))
    girdle = inner + max(stone.bottom_mm + OVER_FINGER_MM, thick + OVER_BAND_MM)
    height = girdle - foot(stone, wall, inner + INTO_BAND * thick)
    collar = bezel(stone, wall_mm=wall, height_mm=height, taper=TAPER)
    if given.text("bezel") == "half":
        collar -= scoop(stone, wall, height)
    place = upright(girdle).tolist()
    band = tapered(inner, "court", top=(0.92 * width, thick), bottom=(width, thick), pinch=2.0)
    metal = joined([band - bore(stone, height).transform(place), collar.transform(place) - finger(inner)])
    metal = engraved(metal - seat(stone).transform(place), given, inner_mm=inner, width_mm=width, thick_mm=thick)
    return Made(
        (Metal("ring", metal),),
        (SetStones("stone", stone, (upright(girdle),)),),
        {"width": given.count("band_width_um"), "stone": stone.width_um, "wall": given.count("wall_um")},
        (thickness.bezel_wall(wall, stone.width_mm), thickness.shank(thick)),
    )


def foot(stone: Stone, wall: float, radius: float) -> float:
    """How high over the finger's middle the bezel ends: where its sides stand in the band's own curve."""
    side = stone.width_mm / 2 * (1 - TAPER) + wall
    return math.sqrt(max(0.0, radius**2 - side**2))


def bore(stone: Stone, height: float) -> Manifold:
    """The hole under the stone, as wide as the bezel's foot is inside."""
    inside = bezel_profile(stone, wall_mm=0, height_mm=height, taper=TAPER)[:, 0].min()
    return CrossSection([stone.outline * inside]).extrude(height + 5).translate((0, 0, -height - 5))


def scoop(stone: Stone, wall: float, height: float) -> Manifold:
    """What a half bezel leaves out along the finger: a round valley, deepest in the middle, above the wall's foot."""
    lip = float(bezel_profile(stone, wall_mm=wall, height_mm=height, taper=TAPER)[:, 2].max()) + 0.05
    deep = lip + min(0.55 * stone.bottom_mm, (1 - LEAST_LEFT) * height)
    across = SCOOP * stone.width_mm / 2
    valley = CrossSection.circle(1, segments(max(across, deep))).scale((across, deep))
    long = stone.length_mm + 4 * wall
    return valley.extrude(long).translate((0, 0, -long / 2)).rotate((90, 0, 0)).translate((0, 0, lip))


def refuse_half_round_points(cut: str, kind: str) -> None:
    """A point outside the wall is the first thing to chip."""
    if kind == "half" and cut in POINTED and cut != "princess":
        raise Refused(
            "points_need_a_full_bezel",
            _("A half bezel would leave the stone's points free: choose a full bezel, or a stone without points."),
        )


BEZEL_RING = Family("bezel_ring", _("Bezel ring"), PARAMETERS, make)
