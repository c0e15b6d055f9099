"""Doors for Celery."""

from datetime import datetime
from uuid import UUID

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.outbox.handlers import handles
from store.baskets import actions
from store.catalogue.actions import expire_holds as expire


@shared_task(name="baskets.expire_holds")
def expire_holds() -> None:
    """What was held and not bought in time goes back into the tray."""
    expire(now=timezone.now())


@handles("baskets.close_basket", _("Close the basket of an order"))
def close_basket(*, basket: str, placed_at: str = "") -> None:
    """What was in it is an order now; all that is in it where a row that was owed before does not say when that was placed."""
    now = timezone.now()
    placed = datetime.fromisoformat(placed_at) if placed_at else now
    actions.close_basket(reference=UUID(basket), placed_at=placed, now=now)
