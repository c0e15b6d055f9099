"""What a piece looks like on its way: wax, casting on its sprue, filed, set, polished. From the same exact model.

Until the stone is set the claws stand open; a casting has its skin and its sprue, a filed piece the lines of the paper.
"""

from dataclasses import dataclass

import numpy as np
from manifold3d import Manifold

from production.pictures.laying import at_rest, spun
from production.pictures.light import FOR_METAL, FOR_STONES
from production.pictures.poses import bodies_of
from production.pictures.studio import Array, Body, Shot
from production.shapes.claws import bend, claw_mm, spots
from production.shapes.piece import Metal, Piece
from production.shapes.points import spread
from production.shapes.solids import curve


@dataclass(frozen=True)
class Surface:
    """How smooth the metal is and how uneven, 0 being a mirror; whether the stones are in, the sprue still on."""

    words: str
    roughness: float
    grain: float = 0.0
    stones: bool = False
    sprue: bool = False
    wax: bool = False


STAGES = {
    "wax": Surface("in wax", 0.32, 0.015, wax=True),
    "casting": Surface("as cast, on its sprue", 0.36, 0.11, sprue=True),
    "unpolished": Surface("filed and fitted, not polished", 0.24, 0.035),
    "set": Surface("stones set, not polished", 0.16, 0.02, stones=True),
    "polished": Surface("polished", 0.028, stones=True),
}
CLAWED = ("solitaire", "halo", "three_stone")
GRID_MM = 0.22  # how finely a rough skin is drawn
SPRUE_MM, GATE_MM, SPRUE_LONG_MM = 1.15, 1.6, 11.0
CAMERA = (-152, 38, 1.36)  # degrees round and up, margin: as one looks down on a bench


def at_stage(piece: Piece, metal: str, name: str) -> list[Body]:
    """Everything on the tray at this stage, lying on its side as it is put down."""
    stage = STAGES[name]
    if name == "polished":
        return at_rest(spun(bodies_of(piece, metal), "x", -90))
    look = "wax" if stage.wax else metal
    solids = [part.solid if stage.stones else opened(piece, part.solid) for part in piece.metal]
    if stage.sprue:
        solids = [solids[0] + sprue(solids[0]), *solids[1:]]
    made = [rough(solid, look, stage) for solid in solids]
    stones = [body for body in bodies_of(piece, metal) if body.is_stone] if stage.stones else []
    return at_rest(spun([*made, *stones], "x", -90))


def shot_at(piece: Piece, name: str, tray: str) -> Shot:
    """The camera, the same at every stage."""
    azimuth, elevation, margin = CAMERA
    light = FOR_STONES if piece.stones and STAGES[name].stones else FOR_METAL
    return Shot(tray, azimuth, elevation, margin, light=light)


def rough(solid: Manifold, look: str, stage: Surface) -> Body:
    """The solid with a skin that is a little uneven at every point."""
    vertices, normals, faces = Metal("rough", solid.refine_to_length(GRID_MM)).shaded
    uneven = np.random.default_rng(23).normal(0, stage.grain, normals.shape)
    bent = normals + uneven
    return Body(vertices, faces, look, bent / np.linalg.norm(bent, axis=1)[:, None], stage.roughness)


def sprue(solid: Manifold) -> Manifold:
    """The rod through which the metal came in, at the back of the shank, cut off from the tree."""
    low = float(solid.bounding_box()[1]) + 0.4
    rod = Manifold.cylinder(SPRUE_LONG_MM, GATE_MM, SPRUE_MM, 40)
    return rod.rotate((90, 0, 0)).translate((0, low, 0))


def opened(piece: Piece, solid: Manifold) -> Manifold:
    """The metal before setting: claws upright, so that the stone can come in from above."""
    if piece.family not in CLAWED:
        return solid
    for group in piece.stones[: 1 if piece.family == "halo" else None]:
        stone, count = group.stone, int(piece.parameters.get("claws", 4))
        line = np.array([(0.34 * claw_mm(stone), 0.0), *bend(stone, claw_mm(stone))])
        points, facing = spots(stone, spread(stone.cut, count)[1])
        for place in group.places:
            solid = solid.warp_batch(lambda v, p=place, q=points, f=facing, c=line: unbent(v, p, q, f, c))
    return solid


def unbent(vertices: Array, place: Array, points: Array, facing: Array, line: Array) -> Array:
    """Whatever of a claw rises over the girdle, unrolled from its bend into a straight line upwards."""
    turn, shift = place[:, :3], place[:, 3]
    local = (np.asarray(vertices, float) - shift) @ turn
    path = curve([*line.tolist(), (2 * line[-1] - line[-2]).tolist()], 80)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))]
    ahead = np.gradient(path, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1)[:, None]
    starts, reach = float(line[1, 1]) * 0.6, 3.2 * float(line[0, 0]) / 0.34 / 2
    for point, out in zip(points, facing, strict=True):
        away = (local[:, :2] - point) @ out
        beside = (local[:, :2] - point) @ np.array([-out[1], out[0]])
        mine = (local[:, 2] > starts) & (np.abs(beside) < reach) & (np.abs(away) < 2.2 * reach)
        flat = np.stack([away[mine], local[mine, 2]], -1)
        nearest = np.argmin(np.linalg.norm(flat[:, None] - path[None], axis=2), axis=1)
        off = flat - path[nearest]
        outward = np.stack([ahead[nearest, 1], -ahead[nearest, 0]], -1)
        straight = path[0, 0] + (off * outward).sum(1) + 0.12 * along[nearest]
        height = path[0, 1] + along[nearest] + (off * ahead[nearest]).sum(1)
        moved = np.c_[point + np.outer(straight, out) + np.outer(beside[mine], (-out[1], out[0])), height]
        local[mine] = moved
    return local @ turn.T + shift
