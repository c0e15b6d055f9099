"""A trace chain: equal oval links, each turned a quarter against the next, lying in a circle."""

import math

import numpy as np
from django.utils.translation import gettext_lazy as _
from manifold3d import Manifold

from production.shapes import thickness
from production.shapes.family import Family
from production.shapes.parameters import Given, Measure, Refused
from production.shapes.piece import Made, Metal, after, turned
from production.shapes.solids import loop

PARAMETERS = (
    Measure("length_um", _("The chain's length"), 450_000, 150_000, 900_000),
    Measure("wire_um", _("The wire's thickness"), 500, 300, 1_500),
    Measure("link_width_um", _("The links' width"), 1_900, 1_200, 6_000),
    Measure("link_length_um", _("The links' length"), 2_700, 1_500, 10_000),
)
SIDES = 14


def make(given: Given) -> Made:
    """One link, built once and put in every place; each is free of its neighbours."""
    wire, width, length = given.mm("wire"), given.mm("link_width"), given.mm("link_length")
    if width < 3.2 * wire or length < width:
        raise Refused(
            "links_too_tight",
            _("The links must be over three times as wide as their wire, and at least as long as wide."),
        )
    play = 0.12 * wire
    pitch = length - 2 * wire - play
    count = 2 * round(given.mm("length") / pitch / 2)
    radius = pitch * count / (2 * math.pi)
    places = tuple(
        after(
            turned("z", 360 * k / count, (0, 0, 0)),
            after(turned("z", 0, (0, -radius, 0)), turned("x", 45 if k % 2 else -45)),
        )
        for k in range(count)
    )
    return Made(
        (Metal("link", link(wire, width, length), places),),
        dimensions_um={"length": round(pitch * count * 1000), "wire": given.count("wire_um")},
        thinnest=(thickness.wire(wire),),
    )


def link(wire: float, width: float, length: float) -> Manifold:
    """An oval of round wire in the XY plane, long along X: half circles joined by straights.

    Its sides are few, for there are hundreds of links; the wire's polygon has the area of the wire, so the chain weighs what it should.
    """
    radius, straight = (width - wire) / 2, (length - width) / 2
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    shift = np.where(np.cos(turn) >= 0, straight, -straight)
    around = np.linspace(0, 2 * np.pi, SIDES, endpoint=False)
    half = wire / 2 * math.sqrt(2 * math.pi / SIDES / math.sin(2 * math.pi / SIDES))
    reach = radius + half * np.cos(around)
    return loop(
        np.stack(
            [
                reach * np.cos(turn)[:, None] + shift[:, None],
                reach * np.sin(turn)[:, None],
                np.broadcast_to(half * np.sin(around), (40, SIDES)),
            ],
            -1,
        )
    )


TRACE_CHAIN = Family("trace_chain", _("Trace chain"), PARAMETERS, make, version=2)
