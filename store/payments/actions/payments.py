"""Money that arrived."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.house.models import Seller
from foundation.people.models import User
from foundation.written import written
from store.payments.models import Account, Finding, Method, MoneyEntry, Payment
from store.payments.signals import payment_settled


class WrongAmount(Exception):
    """What was recorded is not what is owed."""


@transaction.atomic
def record_payment(
    *,
    due: UUID,
    seller: Seller,
    method: str,
    amount_minor: int,
    currency: str,
    note: str,
    at: datetime,
    by: User,
    tell: bool = True,
) -> Payment:
    """Record money that came by transfer, PromptPay, in cash or through the terminal. Refuses, with WrongAmount, a card
    or nothing. Whoever does not let it `tell` the house settles its due in the same transaction.
    """
    if method not in (Method.TRANSFER, Method.PROMPTPAY, Method.CASH, Method.TERMINAL):
        raise WrongAmount(
            _("Card payments come from Stripe by themselves. Choose transfer, PromptPay, cash or the terminal.")
        )
    if amount_minor < 1:
        raise WrongAmount(_("Enter an amount above zero."))
    payment = written(Payment(
        seller=seller, due=due, method=method, amount_minor=amount_minor, currency=currency, note=note[:200],
        received_at=at, recorded_by=by,
    ))  # fmt: skip
    book_payment(payment, tell=tell)
    return payment


def book_payment(payment: Payment, *, tell: bool) -> None:
    """Write a new payment into the books and, if it is to count for its due, tell the house."""
    written(MoneyEntry(
        key=f"payment:{payment.pk}", seller_id=payment.seller_id, due=payment.due, debit=Account(payment.method),
        credit=Account.CUSTOMERS, amount_minor=payment.amount_minor, currency=payment.currency, payment=payment,
    ))  # fmt: skip
    if tell:
        payment_settled.send(
            Payment, due=payment.due, payment=payment.reference, amount_minor=payment.amount_minor,
            currency=payment.currency, method=payment.method,
        )  # fmt: skip


def note_finding(*, key: str, due: UUID | None, text: str) -> None:
    """Write down, once, what does not fit."""
    Finding.objects.bulk_create([Finding(key=key, due=due, text=text)], ignore_conflicts=True)
