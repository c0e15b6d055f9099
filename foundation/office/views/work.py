"""Work that was given up after too many tries: somebody looks, mends, and tries again."""

from django.contrib import messages
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
    """Dead letters, and what is waiting longest."""
    waiting = Work.objects.waiting().order_by("made_at")
    context = {"dead": Work.objects.dead()[:100], "waiting": waiting[:20], "count": waiting.count(), "here": "work"}
    return render(request, "office/work.html", context)


@require_POST
@staff(*OFFICE)
@once
def retry(request: StaffRequest, pk: int) -> HttpResponse:
    """Try a dead letter again."""
    actions.retry(get_object_or_404(Work, pk=pk))
    messages.success(request, _("It is being tried again."))
    return redirect("office:work")
