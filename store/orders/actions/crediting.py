"""Taking back what was owed or paid: less is owed, or money goes back; each invoice by a credit note of its own."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from foundation.people.models import User
from store.orders import wording
from store.orders.flow import DueState
from store.orders.models import Credit, CreditPart, Due, Order
from store.orders.owing import received_minor
from store.orders.shares import Share
from store.payments import actions as payments
from store.payments.actions import LineDraft
from store.payments.models import Invoice, InvoiceKind, Payment


@transaction.atomic
def take_back(
    *,
    order: Order,
    shares: Sequence[Share],
    cause: str,
    key: str,
    reason: str,
    words: str = "",
    kept_minor: int = 0,
    by: User | None,
    now: datetime,
) -> Credit:
    """Take these shares of an order back, once per `key`: open dues come to less, of paid ones the money goes back.

    The order's row is locked by whoever asks. An open payment page is closed, since it asks for another sum.
    """
    if found := Credit.objects.filter(key=key).first():
        return found
    credit = Credit.objects.create(
        key=key, order=order, cause=cause, reason=reason[:200], words=words, kept_minor=kept_minor, by=by, at=now
    )
    CreditPart.objects.bulk_create(_part(credit, share) for share in shares if share.amount.gross_minor)
    for due in Due.objects.filter(credits__credit=credit).distinct().order_by("pk"):
        _take_off(due, credit, now=now)
    return credit


def money_back(shares: Iterable[Share]) -> int:
    """How much money goes back when these shares are taken back: what is paid beyond what is owed then. The rest is owed less."""
    taken: dict[Due, int] = defaultdict(int)
    for one in shares:
        if one.due is not None:
            taken[one.due] += one.amount.gross_minor
    return sum(max(0, received_minor(due) - due.owed_minor + minor) for due, minor in taken.items())


def _part(credit: Credit, share: Share) -> CreditPart:
    amount = share.amount
    return CreditPart(
        credit=credit, due=share.due, line=share.line, net_minor=amount.net_minor, tax_minor=amount.tax_minor,
        gross_minor=amount.gross_minor, rate_bp=amount.rate_bp,
    )  # fmt: skip


def _take_off(due: Due, credit: Credit, *, now: datetime) -> None:
    due = Due.objects.select_for_update(of=("self",)).select_related("order").get(pk=due.pk)
    parts = list(CreditPart.objects.filter(credit=credit, due=due).select_related("line"))
    due.credited_minor += sum(part.gross_minor for part in parts)
    due.save(update_fields=["credited_minor"])
    _write_note(due, credit, parts, now=now)
    _send_back(due, credit)
    if due.is_open:
        _ask_for_less(due, now=now)


def _write_note(due: Due, credit: Credit, parts: list[CreditPart], *, now: datetime) -> None:
    invoice = Invoice.objects.filter(due=due.reference, kind=InvoiceKind.INVOICE).first()
    if invoice is None:
        return
    order = due.order
    with override(order.language):
        lines = tuple(
            LineDraft(
                wording.line_in_words(part.line) if part.line else order.delivery_name,
                part.line.quantity if part.line and part.gross_minor == part.line.gross_minor else 1,
                part.rate_bp, part.net_minor, part.tax_minor,
            )
            for part in parts
        )  # fmt: skip
        payments.issue_credit_note(invoice=invoice, key=f"credit:{credit.pk}:{due.pk}", lines=lines, on=now.date())


def _send_back(due: Due, credit: Credit) -> None:
    """What was paid for it beyond what is owed now, out of the newest payments first."""
    over = received_minor(due) - due.owed_minor
    for payment in Payment.objects.filter(due=due.reference).order_by("-pk"):
        part = min(over, payment.refundable_minor())
        if part > 0:
            payments.refund(
                payment=payment, amount_minor=part, reason=credit.reason, key=f"credit:{credit.pk}:{payment.pk}", by=None
            )  # fmt: skip
            over -= part


def _ask_for_less(due: Due, *, now: datetime) -> None:
    payments.stop_asking(due=due.reference)
    if not due.owed_minor:
        due.move(DueState.CANCELLED, by=None)
    elif received_minor(due) >= due.owed_minor:
        due.move(DueState.PAID, by=None)
        due.paid_at = now
        due.save(update_fields=["paid_at"])
