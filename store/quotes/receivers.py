"""What quotes do on news of orders: write one outbox row, in the same transaction."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.dispatch import receiver

from foundation.asked import asked
from foundation.outbox.actions import put
from store.orders.signals import order_cancelled, order_confirmed
from store.quotes.models import Quote


@receiver(order_confirmed)
def owe_note_confirmed(*, order: UUID, basket: UUID | None, **_: Any) -> None:
    _owe(order, basket, "confirmed")


@receiver(order_cancelled)
def owe_note_cancelled(*, order: UUID, basket: UUID | None, **_: Any) -> None:
    _owe(order, basket, "off")


@asked
def _of_reference(reference: UUID) -> QuerySet[Quote]:
    return Quote.objects.filter(reference=reference).only("pk")


def _owe(order: UUID, basket: UUID | None, news: str) -> None:
    if basket is not None and _of_reference(basket):
        put("quotes.note_order", key=f"quotes.note_order:{order}:{news}", payload={"order": str(order)})
