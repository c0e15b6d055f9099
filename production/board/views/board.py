"""The board, and one's own bench."""

from datetime import datetime

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import MAKERS, WORKSHOP, Role
from production.board import facts
from production.tickets.flow import OperationState, TicketState
from production.tickets.models import Ticket
from production.tickets.models.tickets import TicketQuerySet

MOST_SHOWN = 240


@require_safe
@staff(*WORKSHOP, Role.SALES)
def board(request: StaffRequest) -> HttpResponse:
    """Six columns by stage. A code typed or scanned opens its ticket."""
    code = request.GET.get("code", "").strip()[:40]
    if code and (found := _by_code(request, code)):
        return redirect("board:ticket", number=found.number)
    now, show = timezone.now(), request.GET.get("show", "")
    every = Ticket.objects.for_user(request.user).in_the_workshop()
    rows = _shown(every, show, request, now).with_stage().select_related("with_person").prefetch_related("operations")
    tickets = list(rows.order_by("due_at")[:MOST_SHOWN])
    context = {
        "columns": facts.columns(tickets, now=now), "figures": _figures(every, now), "chips": _chips(request, show), "code": code,
        "here": "board",
    }  # fmt: skip
    return render(request, "board/board.html", context)


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


def _figures(rows: TicketQuerySet, now: datetime) -> list[dict[str, str]]:
    states = list(rows.values_list("state", "due_at", "quantity"))
    late = sum(due < now for _s, due, _q in states)
    soon = sum(now <= due < now + facts.SOON for _s, due, _q in states)
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
        {"label": _("On hold"), "value": str(held)},
    ]


@require_safe
@staff(*MAKERS, Role.INSPECTOR, Role.PRODUCTION_MANAGER)
def mine(request: StaffRequest) -> HttpResponse:
    """What this person has in hand, and what waits for their craft."""
    now = timezone.now()
    rows = Ticket.objects.for_user(request.user).in_the_workshop().with_stage()
    rows = rows.select_related("with_person").prefetch_related("operations").order_by("due_at")
    running = [OperationState.RUNNING, OperationState.PAUSED]
    in_hand = rows.filter(with_person=request.user, operations__state__in=running).distinct()[:40]
    roles = [str(role) for role in request.user.roles]
    waiting = rows.filter(operations__state=OperationState.READY, operations__roles__overlap=roles).distinct()[:40]
    groups = [
        (_("In your hands"), facts.cards(in_hand, now=now)),
        (_("Waiting for you"), facts.cards(waiting, now=now)),
    ]
    return render(request, "board/mine.html", {"groups": groups, "here": "mine"})
