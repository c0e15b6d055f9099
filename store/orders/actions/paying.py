"""Asking for what is owed: by card on the hosted page, or recorded by staff."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.people.models import User
from store.catalogue.actions import OutOfStock, extend_holds, hold_stock
from store.catalogue.models import Hold
from store.orders import wording
from store.orders.actions.cash import must_be_takeable
from store.orders.actions.letters import write_letter
from store.orders.actions.placing import HOLD_OUTLASTS, placed_before, write_order
from store.orders.drafts import OrderDraft
from store.orders.flow import OrderState
from store.orders.models import Due, DueKind, Order
from store.orders.owing import left_minor
from store.orders.signals import transfer_awaited
from store.payments import actions as payments
from store.payments.actions.attempts import LASTS, OPENS_WITHIN
from store.payments.models import Attempt, Method, Payment

BALANCE_LASTS = timedelta(hours=23)
"""Stripe's pages live a day at most. Nothing is held for a balance, so it may take its time."""


TRANSFER_TAKES = timedelta(days=5)
"""How long an order waits for a transfer whose slip was sent: a weekend between two banks, and a day for the office to look."""
PAYABLE = (OrderState.AWAITING_PAYMENT, OrderState.CONFIRMED, OrderState.COMPLETED)
"""States in which money may come: what is on account is paid after it has arrived."""


class CannotPay(Exception):
    """Why this cannot be paid now, in a sentence."""


@transaction.atomic
def ask_for_payment(*, order: Order, due: Due, now: datetime) -> Attempt:
    """The hosted page for this due, asked for and not opened yet. What it pays for is kept longer than the page lives.

    Refuses with CannotPay what is paid or no longer owed, or cannot be had any more. Calls nobody outside.
    """
    order = Order.objects.select_related("seller", "brand").select_for_update(of=("self",)).get(pk=order.pk)
    due = order.dues.select_related("order__brand").get(pk=due.pk)
    if not due.is_open or (due.kind == DueKind.SHIPMENT and not left_minor(due)):
        raise CannotPay(_("This is paid, or no longer owed."))
    lasts = BALANCE_LASTS
    if due.is_first:
        lasts = LASTS
        _keep(order, until=now + LASTS + OPENS_WITHIN + HOLD_OUTLASTS)
        order.pay_by_at = max(order.pay_by_at, now + LASTS + OPENS_WITHIN)
        order.save(update_fields=["pay_by_at"])
    amount_minor = left_minor(due) or due.owed_minor
    return payments.ask(_ask(order, due, amount_minor=amount_minor, lasts=lasts), now=now)


@transaction.atomic(savepoint=False)
def place_and_ask(*, draft: OrderDraft, now: datetime, by: User | None) -> tuple[Order, Attempt]:
    """Place an order and ask for its first payment, once per `draft.reference`.

    Nobody can have paid or asked before for an order that is written here: nothing is looked up that was just written.
    Refuses as `place_order` and `ask_for_payment` do, and then everything up to the caller's own savepoint is undone.
    """
    if found := placed_before(draft):
        return found, ask_for_payment(order=found, due=found.dues.earliest("pk"), now=now)
    order = write_order(draft, now=now)
    due = order.dues.all()[0]
    return order, payments.ask_anew(_ask(order, due, amount_minor=due.amount_minor, lasts=LASTS), now=now)


def _ask(order: Order, due: Due, *, amount_minor: int, lasts: timedelta) -> payments.Ask:
    with override(order.language):
        back = settings.SITE_URL + reverse("checkout:back", args=[UUID(int=0)])
        away = settings.SITE_URL + reverse("checkout:away", args=[UUID(int=0)])
        what = wording.due_in_words(due)
    return payments.Ask(
        due=due.reference, seller=order.seller, amount_minor=amount_minor, currency=order.currency, what=what,
        email=order.email, language=order.language, lasts=lasts,
        success_url=back.replace(str(UUID(int=0)), "{attempt}") + "?session={CHECKOUT_SESSION_ID}",
        cancel_url=away.replace(str(UUID(int=0)), "{attempt}"),
    )  # fmt: skip


@transaction.atomic
def wait_for_transfer(*, order: Order, now: datetime) -> None:
    """Keep an unpaid order and all that it holds while its money is between two banks; it can be longer kept already.

    Refuses with CannotPay what cannot be had any more.
    """
    until = now + TRANSFER_TAKES
    if order.state != OrderState.AWAITING_PAYMENT or order.pay_by_at >= until:
        return
    _keep(order, until=until + HOLD_OUTLASTS)
    order.pay_by_at = until
    order.save(update_fields=["pay_by_at"])
    transfer_awaited.send(Order, order=order.reference, basket=order.basket, placed_at=order.placed_at)


@transaction.atomic
def record_for_order(
    *, order: Order, due: Due, method: str, amount_minor: int, note: str, at: datetime, by: User
) -> Payment:
    """Record money that came otherwise than by card. Refuses with CannotPay or the payments' WrongAmount, and with
    TooMuchCash what is over the limit on cash.
    """
    due = order.dues.select_for_update().get(pk=due.pk)
    if not due.is_open or order.state not in PAYABLE:
        raise CannotPay(_("This is paid, or no longer owed."))
    if method == Method.CASH:
        must_be_takeable(order=order, amount_minor=amount_minor, at=at)
    return payments.record_payment(
        due=due.reference, seller=order.seller, method=method, amount_minor=amount_minor, currency=order.currency,
        note=note, at=at, by=by,
    )  # fmt: skip


@transaction.atomic
def send_link(*, order: Order, key: str) -> None:
    """Write to the buyer with the link to their order, once per `key`."""
    write_letter(order, "link", key=key)


def _keep(order: Order, *, until: datetime) -> None:
    """Hold everything until then, afresh where a hold has run out."""
    for key in sorted(extend_holds(keys=order.held_keys(), until=until)):
        last = Hold.objects.of_key(key).select_related("stock__variant__piece", "stock__stone__piece").last()
        item = (last.stock.variant or last.stock.stone) if last else None
        if last is None or item is None or order.state != OrderState.AWAITING_PAYMENT:
            raise CannotPay(_("This order was not paid in time. Your basket still has everything: order again."))
        try:
            hold_stock(item=item, quantity=last.quantity, key=key, until=until)
        except OutOfStock as error:
            raise CannotPay(str(error)) from error
