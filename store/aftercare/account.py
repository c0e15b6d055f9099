"""The money of an order's page: what can be paid now, how, what it comes to, and its papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.asked import asked
from store.aftercare import words
from store.orders import wording
from store.orders.flow import DueState, OrderState
from store.orders.models import Due, Order, Slip
from store.payments.models import Invoice


@dataclass(frozen=True)
class ToPay:
    """A due that can be paid now."""

    pk: int
    words: str
    minor: int
    is_asked: bool


@dataclass(frozen=True)
class Transfer:
    """How it is paid by transfer, and the slips that were sent. `is_asked`: the money is asked for; `is_open`: shown at once."""

    rows: tuple[dict[str, Any], ...]
    slips: tuple[Slip, ...]
    is_asked: bool
    is_open: bool


def is_running(order: Order) -> bool:
    """Whether it is still on its way: neither over nor called off."""
    return order.state in (OrderState.AWAITING_PAYMENT, OrderState.CONFIRMED)


def to_pay(order: Order) -> Iterable[ToPay]:
    """What can be paid now: the first due while the order waits for it, the balance once that is paid."""
    paid = words.paid_already(order)
    for due in order.dues.all():
        if (
            due.is_open
            and due.pk not in paid
            and (order.state == OrderState.AWAITING_PAYMENT) == due.is_first
            and is_running(order)
        ):
            yield ToPay(due.pk, _due_words(due), due.owed_minor, is_asked=due.is_first or due.state == DueState.ASKED)


def transfer(order: Order) -> Transfer | None:
    """The account to pay to; None where nothing is to be paid or the seller takes no transfers."""
    seller, owed = order.seller, next(iter(to_pay(order)), None)
    if owed is None or not (seller.bank_details or seller.promptpay_id):
        return None
    rows: list[dict[str, Any]] = [
        *[{"label": _("Account"), "value": line} for line in seller.bank_details.splitlines() if line.strip()],
        *([{"label": _("PromptPay"), "value": seller.promptpay_id}] if seller.promptpay_id else []),
        {"label": _("Reference"), "value": order.number},
        {"label": _("Amount"), "value": wording.money(owed.minor, order.currency), "total": True},
    ]
    slips = tuple(order.slips.select_related("file"))
    is_open = owed.is_asked and (order.channel == "conversation" or bool(slips))
    return Transfer(tuple(rows), slips, is_asked=owed.is_asked, is_open=is_open)


def _due_words(due: Due) -> str:
    return str(due.get_kind_display())


def _stands(order: Order, due: Due) -> str:
    """Where this due stands: its state, or that its money is here and not noted yet. The first waits for nobody to ask."""
    if due.pk in words.paid_already(order):
        return _("paid, being noted")
    payable = due.is_first and due.state == DueState.OWED
    return str((DueState.ASKED if payable else DueState(due.state)).label)


def sums(order: Order) -> Iterable[dict[str, Any]]:
    """Every payment of it with its state, what was taken back, and what it comes to."""
    back = sum(due.credited_minor for due in order.dues.all())
    if not back:
        yield {"label": _("of which VAT"), "value": wording.money(order.tax_minor, order.currency)}
    for due in order.dues.all():
        yield {
            "label": f"{_due_words(due)} ({_stands(order, due)})", "value": wording.money(due.owed_minor if due.is_open else due.amount_minor, order.currency)
        }  # fmt: skip
    if back:  # what is left of the VAT stands on the credit note
        yield {"label": _("Ordered"), "value": wording.money(order.gross_minor, order.currency)}
        yield {"label": _("Taken back"), "value": f"−{wording.money(back, order.currency)}"}
    yield {"label": _("Total"), "value": wording.money(order.gross_minor - back, order.currency), "total": True}


def invoices(order: Order, token: str) -> Iterable[dict[str, Any]]:
    """Its invoices and credit notes, and where each opens."""
    for invoice in _papers([due.reference for due in order.dues.all()]):
        href = reverse("aftercare:invoice", args=[token, invoice.reference])
        yield {"label": f"{invoice.get_kind_display()} {invoice.number}", "href": href}


@asked
def _papers(dues: list[UUID]) -> QuerySet[Invoice]:
    return Invoice.objects.filter(due__among=dues).order_by("pk")
