"""Money sent back. Never more than came."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.outbox.actions import put
from foundation.people.models import User
from foundation.ui.templatetags.ui import money as written_money
from store.payments import stripe_door
from store.payments.actions.payments import note_finding
from store.payments.flow import RefundState
from store.payments.models import Account, Method, MoneyEntry, Payment, Refund
from store.payments.signals import payment_refunded

FAILED = ("failed", "canceled")


class TooMuch(Exception):
    """More than is left of the payment."""


@transaction.atomic
def refund(*, payment: Payment, amount_minor: int, reason: str, key: str, by: User | None) -> Refund:
    """Owe sending this much of a payment back, once per `key`. Refuses, with TooMuch, more than is left of it."""
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    if found := Refund.objects.filter(key=key).first():
        return found
    left = payment.refundable_minor()
    if not 1 <= amount_minor <= left:
        raise TooMuch(
            _("%(left)s of this payment is left to send back.") % {"left": written_money(left, payment.currency)}
        )
    made = Refund.objects.create(payment=payment, key=key, amount_minor=amount_minor, reason=reason[:200])
    if payment.method == Method.CARD:
        put("payments.send_refund", key=f"payments.send_refund:{made.pk}", payload={"refund_id": made.pk})
    return made


def send_refund(sent: Refund, *, key: str) -> None:
    """Send a card's money back through Stripe. Calls Stripe: never inside a transaction. Raises Away."""
    if sent.state != RefundState.ASKED:
        return
    try:
        seen = stripe_door.refund(
            intent_id=sent.payment.intent_id, amount_minor=sent.amount_minor, reference=str(sent.reference), key=key
        )
    except stripe_door.Declined as refusal:
        _note_failed(sent, str(refusal))
        return
    note_refund(sent, seen)


@transaction.atomic
def note_refund(sent: Refund, seen: stripe_door.RefundSeen) -> None:
    """Act, once, on what Stripe says of a refund."""
    sent = Refund.objects.select_related("payment__seller").select_for_update(of=("self",)).get(pk=sent.pk)
    if sent.state == RefundState.DONE and seen.status in FAILED:
        _note_came_back(sent, seen.status)
    if sent.state != RefundState.ASKED:
        return
    Refund.objects.filter(pk=sent.pk).update(stripe_id=seen.stripe_id)
    if seen.status == "succeeded":
        _note_done(sent, by=None)
    elif seen.status in FAILED:
        sent.move(RefundState.FAILED, by=None, note=seen.status)
        _ask_somebody_to_look(sent)


def _note_came_back(sent: Refund, why: str) -> None:
    """A refund that was done has failed after all: the books take it back, and a person finds another way."""
    sent.move(RefundState.FAILED, by=None, note=f"{why} after it was done")
    payment = sent.payment
    MoneyEntry.objects.create(
        key=f"refund-failed:{sent.pk}", seller=payment.seller, due=payment.due, debit=Account(payment.method),
        credit=Account.CUSTOMERS, amount_minor=sent.amount_minor, currency=payment.currency, refund=sent,
    )  # fmt: skip
    _ask_somebody_to_look(sent)


def _ask_somebody_to_look(sent: Refund) -> None:
    payment = sent.payment
    note_finding(
        key=f"refund-failed:{sent.pk}", due=payment.due,
        text=f"A refund of {written_money(sent.amount_minor, payment.currency)} did not reach the buyer. "
        "The money is still ours: send it another way.",
    )  # fmt: skip


@transaction.atomic
def mark_paid_back(sent: Refund, *, by: User) -> Refund:
    """A person says that they sent back money that had not come by card."""
    sent = Refund.objects.select_related("payment__seller").select_for_update(of=("self",)).get(pk=sent.pk)
    _note_done(sent, by=by)
    return sent


def _note_done(sent: Refund, *, by: User | None) -> None:
    sent.move(RefundState.DONE, by=by)
    payment = sent.payment
    MoneyEntry.objects.create(
        key=f"refund:{sent.pk}", seller=payment.seller, due=payment.due, debit=Account.CUSTOMERS,
        credit=Account(payment.method), amount_minor=sent.amount_minor, currency=payment.currency, refund=sent,
    )  # fmt: skip
    payment_refunded.send(
        Refund, due=payment.due, refund=sent.reference, amount_minor=sent.amount_minor, currency=payment.currency
    )


@transaction.atomic
def _note_failed(sent: Refund, why: str) -> None:
    sent = Refund.objects.select_related("payment").select_for_update(of=("self",)).get(pk=sent.pk)
    if sent.state == RefundState.ASKED:
        sent.move(RefundState.FAILED, by=None, note=why[:500])
        _ask_somebody_to_look(sent)
