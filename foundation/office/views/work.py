"""Work that was given up after too many tries: somebody looks, mends, and tries again."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Min
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.api.once import once
from foundation.outbox import actions
from foundation.outbox.models import Work
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import OFFICE


@require_safe
@staff(*OFFICE)
def work(request: StaffRequest) -> HttpResponse:
    """Dead letters, and what is waiting: hundreds of one kind are one line."""
    waiting = _waiting()
    count = sum(row["count"] for row in waiting)
    context = {"dead": Work.objects.dead()[:100], "waiting": waiting, "count": count, "here": "work"}
    return render(request, "office/work.html", context)


def _waiting() -> list[dict[str, Any]]:
    """What waits, by what it does, the longest first."""
    rows = (
        Work.objects.waiting().values("kind").annotate(count=Count("pk"), since=Min("made_at"), tries=Max("attempts"))
    )
    return [{"does": Work(kind=row["kind"]).does, **row} for row in rows.order_by("since")]


@require_POST
@staff(*OFFICE)
@once
def retry(request: StaffRequest, pk: int) -> HttpResponse:
    """Try a dead letter again."""
    actions.retry(get_object_or_404(Work, pk=pk))
    messages.success(request, _("It is being tried again."))
    return redirect("office:work")
