"""Money arrived, or went back: what that does to the due and to its order. Once, whatever comes first."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.asked import asked, known
from foundation.joined import joined
from foundation.outbox.actions import put
from foundation.written import rewritten
from production import intake
from store.catalogue.actions import OutOfStock, take_all
from store.orders.actions.changing import note_change_paid, withdraw_change
from store.orders.actions.handing_over import is_here
from store.orders.actions.invoicing import credit_rest, invoice_due
from store.orders.actions.letters import write_letter
from store.orders.actions.standing import note_standing, write_standing
from store.orders.actions.working import start_work
from store.orders.flow import DueState, OrderState
from store.orders.models import Due, DueKind, Order, OrderLine
from store.orders.owing import kept_minor, payments_for
from store.payments import actions as payments
from store.payments.flow import RefundState
from store.payments.models import Payment


@joined
def note_payment(*, due: UUID, payment: UUID, now: datetime) -> Due:
    """A payment for this due was written. With it the order is confirmed, or its parcels are released; money that is
    too much, or too late to keep the promise, is sent back.
    """
    order, owed = _locked(due)
    came = payments_for(owed)
    paid = next(one for one in came if one.reference == payment)
    if owed.state in (DueState.PAID, DueState.REFUNDED):
        _send_back(paid, paid.refundable_minor(), _("This had been paid already."), order=order)
        return owed
    missing = owed.owed_minor - kept_minor(came)
    if owed.state == DueState.CANCELLED and not owed.owed_minor:
        _send_back(paid, paid.refundable_minor(), _("What this was for had been called off."), order=order)
        return owed
    if missing > 0:
        note_standing(order)
        return owed
    if order.state == OrderState.CANCELLED or (owed.is_first and not _take_stock(order)):
        _cannot_keep(order, owed, paid)
        return owed
    is_change = owed.kind == DueKind.CHANGE
    if is_change and (owed := _note_change(order, owed, paid, now=now)).state != DueState.PAID:
        return owed
    if missing < 0:
        _send_back(paid, -missing, _("This is more than was owed."), order=order)
    if not is_change:
        _mark_paid(owed, now=now)
        _follow(order, owed, now=now)
    return owed


def _locked(due: UUID) -> tuple[Order, Due]:
    """A due and its order, locked in that order's favour, with its lines."""
    order = _order_of(due)[0]
    owed = _dues(due)[0]
    owed.order = order
    known(order, "lines", _lines(order.pk))
    return order, owed


@asked
def _order_of(due: UUID) -> QuerySet[Order]:
    orders = Order.objects.filter(dues__reference=due).select_related("seller", "brand", "delivery")
    return orders.select_for_update(of=("self",))


@asked
def _dues(reference: UUID) -> QuerySet[Due]:
    return Due.objects.filter(reference=reference).select_for_update()


@asked
def _lines(order_id: int) -> QuerySet[OrderLine]:
    return OrderLine.objects.filter(order_id=order_id)


def _note_change(order: Order, owed: Due, paid: Payment, *, now: datetime) -> Due:
    """The money of a change is here: it is made, or goes back where the change was taken back or comes too late."""
    if owed.state == DueState.CANCELLED:
        _send_back(paid, paid.refundable_minor(), _("This change had been taken back."), order=order)
        return owed
    return owed if _is_changed(order, owed, now=now) else _give_up_change(order, owed)


def _is_changed(order: Order, owed: Due, *, now: datetime) -> bool:
    """The change that was paid for is made; False where the workshop has gone on meanwhile: then nothing was done."""
    try:
        with transaction.atomic():
            _mark_paid(owed, now=now)
            note_change_paid(order=order, owed=owed, now=now)
    except intake.CannotChange:
        return False
    return True


def _give_up_change(order: Order, owed: Due) -> Due:
    """The piece stays as it was, and all that came for the change goes back."""
    withdraw_change(change=owed.change, by=None, note="the workshop had gone on")
    for paid in Payment.objects.filter(due=owed.reference).order_by("pk"):
        reason = _("The workshop had gone on meanwhile: the piece stays as it was.")
        _send_back(paid, paid.refundable_minor(), reason, order=order)
    return order.dues.get(pk=owed.pk)


@transaction.atomic
def note_refund(*, due: UUID, refund: UUID, now: datetime) -> Due:
    """Money went back. Once nothing of what was paid is left, the due is refunded and its invoice taken back."""
    order, owed = _locked(due)
    if owed.state == DueState.PAID and _kept(owed) == 0:
        owed.move(DueState.REFUNDED, by=None)
        with override(order.language):
            credit_rest(owed, on=now.date())
    note_standing(order)
    write_letter(order, "refunded", key=f"refund:{refund}", due=owed, refund=refund)
    return owed


def _follow(order: Order, owed: Due, *, now: datetime) -> None:
    """What a paid due opens: the order's work, or its parcels. What is on account left before: nothing waits for it."""
    if owed.kind == DueKind.SHIPMENT:
        write_letter(order, "paid", key=f"shipment:{owed.pk}", due=owed)
        note_standing(order)
        return
    invoice_due(owed, on=now.date())
    if owed.is_first:
        order.move(OrderState.CONFIRMED, by=None)
        start_work(order)
        write_letter(order, "received", due=owed)
    else:
        put("orders.release_parcels", key=f"orders.release_parcels:{owed.pk}", payload={"order_id": order.pk})
        write_letter(order, "paid", due=owed)
    write_standing(order)
    if owed.is_first and order.channel != "counter" and order.delivery.collected_at_id and is_here(order):
        write_letter(order, "to_collect")


def _mark_paid(owed: Due, *, now: datetime) -> None:
    owed.move(DueState.PAID, by=None)
    owed.paid_at = now
    rewritten(owed, "paid_at")
    payments.stop_asking(due=owed.reference)


def _take_stock(order: Order) -> bool:
    """Take everything that the order holds, or nothing. Where a hold has run out, it is taken afresh if it is there.

    What another order of the same basket took is that order's.
    """
    if order.basket and any(other.pk != order.pk for other in _kept_of_basket(order.basket)):
        return False
    try:
        take_all(keys=order.held_keys())
    except OutOfStock:
        return False
    return True


@asked
def _kept_of_basket(basket: UUID) -> QuerySet[Order]:
    kept = [OrderState.AWAITING_PAYMENT, OrderState.CONFIRMED, OrderState.COMPLETED]
    return Order.objects.filter(basket=basket, state__in=kept).only("pk")


def _cannot_keep(order: Order, owed: Due, paid: Payment) -> None:
    """The money came too late: what was held is gone, or the order is off. All of it goes back, and we say so."""
    _send_back(paid, paid.refundable_minor(), _("The payment came after your order had run out."), order=order)
    if order.state == OrderState.AWAITING_PAYMENT:
        for other in order.dues.filter(state__in=[DueState.OWED, DueState.ASKED]):
            other.move(DueState.CANCELLED, by=None)
        order.move(OrderState.CANCELLED, by=None, note="paid too late: the stock was gone")
    write_letter(order, "too_late", key=f"too_late:{paid.pk}", due=owed)


def _send_back(paid: Payment, amount_minor: int, reason: str, *, order: Order) -> None:
    if amount_minor > 0:
        with override(order.language):
            payments.refund(payment=paid, amount_minor=amount_minor, reason=str(reason), key=f"back:{paid.pk}", by=None)


def _kept(owed: Due) -> int:
    """What came for this due and is still here."""
    payments_of = Payment.objects.filter(due=owed.reference).prefetch_related("refunds")
    gone = sum(r.amount_minor for p in payments_of for r in p.refunds.all() if r.state == RefundState.DONE)
    return sum(payment.amount_minor for payment in payments_of) - gone
