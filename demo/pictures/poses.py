"""How pieces lie before the camera: rings stand, pendants lie on their backs, earrings come in pairs. The tray is y = 0."""

from collections.abc import Sequence

import numpy as np
from manifold3d import Manifold

from demo.pictures.light import FOR_METAL, FOR_STONES
from demo.pictures.studio import Array, Body, Shot
from production.shapes.families.band import milgrain
from production.shapes.piece import Metal, Piece, turned
from production.shapes.shank import plain

VIEWS = {  # family's manner: view → camera (degrees round, degrees up, margin)
    "stone ring": {"three_quarter": (-32, 20, 1.42), "detail": (-24, 36, 1.75)},
    "halo": {"three_quarter": (-30, 33, 1.42), "detail": (-24, 50, 1.6)},
    "row": {"three_quarter": (-58, 26, 1.42), "detail": (-62, 34, 1.5)},
    "ring": {"three_quarter": (-32, 20, 1.45), "side": (-20, 34, 1.5)},
    "signet": {"three_quarter": (-28, 36, 1.45), "detail": (-8, 62, 1.35)},
    "pendant": {"three_quarter": (-16, 50, 1.5), "detail": (8, 66, 1.55)},
    "stud": {"three_quarter": (-14, 34, 1.42), "detail": (-14, 52, 1.5)},
    "hoop": {"three_quarter": (-20, 22, 1.4), "side": (6, 40, 1.45)},
    "chain": {"three_quarter": (-24, 56, 1.14), "detail": (-20, 32, 1.5)},
    "bangle": {"three_quarter": (-34, 24, 1.4), "side": (-30, 48, 1.4)},
}
MANNERS = {
    "solitaire": "stone ring", "three_stone": "stone ring", "halo": "halo", "eternity": "row",
    "band": "ring", "signet": "signet", "bezel_pendant": "pendant", "stud": "stud", "hoop": "hoop",
    "trace_chain": "chain", "bangle": "bangle",
}  # fmt: skip


def bodies_of(piece: Piece, metal: str) -> list[Body]:
    """The piece's metal and stones as they are built."""
    made = []
    for part in _parts(piece):
        vertices, normals, faces = part.shaded
        made += [
            Body(vertices @ place[:, :3].T + place[:, 3], faces, metal, normals @ place[:, :3].T)
            for place in part.places
        ]
    return made + [Body(np.asarray(v, float), f, gem) for _, v, f, _, gem in piece.stone_meshes()]


def _parts(piece: Piece) -> tuple[Metal, ...]:
    """The metal as it is shaded: beads apart from their band, whose long triangles would else be pulled about by them."""
    given = piece.parameters
    if piece.family != "band" or given["surface"] != "milgrain":
        return piece.metal
    inner, width, thick = (int(given[name]) / 1000 for name in ("inner_diameter_um", "width_um", "thickness_um"))
    kind = str(given["profile"])
    beads = (Metal("beads", milgrain(inner / 2, kind, width, thick, side)) for side in (-1, 1))
    return (Metal("band", plain(inner / 2, kind, width, thick)), *beads)


def arranged(piece: Piece, metal: str, view: str) -> list[Body]:
    """Everything on the tray for this view."""
    bodies, manner = bodies_of(piece, metal), MANNERS[piece.family]
    if manner == "pendant":
        return at_rest(spun(bodies, "x", -90))
    if manner == "stud":
        wide = piece.stones[0].stone.width_mm
        lying = at_rest(spun(spun(bodies, "x", -20), "y", -38))
        return pinned(spun(spun(bodies, "x", -58), "y", 16), (-0.85 * wide, 0.3 * wide)) + moved(
            lying, (0.75 * wide, -0.3 * wide)
        )
    if manner == "hoop" and view == "three_quarter":
        return moved(on_tray(spun(bodies, "y", 28)), (-7.6, 3.5)) + moved(on_tray(spun(bodies, "y", -24)), (7.0, -4.5))
    if manner == "hoop":
        return moved(at_rest(spun(bodies, "x", -90)), (-6.5, 4)) + moved(on_tray(spun(bodies, "y", -10)), (5, -5))
    if manner == "chain" or (manner in ("ring", "bangle") and view == "side"):
        return at_rest(spun(bodies, "x", -90))
    return on_tray(bodies)


def shot_of(piece: Piece, view: str, tray: str, bodies: Sequence[Body]) -> Shot:
    """The camera for this view; a close-up of a stone looks at its stones."""
    azimuth, elevation, margin = VIEWS[MANNERS[piece.family]][view]
    light = FOR_STONES if piece.stones else FOR_METAL
    return Shot(tray, azimuth, elevation, margin, about=_closer(piece, bodies) if view == "detail" else (), light=light)


def _closer(piece: Piece, bodies: Sequence[Body]) -> tuple[Body, ...]:
    manner = MANNERS[piece.family]
    if manner == "chain":
        return tuple(sorted(bodies, key=lambda body: -body.vertices[:, 2].max())[:5])
    if manner == "signet":
        top = bodies[0].vertices
        return (Body(top[top[:, 1] > top[:, 1].max() - 4], bodies[0].faces, bodies[0].material),)
    stones = [body for body in bodies if body.is_stone]
    if piece.family == "eternity":
        return tuple(sorted(stones, key=lambda body: -body.vertices[:, 1].max())[:5])
    return tuple(stones[:1] if manner == "stud" else stones)


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
