"""The work that lies ahead of a ticket, and what is left on it: standard minutes of operations that are not closed."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import QuerySet, Sum

from production.planning.load import promise_at
from production.routes.stages import STAGES
from production.tickets.flow import TicketState
from production.tickets.models import Operation, Ticket
from production.tickets.models.operations import CLOSED


def minutes_ahead(ticket: Ticket) -> dict[str, int]:
    """Open standard minutes by stage of the tickets that are due before this one, at its site."""
    rows = _open_operations().filter(ticket__site=ticket.site_id, ticket__due_at__lt=ticket.due_at)
    return dict(rows.exclude(ticket=ticket).order_by().values_list("stage").annotate(sum=Sum("minutes")))


def minutes_left(ticket: Ticket) -> dict[str, int]:
    """What is left to do on a ticket, by stage, in its own order."""
    left: dict[str, int] = {}
    for stage, minutes in _open_operations().filter(ticket=ticket).order_by("position").values_list("stage", "minutes"):
        left[stage] = left.get(stage, 0) + minutes
    return left


def forecast(ticket: Ticket, *, now: datetime, more: Mapping[str, int] | None = None) -> date:
    """The day on which a ticket could be ready, behind everything that is due before it; with `more` minutes by stage."""
    mine = minutes_left(ticket)
    left = {stage: mine.get(stage, 0) + (more or {}).get(stage, 0) for stage in STAGES}
    if not any(left.values()):
        return now.date()
    return promise_at(ticket.site, minutes=left, open_minutes=minutes_ahead(ticket), now=now).on


def _open_operations() -> QuerySet[Operation]:
    states = [TicketState.OPEN, TicketState.ON_HOLD]
    return Operation.objects.filter(ticket__state__in=states).exclude(state__in=CLOSED)
