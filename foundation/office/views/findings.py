"""What the books disagree on, and figures for whoever watches the house."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from foundation.api.once import once
from foundation.office.actions import look_now
from foundation.office.models import Finding
from foundation.outbox.handlers import LEASES
from foundation.outbox.models import Work
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import OFFICE


@require_safe
@staff(*OFFICE)
def findings(request: StaffRequest) -> HttpResponse:
    """Open findings first, then the latest that went away."""
    context = {
        "open": Finding.objects.filter(gone_at=None)[:200],
        "gone": Finding.objects.filter(gone_at__isnull=False)[:20],
        "here": "findings",
    }
    return render(request, "office/findings.html", context)


@require_POST
@staff(*OFFICE)
@once
def look(request: StaffRequest) -> HttpResponse:
    """Hold the books against each other now, without waiting for the night."""
    if not look_now(key=request.POST["action_id"]):
        messages.error(request, _("It could not be done just now, and will be tried again: Work says why."))
    elif found := Finding.objects.filter(gone_at=None).count():
        told = ngettext("Looked at just now: %(n)d finding.", "Looked at just now: %(n)d findings.", found)
        messages.warning(request, told % {"n": found})
    else:
        messages.success(request, _("Looked at just now: no findings."))
    return redirect("office:findings")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for a watcher who brings the token of METRICS_TOKEN; nobody else learns that they exist."""
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(said, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse(generate_latest(_figures()), content_type=CONTENT_TYPE_LATEST)


def _figures() -> CollectorRegistry:
    registry = CollectorRegistry()
    due = Work.objects.due(now=timezone.now())
    waiting = due.exclude(kind__in=list(LEASES)).aggregate(n=Count("pk"), oldest=Min("next_at"))
    age = (timezone.now() - waiting["oldest"]).total_seconds() if waiting["oldest"] else 0
    Gauge("ajour_outbox_due", "Work that is due and not done", registry=registry).set(waiting["n"])
    Gauge("ajour_outbox_oldest_seconds", "Age of the oldest due work", registry=registry).set(age)
    slow = due.filter(kind__in=list(LEASES)).count()
    Gauge("ajour_outbox_slow_due", "Due work that takes minutes each, and waits its turn", registry=registry).set(slow)
    Gauge("ajour_outbox_dead", "Dead letters", registry=registry).set(Work.objects.dead().count())
    found = Gauge("ajour_findings", "Open findings of the reconciliation", ["kind"], registry=registry)
    for row in Finding.objects.filter(gone_at=None).values("kind").annotate(n=Count("pk")).order_by("kind"):
        found.labels(row["kind"]).set(row["n"])
    return registry
