"""V-claws: a stone's points are its weakest spots, so each stands in a corner of metal that reaches along both sides."""

import numpy as np
from manifold3d import Manifold

from production.shapes.solids import Points, loft
from production.shapes.stones import Stone

POINTED = {
    "pear": (90.0,),
    "marquise": (90.0, 270.0),
    "princess": (45.0, 135.0, 225.0, 315.0),
}  # bearings of the points


def spread(cut: str, count: int) -> tuple[list[float], list[float]]:
    """Bearings of the V-claws and of the plain claws among `count`; a pear's and a marquise's are counted from the tip."""
    points = list(POINTED.get(cut, ()))
    if cut == "princess":
        return points, [0.0, 180.0] if count == 6 else []
    first = 90.0 if points else 45.0 if count == 4 else 180 / count
    all_round = [(first + 360 / count * k) % 360 for k in range(count)]
    return points, [bearing for bearing in all_round if bearing not in points]


def corner(stone: Stone, bearing: float) -> tuple[Points, Points, Points, Points]:
    """A point of the girdle: where it is, its outward direction, and the directions of its two sides away from it."""
    if stone.cut == "princess":
        x, y = np.sign(np.cos(np.radians(bearing))), np.sign(np.sin(np.radians(bearing)))
        at = np.array([x * stone.width_mm / 2, y * stone.length_mm / 2])
        return at - 0.01 * stone.width_mm, np.array([x, y]) / np.sqrt(2), np.array([-x, 0]), np.array([0, -y])
    up = 1.0 if bearing < 180 else -1.0
    k = int(np.argmax(up * stone.outline[:, 1]))
    at, sides = stone.outline[k], [stone.outline[k + 4] - stone.outline[k], stone.outline[k - 4] - stone.outline[k]]
    one, other = (side / np.linalg.norm(side) for side in sides)
    return at, np.array([0.0, up]), one, other


def v_claw(stone: Stone, bearing: float, profile: Points, foot_scale: float, thick_mm: float) -> list[Manifold]:
    """Two plates that meet in an edge at the point and lean in over the crown; `profile` as a plain claw's."""
    at, out, *sides = corner(stone, bearing)
    reach = np.interp(profile[:, 0], (0, 0.25, 1), (1.0, 0.7, 0.4)) * (0.11 * stone.width_mm + 0.3 * thick_mm)
    return [_plate(at, out, side, reach, profile, foot_scale, thick_mm) for side in sides]


def _plate(
    at: Points, out: Points, along: Points, reach: Points, profile: Points, foot_scale: float, thick_mm: float
) -> Manifold:
    """One side of a V: at each height four corners, outer edge first."""
    square = out - (out @ along) * along
    square /= np.linalg.norm(square)
    wall = 0.7 * thick_mm
    edge = min(wall / max(float(out @ square), 0.3), 1.8 * wall)  # how far the outer edge stands before the point
    rows = []
    for (share, leans, z), length in zip(profile, reach, strict=True):
        tip = at * (1 - share * (1 - foot_scale)) + out * min(leans, 0.12 * thick_mm)
        end = tip + along * length
        rim = np.array([tip + out * edge, tip - out * 0.6 * wall, end - square * 0.5 * wall, end + square * wall])
        rows.append(np.c_[rim, np.full(4, z)])
    return loft(np.array(rows))
