"""Writing down what the reconciliation found."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from foundation.office.models import Finding


@transaction.atomic
def record_findings(*, kind: str, found: Iterable[tuple[str, str]], now: datetime) -> int:
    """Make the open findings of this kind exactly `found`, pairs of subject and sentence. Answers how many are open."""
    now_found = dict(found)
    open_ = {row.subject: row for row in Finding.objects.select_for_update().filter(kind=kind, gone_at=None)}
    Finding.objects.filter(pk__in=[row.pk for s, row in open_.items() if s not in now_found]).update(gone_at=now)
    Finding.objects.bulk_create(
        [Finding(kind=kind, subject=s, sentence=text) for s, text in now_found.items() if s not in open_]
    )
    return len(now_found)
