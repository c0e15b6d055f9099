"""Laying things out on the tray: turned, moved, let go, pinned, hung from a stand, wound up. The tray is y = 0; mm."""

import math
from collections.abc import Sequence

import numpy as np
from manifold3d import Manifold

from production.pictures.studio import Array, Body
from production.shapes.families.drop import WIRE_MM
from production.shapes.piece import Metal, Piece, after, turned

STRANDS_MM, INNERMOST_MM = 7.0, 8.0  # between the strands of a wound chain; from its middle to the innermost
BAR_MM, BAR_OVER_MM = 1.3, 7.0  # the bar's radius; how far over the tray the drops end


def spun(bodies: Sequence[Body], axis: str, degrees: float) -> list[Body]:
    """All of them turned about one axis."""
    return [body.placed(turned(axis, degrees)[:, :3]) for body in bodies]


def moved(bodies: Sequence[Body], by: tuple[float, float]) -> list[Body]:
    """Pushed across the tray by (x, z) mm."""
    return [body.placed(np.eye(3), (by[0], 0, by[1])) for body in bodies]


def on_tray(bodies: Sequence[Body]) -> list[Body]:
    """Let down until the lowest point touches."""
    low = min(float(body.vertices[:, 1].min()) for body in bodies)
    return [body.placed(np.eye(3), (0, -low, 0)) for body in bodies]


def pinned(bodies: Sequence[Body], by: tuple[float, float]) -> list[Body]:
    """Its post pushed into the pad until the head touches: the head is what lies within 3 mm of the stone."""
    stone = next(body.vertices for body in bodies if body.is_stone)
    middle, reach = stone.mean(0), float(np.linalg.norm(stone - stone.mean(0), axis=1).max()) + 0.7
    metal = np.concatenate([body.vertices for body in bodies if not body.is_stone])
    head = metal[np.linalg.norm(metal - middle, axis=1) < reach]
    return moved([body.placed(np.eye(3), (0, -float(head[:, 1].min()), 0)) for body in bodies], by)


def hung(bodies: Sequence[Body], apart: float) -> list[Body]:
    """A pair of drops on a stand with one bar. Each wire leans until the stone hangs under where it touches the bar."""
    bezel, wire, *stones = bodies
    top = float(wire.vertices[:, 1].max())
    crown = wire.vertices[wire.vertices[:, 1] > top - 0.02].mean(0)
    link = np.array([0, float(wire.vertices[:, 1].min()), 0])
    lean = np.degrees(np.arctan2(crown[2], crown[1] - link[1]))
    leaning = moved_by(spun(moved_by([wire], -link), "x", -lean), link)
    low = min(float(body.vertices[:, 1].min()) for body in bodies)
    touch = float(leaning[0].vertices[:, 1].max()) - 2 * WIRE_MM
    one = moved_by([bezel, *leaning, *stones], np.array([0, BAR_OVER_MM - low, 0]))
    bar_y = touch + BAR_OVER_MM - low - BAR_MM
    pair = [body for side in (-1, 1) for body in moved(one, (side * apart, 0))]
    return [*pair, *stand(bar_y, apart)]


def stand(bar_y: float, apart: float) -> list[Body]:
    """A bar on one post with a round foot."""
    bar = (
        Manifold.cylinder(2 * apart + 14, BAR_MM, circular_segments=48, center=True)
        .rotate((0, 90, 0))
        .translate((0, bar_y, 0))
    )
    post = Manifold.cylinder(bar_y, BAR_MM, circular_segments=48).rotate((-90, 0, 0))
    foot = Manifold.cylinder(1.6, 7.0, 7.0, circular_segments=96).rotate((-90, 0, 0))
    part = Metal("stand", bar + post + foot)
    vertices, normals, faces = part.shaded
    return [Body(vertices, faces, "stand", normals, roughness=0.25)]


def wound(piece: Piece, bodies: Sequence[Body]) -> list[Body]:
    """A long chain wound up as two strands side by side, each link along it and turned against its neighbours."""
    link, count = piece.metal[0], len(piece.metal[0].places)
    line = two_strands(int(piece.parameters["length_um"]) / 1000)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    pitch = float(np.linalg.norm(piece.metal[0].places[1][:, 3] - piece.metal[0].places[0][:, 3]))
    line *= pitch * count / along[-1]
    at = np.arange(count) * along[-1] / count
    x, z = (np.interp(at, along, line[:, k]) for k in (0, 1))
    heading = np.arctan2(-(np.roll(z, -1) - np.roll(z, 1)), np.roll(x, -1) - np.roll(x, 1))
    vertices, normals, faces = link.shaded
    made = []
    for k in range(count):
        place = after(turned("y", float(np.degrees(heading[k])), (x[k], 0, z[k])), turned("x", 45 if k % 2 else -45))
        made.append(Body(vertices @ place[:, :3].T + place[:, 3], faces, bodies[0].material, normals @ place[:, :3].T))
    return made


def two_strands(length: float) -> Array:
    """A closed line about as long as asked: there and back along a spiral, round at both ends."""
    turns = (math.sqrt(INNERMOST_MM**2 + STRANDS_MM * length / math.pi) - INNERMOST_MM) / (2 * STRANDS_MM)
    turn = np.linspace(0, 2 * np.pi * turns, 3000)
    out = np.stack([np.cos(turn), np.sin(turn)], -1)
    reach = INNERMOST_MM + STRANDS_MM * turn / np.pi
    middle = reach[:, None] * out
    along = np.gradient(middle, axis=0)
    along /= np.linalg.norm(along, axis=1)[:, None]
    across = np.stack([along[:, 1], -along[:, 0]], -1) * STRANDS_MM / 2
    half = np.linspace(0, np.pi, 200)[1:-1, None]
    far = middle[-1] + np.cos(half) * across[-1] + np.sin(half) * along[-1] * STRANDS_MM / 2
    near = middle[0] - np.cos(half) * across[0] - np.sin(half) * along[0] * STRANDS_MM / 2
    return np.concatenate([middle + across, far, (middle - across)[::-1], near, (middle + across)[:1]])


def moved_by(bodies: Sequence[Body], by: Array) -> list[Body]:
    """Moved by (x, y, z) mm."""
    return [body.placed(np.eye(3), by.tolist()) for body in bodies]


def at_rest(bodies: Sequence[Body]) -> list[Body]:
    """Let go: turned to the nearest way in which it lies by itself, its weight over what touches the tray."""
    every = np.concatenate([body.vertices for body in bodies])
    mesh = Manifold.hull_points(every).to_mesh()
    corners, triangles = np.asarray(mesh.vert_properties)[:, :3], np.asarray(mesh.tri_verts)
    a, b, c = (corners[triangles[:, k]] for k in range(3))
    facing = np.cross(b - a, c - a)
    facing = facing[np.linalg.norm(facing, axis=1) > 1e-6]
    facing /= np.linalg.norm(facing, axis=1)[:, None]
    weight = np.average(every, axis=0)
    for down in facing[np.argsort(facing[:, 1])]:
        turn = _turning(down)
        lying = corners @ turn.T
        feet = lying[lying[:, 1] < lying[:, 1].min() + 0.03][:, [0, 2]]
        if _stands(feet, (turn @ weight)[[0, 2]]):
            return on_tray([body.placed(turn) for body in bodies])
    return on_tray(bodies)


def _turning(down: Array) -> Array:
    """The smallest turn that brings a direction to straight down."""
    target = np.array([0.0, -1.0, 0.0])
    v, c = np.cross(down, target), float(down @ target)
    if c < -0.9999:
        return np.diag([1.0, -1.0, -1.0])
    k = np.array([[0, -v[2], v[1]], [v[2], 0, -v[0]], [-v[1], v[0], 0]])
    return np.asarray(np.eye(3) + k + k @ k / (1 + c))


def _stands(feet: Array, weight: Array) -> bool:
    """Whether the weight lies within the feet: no gap of half a turn between the directions to them."""
    way = np.sort(np.arctan2(*(feet - weight).T[::-1]))
    return len(feet) > 2 and float(np.diff(np.r_[way, way[0] + 2 * np.pi]).max()) < np.pi
