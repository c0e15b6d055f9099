"""Small round stones set in a row by grains: each sunk in a drilled seat, held by beads it shares with its neighbours."""

from collections.abc import Sequence

from manifold3d import Manifold, OpType

from production.shapes.claws import SEAT_CLEARANCE
from production.shapes.piece import after, turned
from production.shapes.solids import Points, ball, joined, less
from production.shapes.stones import Stone

APART_MM = 0.04  # between two stones, wherever the row turns
CUTTER_MM = 0.001  # seams of a seat finer than this are smoothed before it is cut a hundred times


def cut_for(stone: Stone, depth_mm: float) -> Manifold:
    """A drilled seat: the stone's own cone, open above, and a smaller hole on through the metal to let light in."""
    r = stone.width_mm / 2
    edge = 0.02 * stone.width_mm
    return Manifold.batch_boolean(
        [
            Manifold.cylinder(stone.bottom_mm, 0.10 * r, 1.015 * r, 24).translate((0, 0, -stone.bottom_mm)),
            Manifold.cylinder(edge + 1.5, 1.015 * r, 1.06 * r, 24).translate((0, 0, -0.001)),
            Manifold.cylinder(depth_mm, 0.42 * r, 0.42 * r, 16).translate((0, 0, -depth_mm)),
        ],
        OpType.Add,
    )


def beads(stone: Stone, between_mm: float) -> Manifold:
    """The four grains at one end of a stone's seat, on its own frame: left and right of the gap to its neighbour."""
    size = max(0.17, 0.13 * stone.width_mm)
    grain = ball(size, 12)
    y = 0.36 * stone.width_mm
    return Manifold.compose([grain.translate((between_mm / 2, sign * y, 0.42 * size)) for sign in (-1, 1)])


def row(metal: Manifold, stone: Stone, places: Sequence[Points], pitch_mm: float, depth_mm: float) -> Manifold:
    """The row cut, its grains raised and both cleared of the stones. A place's X runs along the row."""
    return joined([seats(metal, stone, places, depth_mm), grains(stone, places, pitch_mm) - rooms(stone, places)])


def seats(metal: Manifold, stone: Stone, places: Sequence[Points], depth_mm: float) -> Manifold:
    """The metal with a seat cut in every place; the cutter is built once."""
    cutter = (cut_for(stone, depth_mm) + room(stone)).as_original().simplify(CUTTER_MM)
    return less(metal, put(cutter, places))


def grains(stone: Stone, places: Sequence[Points], pitch_mm: float) -> Manifold:
    """All the beads of a row, before they are cleared of the stones."""
    return joined([*put(beads(stone, -pitch_mm), places[:1]), *put(beads(stone, pitch_mm), places)])


def put(part: Manifold, places: Sequence[Points]) -> list[Manifold]:
    """The part in every place."""
    return [part.transform(place.tolist()) for place in places]


def room(stone: Stone) -> Manifold:
    """What a stone takes up, on its own frame."""
    return stone.room.scale((SEAT_CLEARANCE,) * 3)


def rooms(stone: Stone, places: Sequence[Points]) -> Manifold:
    """What the stones take up; no two of them touch."""
    return Manifold.compose(put(room(stone), places))


def round_the_axis(count: int, upright_at: Points, *, span_degrees: float = 360.0) -> list[Points]:
    """Places evenly round the Z axis from one that sits at the top."""
    whole = span_degrees >= 360
    first = 0.0 if whole else -span_degrees / 2
    step = span_degrees / (count if whole else max(1, count - 1))
    return [after(turned("z", -(first + k * step)), upright_at) for k in range(count)]
