"""What the basket does on news."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from foundation.outbox.actions import put
from foundation.people.models import User
from store.baskets.actions import find_basket, merge_baskets
from store.baskets.tokens import COOKIE
from store.orders.signals import order_confirmed, transfer_awaited


@receiver(user_logged_in)
def bring_the_basket(sender: Any, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Somebody signed in: what they laid into a basket before comes along."""
    token = request.COOKIES.get(COOKIE, "") if request is not None else ""
    guest = find_basket(token=token, user=None) if token else None
    if guest is not None:
        merge_baskets(guest=guest, user=user, now=timezone.now())


@receiver([order_confirmed, transfer_awaited])
def owe_closing(sender: Any, basket: UUID | None, placed_at: datetime, **kwargs: Any) -> None:
    """A basket has become an order that was paid, or is about to be."""
    if basket is not None:
        what = {"basket": str(basket), "placed_at": placed_at.isoformat()}
        put("baskets.close_basket", key=f"baskets.close_basket:{basket}", payload=what)
