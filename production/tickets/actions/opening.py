"""Opening a ticket from a work order: once, whoever asks how often."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from foundation.house.models import Site
from production.designs.actions import open_brief
from production.routes.models import RouteStep, Work, steps_for
from production.stones.actions import Need, want_stones
from production.tickets.actions.telling import tell
from production.tickets.flow import OperationState
from production.tickets.models import Operation, Ticket
from production.tickets.models.operations import SPACING

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
DUE_BEFORE_CLOSING = time(16, 0)
"""The hour of the promised day at which the bench must be done, so that the parcel leaves that day: a house default."""


@transaction.atomic
def open_ticket(*, reference: UUID, site: str, facts: Mapping[str, Any], needs: Sequence[Need]) -> Ticket:
    """Open a ticket with its route copied onto it. The same reference again gives the same ticket.

    `facts` are the columns of Ticket. Refuses, with NoRoute, a kind that has no route.
    """
    existing = Ticket.objects.of_work(reference).first()
    if existing:
        return existing
    place = Site.objects.get(code=site)
    try:
        with transaction.atomic():
            ticket = _new(reference, place, facts)
    except IntegrityError:
        return Ticket.objects.get(reference=reference, split_from=None)
    _copy_route(ticket, stones=sum(need.count for need in needs))
    open_brief(reference=reference, piece_name=ticket.piece_name, wish=ticket.wish, files=ticket.files)
    want_stones(ticket=ticket.number, site=place, needs=needs)
    _make_first_ready(ticket)
    tell(ticket=ticket, headline="opened")
    return ticket


def _new(reference: UUID, site: Site, facts: Mapping[str, Any]) -> Ticket:
    number = "T-" + "".join(secrets.choice(LETTERS) for _ in range(5))
    due_at = due(facts["promise_on"], zone=site.time_zone)
    return Ticket.objects.create(reference=reference, number=number, site=site, due_at=due_at, **facts)


def due(promise_on: date, *, zone: str) -> datetime:
    """The hour at which the bench must be done for a promised day."""
    return datetime.combine(promise_on, DUE_BEFORE_CLOSING, tzinfo=ZoneInfo(zone))


def _copy_route(ticket: Ticket, *, stones: int) -> None:
    work = Work(
        pieces=ticket.quantity, stones=stones, engraving=bool(ticket.engraving), plating=bool(ticket.plating),
        approval=ticket.needs_approval,
    )  # fmt: skip
    steps = steps_for(ticket.kind, work)
    Operation.objects.bulk_create([_operation(ticket, n, step, work) for n, step in enumerate(steps, start=1)])


def _operation(ticket: Ticket, n: int, step: RouteStep, work: Work) -> Operation:
    return Operation(
        ticket=ticket, position=n * SPACING, stage=step.stage, craft=step.craft, name=step.name, name_th=step.name_th,
        roles=step.roles, minutes=step.minutes(work), evidence_needed=step.evidence,
    )  # fmt: skip


def _make_first_ready(ticket: Ticket) -> None:
    first = ticket.current
    if first:
        first.move(OperationState.READY, by=None)
