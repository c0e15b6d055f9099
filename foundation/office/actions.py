"""Writing down what the reconciliation found."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from foundation.office.models import Finding
from foundation.outbox.actions import deliver, put

LOOK = "office.look"
"""Holding the books against each other: whoever knows them all handles it."""


@transaction.atomic
def record_findings(*, kind: str, found: Iterable[str], now: datetime) -> int:
    """Make the open findings of this kind exactly these sentences. Answers how many there are."""
    sentences = {sentence[:400] for sentence in found}
    open_ = Finding.objects.select_for_update().filter(kind=kind, gone_at=None)
    known = set(open_.values_list("sentence", flat=True))
    open_.exclude(sentence__in=sentences).update(gone_at=now)
    Finding.objects.bulk_create([Finding(kind=kind, sentence=one) for one in sorted(sentences - known)])
    return len(sentences)


def look_now(*, key: str) -> bool:
    """Hold the books against each other, once per `key`, and wait for it. Says whether it was done; if not, it stays owed."""
    with transaction.atomic():
        put(LOOK, key=f"{LOOK}:{key}", payload={})
    return deliver(f"{LOOK}:{key}")
