"""A signet: a solid face that flows into the shank, drawn as one skin stretched over face and finger ring."""

import math

import numpy as np
from django.utils.translation import gettext_lazy as _
from manifold3d import CrossSection, FillRule, Manifold

from production.shapes import thickness
from production.shapes.engraving import INSIDE, TYPEFACE, carved, engraved, lettering
from production.shapes.family import Family
from production.shapes.outlines import OUTLINES
from production.shapes.parameters import Choice, Given, Measure, Refused, Words
from production.shapes.piece import Made, Metal, upright
from production.shapes.shank import SIZE, refuse_wider_than_finger
from production.shapes.solids import arc, segments

PARAMETERS = (
    SIZE,
    Choice("face", _("The face"), ("oval", "cushion", "round")),
    Measure("face_width_um", _("The face's width round the finger"), 10_500, 7_000, 18_000),
    Measure("face_length_um", _("The face's length along the finger"), 12_500, 7_000, 20_000),
    Measure("face_height_um", _("The face's height over the finger"), 2_600, 1_900, 5_000),
    Measure("back_width_um", _("The band's width at the back"), 3_200, 2_000, 8_000),
    Measure("back_thickness_um", _("The band's thickness at the back"), 1_500, 1_200, 2_500),
    Words("monogram", _("The monogram"), 3),
    INSIDE,
    TYPEFACE,
)
MONOGRAM_DEPTH_MM = 0.35


def make(given: Given) -> Made:
    """The skin, less the finger's room, less the monogram."""
    inner, width, length = given.mm("inner_diameter") / 2, given.mm("face_width"), given.mm("face_length")
    if given.text("face") == "round" and width != length:
        raise Refused("round_is_round", _("A round face is as long as it is wide."))
    refuse_wider_than_finger(given.count("face_width_um"), given.count("inner_diameter_um"))
    face = inner + given.mm("face_height")
    body = skin(
        given.text("face"), width, length, face, inner, given.mm("back_width"), given.mm("back_thickness")
    ) - room(inner)
    if given.text("monogram"):
        body = monogrammed(body, given.text("monogram"), given.text("typeface"), face, width, length)
    body = engraved(
        body, given, inner_mm=inner, width_mm=min(4.0, given.mm("back_width")), thick_mm=given.mm("back_thickness")
    )
    return Made(
        (Metal("signet", body),),
        dimensions_um={"face": given.count("face_width_um"), "back": given.count("back_width_um")},
        thinnest=(
            thickness.shank(given.mm("back_thickness")),
            thickness.floor(given.mm("face_height") - MONOGRAM_DEPTH_MM * bool(given.text("monogram"))),
        ),
    )


def skin(
    shape: str, width: float, length: float, face: float, inner: float, back_width: float, back_thick: float
) -> Manifold:
    """The hull of the face and of a row of flattened balls round the lower finger."""

    def slice_at(shrink: float, height: float) -> np.ndarray:
        ring = OUTLINES[shape](width - 2 * shrink, length - 2 * shrink)
        return np.stack([ring[:, 0], np.full(len(ring), height), ring[:, 1]], -1)

    points = [
        slice_at(0.30, face),
        slice_at(0.14, face - 0.02),
        slice_at(0.04, face - 0.10),
        slice_at(0, face - 0.25),
        slice_at(0.02, face - 0.9),
    ]
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    high, along = (
        back_thick / 2 * 1.1 * np.cos(turn),
        back_width / 2 * np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.75,
    )
    for angle in np.linspace(-math.radians(30), math.pi + math.radians(30), 121):
        wide = 1.30 - 0.30 * max(0.0, math.sin(angle))
        radius = inner + back_thick / 2 + high
        points.append(np.stack([radius * math.cos(angle), -radius * math.sin(angle), along * wide], -1))
    return Manifold.hull_points(np.vstack(points))


def room(inner: float) -> Manifold:
    """The finger's room, eased towards both edges so that a heavy ring sits kindly."""
    side = arc((inner + 0.5, -9), (inner + 0.5, 9), 0.5, 41)
    return CrossSection([np.vstack([[(0, -9)], side, [(0, 9)]])], FillRule.NonZero).revolve(segments(inner))


def monogrammed(body: Manifold, words: str, typeface: str, face: float, width: float, length: float) -> Manifold:
    """Letters as high as the face allows, reading across the finger, sunk 0.35 mm."""
    trial = lettering(words, typeface=typeface, letter_mm=10)
    left, low, right, high = trial.bounds()
    fits = min(0.66 * width / (right - left), 0.62 * length / (high - low)) * 10
    drawn = lettering(words, typeface=typeface, letter_mm=fits)
    place = upright(face - MONOGRAM_DEPTH_MM)
    return carved(body, drawn.extrude(2).transform(place.tolist()))


SIGNET = Family("signet", _("Signet ring"), PARAMETERS, make)
