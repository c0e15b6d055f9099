"""Casting files: STL and 3MF in millimetres, scaled up by what the alloy shrinks. The same piece gives the same bytes."""

import io
import zipfile

import numpy as np
from numpy.typing import NDArray

from production.shapes.piece import Piece

PPM = 1_000_000
EPOCH = (1980, 1, 1, 0, 0, 0)  # zip files carry a date; ours is always this one
CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT_TYPES = (
    f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>'
)
RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PACKAGE}/relationships"><Relationship '
    'Target="/3D/3dmodel.model" Id="rel0" Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>'
)


def _bodies(piece: Piece, shrinkage_ppm: int) -> list[tuple[str, NDArray[np.float32], NDArray[np.int64]]]:
    """Every body in its place, oversize: a length of 1 is drawn 1 ÷ (1 − shrinkage), so that it casts to 1."""
    scale = PPM / (PPM - shrinkage_ppm)
    bodies = []
    for part in piece.metal:
        for k, body in enumerate(part.bodies()):
            mesh = body.to_mesh()
            vertices = np.asarray(mesh.vert_properties)[:, :3].astype(np.float64) * scale
            bodies.append((f"{part.name}-{k}", vertices.astype("<f4"), np.asarray(mesh.tri_verts, np.int64)))
    return bodies


def stl(piece: Piece, *, shrinkage_ppm: int) -> bytes:
    """Binary STL of all metal bodies, mm."""
    corners = np.concatenate([vertices[faces] for _, vertices, faces in _bodies(piece, shrinkage_ppm)])
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]).astype(np.float64)
    normal /= np.linalg.norm(normal, axis=1)[:, None].clip(1e-20)
    record = np.zeros(len(corners), dtype=[("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("spare", "<u2")])
    record["normal"], record["corners"] = normal, corners
    return (
        f"{piece.family} {piece.fingerprint} mm".encode().ljust(80)
        + np.uint32(len(record)).tobytes()
        + record.tobytes()
    )


def threemf(piece: Piece, *, shrinkage_ppm: int) -> bytes:
    """3MF, one object for each metal body, mm."""
    objects, items = [], []
    for number, (name, vertices, faces) in enumerate(_bodies(piece, shrinkage_ppm), 1):
        points = "".join(f'<vertex x="{x:.5f}" y="{y:.5f}" z="{z:.5f}"/>' for x, y, z in vertices.tolist())
        triangles = "".join(f'<triangle v1="{a}" v2="{b}" v3="{c}"/>' for a, b, c in faces.tolist())
        objects.append(
            f'<object id="{number}" type="model" name="{name}"><mesh><vertices>{points}</vertices>'
            f"<triangles>{triangles}</triangles></mesh></object>"
        )
        items.append(f'<item objectid="{number}"/>')
    model = (
        f'<?xml version="1.0" encoding="UTF-8"?><model unit="millimeter" xml:lang="en-GB" xmlns="{CORE}"><resources>'
        f"{''.join(objects)}</resources><build>{''.join(items)}</build></model>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for path, text in (
            ("[Content_Types].xml", CONTENT_TYPES),
            ("_rels/.rels", RELATIONS),
            ("3D/3dmodel.model", model),
        ):
            packed.writestr(zipfile.ZipInfo(path, EPOCH), text, zipfile.ZIP_DEFLATED)
    return file.getvalue()
