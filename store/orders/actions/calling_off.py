"""An order that is not to be: not paid in time, replaced by another of the same basket, or called off, whole or by line."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.asked import asked
from foundation.joined import joined
from foundation.people.models import User
from production import intake
from production.intake import Far
from store.catalogue.actions import release_hold, return_stock
from store.orders import wording
from store.orders.actions.changing import withdraw_change
from store.orders.actions.crediting import take_back
from store.orders.actions.leaving import leave_made
from store.orders.actions.letters import write_letter
from store.orders.actions.parcels import HasLeft, cancel_parcel, complete_if_arrived
from store.orders.actions.releasing import ask_for_balance_if_packed
from store.orders.actions.standing import note_standing
from store.orders.flow import ChangeState, DueState, OrderState, WorkState
from store.orders.models import Cause, Credit, Order, OrderLine, ParcelNote
from store.orders.stopping import CannotCallOff, LineOff, StopOffer, goes_on, look
from store.payments import actions as payments
from store.payments.models import Attempt

UNDECIDED = (OrderState.AWAITING_PAYMENT, OrderState.REVIEW)
"""States that time ends: nobody paid, or nobody decided."""

WAIT_FOR_STRIPE = timedelta(hours=2)
"""How long an unpaid order is kept open while Stripe cannot be asked whether its page was paid after all."""


@joined
def give_way(*, basket: UUID) -> None:
    """This basket is changed, or ordered again: an order of it that was not paid gives way. What it holds, the basket holds on."""
    for order in _unpaid_of(basket):
        _stop_asking(order)
        order.move(OrderState.CANCELLED, by=None, note="its basket was changed, or ordered again")


@asked
def _unpaid_of(basket: UUID) -> QuerySet[Order]:
    return Order.objects.filter(basket=basket, state=OrderState.AWAITING_PAYMENT).select_for_update()


@transaction.atomic
def cancel_order(
    *,
    order: Order,
    by: User | None,
    reason: str,
    lines: Collection[OrderLine] | None = None,
    agreed: str = "",
    waive: bool = False,
    now: datetime | None = None,
) -> Order:
    """Call an order off, or some of its lines. What was paid goes back but for what the rule keeps, what was taken returns
    to the tray, metal and stones to their accounts, the workshop and the packers stop; a piece that is made is left to be
    decided on. With `waive` the house keeps nothing.

    Refuses, with WrongTurn, somebody who may not; with CannotCallOff what has left, and what is not as it was `agreed`.
    """
    order, now = Order.objects.select_for_update().get(pk=order.pk), now or timezone.now()
    offer = look(order, lines, waive=waive)
    if agreed and agreed != offer.agreed:
        raise CannotCallOff(_("It would be another sum now than you saw. Look again."))
    confirmed = order.state == OrderState.CONFIRMED
    if offer.is_whole:
        order.move(OrderState.CANCELLED, by=by, note=reason)
    if confirmed:
        _undo(order, offer, reason=reason, by=by, now=now)
    else:
        _stop_asking(order)
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


def _undo(order: Order, offer: StopOffer, *, reason: str, by: User | None, now: datetime) -> None:
    for off in offer.lines:
        _stop(off, reason=reason, now=now)
    _stop_packing(order, offer, reason=reason, now=now)
    for off in offer.lines:
        _lay_back(off)
    count = order.credits.count()
    with override(order.language):
        words = "\n".join(f"{off.line.piece_name}: {off.why}" for off in offer.lines if off.why)
    credit = take_back(
        order=order, shares=offer.shares, cause=Cause.CALLED_OFF, key=f"called_off:{order.pk}:{count}", reason=reason,
        words=words, kept_minor=offer.kept_minor, by=by, now=now,
    )  # fmt: skip
    if offer.is_whole:
        _stop_asking(order)
    else:
        _go_on_without(order, now=now)
    _tell(order, offer, credit)


def _stop(off: LineOff, *, reason: str, now: datetime) -> None:
    """The line is off: its changes, and the work on it. What is finished and fit for somebody else is ended all the same."""
    off.line.called_off_at = now
    off.line.save(update_fields=["called_off_at"])
    for change in off.line.changes.filter(state=ChangeState.WAITING):
        withdraw_change(change=change, by=None, note=reason)
    work = off.work
    if work is None:
        return
    made = work.state in (WorkState.MADE, WorkState.FINISHED)
    opened = work.state == WorkState.OPENED
    work.move(WorkState.CANCELLED, by=None, note=reason)
    if made:
        leave_made(work, now=now)
    elif opened and off.far != Far.MADE and not goes_on(off.line, off.far):
        try:
            intake.cancel_ticket(reference=work.reference, reason=reason)
        except intake.CannotStop as refusal:
            raise CannotCallOff(str(refusal)) from refusal


def _stop_packing(order: Order, offer: StopOffer, *, reason: str, now: datetime) -> None:
    """Parcels with something of it are called off; the carrier may be quicker, and then nothing is."""
    off = {one.line.pk for one in offer.lines}
    for parcel in order.parcels.filter(cancelled_at=None).order_by("pk"):
        if offer.is_whole or off & {line.pk for line in _contents(parcel)}:
            try:
                cancel_parcel(parcel=parcel, reason=reason, now=now)
            except HasLeft as refusal:
                raise CannotCallOff(str(refusal)) from refusal


def _contents(parcel: ParcelNote) -> list[OrderLine]:
    """What lies in it, what was called off among it."""
    if parcel.work_order is None and not parcel.shipment:
        return [line for line in parcel.order.lines.all() if not line.is_custom]
    return parcel.lines()


def _lay_back(off: LineOff) -> None:
    """What it took out of the tray lies there again; a stone in a piece that is made stays sold, in the piece."""
    kept = off.line.is_custom and (off.far == Far.MADE or goes_on(off.line, off.far))
    if off.line.hold and not kept:
        return_stock(key=off.line.hold)


def _go_on_without(order: Order, *, now: datetime) -> None:
    """The rest of the order: it may be packed in full now, paid in full, or have arrived."""
    ask_for_balance_if_packed(order, now=now)
    complete_if_arrived(note_standing(order))


def _tell(order: Order, offer: StopOffer, credit: Credit) -> None:
    with override(order.language):
        sums: dict[str, Any] = {
            "back": wording.money(offer.back_minor, order.currency) if offer.back_minor else "",
            "kept": wording.money(offer.kept_minor, order.currency) if offer.kept_minor else "",
            "pieces": ", ".join(off.line.piece_name for off in offer.lines), "whole": offer.is_whole, "words": credit.words,
        }  # fmt: skip
    write_letter(order, "called_off", key=str(credit.pk), why=credit.reason, **sums)
