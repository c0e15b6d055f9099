"""Putting work into the outbox and delivering it.

Why not a Celery message alone: killed under load, Celery on Redis loses tasks at every setting. A row that is
delivered with SKIP LOCKED, its effect and its done-mark in one transaction, is neither lost nor done twice. The
message on the broker is a hint that makes it quick; the sweep makes it certain.
"""

import json
import logging
import random
import traceback
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.asked import asked
from foundation.outbox.handlers import ATTEMPTS, HANDLERS, LEASES, OUTSIDE, QUEUES
from foundation.outbox.models import Work
from foundation.planned import planned
from foundation.written import rewritten

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 10
MOST_ATTEMPTS_OUTSIDE = 440
"""Somebody else may be away for days (Stripe retries its own news for three): at ten minutes a try, about three days."""
MOST_AT_ONCE = 10
"""So many keys go with one message: a worker's time for one is limited, and somebody outside may let each of them wait."""
LEASE = timedelta(minutes=2)
"""How long an outside call may take before somebody else may try it again, where its kind says nothing else."""

WRITE = """
    INSERT INTO outbox_work (kind, key, payload, attempts, made_at, next_at, last_error)
    VALUES (%(kind)s, %(key)s, %(payload)s, 0, %(now)s, %(at)s, '') ON CONFLICT (key) DO NOTHING
    RETURNING id"""
"""Written out, because nothing is written more often."""


class UnknownWork(Exception):
    """No function handles this kind of work."""


def put(kind: str, *, key: str, payload: dict[str, Any], at: datetime | None = None) -> None:
    """Owe this work, once per `key`, from `at` on (now if not said).

    Must be called inside the transaction that makes it due: it is owed if that commits, and not otherwise.
    """
    if kind not in HANDLERS:
        raise UnknownWork(f"nothing handles {kind}")
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("outbox work is put inside the transaction that makes it due")
    now = timezone.now()
    said = {"kind": kind, "key": key, "payload": json.dumps(payload), "now": now, "at": at or now}
    is_new = bool(planned(WRITE, said))
    if is_new and (at is None or at <= now):
        _hint_after_commit(key, kind)


def put_again(kind: str, *, key: str, payload: dict[str, Any]) -> None:
    """Owe work whose outcome is gone: that it was done once counts no more. Work that waits, or gave up, is left alone."""
    Work.objects.filter(key=key, done_at__isnull=False).delete()
    put(kind, key=key, payload=payload)


@dataclass
class Hint:
    """What one commit owes to the workers of one queue (None is that of the kinds without)."""

    queue: str | None
    inside: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def has_room(self, kind: str) -> bool:
        """Whether work of this kind may go with it: not where what is there takes minutes, or is many already."""
        return kind not in LEASES and len(self.inside) + len(self.outside) < MOST_AT_ONCE

    def __call__(self) -> None:
        """Tell them that there is work. Losing this message costs seconds, never the work."""
        keys = [*self.inside, *self.outside]  # nobody in the house waits for somebody outside it
        try:
            current_app.send_task(
                "outbox.deliver", kwargs={"keys": keys}, queue=self.queue, retry=False, ignore_result=True
            )
        except Exception as error:  # the broker being away must not fail what has been committed
            log.warning("no hint for %s: %s", ", ".join(keys), error)


def _hint_after_commit(key: str, kind: str) -> None:
    """One message for what is owed together. A savepoint that is rolled back takes its hints with it, as its rows."""
    queue, savepoints = QUEUES.get(kind), set(connection.savepoint_ids) - {None}
    waiting = (entry[1] for entry in connection.run_on_commit if entry[0] - {None} == savepoints)
    hint = next((one for one in waiting if isinstance(one, Hint) and one.queue == queue and one.has_room(kind)), None)
    if hint is None:
        hint = Hint(queue)
        transaction.on_commit(hint, robust=True)
    (hint.outside if kind in OUTSIDE else hint.inside).append(key)


def deliver(key: str) -> bool:
    """Do the work of this key if it is due and nobody else is at it. Says whether it was done."""
    with transaction.atomic():
        work = _due_under.first(key, now=timezone.now())
        if work is None:
            return False
        if work.kind not in OUTSIDE:
            return _do_inside(work)
        work.next_at = timezone.now() + LEASES.get(work.kind, LEASE)
        work.save(update_fields=["next_at"])
    return _do_outside(work)


def sweep(*, queue: str | None = None, limit: int = 200) -> int:
    """Do what is due, oldest first: of one queue ("" is that of the kinds without), or of all. Answers how many were done."""
    due = Work.objects.due(now=timezone.now())
    if queue is not None:
        theirs = [kind for kind, name in QUEUES.items() if name == queue]
        due = due.filter(kind__in=theirs) if queue else due.exclude(kind__in=list(QUEUES))
    keys = list(due.values_list("key", flat=True)[:limit])
    return sum(deliver(key) for key in keys)


def drain(*, rounds: int = 200) -> int:
    """Do everything that is due and what follows from it, until nothing is: for the demo's making and for tests."""
    done = 0
    for _ in range(rounds):
        now_done = sweep()
        done += now_done
        if not now_done:
            break
    return done


@transaction.atomic
def retry(work: Work) -> None:
    """Bring a dead letter back to life: it is tried again at once."""
    Work.objects.filter(pk=work.pk, done_at=None).update(dead_at=None, attempts=0, next_at=timezone.now())
    _hint_after_commit(work.key, work.kind)


@asked
def _due_under(key: str, now: datetime) -> QuerySet[Work]:
    return Work.objects.due(now=now).filter(key=key).select_for_update(skip_locked=True)


def _do_inside(work: Work) -> bool:
    """Effect and done-mark in the transaction that took it; a failure undoes the effect and keeps the attempt."""
    try:
        with transaction.atomic():
            _handler(work)(**work.payload)
    except Exception as error:
        _note_failure(work, error)
        return False
    _note_done(work)
    return True


def _do_outside(work: Work) -> bool:
    """Claimed; call, finish: no row stays locked while somebody else is being waited for."""
    try:
        _handler(work)(**work.payload, key=work.key)
    except Exception as error:
        _note_failure(work, error)
        return False
    _note_done(work)
    return True


def _handler(work: Work) -> Any:
    if work.kind not in HANDLERS:
        raise UnknownWork(f"nothing handles {work.kind}")
    return HANDLERS[work.kind]


def _note_done(work: Work) -> None:
    work.done_at, work.attempts, work.last_error = timezone.now(), work.attempts + 1, ""
    rewritten(work, "done_at", "attempts", "last_error")


def _note_failure(work: Work, error: Exception) -> None:
    attempts = work.attempts + 1
    now = timezone.now()
    log.warning("%s failed (attempt %d): %s", work.key, attempts, error)
    Work.objects.filter(pk=work.pk).update(
        attempts=attempts,
        last_error="".join(traceback.format_exception(error))[-4000:],
        next_at=now + _back_off(attempts),
        dead_at=now if attempts >= _most(work.kind) else None,
    )


def _most(kind: str) -> int:
    return ATTEMPTS.get(kind) or (MOST_ATTEMPTS_OUTSIDE if kind in OUTSIDE else MOST_ATTEMPTS)


def _back_off(attempts: int) -> timedelta:
    """2 s, 4 s, 8 s … up to ten minutes, with a little chance so that failures don't march in step."""
    return timedelta(seconds=min(600, 2 ** min(attempts, 10)) * random.uniform(0.8, 1.2))
