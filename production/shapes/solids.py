"""The bench's basic solids: loops, rods, revolved profiles. Millimetres; every one closed by construction."""

import math
from collections.abc import Sequence

import numpy as np
from manifold3d import CrossSection, FillRule, JoinType, Manifold, Mesh, OpType
from numpy.typing import NDArray

Points = NDArray[np.float64]
CHORD_MM = 0.004  # a curve's polygon stays this near to the curve; finer than a cast surface


def segments(radius_mm: float, *, chord_mm: float = CHORD_MM) -> int:
    """How many straight steps draw a circle to within the chord tolerance; a multiple of 8, at most 384."""
    steps = math.pi / math.acos(max(-1.0, 1 - chord_mm / max(radius_mm, 0.05)))
    return int(max(16, min(384, math.ceil(steps / 8) * 8)))


def solid(vertices: Points, faces: NDArray[np.int64]) -> Manifold:
    """A solid from a closed mesh, turned right side out; which side that is, is summed here, to build it only once."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    outward = float(np.einsum("ij,ij->", a, np.cross(b, c))) > 0
    triangles = faces if outward else faces[:, ::-1]
    return Manifold(Mesh(np.ascontiguousarray(vertices, np.float32), np.ascontiguousarray(triangles, np.uint32)))


def _strip(rows: int, columns: int, *, closed: bool) -> NDArray[np.int64]:
    """Two triangles for each cell of a grid whose columns close on themselves; its rows too, if `closed`."""
    i, j = np.arange(rows if closed else rows - 1)[:, None], np.arange(columns)[None, :]
    below, right = (i + 1) % rows, (j + 1) % columns
    a, b, c, d = i * columns + j, below * columns + j, below * columns + right, i * columns + right
    return np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])


def loop(sections: Points) -> Manifold:
    """A closed ring through sections [n, m, 3]; the last joins the first."""
    rows, columns, _ = sections.shape
    return solid(sections.reshape(-1, 3), _strip(rows, columns, closed=True))


def loft(sections: Points) -> Manifold:
    """A body through sections [n, m, 3], its two ends closed by a fan from their middles."""
    rows, columns, _ = sections.shape
    count = rows * columns
    vertices = np.vstack([sections.reshape(-1, 3), sections[0].mean(0), sections[-1].mean(0)])
    here = np.arange(columns)
    after = (here + 1) % columns
    last = (rows - 1) * columns
    ends = [
        np.stack([np.full(columns, count), here, after], -1),
        np.stack([np.full(columns, count + 1), last + after, last + here], -1),
    ]
    return solid(vertices, np.concatenate([_strip(rows, columns, closed=False), *ends]))


def curve(knots: Sequence[Sequence[float]], steps: int) -> Points:
    """A smooth path through the knots (Catmull-Rom, centripetal), evenly spaced along its length."""
    p = np.asarray(knots, float)
    p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    drawn = []
    for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True):
        t = np.cumsum([0.0, *(np.linalg.norm(q - r) ** 0.5 for q, r in ((b, a), (c, b), (d, c)))])
        s = np.linspace(t[1], t[2], 24, endpoint=False)[:, None]
        ab, bc, cd = (
            ((t1 - s) * u + (s - t0) * v) / (t1 - t0)
            for t0, t1, u, v in ((t[0], t[1], a, b), (t[1], t[2], b, c), (t[2], t[3], c, d))
        )
        abc, bcd = (
            ((t[2] - s) * ab + (s - t[0]) * bc) / (t[2] - t[0]),
            ((t[3] - s) * bc + (s - t[1]) * cd) / (t[3] - t[1]),
        )
        drawn.append(((t[2] - s) * abc + (s - t[1]) * bcd) / (t[2] - t[1]))
    return evenly(np.vstack([*drawn, p[-2:-1]]), steps)


def evenly(path: Points, steps: int) -> Points:
    """The same path in `steps` points, evenly spaced along its length."""
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))]
    at = np.linspace(0, along[-1], steps)
    return np.stack([np.interp(at, along, path[:, k]) for k in range(path.shape[1])], -1)


def frames(path: Points, side: Points) -> tuple[Points, Points, Points]:
    """Along, across and side directions at each point of a path that stays roughly square to `side`."""
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1)[:, None]
    flat = side - (along * side).sum(1)[:, None] * along
    flat /= np.linalg.norm(flat, axis=1)[:, None]
    return along, np.cross(flat, along), flat


def rod(path: Points, across_mm: Points, side_mm: Points, side: Sequence[float], *, around: int = 16) -> Manifold:
    """A wire along a path, oval by its two half widths at each point, with round ends."""
    along, across, flat = frames(path, np.asarray(side, float))
    turn = np.linspace(0, 2 * np.pi, around, endpoint=False)
    rim = (
        across_mm[:, None, None] * across[:, None] * np.cos(turn)[None, :, None]
        + side_mm[:, None, None] * flat[:, None] * np.sin(turn)[None, :, None]
    )
    swell = np.linspace(0, np.pi / 2, 6)[1:]
    size = np.cos(swell)[:, None, None].clip(0.02)
    reach = np.sin(swell)[:, None, None]
    start = path[0] - reach[::-1] * min(across_mm[0], side_mm[0]) * along[0] + size[::-1] * rim[0]
    end = path[-1] + reach * min(across_mm[-1], side_mm[-1]) * along[-1] + size * rim[-1]
    return loft(np.concatenate([start, path[:, None] + rim, end]))


def ring_of_wire(radius_mm: float, wire_mm: float, *, around: int = 20, steps: int = 0) -> Manifold:
    """A round ring of round wire in the XY plane; `wire_mm` is the wire's radius."""
    return (
        CrossSection.circle(wire_mm, around).translate((radius_mm, 0)).revolve(steps or segments(radius_mm + wire_mm))
    )


def cylinder(radius_mm: float, bottom_mm: float, top_mm: float) -> Manifold:
    """A round bar along Z between two heights."""
    return Manifold.cylinder(top_mm - bottom_mm, radius_mm, radius_mm, segments(radius_mm)).translate((0, 0, bottom_mm))


def ball(radius_mm: float, around: int = 24) -> Manifold:
    """A ball about the origin."""
    return Manifold.sphere(radius_mm, around)


def joined(parts: Sequence[Manifold]) -> Manifold:
    """One body out of parts that touch."""
    return Manifold.batch_boolean(list(parts), OpType.Add)


def less(part: Manifold, cutters: Sequence[Manifold]) -> Manifold:
    """A part without what the cutters take away."""
    return Manifold.batch_boolean([part, *cutters], OpType.Subtract)


def arc(start: tuple[float, float], end: tuple[float, float], rise_mm: float, steps: int) -> Points:
    """A circular arc in a plane; it bulges to the left of start → end by `rise_mm` (right, if negative)."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    chord = float(np.linalg.norm(b - a))
    if abs(rise_mm) < 1e-6:
        return np.linspace(a, b, steps)
    left = np.array([-(b - a)[1], (b - a)[0]]) / chord
    half = 2 * math.atan(2 * abs(rise_mm) / chord)
    radius = chord / 2 / math.sin(half)
    centre = (a + b) / 2 - left * math.copysign(radius * math.cos(half), rise_mm)
    turn = np.linspace(half, -half, steps)[:, None]
    return centre + radius * (np.cos(turn) * left * math.copysign(1, rise_mm) + np.sin(turn) * (a - b) / chord)


def softened(outline: Points, radius_mm: float) -> Points:
    """A closed outline with its outward corners rounded, as a file and the polishing wheel leave them."""
    flat = CrossSection([outline], FillRule.Positive)
    if flat.area() < 1e-9:
        flat = CrossSection([outline[::-1]], FillRule.Positive)
    return np.asarray(
        flat.offset(-radius_mm, JoinType.Round, 2.0, 32)
        .offset(radius_mm, JoinType.Round, 2.0, 32)
        .simplify(0.0015)
        .to_polygons()[0],
        float,
    )


def thinned(outline: Points, chord_mm: float = CHORD_MM) -> Points:
    """The outline with no more points than the chord tolerance asks for, and its area as it was: the piece weighs the same."""
    full = CrossSection([outline], FillRule.Positive)
    fewer = full.simplify(chord_mm)
    points = np.asarray(fewer.to_polygons()[0], float)
    middle = (points.min(0) + points.max(0)) / 2
    return middle + (points - middle) * math.sqrt(full.area() / fewer.area())


def thinned_path(path: Points, chord_mm: float) -> NDArray[np.int64]:
    """Which points of a path in any number of dimensions draw it to within the tolerance (Douglas and Peucker)."""
    kept = {0, len(path) - 1}
    spans = [(0, len(path) - 1)]
    while spans:
        a, b = spans.pop()
        share = np.linspace(0, 1, b - a + 1)[:, None]
        off = np.linalg.norm(path[a : b + 1] - (path[a] + share * (path[b] - path[a])), axis=1)
        k = a + int(off.argmax())
        if off.max() > chord_mm:
            kept.add(k)
            spans += [(a, k), (k, b)]
    return np.array(sorted(kept))
