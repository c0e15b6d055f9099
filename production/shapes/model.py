"""The model a browser turns, as bytes: pure, so that a process without the house's settings can make it."""

import gzip
from collections.abc import Mapping

from production.shapes.building import build
from production.shapes.glb import glb


def model(family: str, parameters: Mapping[str, object]) -> bytes:
    """Gzipped glTF of exactly this piece. The same parameters give the same bytes. Refuses, with Refused, what cannot be made."""
    return gzip.compress(glb(build(family, parameters)), 9, mtime=0)
