"""Orders that are collected in person: what waits at the counter, and into whose hands it goes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.people.models import User
from store.orders.actions.letters import write_letter
from store.orders.actions.standing import note_standing
from store.orders.flow import OrderState
from store.orders.models import Handover, Order
from store.orders.models.orders import DeliveryState, MoneyState


class CannotHandOver(Exception):
    """Why this cannot be handed over, in a sentence."""


@transaction.atomic
def hand_over(*, order: Order, to: str, note: str = "", at: datetime, by: User) -> Handover:
    """Tick that an order was handed over at its counter, and to whom; with it the order is completed.

    Refuses, with CannotHandOver, what is sent by parcel, is not paid in full, is not here yet, or has gone before.
    """
    rows = Order.objects.select_related("delivery__collected_at", "brand")
    order = rows.select_for_update(of=("self",)).get(pk=order.pk)
    if why := _why_not(order):
        raise CannotHandOver(why)
    site = order.delivery.collected_at
    if site is None or not to.strip():
        raise CannotHandOver(_("Write down who takes it."))
    made = Handover.objects.create(order=order, site=site, to=to.strip()[:120], note=note[:200], at=at, by=by)
    order = note_standing(order)
    if order.state == OrderState.CONFIRMED:
        order.move(OrderState.COMPLETED, by=None)
    if order.channel != "counter":
        write_letter(order, "collected")
    return made


def is_here(order: Order) -> bool:
    """Whether all of it lies at its counter: from the counter's own tray, or come by parcel."""
    return order.delivery_state == DeliveryState.PACKED


def _why_not(order: Order) -> str:
    if hasattr(order, "handover"):
        gone = order.handover
        said = {"to": gone.to, "by": gone.by, "at": gone.at.strftime("%Y-%m-%d %H:%M")}
        return _("It was handed to %(to)s by %(by)s on %(at)s.") % said
    if order.delivery.collected_at is None:
        return _("This order is sent by parcel: it is not collected.")
    if order.state not in (OrderState.CONFIRMED, OrderState.COMPLETED) or order.money != MoneyState.PAID:
        return _("It is not paid in full yet.")
    if not is_here(order):
        return _("Not all of it has come to the counter yet.")
    return ""
