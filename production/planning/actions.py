"""Giving and moving promises. A promised day never moves silently: every change is a row with its cause, and news."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from production.planning.models import Promise
from production.planning.open_work import forecast
from production.signals import promise_moved
from production.tickets.actions.opening import due
from production.tickets.models import Ticket

CAUSES = {
    "opened": _("The order was taken on."),
    "sent_back": _("A step is done again, so that the piece is right."),
    "changed": _("You changed it while it was being made."),
    "resumed": _("The piece had to rest for a while."),
}
"""News of a ticket that may move its day, and what the customer is told of it."""


class NoCause(Exception):
    """A promise moved without a word why."""


@transaction.atomic
def give_promise(*, reference: UUID, ticket: str, on: date, cause: str) -> Promise:
    """Promise a day for a ticket. The same day again changes nothing; another day is a new row and is told to the store.

    Refuses a change without a cause.
    """
    last = promised(reference)
    if last and last.on == on:
        return last
    if not cause.strip():
        raise NoCause(gettext("Say why the promised day moves."))
    row = Promise.objects.create(
        reference=reference, ticket=ticket, on=on, cause=cause.strip(), sequence=last.sequence + 1 if last else 1
    )
    if last:
        promise_moved.send(
            sender=Promise, reference=reference, sequence=row.sequence, old_on=last.on, new_on=on, cause=row.cause
        )
    return row


@transaction.atomic
def move_if_later(*, reference: UUID, ticket: str, forecast_on: date, cause: str) -> Promise | None:
    """Move the promise when the forecast is later than it; an earlier forecast is kept quiet, the word stands. None if it stands."""
    last = promised(reference)
    if last is None or forecast_on <= last.on:
        return None
    return give_promise(reference=reference, ticket=ticket, on=forecast_on, cause=cause)


@transaction.atomic
def look_at_promise(*, ticket: Ticket, headline: str, now: datetime) -> Promise | None:
    """Give a new ticket the day it was ordered for; afterwards move its day when the forecast says later. None: it stands.

    A day that moves is the day the bench works to.
    """
    if headline == "opened":
        return give_promise(
            reference=ticket.reference, ticket=ticket.number, on=ticket.promise_on, cause=CAUSES[headline]
        )
    moved = move_if_later(
        reference=ticket.reference, ticket=ticket.number, forecast_on=forecast(ticket, now=now), cause=CAUSES[headline]
    )
    if moved:
        due_at = due(moved.on, zone=ticket.site.time_zone)
        Ticket.objects.filter(pk=ticket.pk).update(promise_on=moved.on, due_at=due_at)
    return moved


def promised(reference: UUID) -> Promise | None:
    """The word that counts: the last that was given. Held until this transaction ends, so that two cannot move it at once."""
    return Promise.objects.filter(reference=reference).select_for_update().order_by("-sequence").first()
