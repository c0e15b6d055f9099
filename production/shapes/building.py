"""From a family and its parameters to a checked piece. Pure: the same parameters give the same piece."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
from django.utils.translation import gettext_lazy as _
from manifold3d import Error, Manifold, Mesh

from production.shapes.families import FAMILIES
from production.shapes.parameters import Given, Refused, read
from production.shapes.piece import Made, Piece
from production.shapes.thickness import refuse_thin

SLIVER_MM = 0.0005
STEP_BACK_MM = 0.001
SPECK_MM3 = 0.02  # what falls off in the polishing barrel
LEAST_PLAY_MM = 0.02
SPREAD = np.array(
    [0x1E3779B97F4A7C15, 0x3F58476D1CE4E5B9, 0x14D049BB133111EB]
)  # three odd numbers that keep points apart
SCHEMA_VERSION = 0  # raise it when what all drawings share changes; a family has a version of its own


def asked(family: str, parameters: Mapping[str, object]) -> Given:
    """Every parameter of the family, read. Refuses a family or a parameter that does not exist."""
    if family not in FAMILIES:
        raise Refused(
            "no_such_family",
            _("We do not make that kind of piece; choose one of: {families}."),
            families=", ".join(str(f.title).lower() for f in FAMILIES.values()),
        )
    return read(family, FAMILIES[family].parameters, parameters)


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
    made = clean(drawn)
    refuse_broken(made)
    return Piece(family, dict(values), fingerprint(family, dict(values)), made.metal, made.stones, made.dimensions_um)


def clean(made: Made) -> Made:
    """Slivers under 0.5 µm, which no file format keeps apart, and specks that would fall off at the bench, taken away."""
    return replace(made, metal=tuple(replace(part, solid=_without_specks(part.solid)) for part in made.metal))


def _without_specks(solid: Manifold) -> Manifold:
    bodies = solid.as_original().simplify(SLIVER_MM).decompose()
    real = [body for body in bodies if body.volume() > SPECK_MM3]
    body = real[0] if len(real) == 1 else Manifold.compose(real)
    tried = [body]
    for coarser in (2, 4, 8):
        if _closed(tried[-1]):
            return tried[-1]
        tried.append(tried[-1].simplify(coarser * SLIVER_MM))
    if _closed(tried[-1]):
        return tried[-1]
    parted = [_twins_parted(body) for body in tried[::-1]]
    return next((body for body in parted if _whole(body)), parted[0])


def _twins_parted(solid: Manifold) -> Manifold:
    """Where a skin touches itself in one point, a file would join the two sheets: each steps 1 µm into its own metal."""
    mesh = solid.to_mesh()
    points, faces = np.array(mesh.vert_properties, float)[:, :3], np.asarray(mesh.tri_verts)
    _, same, count = np.unique(np.round(points * 1e5).astype(np.int64), axis=0, return_inverse=True, return_counts=True)
    a, b, c = (points[faces[:, k]] for k in range(3))
    out = np.zeros_like(points)
    for k in range(3):
        np.add.at(out, faces[:, k], np.cross(b - a, c - a))
    out /= np.maximum(np.linalg.norm(out, axis=1), 1e-12)[:, None]
    twins = count[same.ravel()] > 1
    points[twins] -= STEP_BACK_MM * out[twins]
    return Manifold(Mesh(points.astype(np.float32), faces.astype(np.uint32)))


def _whole(solid: Manifold) -> bool:
    return solid.status() == Error.NoError and len(solid.decompose()) == 1 and _closed(solid)


def _closed(solid: Manifold) -> bool:
    """Whether every edge still joins exactly two triangles once points nearer than 0.01 µm are one, as files have it."""
    mesh = solid.to_mesh()
    grid = np.round(np.asarray(mesh.vert_properties, float)[:, :3] * 1e5).astype(np.int64)
    _, same = np.unique(grid @ SPREAD, return_inverse=True)
    faces = same[np.asarray(mesh.tri_verts)]
    a, b = faces.ravel(), np.roll(faces, -1, axis=1).ravel()
    edges = np.sort(np.minimum(a, b) * len(grid) + np.maximum(a, b))
    return len(edges) % 2 == 0 and bool((edges[::2] == edges[1::2]).all() and (edges[1:-1:2] != edges[2::2]).all())


def refuse_broken(made: Made) -> None:
    """Every metal part one closed body, and linked parts free of each other."""
    for part in made.metal:
        if part.volume_um3 <= 0 or not _whole(part.solid):
            raise Refused(
                "not_one_piece",
                _("In these sizes the parts would not hold together: make the metal heavier or the stone smaller."),
            )
    if (linked := linked_pair(made)) and linked[0].min_gap(linked[1], LEAST_PLAY_MM) < LEAST_PLAY_MM:
        raise Refused(
            "parts_touch", _("In these sizes the moving parts would rub: choose slightly larger links or a finer wire.")
        )


def linked_pair(made: Made) -> tuple[Manifold, Manifold] | None:
    """Two neighbouring bodies that must move freely: of a chain its first two links, of a pendant the piece and its bail."""
    bodies = [body for part in made.metal for body in part.bodies()[:2]]
    return (bodies[0], bodies[1]) if len(bodies) > 1 else None
