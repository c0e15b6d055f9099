"""A hoop: a round or oval wire bent to an open circle, with a fine post that closes it behind the ear."""

import numpy as np
from django.utils.translation import gettext_lazy as _

from production.shapes import thickness
from production.shapes.family import Family
from production.shapes.parameters import Given, Measure, Refused
from production.shapes.piece import Made, Metal
from production.shapes.solids import joined, rod

PARAMETERS = (
    Measure("outer_diameter_um", _("The hoop's width across"), 18_000, 9_000, 60_000),
    Measure("wire_um", _("The wire's thickness"), 2_000, 1_200, 5_000),
    Measure("wire_width_um", _("The wire's width"), 2_500, 1_200, 8_000),
)
POST_MM = 0.42  # radius
OPEN_DEGREES = 26


def make(given: Given) -> Made:
    """The wire tapers a little towards its ends; the post runs on from one of them."""
    thick, radius = given.mm("wire"), given.mm("outer_diameter") / 2
    middle = radius - thick / 2
    if middle < 1.6 * thick:
        raise Refused(
            "hoop_too_tight", _("The hoop is too small for such thick wire: choose a wider hoop or finer wire.")
        )
    turn = np.radians(np.linspace(90 + OPEN_DEGREES / 2, 450 - OPEN_DEGREES / 2, 220))
    path = np.stack([middle * np.cos(turn), middle * np.sin(turn), 0 * turn], -1)
    slim = 0.80 + 0.20 * np.sin(np.linspace(0, np.pi, 220))
    hoop = rod(path, thick / 2 * slim, given.mm("wire_width") / 2 * slim, (0, 0, 1), around=32)
    bend = np.radians(np.linspace(90 + OPEN_DEGREES / 2 + 4, 90 - OPEN_DEGREES / 2 + 9, 40))
    post = np.stack([middle * np.cos(bend), middle * np.sin(bend), 0 * bend], -1)
    pin = rod(post, np.full(40, POST_MM), np.full(40, POST_MM), (0, 0, 1))
    return Made(
        (Metal("hoop", joined([hoop, pin])),),
        dimensions_um={"across": given.count("outer_diameter_um"), "wire": given.count("wire_um")},
        thinnest=(thickness.wire(0.8 * thick), thickness.post(2 * POST_MM)),
    )


HOOP = Family("hoop", _("Hoop earring"), PARAMETERS, make)
