"""Reads written files back, the way somebody else's software would."""

import io
import json
import struct

import numpy as np
import trimesh


def read_stl(data: bytes) -> trimesh.Trimesh:
    return trimesh.load(io.BytesIO(data), file_type="stl")


def bodies(mesh: trimesh.Trimesh) -> int:
    """Separate bodies: groups of triangles joined by shared vertices."""
    group = np.arange(len(mesh.vertices))
    while True:
        lowest = group[mesh.faces].min(1)
        joined = group.copy()
        np.minimum.at(joined, mesh.faces.ravel(), np.repeat(lowest, 3))
        joined = joined[joined]
        if (joined == group).all():
            return len(np.unique(group[mesh.faces]))
        group = joined


def glb_document(data: bytes) -> dict:
    magic, version, length = struct.unpack("<III", data[:12])
    assert (magic, version, length) == (0x46546C67, 2, len(data))
    size = struct.unpack("<I", data[12:16])[0]
    return json.loads(data[20 : 20 + size])
