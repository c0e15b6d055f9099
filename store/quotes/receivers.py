"""What quotes do on news of orders: write one outbox row, in the same transaction."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from foundation.outbox.actions import put
from store.orders.signals import order_cancelled, order_confirmed
from store.quotes.models import Quote


@receiver(order_confirmed)
def owe_note_confirmed(*, order: UUID, basket: UUID | None, **_: Any) -> None:
    _owe(order, basket, "confirmed")


@receiver(order_cancelled)
def owe_note_cancelled(*, order: UUID, basket: UUID | None, **_: Any) -> None:
    _owe(order, basket, "off")


def _owe(order: UUID, basket: UUID | None, news: str) -> None:
    if basket is not None and Quote.objects.filter(reference=basket).exists():
        put("quotes.note_order", key=f"quotes.note_order:{order}:{news}", payload={"order": str(order)})
