"""What the nightly look at the books asks of orders. Each answer is a list of sentences; an empty one is good."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import BigIntegerField, Case, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce

from store.orders import wording
from store.orders.flow import DueState, OrderState, WorkState
from store.orders.models import CreditPart, Due, DueKind, Order, WorkOrder
from store.payments.models import Finding, Invoice, InvoiceKind, MoneyEntry, Payment, Refund

PATIENCE = timedelta(minutes=10)
"""How long work that is owed may be under way before it is a finding."""


def paid_lines_without_a_ticket(*, now: datetime) -> list[str]:
    """Made-to-order lines whose deposit is paid and for which no ticket is open."""
    waiting = WorkOrder.objects.filter(state=WorkState.ASKED, line__order__dues__paid_at__lt=now - PATIENCE)
    found = [f"{work.number} is paid for and has no ticket." for work in waiting.distinct()]
    orders = Order.objects.filter(state=OrderState.CONFIRMED, lines__purpose="custom", lines__work_orders=None)
    return found + [
        f"Order {order.number} is confirmed and a line of it was never sent to the workshop."
        for order in orders.distinct()
    ]


def made_pieces_without_a_parcel(*, now: datetime) -> list[str]:
    """Pieces that passed their last inspection and for which nobody was asked to pack."""
    waiting = WorkOrder.objects.filter(
        state=WorkState.MADE, parcel=None, line__order__company=None, line__order__state=OrderState.CONFIRMED
    )
    old = [work for work in waiting if not work.steps.filter(new=WorkState.MADE, at__gt=now - PATIENCE).exists()]
    return [f"{work.number} is made and no parcel was asked for." for work in old]


def orders_that_do_not_add_up() -> list[str]:
    """Orders whose dues are not their total. A change comes on top once it is paid."""
    retail = Order.objects.filter(company=None)
    counts = ~Q(dues__kind=DueKind.CHANGE) | Q(dues__state__in=[DueState.PAID, DueState.REFUNDED])
    sums = retail.annotate(owed=Sum("dues__amount_minor", filter=counts)).exclude(owed=F("gross_minor"))
    found = [
        f"Order {order.number}: dues come to {_written(order, order.owed or 0)}, the order to {_written(order, order.gross_minor)}."
        for order in sums
    ]
    return found + _shipments_that_do_not_add_up()


def _shipments_that_do_not_add_up() -> list[str]:
    """Orders on account that were invoiced more than they come to, or, arrived in full, not all of it."""
    never = CreditPart.objects.filter(credit__order=OuterRef("pk"), due=None).values("credit__order")
    never_asked = Subquery(never.annotate(s=Sum("gross_minor")).values("s"))
    rows = Order.objects.exclude(company=None).annotate(
        owed=Coalesce(Sum("dues__amount_minor"), 0, output_field=BigIntegerField())
        + Coalesce(never_asked, 0, output_field=BigIntegerField())
    )
    wrong = rows.filter(Q(owed__gt=F("gross_minor")) | Q(state=OrderState.COMPLETED, owed__lt=F("gross_minor")))
    return [
        f"Order {order.number}: shipments come to {_written(order, order.owed)}, the order to {_written(order, order.gross_minor)}."
        for order in wrong
    ]


def payments_that_do_not_fit(*, now: datetime) -> list[str]:
    """Dues called paid without the money, and money that nothing has taken note of."""
    came: dict[UUID, int] = dict(Payment.objects.values("due").annotate(s=Sum("amount_minor")).values_list("due", "s"))
    back = dict(
        Refund.objects.exclude(state="failed").values("payment__due").annotate(s=Sum("amount_minor"))
        .values_list("payment__due", "s")
    )  # fmt: skip
    found = []
    for due in Due.objects.select_related("order").filter(reference__in=list(came)) | Due.objects.filter(
        state=DueState.PAID
    ):
        kept = came.get(due.reference, 0) - back.get(due.reference, 0)
        money, owed = _written(due.order, kept), _written(due.order, due.owed_minor)
        if due.state == DueState.PAID and kept != due.owed_minor:
            found.append(f"Order {due.order.number}: its {due.kind} is paid with {money}, owed was {owed}.")
        if due.is_open and kept >= due.owed_minor and due.order.placed_at < now - PATIENCE:
            found.append(f"Order {due.order.number}: {money} came for its {due.kind} and nobody took note.")
    known = Due.objects.values("reference")
    lost = Payment.objects.exclude(due__in=known)
    return found + [f"Payment {payment.reference} belongs to no order." for payment in lost]


def credits_that_do_not_agree() -> list[str]:
    """What was taken back of each due is kept beside it, part by part; its papers come to what is left of it."""
    parts = dict(CreditPart.objects.exclude(due=None).values_list("due").annotate(s=Sum("gross_minor")))
    sign = Case(
        When(kind=InvoiceKind.CREDIT_NOTE, then=ExpressionWrapper(0 - F("gross_minor"), BigIntegerField())),
        default=F("gross_minor"),
        output_field=BigIntegerField(),
    )
    papers = dict(Invoice.objects.values_list("due").annotate(s=Sum(sign)))
    found = []
    for due in Due.objects.select_related("order"):
        where, taken = f"Order {due.order.number}: its {due.kind}", parts.get(due.pk, 0)
        if due.credited_minor != taken:
            said, parted = _written(due.order, due.credited_minor), _written(due.order, taken)
            found.append(f"{where} has {said} taken back, in parts {parted}.")
        left = 0 if due.state == DueState.REFUNDED else due.owed_minor
        if papers.get(due.reference, left) != left:
            said, papered = _written(due.order, left), _written(due.order, papers[due.reference])
            found.append(f"{where} comes to {said}, its invoice and credit notes to {papered}.")
    return found


def books_that_do_not_agree() -> list[str]:
    """The ledger against the payments and refunds it was written from."""
    came = Payment.objects.aggregate(s=Sum("amount_minor"))["s"] or 0
    booked = MoneyEntry.objects.filter(payment__isnull=False).aggregate(s=Sum("amount_minor"))["s"] or 0
    back = Refund.objects.filter(state="done").aggregate(s=Sum("amount_minor"))["s"] or 0
    booked_back = MoneyEntry.objects.filter(refund__isnull=False).aggregate(s=Sum("amount_minor"))["s"] or 0
    found = [f"Payments come to {came}, the ledger has {booked}."] if came != booked else []
    return found + ([f"Refunds come to {back}, the ledger has {booked_back}."] if back != booked_back else [])


def money_that_does_not_fit() -> list[str]:
    """What Stripe told us that does not fit what we asked."""
    return [finding.text for finding in Finding.objects.order_by("-pk")[:200]]


def _written(order: Order, minor: int) -> str:
    return wording.money(minor, order.currency)
