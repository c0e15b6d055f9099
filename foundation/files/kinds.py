"""Whether a working file is what its name says, told by how such files begin. Pure."""

import struct

BEGINS = {
    ".3mf": b"PK\x03\x04",
    ".3dm": b"3D Geometry File Format",
    ".step": b"ISO-10303-21",
    ".stp": b"ISO-10303-21",
    ".glb": b"glTF",
    ".pdf": b"%PDF-",
}
"""First bytes by suffix: 3MF is a zip (3mf.io), STEP ISO 10303-21 clause 5.4, glTF binary 4.4.2, PDF ISO 32000 7.5.2."""
STL_HEAD, STL_TRIANGLE = 84, 50
"""Bytes of a binary STL before its first triangle, and of each."""


def is_what_it_says(sent: bytes, suffix: str) -> bool:
    """Whether these bytes begin as a file of this kind does. Who sends a wrong file by mistake learns it at once."""
    if suffix == ".stl":
        return _is_stl(sent)
    if suffix == ".obj":
        return b"\0" not in sent[:4096] and not sent.lstrip().startswith(b"<")
    return sent.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(BEGINS[suffix])


def _is_stl(sent: bytes) -> bool:
    """Text that begins with `solid`, or as many triangles as its head counts."""
    if sent.lstrip().startswith(b"solid"):
        return True
    if len(sent) < STL_HEAD + STL_TRIANGLE:
        return False
    (triangles,) = struct.unpack_from("<I", sent, STL_HEAD - 4)
    return triangles > 0 and len(sent) >= STL_HEAD + STL_TRIANGLE * triangles
