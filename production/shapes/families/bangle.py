"""A bangle, closed, or a cuff, open at the wrist: oval in section and oval round the arm."""

import math

import numpy as np
from django.utils.translation import gettext_lazy as _
from manifold3d import Manifold

from production.shapes import thickness
from production.shapes.family import Family
from production.shapes.parameters import Choice, Given, Measure, Refused
from production.shapes.piece import Made, Metal
from production.shapes.solids import Points, loop, rod

PARAMETERS = (
    Choice("form", _("The form"), ("bangle", "cuff")),
    Measure("inner_width_um", _("The inside width"), 62_000, 40_000, 80_000),
    Measure("inner_height_um", _("The inside height"), 56_000, 36_000, 80_000),
    Measure("width_um", _("The band's width"), 6_000, 2_500, 25_000),
    Measure("thickness_um", _("The band's thickness"), 2_400, 1_500, 5_000),
    Measure("opening_um", _("The cuff's opening"), 28_000, 20_000, 38_000),
)
STEPS = 240


def make(given: Given) -> Made:
    """A path half a thickness outside the arm, carried with an oval section."""
    thick, width = given.mm("thickness"), given.mm("width")
    a, b = (given.mm("inner_width") + thick) / 2, (given.mm("inner_height") + thick) / 2
    if b > a:
        raise Refused("taller_than_wide", _("The inside height can't be more than the inside width."))
    band = (
        closed(a, b, thick, width) if given.text("form") == "bangle" else cuff(a, b, thick, width, given.mm("opening"))
    )
    return Made(
        (Metal(given.text("form"), band),),
        dimensions_um={"width": given.count("width_um"), "thickness": given.count("thickness_um")},
        thinnest=(thickness.shank(0.8 * thick),),
    )


def section(thick: float, width: float) -> Points:
    """Gently domed outside, flatter inside, with full edges."""
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    c, s = np.cos(turn), np.sin(turn)
    return np.stack(
        [np.sign(c) * np.abs(c) ** np.where(c > 0, 0.9, 0.5) * thick / 2, np.sign(s) * np.abs(s) ** 0.65 * width / 2],
        -1,
    )


def closed(a: float, b: float, thick: float, width: float) -> Manifold:
    """The bangle."""
    turn = np.linspace(0, 2 * np.pi, STEPS, endpoint=False)
    out = np.stack([b * np.sin(turn), a * np.cos(turn)], -1)
    out /= np.linalg.norm(out, axis=1)[:, None]
    drawn = section(thick, width)
    x = a * np.sin(turn)[:, None] + out[:, :1] * drawn[:, 0]
    y = b * np.cos(turn)[:, None] + out[:, 1:] * drawn[:, 0]
    return loop(np.stack([x, y, np.broadcast_to(drawn[:, 1], x.shape)], -1))


def cuff(a: float, b: float, thick: float, width: float, opening: float) -> Manifold:
    """The cuff, its ends rounded like a spoon, its opening at the bottom."""
    half = math.asin(min(0.95, opening / 2 / a))
    turn = np.linspace(-math.pi / 2 + half, 1.5 * math.pi - half, STEPS)
    path = np.stack([a * np.cos(turn), b * np.sin(turn), 0 * turn], -1)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))]
    to_end = np.minimum(along, along[-1] - along)
    share = np.clip((to_end + 0.12 * width) / (0.6 * width), 0, 1)
    round_end = np.sqrt(1 - (1 - share) ** 2)
    return rod(
        path, np.full(STEPS, thick / 2) * (0.8 + 0.2 * round_end), width / 2 * round_end.clip(0.3), (0, 0, 1), around=40
    )


BANGLE = Family("bangle", _("Bangle or cuff"), PARAMETERS, make)
