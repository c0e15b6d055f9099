"""A company's account: invoices, credit notes, payments and refunds in order, with what was owed after each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from store.buyers.models import TradeCompany
from store.orders.flow import DueState, OrderState
from store.orders.models import Due, Order
from store.orders.owing import received_by_due
from store.payments.flow import RefundState
from store.payments.models import Invoice, InvoiceKind, Payment, Refund

AGES = (0, 30, 60)
"""Days past due at which a statement's ages begin: up to 30, up to 60, more."""


@dataclass(frozen=True)
class Entry:
    """One line: what it adds to what is owed (a payment takes away), and what is owed after it. Minor units."""

    on: date
    words: str
    order: str
    amount_minor: int
    balance_minor: int
    invoice: UUID | None = None


@dataclass(frozen=True)
class OpenInvoice:
    """An invoice that is not paid in full."""

    invoice: Invoice
    due: Due
    order_number: str
    left_minor: int
    days_late: int


@dataclass(frozen=True)
class Statement:
    """The account on a day. `ages` are what is not due yet, and late by up to 30, up to 60 and more days."""

    on: date
    currency: str
    entries: tuple[Entry, ...]
    owed_minor: int
    unpaid: tuple[OpenInvoice, ...]
    ages: tuple[int, int, int, int]


def statement_of(company: TradeCompany, *, on: date) -> Statement:
    """The company's account up to and with this day."""
    dues = dues_of(company)
    entries = tuple(_running(sorted(_entries(dues, on=on), key=lambda one: (one[2].on, one[1], one[0]))))
    unpaid = tuple(open_invoices(company, on=on))
    return Statement(
        on=on, currency=company.seller.currency, entries=entries,
        owed_minor=entries[-1].balance_minor if entries else 0, unpaid=unpaid, ages=_ages(unpaid),
    )  # fmt: skip


def dues_of(company: TradeCompany) -> QuerySet[Due]:
    """Everything that was owed on the company's account, whatever became of it."""
    return Due.objects.filter(order__in=Order.objects.of_company(company)).select_related("order", "parcel")


def open_invoices(company: TradeCompany, *, on: date) -> Iterable[OpenInvoice]:
    """Its invoices that are not paid in full, the oldest first."""
    asked = {due.reference: due for due in dues_of(company).filter(state=DueState.ASKED).order_by("due_on", "pk")}
    came = received_by_due(list(asked))
    rows = {row.due: row for row in Invoice.objects.filter(due__in=list(asked), kind=InvoiceKind.INVOICE)}
    for reference, due in asked.items():
        if reference in rows and (left := due.owed_minor - came.get(reference, 0)) > 0:
            late = max((on - due.due_on).days, 0) if due.due_on else 0
            yield OpenInvoice(rows[reference], due, due.order.number, left, late)


def working_orders(company: TradeCompany) -> QuerySet[Order]:
    """What is on its way: waiting for review, in the making, or partly sent."""
    states = [OrderState.REVIEW, OrderState.CONFIRMED]
    return Order.objects.of_company(company).filter(state__in=states).prefetch_related("lines").order_by("-pk")


def _entries(dues: QuerySet[Due], *, on: date) -> Iterable[tuple[datetime, int, Entry]]:
    references = [due.reference for due in dues]
    orders = {due.reference: due.order.number for due in dues}
    for row in Invoice.objects.filter(due__in=references, issued_on__lte=on):
        sign = 1 if row.kind == InvoiceKind.INVOICE else -1
        words = f"{row.get_kind_display()} {row.number}"
        yield row.made_at, 0, Entry(row.issued_on, words, orders[row.due], sign * row.gross_minor, 0, row.reference)
    for payment in Payment.objects.filter(due__in=references, received_at__date__lte=on):
        words = _("Payment, %(method)s") % {"method": payment.get_method_display()} + (
            f": {payment.note}" if payment.note else ""
        )
        yield (
            payment.received_at,
            1,
            Entry(payment.received_at.date(), words, orders[payment.due], -payment.amount_minor, 0),
        )
    for back in (
        Refund.objects.filter(payment__due__in=references).exclude(state=RefundState.FAILED).select_related("payment")
    ):
        if back.asked_at.date() <= on:
            words = _("Sent back: %(reason)s") % {"reason": back.reason}
            yield back.asked_at, 2, Entry(back.asked_at.date(), words, orders[back.payment.due], back.amount_minor, 0)


def _running(rows: Iterable[tuple[datetime, int, Entry]]) -> Iterable[Entry]:
    balance = 0
    for _at, _kind, entry in rows:
        balance += entry.amount_minor
        yield Entry(entry.on, entry.words, entry.order, entry.amount_minor, balance, entry.invoice)


def _ages(unpaid: Iterable[OpenInvoice]) -> tuple[int, int, int, int]:
    sums = [0, 0, 0, 0]
    for one in unpaid:
        at = 0 if not one.days_late else 1 if one.days_late <= AGES[1] else 2 if one.days_late <= AGES[2] else 3
        sums[at] += one.left_minor
    return sums[0], sums[1], sums[2], sums[3]
