"""Reads written files back, the way somebody else's software would."""

import io
import json
import struct
import zipfile
from xml.etree import ElementTree as ET

import numpy as np
import trimesh

SPREAD = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB], np.uint64)  # one number for a point

CORE = "{http://schemas.microsoft.com/3dmanufacturing/core/2015/02}"


def read_stl(data: bytes) -> trimesh.Trimesh:
    return trimesh.load(io.BytesIO(data), file_type="stl")


def points_and_triangles(stl: bytes) -> tuple[np.ndarray, np.ndarray]:
    """A binary STL's corners, equal ones as one point, and its triangles: what a slicer makes of it."""
    record = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("spare", "<u2")])
    corners = np.frombuffer(stl, record, offset=84)["corners"].reshape(-1, 3)
    bits = (corners + np.float32(0)).view(np.uint32).astype(np.uint64)  # plus 0, so that -0 is 0
    _, first, number = np.unique(bits @ SPREAD, return_index=True, return_inverse=True)
    return corners[first], number.reshape(-1, 3)


def bodies(mesh: trimesh.Trimesh) -> int:
    """Separate bodies: groups of triangles joined by shared vertices."""
    return bodies_of(np.asarray(mesh.vertices), np.asarray(mesh.faces))


def bodies_of(points: np.ndarray, triangles: np.ndarray) -> int:
    """Separate bodies among so many points."""
    group = np.arange(len(points))
    while True:
        told = group[triangles]
        joined = group.copy()
        np.minimum.at(joined, told.ravel(), np.repeat(told.min(1), 3))
        while (joined[joined] != joined).any():
            joined = joined[joined]
        if (joined == group).all():
            return len(np.unique(told))
        group = joined


def glb_document(data: bytes) -> dict:
    magic, version, length = struct.unpack("<III", data[:12])
    assert (magic, version, length) == (0x46546C67, 2, len(data))
    size = struct.unpack("<I", data[12:16])[0]
    return json.loads(data[20 : 20 + size])


def read_3mf(data: bytes) -> list[trimesh.Trimesh]:
    """Every object that the build plate holds, mm."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        model = ET.fromstring(packed.read("3D/3dmodel.model"))
    assert model.get("unit") == "millimeter"
    objects = {one.get("id"): one for one in model.iter(f"{CORE}object")}
    return [_object(objects[item.get("objectid")]) for item in model.iter(f"{CORE}item")]


def _object(told: ET.Element) -> trimesh.Trimesh:
    points = [[float(one.get(axis)) for axis in "xyz"] for one in told.iter(f"{CORE}vertex")]
    faces = [[int(one.get(corner)) for corner in ("v1", "v2", "v3")] for one in told.iter(f"{CORE}triangle")]
    return trimesh.Trimesh(points, faces, process=False)


def read_glb(data: bytes, metal: set[str]) -> list[trimesh.Trimesh]:
    """Every metal body in its place, mm. trimesh reads whole numbers as they stand: what they stand for is done here."""
    scene = trimesh.load(io.BytesIO(data), file_type="glb", process=False)
    found = []
    for node in scene.graph.nodes_geometry:
        place, name = scene.graph[node]
        if name in metal:
            body = scene.geometry[name].copy()
            body.merge_vertices(merge_norm=True, merge_tex=True)
            found.append(body.apply_scale(1 / 32767).apply_transform(place).apply_scale(1000))
    return found
