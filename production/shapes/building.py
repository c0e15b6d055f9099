"""From a family and its parameters to a checked piece. Pure: the same parameters give the same piece."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
from django.utils.translation import gettext_lazy as _
from manifold3d import Error, Manifold, Mesh
from numpy.typing import NDArray

from production.shapes.families import FAMILIES
from production.shapes.gems import GEMS
from production.shapes.parameters import Given, Refused, read
from production.shapes.piece import Made, Piece
from production.shapes.solids import Points
from production.shapes.thickness import refuse_thin

SLIVER_MM = 0.0005
STEP_BACK_MM = 0.001
SPECK_MM3 = 0.02  # what falls off in the polishing barrel
LEAST_PLAY_MM = 0.02
SPREAD = np.array(
    [0x1E3779B97F4A7C15, 0x3F58476D1CE4E5B9, 0x14D049BB133111EB]
)  # three odd numbers that keep points apart
SCHEMA_VERSION = 1  # raise it when what all drawings share changes; a family has a version of its own


def asked(family: str, parameters: Mapping[str, object]) -> Given:
    """Every parameter of the family, read. Refuses a family or a parameter that does not exist."""
    if family not in FAMILIES:
        raise Refused(
            "no_such_family",
            _("We do not make that kind of piece; choose one of: {families}."),
            families=", ".join(str(f.title).lower() for f in FAMILIES.values()),
        )
    return read(family, FAMILIES[family].parameters, parameters)


def coloured(family: str, parameters: Mapping[str, object], species: str) -> dict[str, object]:
    """The parameters with the species of the stone that goes in, where the drawing has such a stone and knows it."""
    knows = family in FAMILIES and any(one.name == "gem" for one in FAMILIES[family].parameters)
    return dict(parameters) | ({"gem": species} if knows and species in GEMS else {})


def fingerprint(family: str, parameters: Mapping[str, object]) -> str:
    """Names one exact piece: a hash of schema version, family and every parameter."""
    given = asked(family, parameters)
    version = SCHEMA_VERSION + FAMILIES[family].version_of(given)
    told = json.dumps([version, family, dict(given)], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def build(family: str, parameters: Mapping[str, object]) -> Piece:
    """The piece asked for, every body closed and in one piece; or `Refused`, by a rule in words for the customer."""
    return _build(family, tuple(sorted(asked(family, parameters).items())))


@lru_cache(maxsize=16)
def _build(family: str, values: tuple[tuple[str, int | str], ...]) -> Piece:
    drawn = FAMILIES[family].make(Given(dict(values)))
    refuse_thin(drawn.thinnest)  # before anything is cut: a solid is only worked out once it is looked at
    made = finished(drawn)
    refuse_touching(made)
    return Piece(family, dict(values), fingerprint(family, dict(values)), made.metal, made.stones, made.dimensions_um)


def finished(made: Made) -> Made:
    """Every part rid of slivers and specks, closed and in one piece. Refuses what does not hold together."""
    return replace(made, metal=tuple(replace(part, solid=_finished(part.solid)) for part in made.metal))


def _finished(solid: Manifold) -> Manifold:
    bodies = [body for body in solid.as_original().simplify(SLIVER_MM).decompose() if body.volume() > SPECK_MM3]
    whole = next((body for body in _attempts(bodies[0]) if _closed(body)), None) if len(bodies) == 1 else None
    if whole is None:
        raise Refused(
            "not_one_piece",
            _("In these sizes the parts would not hold together: make the metal heavier or the stone smaller."),
        )
    return whole


def _attempts(body: Manifold) -> Iterator[Manifold]:
    """The body; then, for one that a file would not keep closed, its skins parted; at last ever coarser ones."""
    yield body
    for coarser in (1, 2, 4, 8):
        parted = _twins_parted(body.simplify(coarser * SLIVER_MM) if coarser > 1 else body)
        if parted.status() == Error.NoError and len(parted.decompose()) == 1:
            yield parted


def _twins_parted(solid: Manifold) -> Manifold:
    """Where a skin touches itself in one point, a file would join the two sheets: each steps 1 µm into its own metal."""
    points, faces, same = _as_written(solid)
    twins = (np.bincount(same) > 1)[same]
    near = faces[twins[faces].any(1)]
    a, b, c = (points[near[:, k]] for k in range(3))
    out = np.zeros_like(points)
    for k in range(3):
        np.add.at(out, near[:, k], np.cross(b - a, c - a))
    out /= np.maximum(np.linalg.norm(out, axis=1), 1e-12)[:, None]
    points[twins] -= STEP_BACK_MM * out[twins]
    return Manifold(Mesh(points.astype(np.float32), faces.astype(np.uint32)))


def _as_written(solid: Manifold) -> tuple[Points, NDArray[np.int64], NDArray[np.int64]]:
    """Points, triangles, and a number for each point: the same one for all nearer than 0.01 µm, as files have it."""
    mesh = solid.to_mesh()
    points = np.array(mesh.vert_properties, float)[:, :3]
    _, same = np.unique(np.round(points * 1e5).astype(np.int64) @ SPREAD, return_inverse=True)
    return points, np.asarray(mesh.tri_verts, np.int64), same


def _closed(solid: Manifold) -> bool:
    """Whether every edge still joins exactly two triangles once it is written."""
    _, triangles, same = _as_written(solid)
    faces = same[triangles]
    a, b = faces.ravel(), np.roll(faces, -1, axis=1).ravel()
    edges = np.sort(np.minimum(a, b) * len(same) + np.maximum(a, b))
    return len(edges) % 2 == 0 and bool((edges[::2] == edges[1::2]).all() and (edges[1:-1:2] != edges[2::2]).all())


def refuse_touching(made: Made) -> None:
    """Linked parts are free of each other."""
    if (linked := linked_pair(made)) and linked[0].min_gap(linked[1], LEAST_PLAY_MM) < LEAST_PLAY_MM:
        raise Refused(
            "parts_touch", _("In these sizes the moving parts would rub: choose slightly larger links or a finer wire.")
        )


def linked_pair(made: Made) -> tuple[Manifold, Manifold] | None:
    """Two neighbouring bodies that must move freely: of a chain its first two links, of a pendant the piece and its bail."""
    bodies = [body for part in made.metal for body in part.bodies()[:2]]
    return (bodies[0], bodies[1]) if len(bodies) > 1 else None
