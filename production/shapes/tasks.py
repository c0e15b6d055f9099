"""What the worker that draws does, in processes within limits: it measures pieces that somebody waits for, and makes the
models that a browser turns and the workshop's files, kept by the piece's fingerprint.
"""

import json
from pathlib import Path
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from foundation.outbox.handlers import handles
from production.shapes import asking
from production.shapes.building import fingerprint
from production.shapes.parameters import Refused
from production.shapes.pool import BuildFailed, Pool, Stalled
from production.shapes.sheets import Sheet
from production.shapes.work import work

DRAW_MODEL, DRAW_SHEET = "shapes.draw_model", "shapes.draw_sheet"
QUEUE = "models"
FORMAT = 5  # raise it when the file of the same solid is written otherwise: an address never changes its bytes
POOL = Pool(work, processes=settings.SHAPES_PROCESSES)


@shared_task(name=asking.MEASURE)
def measure(*, family: str, parameters: dict[str, object]) -> None:
    """Build the piece and write down what it measures, or why it cannot be made: somebody waits for it. Safe to repeat."""
    name = fingerprint(family, parameters)
    if asking.is_answered(name):
        return
    try:
        asking.keep(family, parameters, POOL.do("measures", family, parameters))
    except Refused as refusal:
        asking.refuse(name, refusal)
    except (Stalled, BuildFailed):
        asking.break_off(name)
        raise
    finally:
        asking.break_silence()


def model_path(family: str, parameters: dict[str, object]) -> str:
    """Where the model of exactly this piece lies, below MEDIA_ROOT. Raises Refused for what cannot be asked."""
    return f"public/models/{fingerprint(family, parameters)}-{FORMAT}.glb.gz"


def refusal_of(path: str) -> Refused | None:
    """Why there will be no model at this path, if it was tried and refused."""
    if not default_storage.exists(_refused(path)):
        return None
    with default_storage.open(_refused(path)) as kept:
        told: dict[str, Any] = json.load(kept)
    return Refused(told["rule"], _(told["sentence"]), **{name: _said(one) for name, one in told["figures"].items()})


def _said(figure: Any) -> Any:
    """A part's name in the reader's language; a measure as it stands."""
    return _(figure) if isinstance(figure, str) and figure else figure


@handles(DRAW_MODEL, queue=QUEUE, outside=True, attempts=10)
def draw_model(*, family: str, parameters: dict[str, object], key: str = "") -> None:
    """Build the piece and keep its model, or why there is none. Safe to repeat: the same parameters give the same bytes.

    It waits its turn at the pool, up to a minute on a busy machine: outside of any transaction.
    """
    _draw(model_path(family, parameters), "model", family, parameters)


@handles(DRAW_SHEET, queue=QUEUE, outside=True, attempts=10)
def draw_sheet(*, kind: str, family: str, parameters: dict[str, object], shrinkage_ppm: int = 0, key: str = "") -> None:
    """Build the piece and keep a file of it for the workshop, or why there is none. Safe to repeat."""
    path = Sheet(kind, family, parameters, shrinkage_ppm).path
    _draw(path, kind, family, parameters, shrinkage_ppm)


def _draw(path: str, *asked: object) -> None:
    if default_storage.exists(path) or default_storage.exists(_refused(path)):
        return
    try:
        _keep(path, POOL.do(*asked))
    except Refused as refusal:
        told = {"rule": refusal.rule, "sentence": refusal.sentence, "figures": refusal.figures}
        with override("en"):  # as the drawing has it, to be put into each reader's language
            _keep(_refused(path), json.dumps(told, default=str).encode())


def _keep(path: str, content: bytes) -> None:
    """The whole file or none, whenever the process is killed: what stands at its address is kept by browsers for ever."""
    new = default_storage.save(f"{path}.new", ContentFile(content))
    Path(default_storage.path(new)).replace(default_storage.path(path))


def _refused(path: str) -> str:
    return f"models-refused/{Path(path).name.removesuffix('.glb.gz')}.json"
