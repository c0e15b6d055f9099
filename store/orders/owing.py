"""What is owed: on one due, and by a company in all. Read from the rows, never kept beside them."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from foundation.asked import asked
from store.buyers.models import TradeCompany
from store.orders.flow import OrderState
from store.orders.models import CreditPart, Due, Order
from store.payments.flow import RefundState
from store.payments.models import Invoice, InvoiceKind, Payment, Refund

RUNNING = (OrderState.CONFIRMED, OrderState.COMPLETED)
"""States in which an order counts against its company's limit: accepted, and not called off."""


def received_minor(due: Due) -> int:
    """What came for this due and was not sent back or promised back."""
    return kept_minor(payments_for(due))


def payments_for(due: Due) -> list[Any]:
    """What came for this due, each with `back_minor`: what of it was sent back or promised back."""
    return _came(due.reference)


def kept_minor(came: Iterable[Any]) -> int:
    """What of these payments is still here."""
    return sum(payment.amount_minor - payment.back_minor for payment in came)


@asked
def _came(due: UUID) -> QuerySet[Any]:
    back = Sum("refunds__amount_minor", filter=~Q(refunds__state=RefundState.FAILED), default=0)
    return Payment.objects.filter(due=due).annotate(back_minor=back)


def received_by_due(references: Collection[UUID]) -> dict[UUID, int]:
    """The same for many dues in two queries; a due for which nothing came is left out."""
    came = Payment.objects.filter(due__in=references).values_list("due").annotate(s=Sum("amount_minor"))
    back = Refund.objects.filter(~Q(state=RefundState.FAILED), payment__due__in=references)
    gone = dict(back.values_list("payment__due").annotate(s=Sum("amount_minor")))
    return {due: minor - gone.get(due, 0) for due, minor in came}


def left_minor(due: Due) -> int:
    """What is still to come for this due; never less than nothing."""
    return max(due.owed_minor - received_minor(due), 0)


def exposure_minor(company: TradeCompany) -> int:
    """What a company's accepted orders come to, less what it paid and what was credited to it.

    Orders that have not left yet and invoices that are not paid yet are both in it, each once.
    """
    orders = Order.objects.of_company(company).filter(state__in=RUNNING)
    dues = Due.objects.filter(order__in=orders).values("reference")
    ordered = orders.aggregate(s=Sum("gross_minor"))["s"] or 0
    never_asked = _sum(CreditPart.objects.filter(credit__order__in=orders, due=None), "gross_minor")
    credited = _sum(Invoice.objects.filter(due__in=dues, kind=InvoiceKind.CREDIT_NOTE), "gross_minor")
    came = _sum(Payment.objects.filter(due__in=dues), "amount_minor")
    back = _sum(Refund.objects.filter(~Q(state=RefundState.FAILED), payment__due__in=dues), "amount_minor")
    return ordered - never_asked - credited - (came - back)


def _sum(rows: QuerySet[Any], field: str) -> int:
    return rows.aggregate(s=Sum(field))["s"] or 0
