"""The girdle of a stone seen from above: a convex outline in mm, counter-clockwise from +X, length along Y.

A curved outline has 128 points, one for each 2.8° of its own azimuth, so that a facet finds the point it touches.
"""

import math
from collections.abc import Callable

import numpy as np

from production.shapes.solids import Points

POINTS = 128


def _ellipse(width_mm: float, length_mm: float) -> Points:
    turn = np.arange(POINTS) * 2 * np.pi / POINTS
    return np.stack([width_mm / 2 * np.cos(turn), length_mm / 2 * np.sin(turn)], -1)


def _cushion(width_mm: float, length_mm: float, fullness: float = 2.45) -> Points:
    """A superellipse: sides that belly a little, corners well rounded."""
    turn = np.arange(POINTS) * 2 * np.pi / POINTS
    x, y = np.cos(turn), np.sin(turn)
    return np.stack(
        [
            width_mm / 2 * np.sign(x) * np.abs(x) ** (2 / fullness),
            length_mm / 2 * np.sign(y) * np.abs(y) ** (2 / fullness),
        ],
        -1,
    )


def _bow(width_mm: float, half_length_mm: float, steps: int) -> Points:
    """From the belly (+X) to the point (+Y) along one arc that leaves the belly square to X."""
    half = width_mm / 2
    radius = (half_length_mm**2 + half**2) / (2 * half)
    turn = np.linspace(0, math.asin(half_length_mm / radius), steps + 1)
    return np.stack([half - radius + radius * np.cos(turn), radius * np.sin(turn)], -1)


def _marquise(width_mm: float, length_mm: float) -> Points:
    quarter = _bow(width_mm, length_mm / 2, POINTS // 4)
    upper = np.vstack([quarter, quarter[-2::-1] * (-1, 1)])
    return np.vstack([upper[:-1], -upper[:-1]])


def _pear(width_mm: float, length_mm: float) -> Points:
    quarter = _bow(width_mm, length_mm - width_mm / 2, POINTS // 4)
    upper = np.vstack([quarter, quarter[-2::-1] * (-1, 1)])
    head = _ellipse(width_mm, width_mm)[POINTS // 2 :]
    return np.vstack([upper[:-1], head])


def _corners(width_mm: float, length_mm: float, cut_mm: float) -> Points:
    """A rectangle with its corners cut off at 45°."""
    x, y = width_mm / 2, length_mm / 2
    return np.array(
        [
            (x, -y + cut_mm),
            (x, y - cut_mm),
            (x - cut_mm, y),
            (-x + cut_mm, y),
            (-x, y - cut_mm),
            (-x, -y + cut_mm),
            (-x + cut_mm, -y),
            (x - cut_mm, -y),
        ]
    )


def _emerald(width_mm: float, length_mm: float) -> Points:
    return _corners(width_mm, length_mm, 0.16 * width_mm)


def _princess(width_mm: float, length_mm: float) -> Points:
    return _corners(width_mm, length_mm, 0.02 * width_mm)


OUTLINES: dict[str, Callable[[float, float], Points]] = {
    "round": _ellipse,
    "oval": _ellipse,
    "cushion": _cushion,
    "emerald": _emerald,
    "princess": _princess,
    "pear": _pear,
    "marquise": _marquise,
    "cabochon": _ellipse,
    "pearl": _ellipse,
}


def normals(outline: Points) -> Points:
    """The outward direction at each point: the mean of its two edges'."""
    edge = np.roll(outline, -1, 0) - outline
    edge /= np.linalg.norm(edge, axis=1)[:, None]
    mean = edge + np.roll(edge, 1, 0)
    mean /= np.linalg.norm(mean, axis=1)[:, None]
    return np.stack([mean[:, 1], -mean[:, 0]], -1)


def edges_facing(outline: Points) -> Points:
    """The outward direction of each edge, from its point to the next."""
    edge = np.roll(outline, -1, 0) - outline
    edge /= np.linalg.norm(edge, axis=1)[:, None]
    return np.stack([edge[:, 1], -edge[:, 0]], -1)


def support(outline: Points, directions: Points) -> Points:
    """How far the outline reaches in each direction."""
    return np.asarray((directions @ outline.T).max(1))


def rim(outline: Points, *, longest_mm: float = 0.35) -> tuple[Points, Points]:
    """Points and outward directions for metal that runs round the stone; a corner is turned in several small steps."""
    points, facing = [], []
    edge = np.roll(outline, -1, 0) - outline
    angle = np.unwrap(np.arctan2(-edge[:, 0], edge[:, 1]))
    steps = np.ceil(np.linalg.norm(edge, axis=1) / longest_mm).astype(int)
    for k, start in enumerate(outline):
        before, after = angle[k - 1] - (2 * np.pi if k == 0 else 0), angle[k]
        turn = (
            np.linspace(before, after, 2 + int((after - before) / math.radians(9)))
            if after - before > 0.12
            else ((before + after) / 2,)
        )
        points += [start] * len(turn)
        facing += [(math.cos(a), math.sin(a)) for a in turn]
        for share in np.linspace(0, 1, 1 + steps[k])[1:-1] if steps[k] > 1 else ():
            points.append(start + share * edge[k])
            facing.append((math.cos(after), math.sin(after)))
    return np.array(points), np.array(facing)
