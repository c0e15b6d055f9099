"""Orders that somebody comes for."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from store.orders.flow import OrderState
from store.orders.models import Order
from store.orders.models.orders import DeliveryState, MoneyState


def to_collect(words: str = "") -> QuerySet[Order]:
    """Orders to be handed over at a counter, the oldest first; an exact number finds one that was handed over, too."""
    rows = Order.objects.filter(delivery__collected_at__isnull=False).exclude(channel="counter")
    rows = rows.select_related("delivery__collected_at", "handover__by").prefetch_related("lines").order_by("pk")
    waits = Q(state=OrderState.CONFIRMED, handover=None)
    if not words:
        return rows.filter(waits)
    return rows.filter(
        Q(number__iexact=words)
        | (waits & (Q(name__icontains=words) | Q(number__icontains=words) | Q(email__iexact=words)))
    )


def words_of(order: Order) -> tuple[str, str]:
    """Where it stands for whoever comes for it: a tone, and words."""
    if order.delivery_state == DeliveryState.DELIVERED:
        return "ok", _("handed over")
    if order.money != MoneyState.PAID:
        return "late", _("not paid in full")
    if order.delivery_state == DeliveryState.PACKED:
        return "ok", _("here, to be handed over")
    return "soon", _("not here yet")
