"""What a piece measures, asked by anybody: known already, or measured by the worker that draws while the asker waits.

The site and the prefork workers never build: the one would hold up its visitors, the others may not begin processes, and neither
has limits. A command builds by itself. What was measured once stands in the database for ever, so that it needs neither cache
nor worker again; what was refused stands in the cache for a day, since tomorrow's machine may do it.
"""

import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache

from celery import current_app
from celery.signals import worker_process_init
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from production.shapes.building import asked, fingerprint
from production.shapes.measuring import Measures, measure
from production.shapes.models import Measured
from production.shapes.parameters import Refused

log = logging.getLogger(__name__)

MEASURE = "shapes.measure"
QUEUE = "measures"
WAIT_S = 10.0
"""How long an asker waits. A build takes tenths of a second, and at most a few pieces stand in line before it."""
FIRST_LOOK_S, LAST_LOOK_S = 0.02, 0.25
SENT_S = 10
"""How long one asking stands for all who ask for the same."""
WANTED_S = 60
"""How long the worker may come to it late: who asks again after a minute finds it done."""
REFUSED_S = 24 * 3600
BROKEN_OFF_S = 30
SILENCE, SILENCE_S = "shapes:silence", 20
"""Where nobody answered, nobody else waits for a while: they are told at once, and their asking is sent all the same."""
KNOWN = 4096


class NotMeasuredYet(Exception):
    """Nobody has measured the piece in time. It is asked for: worth another try in a minute."""

    def __init__(self) -> None:
        super().__init__(
            _("The workshop is still drawing this piece, so its weight is not known yet. Please try again in a minute.")
        )

    def __str__(self) -> str:
        return str(self.args[0])


class _Asker:
    """Whether this process waits for the worker that draws, or builds by itself."""

    waits: bool = settings.SHAPES_ASK_WORKERS


def wait_for_workers(**_signal: object) -> None:
    """From now on this process leaves building to the worker that draws."""
    _Asker.waits = True


worker_process_init.connect(wait_for_workers)  # sent in prefork children alone


def measures(family: str, parameters: Mapping[str, object]) -> Measures:
    """What the piece measures. Refuses, with Refused, what cannot be made; NotMeasuredYet where nobody answers in time."""
    name = fingerprint(family, parameters)
    with suppress(Measured.DoesNotExist):
        return _known(name)
    if _Asker.waits:
        return _waited_for(name, family, parameters)
    found = measure(family, parameters)
    keep(family, parameters, found)
    return found


@lru_cache(maxsize=KNOWN)
def _known(name: str) -> Measures:
    """What stands in the database. It never changes, so a process remembers it; that it is missing is not remembered."""
    return Measured.objects.get(pk=name).measures


def keep(family: str, parameters: Mapping[str, object], found: Measures) -> None:
    """Write down what was measured, once. Safe to repeat."""
    name = fingerprint(family, parameters)
    row = Measured.of(name, family, dict(asked(family, parameters)), found)
    Measured.objects.bulk_create([row], ignore_conflicts=True)


def is_answered(name: str) -> bool:
    """Whether it was measured already, or refused today."""
    return Measured.objects.filter(pk=name).exists() or cache.get(_answer(name)) is not None


def refuse(name: str, refusal: Refused) -> None:
    """Tell whoever asks today why it cannot be made, each in her own language."""
    cache.set(_answer(name), (refusal.rule, refusal.sentence, refusal.figures), REFUSED_S)


def break_off(name: str) -> None:
    """Tell those who wait now that it was tried and not done."""
    cache.set(_answer(name), (), BROKEN_OFF_S)


def break_silence() -> None:
    """Somebody measures again: askers may wait."""
    cache.delete(SILENCE)


def _waited_for(name: str, family: str, parameters: Mapping[str, object]) -> Measures:
    """Send for it, once however many ask, and look until it is there."""
    _send(name, family, parameters)
    until, pause = time.monotonic() + WAIT_S, FIRST_LOOK_S
    while (found := _looked_for(name)) is None:
        if cache.get(SILENCE):
            raise NotMeasuredYet
        if time.monotonic() > until:
            cache.set(SILENCE, 1, SILENCE_S)
            raise NotMeasuredYet
        time.sleep(pause)
        pause = min(pause * 1.3, LAST_LOOK_S)
    return found


def _looked_for(name: str) -> Measures | None:
    answer = cache.get(_answer(name))
    if answer:
        rule, sentence, figures = answer
        raise Refused(rule, sentence, **figures)
    if answer is not None:
        raise NotMeasuredYet
    row = Measured.objects.filter(pk=name).first()
    return row.measures if row else None


def _send(name: str, family: str, parameters: Mapping[str, object]) -> None:
    if not cache.add(f"shapes:asked:{name}", 1, SENT_S):
        return
    try:
        told = {"family": family, "parameters": dict(asked(family, parameters))}
        current_app.send_task(MEASURE, kwargs=told, queue=QUEUE, expires=WANTED_S, retry=False, ignore_result=True)
    except Exception as error:  # a broker that is away is the same to who asks as a worker that is
        log.warning("nobody could be asked to measure %s: %s", name, error)


def _answer(name: str) -> str:
    return f"shapes:answer:{name}"
