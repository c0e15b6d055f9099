"""Orders on account: a company of the trade orders within its limit, and pays an invoice for each shipment."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.people.models import User
from store.buyers.models import TradeCompany
from store.catalogue.actions import OutOfStock, take_all
from store.orders.actions.letters import write_letter
from store.orders.actions.placing import CannotOrder, place_order
from store.orders.actions.standing import note_standing
from store.orders.actions.working import start_work
from store.orders.drafts import OrderDraft
from store.orders.flow import OrderState
from store.orders.models import Order
from store.orders.owing import exposure_minor


class AlreadyOrdered(CannotOrder):
    """An order of this company bears this purchase-order number already."""


@transaction.atomic
def place_on_account(*, draft: OrderDraft, now: datetime, by: User | None) -> Order:
    """Place a company's order, once per `draft.reference`. Within its credit limit it is confirmed at once: stock is
    taken and the work begins. Over it the order waits for review, its stock held.

    Two tabs are counted one after the other: the company's row is locked while its exposure is read.
    Refuses, with CannotOrder, an account that is not open; with AlreadyOrdered, a purchase-order number twice.
    """
    company = lock_company(draft.company_id or 0)
    if found := Order.objects.filter(placed_as=draft.reference).first():
        return found
    _check(company, draft)
    order = place_order(draft=draft, now=now, by=by)
    if exposure_minor(company) + order.gross_minor > company.credit_limit_minor:
        order.move(OrderState.REVIEW, by=None, note="over the credit limit")
        write_letter(order, "trade_review")
        return order
    _confirm(order, by=None)
    return order


def lock_company(pk: int) -> TradeCompany:
    """The company, so that its orders are counted one after the other."""
    return TradeCompany.objects.select_for_update().get(pk=pk)


@transaction.atomic
def accept_over_limit(*, order: Order, by: User) -> Order:
    """Accept an order that waited for review, though it is over the limit.

    Refuses with WrongTurn one that does not wait, with CannotOrder one whose stock is gone meanwhile.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    _confirm(order, by=by)
    return order


def _confirm(order: Order, *, by: User | None) -> None:
    order.move(OrderState.CONFIRMED, by=by)
    try:
        take_all(keys=order.held_keys())
    except OutOfStock as refusal:
        raise CannotOrder(str(refusal)) from refusal
    start_work(order)
    note_standing(order)
    write_letter(order, "trade_received")


def _check(company: TradeCompany, draft: OrderDraft) -> None:
    if not company.is_open:
        raise CannotOrder(_("Your trade account is not open. Write to us, and we look at it together."))
    same = Order.objects.of_company(company).filter(po_number=draft.po_number)
    twice = same.exclude(state__in=[OrderState.CANCELLED, OrderState.EXPIRED]).first() if draft.po_number else None
    if twice is not None:
        raise AlreadyOrdered(
            _("Your order number %(po)s is on order %(number)s already. Give this one its own number.")
            % {"po": draft.po_number, "number": twice.number}
        )
