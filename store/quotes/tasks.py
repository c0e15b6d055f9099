"""Celery's doors to quotes."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.outbox.handlers import handles
from store.quotes import actions


@shared_task(name="quotes.expire")
def expire() -> None:
    """Quotes whose day is over."""
    actions.expire_overdue(now=timezone.now())


@handles("quotes.note_order", _("Note what became of a quote"))
def note_order(*, order: str) -> None:
    """An order was confirmed, or is off."""
    actions.note_order(order=UUID(order))
