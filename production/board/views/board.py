"""The board, and one's own bench."""

from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from foundation.exact import written
from foundation.house.models import Site
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import MAKERS, WORKSHOP, Role
from production.board import cards
from production.metal.questions import lost_since
from production.planning.load import StageLoad, loads
from production.planning.record import kept_since
from production.tickets.flow import OperationState, TicketState
from production.tickets.models import Hold, HoldCause, Ticket
from production.tickets.models.tickets import TicketQuerySet
from production.tickets.questions import open_minutes

MOST_SHOWN = 240
LOOKS_BACK_DAYS = 30


@require_safe
@staff(*WORKSHOP, Role.SALES)
def board(request: StaffRequest) -> HttpResponse:
    """Six columns by stage. A code typed or scanned opens its ticket."""
    code = request.GET.get("code", "").strip()[:40]
    if code and (found := _by_code(request, code)):
        return redirect("board:ticket", number=found.number)
    now, show = timezone.now(), request.GET.get("show", "")
    every = Ticket.objects.for_user(request.user).in_the_workshop()
    cause = request.GET.get("cause", "") if show == "hold" else ""
    rows = _shown(every, show, request, now)
    rows = (rows.held(cause=cause) if cause in HoldCause.values else rows).with_stage()
    rows = rows.select_related("with_person").prefetch_related("operations", "holds")
    tickets = list(rows.order_by("due_at")[:MOST_SHOWN])
    context = {
        "columns": cards.columns(tickets, now=now, stages=[] if show else _stages()), "figures": _figures(every, now), "chips": _chips(request, show), "code": code,
        "causes": _causes(every, cause) if show == "hold" else [], "here": "board",
    }  # fmt: skip
    return render(request, "board/board.html", context)


def _stages() -> list[StageLoad]:
    """What lies before the stages of every workshop. A part of the board says nothing of it."""
    sites = Site.objects.workshops()
    return [one for site in sites for one in loads(site, open_minutes=open_minutes(site))]


def _by_code(request: StaffRequest, code: str) -> Ticket | None:
    return Ticket.objects.for_user(request.user).by_code(code).order_by("-pk").first()


def _shown(rows: TicketQuerySet, show: str, request: StaffRequest, now: datetime) -> TicketQuerySet:
    filters = {
        "mine": Q(with_person=request.user),
        "late": Q(due_at__lt=now),
        "trade": Q(channel="trade"),
        "hold": Q(state=TicketState.ON_HOLD),
    }
    return rows.filter(filters[show]) if show in filters else rows


def _chips(request: StaffRequest, show: str) -> list[dict[str, object]]:
    labels = [("", _("All")), ("mine", _("Mine")), ("late", _("Late")), ("trade", _("Trade")), ("hold", _("On hold"))]
    return [{"label": label, "href": f"?show={key}" if key else "?", "current": key == show} for key, label in labels]


def _causes(rows: TicketQuerySet, cause: str) -> list[dict[str, object]]:
    """Every cause for which something is on hold now, with how many."""
    held = Hold.objects.open().filter(ticket__in=rows).values_list("cause").annotate(n=Count("pk")).order_by("cause")
    count = dict(held)
    found: list[dict[str, object]] = [{"label": _("Every cause"), "href": "?show=hold", "current": not cause}]
    return found + [
        {"label": f"{one.label} {count[one]}", "href": f"?show=hold&cause={one}", "current": cause == one}
        for one in HoldCause
        if one in count
    ]


def _figures(rows: TicketQuerySet, now: datetime) -> list[dict[str, str]]:
    states = list(rows.values_list("state", "due_at", "quantity"))
    late = sum(due < now for _s, due, _q in states)
    soon = sum(now <= due < now + cards.SOON for _s, due, _q in states)
    held = sum(state == TicketState.ON_HOLD for state, _d, _q in states)
    pieces = sum(quantity for _s, _d, quantity in states)
    return [
        {
            "label": _("On the benches"),
            "value": str(len(states)),
            "note": ngettext("%d piece", "%d pieces", pieces) % pieces,
        },
        {"label": _("Late"), "value": str(late), "tone": "late" if late else ""},
        {"label": _("Due in two days"), "value": str(soon), "tone": "soon" if soon else ""},
        {"label": _("On hold"), "value": str(held), "note": _longest(rows, now)},
        *_record(now),
    ]


def _record(now: datetime) -> list[dict[str, str]]:
    """How the last days went: promises kept, metal lost. Nothing where nothing was finished or cast."""
    since = now - timedelta(days=LOOKS_BACK_DAYS)
    kept, lost = kept_since(since), lost_since(since)
    days = {"n": LOOKS_BACK_DAYS}
    found = []
    if kept.bags:
        of = _("of %(n)d bags") % {"n": kept.bags}
        found.append({"label": _("On time, %(n)d days") % days, "value": f"{kept.percent} %", "note": of})
    if lost is not None:
        found.append({"label": _("Metal lost, %(n)d days") % days, "value": f"{written(100 * lost, 2)} %", "note": ""})
    return found


def _longest(rows: TicketQuerySet, now: datetime) -> str:
    since = Hold.objects.open().filter(ticket__in=rows).aggregate(since=Min("since"))["since"]
    return _("longest: %(time)s") % {"time": timesince(since, now, depth=1)} if since else ""


@require_safe
@staff(*MAKERS, Role.INSPECTOR, Role.PRODUCTION_MANAGER)
def mine(request: StaffRequest) -> HttpResponse:
    """What this person has in hand, and what waits for their craft."""
    now = timezone.now()
    rows = Ticket.objects.for_user(request.user).in_the_workshop().with_stage()
    rows = rows.select_related("with_person").prefetch_related("operations", "holds").order_by("due_at")
    running = [OperationState.RUNNING, OperationState.PAUSED]
    in_hand = rows.filter(with_person=request.user, operations__state__in=running).distinct()[:40]
    roles = [str(role) for role in request.user.roles]
    waiting = rows.filter(operations__state=OperationState.READY, operations__roles__overlap=roles).distinct()[:40]
    groups = [
        (_("In your hands"), cards.cards(in_hand, now=now)),
        (_("Waiting for you"), cards.cards(waiting, now=now)),
    ]
    return render(request, "board/mine.html", {"groups": groups, "here": "mine"})
