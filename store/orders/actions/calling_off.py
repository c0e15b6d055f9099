"""An order that is not to be: not paid in time, replaced by another of the same basket, or called off."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.outbox.actions import put
from foundation.people.models import User
from store.catalogue.actions import release_hold, return_stock
from store.orders.actions.standing import note_standing
from store.orders.flow import DueState, OrderState, WorkState
from store.orders.models import Order, WorkOrder
from store.payments import actions as payments
from store.payments.models import Attempt, Payment


class CannotCallOff(Exception):
    """Why an order cannot be called off any more, in a sentence."""


UNDECIDED = (OrderState.AWAITING_PAYMENT, OrderState.REVIEW)
"""States that time ends: nobody paid, or nobody decided."""

MADE = (WorkState.MADE, WorkState.FINISHED)
"""A stone that is set in a piece that was made is not in the tray again: it stays sold, in the piece."""

WAIT_FOR_STRIPE = timedelta(hours=2)
"""How long an unpaid order is kept open while Stripe cannot be asked whether its page was paid after all."""


@transaction.atomic
def give_way(*, basket: UUID) -> None:
    """Another order is placed from this basket: one that was not paid gives way. What it holds, the basket holds on."""
    unpaid = Order.objects.filter(basket=basket, state=OrderState.AWAITING_PAYMENT)
    for order in unpaid.select_for_update():
        _stop_asking(order)
        order.move(OrderState.CANCELLED, by=None, note="replaced by another order of the same basket")


@transaction.atomic
def cancel_order(*, order: Order, by: User | None, reason: str) -> Order:
    """Call an order off. What was paid goes back, what was taken returns to the tray, the workshop and packers stop.

    What lies in a parcel returns when the packers have stopped it: the carrier may be quicker.
    Refuses, with WrongTurn, one that is completed or off already, or somebody who may not; with CannotCallOff, one of
    which a parcel has left.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.parcels.exclude(dispatched_at=None).exists():
        raise CannotCallOff(_("A parcel of this order is on its way. Take it back as a return when it comes."))
    confirmed = order.state == OrderState.CONFIRMED
    order.move(OrderState.CANCELLED, by=by, note=reason)
    _stop_asking(order)
    if confirmed:
        _undo(order, reason=reason)
    else:
        _release(order)
    return note_standing(order)


def expire_unpaid(*, now: datetime) -> int:
    """Let go of orders whose time to pay, or to be decided on, is over. Answers how many."""
    late = Order.objects.filter(state__in=UNDECIDED, pay_by_at__lte=now).order_by("pk")
    return sum(_expire(pk, now=now) for pk in late.values_list("pk", flat=True)[:500])


@transaction.atomic
def _expire(pk: int, *, now: datetime) -> int:
    order = Order.objects.select_for_update(skip_locked=True).filter(pk=pk, state__in=UNDECIDED).first()
    if order is None:
        return 0
    asked = Attempt.objects.live().filter(due__in=order.dues.values("reference")).exists()
    if asked and now < order.pay_by_at + WAIT_FOR_STRIPE:
        return 0  # it may have been paid in its last second: the page is looked at first
    _stop_asking(order)
    _release(order)
    order.move(OrderState.EXPIRED, by=None)
    return 1


def _stop_asking(order: Order) -> None:
    for due in order.dues.filter(state__in=[DueState.OWED, DueState.ASKED]).select_for_update():
        due.move(DueState.CANCELLED, by=None)
        payments.stop_asking(due=due.reference)


def _release(order: Order) -> None:
    for key in order.held_keys():
        release_hold(key=key)


def _undo(order: Order, *, reason: str) -> None:
    for payment in Payment.objects.filter(due__in=order.dues.values("reference")):
        if left := payment.refundable_minor():
            payments.refund(payment=payment, amount_minor=left, reason=reason, key=f"cancelled:{payment.pk}", by=None)
    packed = {line.pk for parcel in order.parcels.filter(cancelled_at=None) for line in parcel.lines()}
    made = set(WorkOrder.objects.filter(line__order=order, state__in=MADE).values_list("line", flat=True))
    for key in sorted(line.hold for line in order.lines.all() if line.hold and line.pk not in packed | made):
        return_stock(key=key)
    for work in WorkOrder.objects.filter(line__order=order, state__in=[WorkState.ASKED, WorkState.OPENED]):
        work.move(WorkState.CANCELLED, by=None, note=reason)
        put(
            "orders.cancel_ticket",
            key=f"orders.cancel_ticket:{work.pk}",
            payload={"work_order_id": work.pk, "reason": reason},
        )
    for parcel in order.parcels.filter(dispatched_at=None, cancelled_at=None):
        put(
            "orders.cancel_parcel",
            key=f"orders.cancel_parcel:{parcel.pk}",
            payload={"parcel_id": parcel.pk, "reason": reason},
        )
