"""Celery's doors to quotes."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from foundation.outbox.handlers import handles
from store.quotes import actions


@shared_task(name="quotes.expire")
def expire() -> None:
    """Quotes whose day is over."""
    actions.expire_overdue(now=timezone.now())


@handles("quotes.note_order")
def note_order(*, order: str) -> None:
    """An order was confirmed, or is off."""
    actions.note_order(order=UUID(order))
