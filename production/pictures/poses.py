"""How pieces lie before the camera: rings stand, pendants lie on their backs, earrings come in pairs. The tray is y = 0."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from production.pictures.laying import at_rest, hung, moved, on_tray, pinned, spun, wound
from production.pictures.light import FOR_METAL, FOR_STONES
from production.pictures.studio import Array, Body, Shot
from production.shapes.families.band import milgrain
from production.shapes.families.signet import MONOGRAM_DEPTH_MM
from production.shapes.piece import Metal, Piece
from production.shapes.shank import plain

VIEWS: dict[
    str, dict[str, tuple[float, float, float]]
] = {  # family's manner: view → camera (degrees round, degrees up, margin)
    "stone ring": {"three_quarter": (-32, 20, 1.42), "detail": (-24, 36, 1.75)},
    "halo": {"three_quarter": (-30, 33, 1.42), "detail": (-24, 50, 1.6)},
    "row": {"three_quarter": (-58, 26, 1.42), "detail": (-62, 34, 1.5)},
    "hammered": {"three_quarter": (-52, 28, 1.45), "detail": (-38, 22, 1.15)},
    "ring": {"three_quarter": (-32, 20, 1.45), "side": (-20, 34, 1.5)},
    "signet": {"three_quarter": (-28, 36, 1.45), "detail": (-8, 62, 1.35)},
    "pendant": {"three_quarter": (-16, 50, 1.5), "detail": (8, 66, 1.55)},
    "stud": {"three_quarter": (-14, 34, 1.42), "detail": (-14, 52, 1.5)},
    "pearl stud": {"three_quarter": (-14, 30, 1.42), "detail": (-14, 24, 1.5)},
    "drop": {"three_quarter": (-20, 13, 1.3), "detail": (-12, 18, 1.75)},
    "hoop": {"three_quarter": (-20, 22, 1.4), "side": (6, 40, 1.45)},
    "chain": {"three_quarter": (-24, 56, 1.14), "detail": (-20, 32, 1.5)},
    "bangle": {"three_quarter": (-34, 24, 1.4), "side": (-30, 48, 1.4)},
}
MANNERS = {
    "solitaire": "stone ring", "three_stone": "stone ring", "halo": "halo", "bezel_ring": "halo", "eternity": "row",
    "band": "ring", "signet": "signet", "bezel_pendant": "pendant", "stud": "stud", "drop": "drop", "hoop": "hoop",
    "trace_chain": "chain", "bangle": "bangle",
}  # fmt: skip


ABOVE = (-8, 80, 1.3)
"""The camera of a view from above: nearly straight down, so that the tray still gives the piece a shadow to stand on."""
LONGEST_ROUND_UM = 250_000  # a longer chain, lying as one circle, would be a thin line
PAIR_MM = 7.0  # drops hang this far from the middle of the stand
LEAST_AGREEMENT = 0.35  # cosine between a corner's normal and its triangle's
DOMED = ("cabochon", "pearl")
MATT = 0.34  # roughness of metal as a graver leaves it


def bodies_of(piece: Piece, metal: str) -> list[Body]:
    """The piece's metal and stones as they are built."""
    made = []
    for part in _parts(piece):
        vertices, normals, faces = smooth(*part.shaded)
        made += [
            Body(vertices @ place[:, :3].T + place[:, 3], faces, metal, normals @ place[:, :3].T)
            for place in part.places
        ]
    if piece.parameters.get("monogram"):
        made = [*letters_left_matt(made[0], piece), *made[1:]]
    return made + stones_of(piece)


def stones_of(piece: Piece) -> list[Body]:
    """Every stone in its place: facets flat, a cabochon's dome smooth."""
    made = []
    for group in piece.stones:
        domed = group.stone.cut in DOMED
        vertices, normals, faces = Metal("stone", group.stone.solid, crease_degrees=30).shaded
        for place in group.places:
            turned = normals @ place[:, :3].T if domed else None
            made.append(Body(vertices @ place[:, :3].T + place[:, 3], faces, group.stone.gem, turned))
    return made


def manner_of(family: str, parameters: Mapping[str, int | str]) -> str:
    """How such a piece is shown."""
    if family == "stud" and parameters.get("cut") == "pearl":
        return "pearl stud"
    return "hammered" if parameters.get("surface") == "hammered" else MANNERS[family]


def views_of(family: str, parameters: Mapping[str, int | str]) -> dict[str, tuple[float, float, float]]:
    """Its views, the one for a card in the shop first: camera degrees round, degrees up, margin."""
    return VIEWS[manner_of(family, parameters)] | {"above": ABOVE}


def smooth(vertices: Array, normals: Array, faces: Array) -> tuple[Array, Array, Array]:
    """Where a corner's normal looks away from its triangle, as at the tip of a pear, the triangle's own in its place."""
    corners = vertices[faces]
    own = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    own /= np.maximum(np.linalg.norm(own, axis=1), 1e-12)[:, None]
    wrong = (np.einsum("fkc,fc->fk", normals[faces], own) < LEAST_AGREEMENT).any(1)
    if not wrong.any():
        return vertices, normals, faces
    first = len(vertices)
    faces = faces.copy()
    faces[wrong] = np.arange(first, first + 3 * int(wrong.sum())).reshape(-1, 3)
    flat = np.repeat(own[wrong], 3, axis=0)
    return np.concatenate([vertices, corners[wrong].reshape(-1, 3)]), np.concatenate([normals, flat]), faces


def letters_left_matt(body: Body, piece: Piece) -> list[Body]:
    """A signet whose carved letters are left as the graver cuts them; polished, they would mirror what the face mirrors."""
    top = (int(piece.parameters["inner_diameter_um"]) / 2 + int(piece.parameters["face_height_um"])) / 1000
    under = top - body.vertices[:, 1]
    cut = np.isclose(under, MONOGRAM_DEPTH_MM, atol=2e-3)
    at_face = np.isclose(under, 0, atol=2e-3)
    carved = (cut | at_face)[body.faces].all(1) & cut[body.faces].any(1)
    return [
        replace(body, faces=body.faces[~carved]),
        replace(body, faces=body.faces[carved], normals=None, roughness=MATT),
    ]


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
    bodies, manner = bodies_of(piece, metal), manner_of(piece.family, piece.parameters)
    close = view == "detail"
    if manner == "pearl stud":
        return pinned(spun(spun(bodies, "x", -64), "y", 34), (0, 0)) if close else pearl_studs(piece, bodies)
    if manner == "stud":
        return pinned(spun(spun(bodies, "x", -58), "y", 16), (0, 0)) if close else studs(piece, bodies)
    if manner == "drop":
        return hung(bodies, 3 * PAIR_MM if close else PAIR_MM)
    if manner == "hoop":
        return hoops(bodies, standing=view == "three_quarter")
    if manner == "chain" and int(piece.parameters["length_um"]) > LONGEST_ROUND_UM:
        return on_tray(wound(piece, bodies))
    if manner in ("pendant", "chain") or view == "side":
        return at_rest(spun(bodies, "x", -90))
    return on_tray(bodies)


def studs(piece: Piece, bodies: Sequence[Body]) -> list[Body]:
    """A pair: one pinned into the pad, one lying."""
    wide = piece.stones[0].stone.width_mm
    lying = moved(at_rest(spun(spun(bodies, "x", -20), "y", -38)), (0.75 * wide, -0.3 * wide))
    return pinned(spun(spun(bodies, "x", -58), "y", 16), (-0.85 * wide, 0.3 * wide)) + lying


def pearl_studs(piece: Piece, bodies: Sequence[Body]) -> list[Body]:
    """A pair: one pinned into the pad, one lying so far round that its cup is seen."""
    wide = piece.stones[0].stone.width_mm
    lying = moved(at_rest(spun(spun(bodies, "x", -12), "y", -52)), (0.75 * wide, -0.3 * wide))
    return pinned(spun(spun(bodies, "x", -64), "y", 34), (-0.85 * wide, 0.35 * wide)) + lying


def hoops(bodies: Sequence[Body], *, standing: bool) -> list[Body]:
    """A pair: both standing, or one of them lying before the other."""
    if standing:
        return moved(on_tray(spun(bodies, "y", 28)), (-7.6, 3.5)) + moved(on_tray(spun(bodies, "y", -24)), (7.0, -4.5))
    return moved(at_rest(spun(bodies, "x", -90)), (-6.5, 4)) + moved(on_tray(spun(bodies, "y", -10)), (5, -5))


def shot_of(piece: Piece, view: str, tray: str, bodies: Sequence[Body]) -> Shot:
    """The camera for this view; a close-up of a stone looks at its stones."""
    azimuth, elevation, margin = views_of(piece.family, piece.parameters)[view]
    light = FOR_STONES if piece.stones else FOR_METAL
    return Shot(tray, azimuth, elevation, margin, about=_closer(piece, bodies) if view == "detail" else (), light=light)


def _closer(piece: Piece, bodies: Sequence[Body]) -> tuple[Body, ...]:
    manner = manner_of(piece.family, piece.parameters)
    if manner == "hammered":
        top = bodies[0].vertices
        return (replace(bodies[0], vertices=top[top[:, 1] > 0.6 * top[:, 1].max()]),)
    if manner == "chain":
        return tuple(sorted(bodies, key=lambda body: -body.vertices[:, 2].max())[:5])
    if manner == "signet":
        top = bodies[0].vertices
        return (Body(top[top[:, 1] > top[:, 1].max() - 4], bodies[0].faces, bodies[0].material),)
    stones = [body for body in bodies if body.is_stone]
    if piece.family == "eternity":
        return tuple(sorted(stones, key=lambda body: -body.vertices[:, 1].max())[:5])
    if manner == "drop":
        return (bodies[0], bodies[2])
    return tuple(stones[:1] if manner in ("stud", "pearl stud") else stones)
