"""A band: one section round the finger, plain, hammered or with milgrain edges; straight or tapered."""

import numpy as np
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from manifold3d import Manifold, OpType

from production.shapes import thickness
from production.shapes.engraving import INSIDE, OUTSIDE, TYPEFACE, engraved
from production.shapes.family import Family
from production.shapes.parameters import Choice, Given, Measure, Refused
from production.shapes.piece import Made, Metal, turned
from production.shapes.shank import SIZE, plain, profile, tapered
from production.shapes.solids import Points, joined, loft, loop

PARAMETERS = (
    SIZE,
    Measure("width_um", _("The band's width"), 4_000, 1_500, 12_000),
    Measure("thickness_um", _("The band's thickness"), 1_700, 1_200, 3_000),
    Measure("back_width_um", _("The band's width at the back"), 0, 0, 12_000),
    Choice("profile", _("The profile"), ("comfort", "flat", "d_shape", "court")),
    Choice("surface", _("The surface"), ("plain", "hammered", "milgrain")),
    INSIDE,
    OUTSIDE,
    TYPEFACE,
)
BEAD_MM = 0.22  # radius of a milgrain bead; pitch a little over twice that
BEAD_STEPS = 6
FACET_MM = 1.9  # a planishing hammer's mark


def make(given: Given) -> Made:
    """The section carried round; the surface worked on afterwards, as at the bench."""
    width, thick, inner = given.mm("width"), given.mm("thickness"), given.mm("inner_diameter") / 2
    kind, surface, back = given.text("profile"), given.text("surface"), given.mm("back_width") or width
    refuse_what_cannot_be(surface, width, back, given.text("engraving_outside"))
    band = (
        plain(inner, kind, width, thick)
        if back == width
        else tapered(inner, kind, top=(width, thick), bottom=(back, thick))
    )
    if surface == "hammered":
        band = hammered(band, inner + thick, width)
    band = engraved(band, given, inner_mm=inner, width_mm=min(width, back), thick_mm=thick)
    rows = [beads(inner, kind, width, thick, side) for side in (-1, 1)] if surface == "milgrain" else []
    whole, crease = joined([band, *map(loop, rows)]), 6 if surface == "hammered" else 40
    drawn = (Metal("band", band), *map(row_of_one, ("bead", "other_bead"), rows)) if rows else ()
    return Made(
        (Metal("band", whole, crease_degrees=crease, drawn=drawn),),
        dimensions_um={"width": given.count("width_um"), "thickness": given.count("thickness_um")},
        thinnest=(thickness.shank(thick), thickness.floor(thick - deepest(surface, width))),
    )


def refuse_what_cannot_be(surface: str, width_mm: float, back_mm: float, outside: str) -> None:
    """Limits that only show once two choices meet."""
    if back_mm > width_mm:
        raise Refused("back_wider_than_front", _("The back of the band can't be wider than its front."))
    if back_mm < 1.5:
        raise Refused("wall_too_thin", _("The back of the band must be 1.5 mm wide or more to last."))
    if surface == "milgrain" and (width_mm < 2.5 or back_mm != width_mm):
        raise Refused("no_room_for_milgrain", _("Milgrain needs a straight band at least 2.5 mm wide."))
    if surface == "hammered" and outside:
        raise Refused(
            "hammered_outside",
            _("A hammered band can't be engraved outside: choose a plain surface or engrave it inside."),
        )


def deepest(surface: str, width_mm: float) -> float:
    """How deep the surface is worked at the most."""
    rows = max(1, round(width_mm / FACET_MM))
    return 0.10 + 0.004 * (width_mm * (1 - 1 / rows)) ** 2 if surface == "hammered" else 0.0


def hammered(band: Manifold, outer_mm: float, width_mm: float) -> Manifold:
    """Planished: flat marks struck all round in staggered rows, none deeper than 0.12 mm."""
    rows = max(1, round(width_mm / FACET_MM))
    marks = round(2 * np.pi * outer_mm / FACET_MM)
    strike = np.random.default_rng(7)  # the same hand every time
    block = Manifold.cube((1.7 * FACET_MM, 1.0, 1.9 * width_mm / rows), center=True).translate((0, 0.5, 0))
    blows = []
    for row in range(rows):
        lean = 0 if rows == 1 else 12 * (2 * row / (rows - 1) - 1)
        z = width_mm * ((row + 0.5) / rows - 0.5)
        for k in range(marks):
            turn = 360 * (k + 0.5 * (row % 2) + strike.uniform(-0.15, 0.15)) / marks
            depth = strike.uniform(0.05, 0.10) + width_mm**2 * (2 * z / width_mm) ** 2 * 0.004
            blows.append(
                block.rotate((lean + strike.uniform(-2, 2), 0, 0))
                .translate((0, outer_mm - depth, z))
                .rotate((0, 0, -turn))
            )
    return Manifold.batch_boolean([band, *blows], OpType.Subtract)


def milgrain(inner_mm: float, kind: str, width_mm: float, thick_mm: float, side: int) -> Manifold:
    """A row of beads along one edge, rolled with a milgrain wheel."""
    return loop(beads(inner_mm, kind, width_mm, thick_mm, side))


def beads(inner_mm: float, kind: str, width_mm: float, thick_mm: float, side: int) -> Points:
    """The sections of such a row, so many to a bead, from valley to valley."""
    section = profile(kind, width_mm, thick_mm)
    edge = section[np.argmax(section[:, 0] + 0.6 * side * section[:, 1])]
    middle, z = inner_mm + edge[0] - 0.35 * BEAD_MM, edge[1] - side * 0.75 * BEAD_MM
    count = round(2 * np.pi * middle / (2.05 * BEAD_MM))
    turn = np.linspace(0, 2 * np.pi, count * BEAD_STEPS, endpoint=False)
    swell = BEAD_MM * np.maximum(np.abs(np.sin(turn * count / 2)) ** 0.6, 0.45)
    around = np.linspace(0, 2 * np.pi, 10, endpoint=False)
    radius = middle + swell[:, None] * np.cos(around)
    height = z + swell[:, None] * np.sin(around)
    return np.stack([radius * np.sin(turn)[:, None], radius * np.cos(turn)[:, None], height], -1)


def row_of_one(name: str, sections: Points) -> Metal:
    """The row as it is drawn: one bead in every place."""
    count = len(sections) // BEAD_STEPS
    places = tuple(turned("z", 360 * k / count) for k in range(count))
    return Metal(name, loft(sections[: BEAD_STEPS + 1]), places, crease_degrees=60)


BAND = Family("band", pgettext_lazy("family", "Band"), PARAMETERS, make)
