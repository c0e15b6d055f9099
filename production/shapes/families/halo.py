"""A halo ring: a claw-set stone within a close ring of small brilliants."""

import numpy as np
from django.utils.translation import gettext_lazy as _
from manifold3d import Manifold

from production.shapes import thickness
from production.shapes.claws import basket, claw_mm, seat, wrapped
from production.shapes.engraving import INSIDE, TYPEFACE, engraved
from production.shapes.families.asked import asked_stone, stone_parameters
from production.shapes.family import Family
from production.shapes.grains import APART_MM, grains, rooms, seats
from production.shapes.outlines import rim
from production.shapes.parameters import Given, Measure
from production.shapes.piece import Made, Metal, SetStones, after, upright
from production.shapes.shank import SIZE, finger, refuse_wider_than_finger, tapered
from production.shapes.solids import Points, evenly, joined, less
from production.shapes.stones import Stone

PARAMETERS = (
    SIZE,
    *stone_parameters(("round", "oval", "cushion", "pear"), default_um=5_500, least_um=3_500, most_um=10_000),
    Measure("halo_stone_um", _("The halo stones' width"), 1_300, 1_000, 2_000),
    Measure("band_width_um", _("The band's width"), 2_000, 1_800, 5_000),
    Measure("band_thickness_um", _("The band's thickness"), 1_700, 1_500, 2_600),
    INSIDE,
    TYPEFACE,
)
GAP_MM = 0.16
LEVEL_MM = -0.12  # the halo's girdles lie this much under the middle stone's


def make(given: Given) -> Made:
    """Plate, row of stones and claw head drawn in the stone's own frame, then put on the shank."""
    stone, inner = asked_stone(given), given.mm("inner_diameter") / 2
    small = Stone("round", given.count("halo_stone_um"), given.count("halo_stone_um"), "diamond")
    width, thick = given.mm("band_width"), given.mm("band_thickness")
    refuse_wider_than_finger(stone.width_um + 2 * small.width_um + 800, given.count("inner_diameter_um"))
    girdle = inner + 1.08 * thick + stone.bottom_mm + 0.15
    places, pitch = halo_places(stone, small)
    plate = seats(halo_plate(stone, small), small, places, depth_mm=3)
    head = basket(stone, 4, depth_mm=girdle - inner - 0.62 * thick, foot_scale=0.42, base_mm=0.9 * claw_mm(stone))
    held = less(joined([head, grains(small, places, pitch)]), [rooms(small, places), seat(stone)])
    shank = tapered(inner, "court", top=(0.85 * width, 1.08 * thick), bottom=(width, thick), pinch=2.2)
    held, plate = (part.transform(upright(girdle).tolist()) for part in (held, plate - seat(stone)))
    metal = joined([joined([held - finger(inner), shank]), plate])  # the plate, with most edges, last
    metal = engraved(metal, given, inner_mm=inner, width_mm=width, thick_mm=thick)
    return Made(
        (Metal("ring", metal),),
        (
            SetStones("middle", stone, (upright(girdle),)),
            SetStones("halo", small, tuple(after(upright(girdle), p) for p in places)),
        ),
        {"width": given.count("band_width_um"), "stone": stone.width_um},
        (thickness.claw(2 * claw_mm(stone)), thickness.shank(thick)),
    )


def halo_places(stone: Stone, small: Stone) -> tuple[list[Points], float]:
    """The small stones evenly round, half their width and a gap away from the middle one's girdle."""
    points, facing = rim(stone.outline)
    line = points + facing * (small.width_mm / 2 + GAP_MM)
    closed = np.vstack([line, line[:1]])
    length = float(np.linalg.norm(np.diff(closed, axis=0), axis=1).sum())
    count = int(length / (small.width_mm + GAP_MM))
    path = evenly(closed, count + 1)
    while np.linalg.norm(np.diff(path, axis=0), axis=1).min() < small.width_mm + APART_MM:
        count -= 1  # round a sharp point stones come nearer to each other than along the line
        path = evenly(closed, count + 1)
    along = np.roll(path[:-1], -1, 0) - np.roll(path[:-1], 1, 0)
    along /= np.linalg.norm(along, axis=1)[:, None]
    places = [
        np.array([[t[0], -t[1], 0, p[0]], [t[1], t[0], 0, p[1]], [0, 0, 1, LEVEL_MM]])
        for p, t in zip(path[:-1], along, strict=True)
    ]
    return places, length / count


def halo_plate(stone: Stone, small: Stone) -> Manifold:
    """A flat ring under the small stones, its outer edge rounded."""
    inside, outside = 0.02, small.width_mm + 2 * GAP_MM + 0.12
    low, high = LEVEL_MM - 0.62 * small.width_mm, LEVEL_MM + 0.04
    return wrapped(
        stone,
        np.array(
            [
                (1, inside, high),
                (1, outside - 0.1, high),
                (1, outside, high - 0.12),
                (1, outside, low + 0.35),
                (1, outside - 0.25, low),
                (1, inside, low),
            ]
        )[::-1],
    )


HALO = Family("halo", _("Halo ring"), PARAMETERS, make, pointed=1)
