"""How stones are cut: convex bodies bounded by facet planes. Girdle about z = 0, table towards +Z, length along Y.

The round brilliant carries 57 facets by the usual proportions (table 57 %, crown 34.5°, pavilion 40.75°, girdle 3 %,
star 50 %, lower halves 77 %). Every other brilliant takes the same facets, each pushed out to touch its own outline.
"""

import math
from collections.abc import Callable, Iterator

import numpy as np

from production.shapes.outlines import OUTLINES, POINTS, normals, support
from production.shapes.solids import Points

TABLE, STAR, LOWER, GIRDLE = 0.57, 0.50, 0.77, 0.03
CROWN, PAVILION = math.radians(34.5), math.radians(40.75)
SIXTEENTH = math.pi / 8
PRINCESS_DEPTH = 0.60  # culet under the girdle, of the width

# A facet before it meets its stone: name, azimuth (sixteenths of a turn), and `out`·r + `up`·z ≤ `reach`, where r is the
# share of the outline's reach towards that azimuth (1 at the girdle) and z is in stone widths.
Facet = tuple[str, float, float, float, float]


def brilliant(
    crown: float = CROWN, pavilion: float = PAVILION, table: float = TABLE, girdle: float = GIRDLE
) -> Iterator[Facet]:
    """Table, 8 stars, 8 mains and 16 halves over the girdle; 8 mains and 16 halves under it."""
    edge, high, deep = girdle / 2, math.tan(crown) / 2, math.tan(pavilion) / 2
    between, near = math.cos(SIXTEENTH), math.cos(SIXTEENTH / 2)
    inner = table * between
    star = inner + STAR * (1 - inner)
    top, star_z = edge + (1 - table) * high, edge + (1 - star * between) * high
    star_slope = (top - star_z) / (star - inner)
    low = 1 - LOWER
    low_z = edge + (1 - low * between) * deep
    upper, lower = (star_z - edge) / (1 - star * near), (low_z - edge) / (1 - low * near)
    yield "table", 0, 0, 1, top
    for k in range(0, 16, 2):
        yield "crown main", k, high, 1, edge + high
        yield "pavilion main", k, deep, -1, edge + deep
        yield "star", k + 1, star_slope, 1, star_z + star_slope * star
        for half in (k + 0.5, k + 1.5):
            yield "upper half", half, upper, 1, edge + upper
            yield "lower half", half, lower, -1, edge + lower


Planes = tuple[list[str], Points]  # a name for each facet, and its plane: normal (unit), distance from the origin in mm


def _planes(facets: list[tuple[str, Points]]) -> Planes:
    planes = np.array([plane for _, plane in facets])
    return [name for name, _ in facets], planes / np.linalg.norm(planes[:, :3], axis=1)[:, None]


def _fitted(facets: Iterator[Facet], outline: Points, width_mm: float) -> Planes:
    """The facets of a brilliant, each touching the outline where its azimuth meets it."""
    facing = normals(outline)
    reach_mm = support(outline, facing)
    fitted = []
    for name, sixteenth, out, up, reach in facets:
        k = round(sixteenth * POINTS / 16) % POINTS
        fitted.append((name, np.array([*(out * facing[k] / reach_mm[k]), up / width_mm, reach])))
    return _planes(fitted)


def _steps(
    outline: Points,
    width_mm: float,
    slopes: dict[str, tuple[tuple[float, float], ...]],
    table_mm: float,
    girdle: float = GIRDLE,
) -> Planes:
    """Rows of facets parallel to the girdle: for crown and pavilion, (degrees, share of the half width) from the girdle in."""
    edge_mm = girdle / 2 * width_mm
    facing = normals_of_sides(outline)
    reach = support(outline, facing)
    facets = [("table", np.array([0, 0, 1, edge_mm + table_mm]))]
    for side, up in (("crown", 1), ("pavilion", -1)):
        for u, h in zip(facing, reach, strict=True):
            z, inset = edge_mm, 0.0
            for degrees, share in slopes[side]:
                slope = math.tan(math.radians(degrees))
                facets.append((f"{side} step", np.array([*(slope * u), up, z + slope * (h - inset)])))
                z, inset = z + slope * share * width_mm / 2, inset + share * width_mm / 2
    return _planes(facets)


def normals_of_sides(outline: Points) -> Points:
    """The outward direction of each straight side."""
    edge = np.roll(outline, -1, 0) - outline
    edge /= np.linalg.norm(edge, axis=1)[:, None]
    return np.stack([edge[:, 1], -edge[:, 0]], -1)


def _emerald(outline: Points, width_mm: float) -> Planes:
    """Step cut: three rows over the girdle and three under it, on eight sides, ending in a keel."""
    crown = ((46, 0.11), (38, 0.12), (28, 0.14))
    rise = sum(math.tan(math.radians(d)) * s for d, s in crown) * width_mm / 2
    return _steps(outline, width_mm, {"crown": crown, "pavilion": ((50, 0.30), (45, 0.34), (40, 0.36))}, rise)


def _princess(outline: Points, width_mm: float) -> Planes:
    """Square brilliant: two crown rows; under the girdle a steep row and, on each side, chevrons fanning from the culet."""
    half, edge = width_mm / 2, GIRDLE / 2 * width_mm
    crown = ((36, 0.16), (24, 0.16))
    rise = sum(math.tan(math.radians(d)) * s for d, s in crown) * half
    names, planes = _steps(outline, width_mm, {"crown": crown, "pavilion": ()}, rise)
    facets = list(zip(names, planes, strict=True))
    deep = PRINCESS_DEPTH * width_mm + edge
    for k in range(4):
        turn = k * math.pi / 2
        facets.append(
            ("pavilion girdle", np.array([2.6 * math.cos(turn), 2.6 * math.sin(turn), -1.0, edge + 2.6 * half]))
        )
        for lean, fall in ((0.13, 1.0), (0.32, 0.94), (0.52, 0.87)):
            for side in (-1, 1):
                u = np.array([math.cos(turn + side * lean), math.sin(turn + side * lean)])
                corner = half * (math.cos(lean) + math.sin(lean))
                slope = (deep * fall - edge) / corner * 1.02
                facets.append(("chevron", np.array([*(slope * u), -1.0, deep * fall])))
    return _planes(facets)


def planes_of(cut: str, width_mm: float, length_mm: float) -> Planes:
    """Every polished facet of a faceted stone, without its girdle."""
    outline = OUTLINES[cut](width_mm, length_mm)
    return CUTS[cut](outline, width_mm)


CUTS: dict[str, Callable[[Points, float], Planes]] = {
    "round": lambda outline, width: _fitted(brilliant(), outline, width),
    "oval": lambda outline, width: _fitted(brilliant(), outline, width),
    "cushion": lambda outline, width: _fitted(brilliant(pavilion=math.radians(42)), outline, width),
    "pear": lambda outline, width: _fitted(brilliant(), outline, width),
    "marquise": lambda outline, width: _fitted(brilliant(girdle=0.045), outline, width),
    "emerald": _emerald,
    "princess": _princess,
}
