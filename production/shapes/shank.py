"""The part of a ring that goes round the finger: a profile carried round the Z axis, top at +Y."""

from collections.abc import Callable

import numpy as np
from django.utils.translation import gettext_lazy as _
from manifold3d import Manifold

from production.shapes.parameters import Measure, Refused, in_mm
from production.shapes.solids import Points, arc, cylinder, loop, segments, softened, thinned

# ISO 8653 sticks run from 41 to 76 mm round: 13.05 to 24.19 mm across. Children's and large sizes lie a little beyond.
SIZE = Measure("inner_diameter_um", _("The ring's inside width"), 17_320, 12_000, 26_000)
PROFILES = ("court", "flat", "d_shape", "comfort")


def profile(kind: str, width_mm: float, thick_mm: float) -> Points:
    """A section in (height over the finger, along the finger), its edges softened.

    flat: flat in and out. d_shape: flat in, domed out. comfort: eased in, flat out. court: eased in, domed out.
    """
    w = width_mm / 2
    ease = min(0.22 * thick_mm, 0.06 * width_mm + 0.12) if kind in ("comfort", "court") else 0.0
    domed = kind in ("d_shape", "court")
    shoulder = ease + 0.42 * (thick_mm - ease) if domed else thick_mm
    inner = arc((ease, w), (ease, -w), -ease, 25)
    outer = arc((shoulder, -w), (shoulder, w), -(thick_mm - shoulder), 41)
    return thinned(softened(np.vstack([inner, outer]), min(0.22, 0.14 * thick_mm, 0.12 * width_mm)))


def carried(inner_mm: float, section: Callable[[Points], Points]) -> Manifold:
    """A section carried round the finger; `section` tells it for angles [n, 1] from the top: [n or 1, m, 2]."""
    turn = np.linspace(0, 2 * np.pi, segments(inner_mm + 2), endpoint=False)[:, None]
    high, along = np.moveaxis(section(turn), -1, 0)
    radius = inner_mm + high
    x, y = radius * np.sin(turn), radius * np.cos(turn)
    return loop(np.stack([x, y, np.broadcast_to(along, x.shape)], -1))


def plain(inner_mm: float, kind: str, width_mm: float, thick_mm: float) -> Manifold:
    """A shank of one section all round."""
    drawn = profile(kind, width_mm, thick_mm)
    return carried(inner_mm, lambda _turn: drawn[None])


def tapered(
    inner_mm: float, kind: str, *, top: tuple[float, float], bottom: tuple[float, float], pinch: float = 1.0
) -> Manifold:
    """A shank whose (width, thickness) eases from bottom to top; a higher `pinch` keeps the change near the top."""
    width, thick = max(top[0], bottom[0]), max(top[1], bottom[1])
    drawn = profile(kind, width, thick)

    def section(turn: Points) -> Points:
        share = ((1 + np.cos(turn)) / 2) ** pinch
        scale = np.stack([bottom[1] + (top[1] - bottom[1]) * share, bottom[0] + (top[0] - bottom[0]) * share], -1)
        return np.asarray(drawn * scale / (thick, width))

    return carried(inner_mm, section)


def finger(inner_mm: float) -> Manifold:
    """The room for the finger."""
    return cylinder(inner_mm, -15, 15)


def refuse_wider_than_finger(stone_um: int, inner_diameter_um: int) -> None:
    """A stone may be as wide as the finger, not wider."""
    if stone_um > inner_diameter_um:
        raise Refused(
            "stone_wider_than_finger",
            _("A stone of {stone} is wider than the finger ({finger}): choose a smaller stone."),
            stone=in_mm(stone_um),
            finger=in_mm(inner_diameter_um),
        )
