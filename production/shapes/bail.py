"""What a pendant hangs from: an eye on the piece and a bail that swings in it without touching."""

import numpy as np
from manifold3d import Manifold

from production.shapes.solids import loop, ring_of_wire

EYE_MM, EYE_WIRE_MM = 1.15, 0.38  # middle radius, wire radius
BAIL_WIRE_MM = 0.34
PLAY_MM = 0.18  # between bail and eye as it hangs


def eye(y_mm: float) -> Manifold:
    """A ring in the plane of the piece, its middle at `y_mm`."""
    return ring_of_wire(EYE_MM, EYE_WIRE_MM).translate((0, y_mm, 0))


def bail(eye_y_mm: float, *, tall_mm: float = 6.2, deep_mm: float = 4.0) -> Manifold:
    """A drop-shaped loop, slim where it runs through the eye and broad where the chain runs through it."""
    turn = np.linspace(0, 2 * np.pi, 128, endpoint=False)  # 0 is the top
    share = (1 + np.cos(turn)) / 2
    half_wide = 0.46 + 0.85 * share**1.5
    half_thick = BAIL_WIRE_MM + 0.06 * share
    bottom = eye_y_mm + EYE_MM - EYE_WIRE_MM - PLAY_MM - BAIL_WIRE_MM
    y = bottom + tall_mm * share
    z = deep_mm / 2 * np.sin(turn) * (0.62 + 0.38 * share)
    path = np.stack([y, z], -1)
    along = np.roll(path, -1, 0) - np.roll(path, 1, 0)
    along /= np.linalg.norm(along, axis=1)[:, None]
    across = np.stack([along[:, 1], -along[:, 0]], -1)
    around = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    c, s = np.cos(around), np.sin(around)
    wide = np.sign(s) * np.abs(s) ** 0.8
    sections = np.stack(
        [
            half_wide[:, None] * wide,
            path[:, :1] + across[:, :1] * half_thick[:, None] * c,
            path[:, 1:] + across[:, 1:] * half_thick[:, None] * c,
        ],
        -1,
    )
    return loop(sections)
