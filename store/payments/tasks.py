"""Celery's doors to payments. Everything that calls Stripe is outside work: no row stays locked meanwhile."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.outbox.handlers import handles
from store.payments import actions
from store.payments.models import Attempt, Refund, StripeEvent


@handles("payments.read_event", _("Read news from Stripe"), outside=True)
def read_event(*, event_id: str, key: str) -> None:
    """An event came: look where it points."""
    actions.read_event(StripeEvent.objects.get(event_id=event_id))


@handles("payments.look_again", _("Ask Stripe about a page that ran out"), outside=True)
def look_again(*, attempt_id: int, key: str) -> None:
    """A page has run out by the clock: ask Stripe how it stands."""
    actions.look_again(Attempt.objects.get(pk=attempt_id), now=timezone.now())


@handles("payments.close_page", _("Close a payment page"), outside=True)
def close_page(*, attempt_id: int, key: str) -> None:
    """Nobody is to pay this page any more."""
    actions.close_page(Attempt.objects.get(pk=attempt_id), key=key, now=timezone.now())


@handles("payments.send_refund", _("Send money back to a card"), outside=True)
def send_refund(*, refund_id: int, key: str) -> None:
    """Send a card's money back."""
    actions.send_refund(Refund.objects.select_related("payment").get(pk=refund_id), key=key)


@shared_task(name="payments.expire_stale")
def expire_stale() -> None:
    """Pages that ran out, and events that never reached us."""
    actions.find_missed(now=timezone.now())
