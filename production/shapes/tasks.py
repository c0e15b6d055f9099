"""The model a browser turns: built away from the web process and kept by the piece's fingerprint."""

import gzip

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from foundation.outbox.handlers import handles
from production.shapes.building import build, fingerprint
from production.shapes.glb import glb

DRAW_MODEL = "shapes.draw_model"


def model_path(family: str, parameters: dict[str, object]) -> str:
    """Where the model of exactly this piece lies, below MEDIA_ROOT. Raises Refused for what cannot be asked."""
    return f"public/models/{fingerprint(family, parameters)}.glb.gz"


@handles(DRAW_MODEL)
def draw_model(*, family: str, parameters: dict[str, object]) -> None:
    """Build the piece and keep its model, gzipped. Safe to repeat: the same parameters give the same bytes."""
    path = model_path(family, parameters)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(gzip.compress(glb(build(family, parameters)), 9, mtime=0)))
