"""Giving and moving promises. A promised day never moves silently: every change is a row with its cause, and news."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from production.planning.models import Promise
from production.signals import promise_moved


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
        raise NoCause(_("Say why the promised day moves."))
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


def promised(reference: UUID) -> Promise | None:
    """The word that counts: the last that was given. Held until this transaction ends, so that two cannot move it at once."""
    return Promise.objects.filter(reference=reference).select_for_update().order_by("-sequence").first()
