"""The piece for the browser: glTF binary in metres, +Y up, small enough for a phone.

Metal is simplified to 10 µm (20 where there is much of it) and quantised (KHR_mesh_quantization); a repeated part is one mesh with many nodes. A stone's mesh
carries its facet planes (`extras.planes`, mm, its own frame) for a viewer that traces light; others see KHR transmission.
"""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from production.shapes.gems import GEMS, Gem
from production.shapes.piece import Metal, Piece
from production.shapes.solids import Points
from production.shapes.stones import Stone

VIEW_TOLERANCE_MM, COARSER_MM = 0.010, 0.020
MOST_TRIANGLES = 25_000  # a part of more is drawn to the coarser tolerance, to come quickly over a telephone's network
LEAST_AGREEMENT = 0.5  # cosine between a corner's normal and its triangle's; creases are kept at 60° at the most
METRES = 0.001
FLOAT, SHORT, BYTE, UNSIGNED_SHORT, UNSIGNED_INT = 5126, 5122, 5120, 5123, 5125
VERTICES, INDICES = 34962, 34963
# Linear base colours of polished metal and its roughness; measured reflectances of the alloys' main colours.
METALS = {
    "yellow": ((1.0, 0.735, 0.335), 0.12),
    "rose": ((0.965, 0.635, 0.475), 0.12),
    "white": ((0.83, 0.82, 0.80), 0.10),
    "silver": ((0.965, 0.955, 0.925), 0.14),
    "platinum": ((0.72, 0.70, 0.67), 0.12),
}


@dataclass
class _Scene:
    """A glTF document as it is written: JSON on one side, one buffer on the other."""

    json: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {name: [] for name in ("nodes", "meshes", "materials", "accessors", "bufferViews")}
    )
    data: bytearray = field(default_factory=bytearray)

    def add(self, kind: str, entry: dict[str, Any]) -> int:
        """Append an entry; its index."""
        self.json[kind].append(entry)
        return len(self.json[kind]) - 1

    def accessor(self, values: NDArray[Any], component: int, shape: str, target: int, **more: object) -> int:
        """Values into the buffer, each row on a 4-byte boundary."""
        raw = np.ascontiguousarray(values)
        stride = raw.strides[0]
        if target == VERTICES and stride % 4:
            padded = np.zeros((len(raw), raw.shape[1] + (-stride % 4) // raw.itemsize), raw.dtype)
            padded[:, : raw.shape[1]] = raw
            raw, stride = padded, padded.strides[0]
        view = {"buffer": 0, "byteOffset": len(self.data), "byteLength": raw.nbytes, "target": target}
        if target == VERTICES:
            view["byteStride"] = stride
        self.data += raw.tobytes() + b"\0" * (-raw.nbytes % 4)
        return self.add(
            "accessors",
            {
                "bufferView": self.add("bufferViews", view),
                "componentType": component,
                "count": len(values),
                "type": shape,
                **more,
            },
        )

    def packed(self) -> bytes:
        """The finished file."""
        used = {name for material in self.json["materials"] for name in material.get("extensions", ())}
        document = {
            "asset": {"version": "2.0", "generator": "Ajour"},
            "scene": 0,
            "scenes": [{"nodes": list(range(len(self.json["nodes"])))}],
            **self.json,
            "buffers": [{"byteLength": len(self.data)}],
            "extensionsUsed": sorted({"KHR_mesh_quantization", *used}),
            "extensionsRequired": ["KHR_mesh_quantization"],
        }
        text = json.dumps(document, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        return (
            struct.pack("<III", 0x46546C67, 2, 28 + len(text) + len(self.data))
            + struct.pack("<II", len(text), 0x4E4F534A)
            + text
            + struct.pack("<II", len(self.data), 0x004E4942)
            + bytes(self.data)
        )


def _matrix(place: Points) -> list[float]:
    """glTF's column-major 4 × 4."""
    full = np.vstack([place, [0, 0, 0, 1]])
    return [round(float(x), 9) for x in full.T.ravel()]


def _faces(faces: NDArray[np.int32], vertices: int, scene: _Scene) -> int:
    wide = vertices > 65535
    return scene.accessor(
        faces.astype("<u4" if wide else "<u2").ravel(), UNSIGNED_INT if wide else UNSIGNED_SHORT, "SCALAR", INDICES
    )


def _add_metal(scene: _Scene, part: Metal, material: int) -> None:
    vertices, normals, faces = slim(part)
    low, high = vertices.min(0).astype(float), vertices.max(0).astype(float)
    middle, reach = (low + high) / 2, float((high - low).max()) / 2
    short = np.round((vertices - middle) / reach * 32767).astype("<i2")
    attributes = {
        "POSITION": scene.accessor(
            short, SHORT, "VEC3", VERTICES, normalized=True, min=short.min(0).tolist(), max=short.max(0).tolist()
        ),
        "NORMAL": scene.accessor(np.round(normals * 127).astype("i1"), BYTE, "VEC3", VERTICES, normalized=True),
    }
    mesh = scene.add(
        "meshes",
        {
            "name": part.name,
            "primitives": [
                {
                    "attributes": attributes,
                    "indices": _faces(_spread(faces, short), len(vertices), scene),
                    "material": material,
                }
            ],
        },
    )
    for k, place in enumerate(part.places):
        at = np.c_[place[:, :3] * reach, place[:, :3] @ middle + place[:, 3]] * METRES
        scene.add("nodes", {"name": f"{part.name}-{k}", "mesh": mesh, "matrix": _matrix(at)})


def slim(part: Metal) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int32]]:
    """Vertices, normals and triangles to the tolerance. Normals are taken before: those of few long triangles are rough."""
    solid = part.solid.as_original().calculate_normals(0, part.crease_degrees).simplify(VIEW_TOLERANCE_MM)
    solid = solid.simplify(COARSER_MM) if solid.num_tri() > MOST_TRIANGLES else solid
    mesh = solid.to_mesh()
    values = np.asarray(mesh.vert_properties, np.float32)
    normals = values[:, 3:6] / np.maximum(np.linalg.norm(values[:, 3:6], axis=1), 1e-9)[:, None]
    return _faced(values[:, :3], normals, np.asarray(mesh.tri_verts, np.int32))


def _faced(
    vertices: NDArray[np.float32], normals: NDArray[np.float32], faces: NDArray[np.int32]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int32]]:
    """A corner whose normal looks away from its triangle, as beside a sharp edge that was simplified, gets the triangle's own."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    own = np.cross(b - a, c - a)
    own /= np.maximum(np.linalg.norm(own, axis=1), 1e-12)[:, None]
    triangle, corner = np.nonzero(np.einsum("fkc,fc->fk", normals[faces], own) < LEAST_AGREEMENT)
    faces = faces.copy()
    moved = faces[triangle, corner]
    faces[triangle, corner] = len(vertices) + np.arange(len(moved))
    return np.vstack([vertices, vertices[moved]]), np.vstack([normals, own[triangle]]), faces


def _spread(faces: NDArray[np.int32], short: NDArray[np.int16]) -> NDArray[np.int32]:
    """The triangles that still have three corners once points lie on the file's grid; the rest closes up without them."""
    _, same = np.unique(short.astype(np.int64) @ (1 << 32, 1 << 16, 1), return_inverse=True)
    a, b, c = same[faces].T
    return faces[(a != b) & (b != c) & (c != a)]


PEARL: dict[str, Any] = {
    "name": "pearl",
    "pbrMetallicRoughness": {"baseColorFactor": [0.80, 0.74, 0.70, 1], "metallicFactor": 0.22, "roughnessFactor": 0.32},
    "extensions": {
        "KHR_materials_clearcoat": {"clearcoatFactor": 0.5, "clearcoatRoughnessFactor": 0.16},
        "KHR_materials_iridescence": {
            "iridescenceFactor": 0.4, "iridescenceIor": 1.56, "iridescenceThicknessMinimum": 420, "iridescenceThicknessMaximum": 420,
        },
    },
}  # fmt: skip
"""A pearl's lustre, half mirror, half milk, and its orient: layers of aragonite (n 1.53 to 1.69) some 420 nm thick, which are
rose looked at straight and green aslant."""


def _gem_material(gem: Gem, thick_mm: float) -> dict[str, Any]:
    if gem.name == "pearl":
        return PEARL
    if gem.name in ("opal", "turquoise"):
        return {
            "name": gem.name,
            "pbrMetallicRoughness": {"baseColorFactor": [*gem.colour, 1], "metallicFactor": 0, "roughnessFactor": 0.25},
        }
    volume: dict[str, Any] = {"thicknessFactor": round(0.6 * thick_mm * METRES, 6)}
    if min(gem.colour) < 1:
        volume |= {"attenuationColor": list(gem.colour), "attenuationDistance": 0.002}
    return {
        "name": gem.name,
        "pbrMetallicRoughness": {"metallicFactor": 0, "roughnessFactor": 0},
        "extensions": {
            "KHR_materials_transmission": {"transmissionFactor": 1},
            "KHR_materials_ior": {"ior": gem.index_ppt / 1000},
            "KHR_materials_volume": volume,
        },
    }


def _add_stone(scene: _Scene, name: str, stone: Stone, places: Sequence[Points]) -> None:
    faceted = len(stone.planes) > 0
    mesh = stone.solid.calculate_normals(0, 2 if faceted else 60).to_mesh()
    values, faces = np.asarray(mesh.vert_properties, "<f4"), np.asarray(mesh.tri_verts, np.int32)
    points = (values[:, :3] * np.float32(METRES)).astype("<f4")
    attributes = {
        "POSITION": scene.accessor(
            points, FLOAT, "VEC3", VERTICES, min=points.min(0).tolist(), max=points.max(0).tolist()
        ),
        "NORMAL": scene.accessor(np.round(values[:, 3:6] * 127).astype("i1"), BYTE, "VEC3", VERTICES, normalized=True),
    }
    material = scene.add("materials", _gem_material(GEMS[stone.gem], stone.depth_um / 1000))
    extras = {
        "cut": stone.cut,
        "gem": stone.gem,
        "index": GEMS[stone.gem].index_ppt / 1000,
        "colour": list(GEMS[stone.gem].colour),
        "planes": [round(float(x), 5) for x in stone.planes.ravel()],
    }
    number = scene.add(
        "meshes",
        {
            "name": name,
            "extras": extras,
            "primitives": [
                {"attributes": attributes, "indices": _faces(faces, len(values), scene), "material": material}
            ],
        },
    )
    for k, place in enumerate(places):
        at = np.c_[place[:, :3], place[:, 3] * METRES]
        scene.add("nodes", {"name": f"{name}-{k}", "mesh": number, "matrix": _matrix(at)})


def glb(piece: Piece, *, metal: str = "yellow") -> bytes:
    """The whole piece in one metal colour: yellow, rose, white, silver or platinum."""
    scene = _Scene()
    colour, rough = METALS[metal]
    material = scene.add(
        "materials",
        {
            "name": metal,
            "pbrMetallicRoughness": {"baseColorFactor": [*colour, 1], "metallicFactor": 1, "roughnessFactor": rough},
        },
    )
    for part in piece.metal:
        for one in part.drawn or (part,):
            _add_metal(scene, one, material)
    for group in piece.stones:
        _add_stone(scene, group.name, group.stone, group.places)
    return scene.packed()
