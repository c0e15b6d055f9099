"""What the worker that draws does, in processes within limits: it measures pieces that somebody waits for, and makes the
models that a browser turns and the workshop's files, kept by the piece's fingerprint.
"""

from celery import shared_task
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundation.outbox.handlers import handles
from production.shapes import asking
from production.shapes.building import fingerprint
from production.shapes.kept import DRAW_MODEL, DRAW_SHEET, is_answered, keep, keep_refusal, model_path
from production.shapes.parameters import Refused
from production.shapes.pool import BuildFailed, Pool, Stalled
from production.shapes.sheets import Sheet
from production.shapes.work import work

QUEUE = "models"
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


@handles(DRAW_MODEL, _("Draw a piece that can be turned"), queue=QUEUE, outside=True, attempts=10)
def draw_model(*, family: str, parameters: dict[str, object], key: str = "") -> None:
    """Build the piece and keep its model, or why there is none. Safe to repeat: the same parameters give the same bytes.

    It waits its turn at the pool, up to a minute on a busy machine: outside of any transaction.
    """
    _draw(model_path(family, parameters), "model", family, parameters)


@handles(DRAW_SHEET, _("Make a casting file or a drawing"), queue=QUEUE, outside=True, attempts=10)
def draw_sheet(*, kind: str, family: str, parameters: dict[str, object], shrinkage_ppm: int = 0, key: str = "") -> None:
    """Build the piece and keep a file of it for the workshop, or why there is none. Safe to repeat."""
    path = Sheet(kind, family, parameters, shrinkage_ppm).path
    _draw(path, kind, family, parameters, shrinkage_ppm)


def _draw(path: str, *asked: object) -> None:
    if is_answered(path):
        return
    try:
        keep(path, POOL.do(*asked))
    except Refused as refusal:
        keep_refusal(path, refusal)
