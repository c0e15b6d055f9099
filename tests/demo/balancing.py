"""The books of a house after each step: everything that does not balance, in sentences."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Q, Sum

from config.reconcile import QUESTIONS
from foundation.outbox.models import Work
from production.metal.models import HOLDING, Account, Leg
from production.stones.models import Allotment, Stone
from store.catalogue.models import Hold, Stock, StockMovement, StoneChoice
from store.orders.flow import DueState, OrderState
from store.orders.models import Due, DueKind, Order
from store.payments.models import Invoice, InvoiceKind, MoneyEntry, Payment


def uneven(now):
    """All of it: the nightly questions, work that could not be done, metal, stock, stones, money."""
    late = now + timedelta(hours=3)
    for name, ask in QUESTIONS.items():
        if name != "stripe":
            yield from (f"{name}: {text}" for text in ask(late))
    yield from (f"{work.key}: {work.last_error[-200:]}" for work in Work.objects.exclude(last_error=""))
    for part in (uneven_metal, uneven_stock, uneven_stones, uneven_money, uneven_invoices):
        yield from part()


def uneven_metal():
    for metal, total in Leg.objects.values_list("account__metal").annotate(s=Sum("fine_dug")):
        if total:
            yield f"{metal} sums to {total}"
    yield from (f"{one} holds less than nothing" for one in Account.objects.filter(kind__in=HOLDING, fine_dug__lt=0))


def uneven_stock():
    """What lies there is what came less what was sold; what is held is what baskets and unpaid orders hold."""
    moved = dict(StockMovement.objects.values_list("stock").annotate(s=Sum("quantity")))
    held = dict(Hold.objects.live().values_list("stock").annotate(s=Sum("quantity")))
    for row in Stock.objects.all():
        if row.on_hand != moved.get(row.pk, 0) or row.held != held.get(row.pk, 0) or not 0 <= row.held <= row.on_hand:
            yield f"stock {row.pk}: {row.on_hand} there, {moved.get(row.pk, 0)} by its movements, {row.held} held"
    lost = StockMovement.objects.exclude(transfer=None).values_list("transfer").annotate(s=Sum("quantity"))
    yield from (f"{transfer} moved {many} out of nowhere" for transfer, many in lost if many)


def uneven_stones():
    """No stone is in two bags; and none is both sold and free: in the shop's tray, and in a bag or a live order."""
    live = Allotment.objects.exclude(state="returned").filter(stone__isnull=False)
    bags = list(live.values_list("stone", flat=True))
    if len(bags) != len(set(bags)):
        yield f"a stone is in two bags: {bags}"
    choices = StoneChoice.objects.exclude(report_number="")
    lying = dict(Stock.objects.filter(stone__in=choices).values_list("stone").annotate(s=Sum("on_hand")))
    taken = dict(
        Hold.objects.filter(stock__stone__in=choices, state="taken")
        .values_list("stock__stone")
        .annotate(s=Sum("quantity"))
    )
    known = dict(Stone.objects.exclude(certificate="").values_list("certificate", "pk"))
    for pk, report in choices.values_list("pk", "report_number"):
        lies, sold, used = lying.get(pk, 0), taken.get(pk, 0), known.get(report) in bags
        if lies + sold != 1 or (lies and used):
            yield f"{report}: {lies} in the tray, {sold} sold, {'in a bag' if used else 'in no bag'}"


def uneven_money():
    """Nothing stays paid that was not received, a completed order is paid, no till or bank is short of what it gave."""
    kept = {}
    for payment in Payment.objects.all():
        left = payment.refundable_minor()
        kept[payment.due] = kept.get(payment.due, 0) + left
        if not 0 <= left <= payment.amount_minor:
            yield f"payment {payment.pk}: more went back than came"
    paid = Due.objects.filter(state=DueState.PAID).exclude(order__state=OrderState.CANCELLED).select_related("order")
    for due in paid:
        if kept.get(due.reference, 0) != due.owed_minor:
            yield f"due {due.pk} of {due.order.number}: paid, and {kept.get(due.reference, 0)} of {due.owed_minor} is here"
    yield from _completed_and_unpaid()
    if (entries := MoneyEntry.objects.aggregate(s=Sum("amount_minor"))["s"] or 0) < 0:
        yield f"money entries come to {entries}"


def _completed_and_unpaid():
    """What is on account is owed by its terms after it arrived; everything else is paid before."""
    open_ = Q(dues__state__in=[DueState.OWED, DueState.ASKED])
    found = Order.objects.filter(open_, state=OrderState.COMPLETED, company=None).distinct()
    yield from (f"order {order.number} is completed and not paid" for order in found)


def uneven_invoices():
    """Numbers have no gap; a shipment that left has its invoice, and it comes to what is owed for it."""
    papers = {}
    for paper in Invoice.objects.all():
        sign = -1 if paper.kind == InvoiceKind.CREDIT_NOTE else 1
        papers[paper.due] = papers.get(paper.due, 0) + sign * paper.gross_minor
    for due in Due.objects.filter(kind=DueKind.SHIPMENT).exclude(state=DueState.REFUNDED):
        if papers.get(due.reference, 0) != due.owed_minor:
            yield f"shipment {due.pk} owes {due.owed_minor}, its papers come to {papers.get(due.reference, 0)}"
    for series, numbers in _numbers().items():
        if sorted(numbers) != list(range(min(numbers), min(numbers) + len(numbers))):
            yield f"the invoices of {series} have a gap"


def _numbers():
    """Of each seller, the serials that were given."""
    given = defaultdict(list)
    for seller, serial in Invoice.objects.values_list("seller__code", "serial"):
        given[seller].append(serial)
    return given
