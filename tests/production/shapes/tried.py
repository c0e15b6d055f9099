"""One parameter set tried: refused by a named rule in a sentence, or built, and then closed, whole and weighed as it should."""

import gzip
import math
import time
from dataclasses import dataclass
from statistics import median, quantiles

import numpy as np
import pytest

from production.shapes.building import build
from production.shapes.export import stl
from production.shapes.glb import glb
from production.shapes.parameters import Refused
from production.shapes.piece import Piece
from tests.production.shapes.written import bodies_of, points_and_triangles

BODIES = {"bezel_pendant": 2, "drop": 2}
GLB_KB = {"eternity": 400}
READ_BACK_LINKS = 12


@dataclass(frozen=True)
class Tried:
    """What came of one set: the rule that refused it, or none; what the build took; the model's size if it was written."""

    family: str
    rule: str
    cpu_ms: float
    glb_kb: float = 0.0


def tried(family: str, parameters: dict[str, object], *, with_model: bool = False) -> Tried:
    """Build it and look at everything a build promises. Fails where a promise is broken."""
    began = time.process_time()
    try:
        piece = build(family, parameters)
    except Refused as refusal:
        said = str(refusal)
        assert said.endswith("."), said
        assert "{" not in said, said
        assert "\n" not in said, said
        return Tried(family, refusal.rule, 1000 * (time.process_time() - began))
    took = 1000 * (time.process_time() - began)
    look_at(piece)
    size = len(gzip.compress(glb(piece), 9)) / 1024 if with_model else 0.0
    return Tried(family, "", took, size)


def look_at(piece: Piece) -> None:
    """The casting file read back: every edge joins two triangles, as many bodies as expected, the volume and the box told."""
    assert piece.volume_um3 > 0
    expected = len(piece.metal[0].places) if piece.family == "trace_chain" else BODIES.get(piece.family, 1)
    assert piece.body_count == expected
    if piece.body_count > READ_BACK_LINKS:
        return  # hundreds of equal links: one of them is read back in test_files
    points, triangles = points_and_triangles(stl(piece, shrinkage_ppm=0))
    edges = np.sort(np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1)
    _, count = np.unique(edges[:, 0] * len(points) + edges[:, 1], return_counts=True)
    assert (count == 2).all()
    assert bodies_of(points, triangles) == expected
    a, b, c = (points[triangles[:, k]].astype(float) for k in range(3))
    assert float(np.einsum("ij,ij->", a, np.cross(b, c))) / 6e-9 == pytest.approx(piece.volume_um3, rel=1e-4)
    if piece.family == "band" and is_tube(piece):
        assert piece.volume_um3 == pytest.approx(tube_um3(piece), rel=0.015)


def is_tube(piece: Piece) -> bool:
    """A flat band as it comes: its volume is known in closed form."""
    asked = piece.parameters
    words = str(asked["engraving_inside"]) + str(asked["engraving_outside"])
    return asked["profile"] == "flat" and asked["surface"] == "plain" and not asked["back_width_um"] and not words


def tube_um3(piece: Piece) -> float:
    inner, thick, width = (int(piece.parameters[name]) for name in ("inner_diameter_um", "thickness_um", "width_um"))
    return math.pi * ((inner / 2 + thick) ** 2 - (inner / 2) ** 2) * width


def table(sets: list[Tried]) -> str:
    """By family: how many were built or refused, CPU ms of all and of those built, the largest model, the commonest refusals."""
    lines = [
        "| family | sets | built | all: median / p95 | built: median / p95 | longest | largest model, KB | refused by |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for family in dict.fromkeys(one.family for one in sets):
        here = [one for one in sets if one.family == family]
        built = [one for one in here if not one.rule]
        rules = [one.rule for one in here if one.rule]
        often = ", ".join(
            f"{rule} {rules.count(rule)}" for rule in sorted(set(rules), key=lambda r: (-rules.count(r), r))
        )
        lines.append(
            f"| {family} | {len(here)} | {len(built)} | {_spread(here)} | {_spread(built)} | {max(one.cpu_ms for one in here):.0f} | "
            f"{max((one.glb_kb for one in built), default=0):.0f} | {often} |"
        )
    return "\n".join(lines)


def _spread(sets: list[Tried]) -> str:
    took = [one.cpu_ms for one in sets]
    return f"{median(took):.0f} / {quantiles(took, n=20)[-1]:.0f}" if len(took) > 1 else "–"
