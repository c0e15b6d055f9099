import gzip
import io
import subprocess
import sys
import zipfile

import numpy as np
import pytest
import trimesh

from production.shapes.building import build
from production.shapes.export import stl, threemf
from production.shapes.families import FAMILIES
from production.shapes.glb import glb, slim
from production.shapes.piece import Piece
from tests.production.shapes.written import bodies, glb_document, read_3mf, read_glb, read_stl

SMALL = sorted(set(FAMILIES) - {"trace_chain"})


@pytest.mark.parametrize("family", SMALL)
def test_a_casting_file_is_closed_and_larger_by_what_the_alloy_shrinks(family: str) -> None:
    piece = build(family, {})
    mesh = read_stl(stl(piece, shrinkage_ppm=12_500))
    assert mesh.is_watertight
    assert mesh.volume * 0.9875**3 * 1e9 == pytest.approx(piece.volume_um3, rel=1e-4)


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_file_read_back_is_closed_and_has_the_bodies_the_volume_and_the_box_that_were_told(family: str) -> None:
    piece = build(family, {"length_um": 150_000} if family == "trace_chain" else {})
    one = read_stl(stl(piece, shrinkage_ppm=0))
    assert one.is_watertight
    assert bodies(one) == piece.body_count
    for meshes, within, grid_mm in (
        ([one], 1e-4, 0.002),
        (read_3mf(threemf(piece, shrinkage_ppm=0)), 1e-4, 0.002),
        (read_glb(glb(piece), {part.name for part in piece.metal}), 0.01, 0.025),
    ):
        assert len(meshes) in (1, piece.body_count)
        assert all(mesh.is_watertight for mesh in meshes)
        assert sum(mesh.volume for mesh in meshes) * 1e9 == pytest.approx(piece.volume_um3, rel=within)
        assert spanned(meshes) == pytest.approx(metal_box(piece), abs=grid_mm)


def spanned(meshes: list[trimesh.Trimesh]) -> np.ndarray:
    bounds = np.array([mesh.bounds for mesh in meshes])
    return bounds[:, 1].max(0) - bounds[:, 0].min(0)


def metal_box(piece: Piece) -> np.ndarray:
    boxes = np.array([body.bounding_box() for part in piece.metal for body in part.bodies()])
    return boxes[:, 3:].max(0) - boxes[:, :3].min(0)


@pytest.mark.parametrize("family", ["solitaire", "bezel_pendant"])
def test_3mf_and_stl_tell_of_the_same_bodies(family: str) -> None:
    piece = build(family, {})
    with zipfile.ZipFile(io.BytesIO(threemf(piece, shrinkage_ppm=10_000))) as packed:
        model = packed.read("3D/3dmodel.model").decode()
    assert model.count("<object ") == model.count("<item ") == piece.body_count
    assert 'unit="millimeter"' in model
    assert model.count("<triangle ") == len(read_stl(stl(piece, shrinkage_ppm=10_000)).faces)


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_the_picture_file_is_small_and_repeats_its_parts(family: str) -> None:
    piece = build(family, {})
    data = glb(piece)
    document = glb_document(data)
    assert len(gzip.compress(data)) < (400_000 if family == "eternity" else 250_000)
    assert len(document["meshes"]) == len(piece.metal) + len(piece.stones)
    assert len(document["nodes"]) == piece.body_count + piece.stone_count
    trimesh.load(io.BytesIO(data), file_type="glb", process=False)


def test_a_pearl_in_the_picture_file_has_a_skin_and_is_not_glass() -> None:
    document = glb_document(glb(build("stud", {"cut": "pearl"})))
    skin = next(one for one in document["materials"] if one["name"] == "pearl")["extensions"]
    assert set(skin) == {"KHR_materials_clearcoat", "KHR_materials_iridescence"}
    assert set(skin) <= set(document["extensionsUsed"])


def test_a_stone_in_the_picture_file_carries_its_facets_in_millimetres() -> None:
    mesh = next(mesh for mesh in glb_document(glb(build("solitaire", {})))["meshes"] if mesh["name"] == "stone")
    planes = np.array(mesh["extras"]["planes"]).reshape(-1, 4)
    assert len(planes) == 57 + 32
    assert np.linalg.norm(planes[:, :3], axis=1) == pytest.approx(np.ones(89), abs=1e-4)
    assert planes[np.abs(planes[:, 2]) < 1e-9][:, 3].max() == pytest.approx(3.25, abs=0.01)


def test_the_same_parameters_give_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib; from production.shapes.building import build; from production.shapes.export import stl, threemf;"
        "from production.shapes.glb import glb; p = build('solitaire', {'claws': 4});"
        "print(hashlib.sha256(stl(p, shrinkage_ppm=10_000) + threemf(p, shrinkage_ppm=10_000) + glb(p)).hexdigest())"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    )
    assert first == second
    assert len(first) == 65


@pytest.mark.parametrize("more", [{}, {"profile": "flat", "thickness_um": 1_600}, {"engraving_outside": "FOR EVER"}])
def test_beads_and_their_band_are_shaded_apart(more: dict[str, object]) -> None:
    """Where they share corners, the band's long triangles are pulled about by the beads and look scratched."""
    piece = build("band", {"surface": "milgrain"} | more)
    data = glb(piece)
    document = glb_document(data)
    assert [mesh["name"] for mesh in document["meshes"]] == ["band", "bead", "other_bead"]
    assert len(document["nodes"]) > 200  # every bead in its place
    shown = trimesh.util.concatenate(read_glb(data, {"band", "bead", "other_bead"}))
    assert spanned([shown]) == pytest.approx(metal_box(piece), abs=0.025)
    assert all(mesh.is_watertight for mesh in read_glb(data, {"band"}))
    for part in piece.metal[0].drawn:
        vertices, normals, faces = slim(part)
        a, b, c = (vertices[faces[:, k]] for k in range(3))
        facing = np.cross(b - a, c - a)
        facing /= np.linalg.norm(facing, axis=1)[:, None]
        assert np.einsum("fkc,fc->fk", normals[faces], facing).min() > 0.5
    assert len(gzip.compress(data)) < 150_000
