"""Payment intents and their charges, as a paid Checkout Session makes them; refunds against them."""

from typing import Any

from standins.stripe.books import Books, Thing
from standins.stripe.events import News
from standins.stripe.refusals import Refused, invalid, missing

PAYS = {"4242424242424242": "visa", "5555555555554444": "mastercard", "4000008260000000": "visa"}
# https://docs.stripe.com/testing#declined-payments
DECLINES = {
    "4000000000000002": ("generic_decline", "Your card was declined."),
    "4000000000009995": ("insufficient_funds", "Your card has insufficient funds."),
    "4000000000000069": ("expired_card", "Your card has expired."),
}


class Declined(Exception):
    """The bank said no; the words are for the customer."""

    def __init__(self, decline_code: str, message: str) -> None:
        super().__init__(message)
        self.decline_code, self.message = decline_code, message


def intent_for(books: Books, news: News, session: Thing) -> Thing:
    """The session's payment intent, made at the first attempt to pay."""
    if session["payment_intent"]:
        return books.get("payment_intent", session["payment_intent"])
    asked = session["_payment_intent_data"]
    intent = books.add(
        "payment_intent",
        "pi",
        amount=session["amount_total"],
        amount_received=0,
        amount_capturable=0,
        currency=session["currency"],
        capture_method="automatic_async",
        customer=None,
        description=asked.get("description"),
        receipt_email=asked.get("receipt_email"),
        statement_descriptor_suffix=asked.get("statement_descriptor_suffix"),
        metadata=asked.get("metadata") or {},
        status="requires_payment_method",
        latest_charge=None,
        last_payment_error=None,
        canceled_at=None,
        cancellation_reason=None,
    )
    session["payment_intent"] = intent["id"]
    news.tell("payment_intent.created", intent)
    return intent


def pay(books: Books, news: News, intent: Thing, number: str) -> None:
    """Charge the card. Raises Declined after telling of the failure."""
    if number in DECLINES:
        code, message = DECLINES[number]
        charge = _charge(books, intent, number, paid=False)
        error = {"type": "card_error", "code": "card_declined", "decline_code": code, "message": message}
        intent.update(latest_charge=charge["id"], last_payment_error={**error, "charge": charge["id"]})
        news.tell("charge.failed", charge)
        news.tell("payment_intent.payment_failed", intent)
        raise Declined(code, message)
    charge = _charge(books, intent, number, paid=True)
    intent.update(
        status="succeeded", amount_received=intent["amount"], latest_charge=charge["id"], last_payment_error=None
    )
    news.tell("charge.succeeded", charge)
    news.tell("payment_intent.succeeded", intent)


def remember(books: Books, known: dict[str, Any]) -> None:
    """A payment from before the stand-in's time, so that it can be sent back like any other. Nobody is told of it."""
    if known["intent"] in books.things:
        return
    intent = books.add(
        "payment_intent", "pi", id=known["intent"], amount=known["amount"], amount_received=known["amount"],
        currency=known["currency"], description=known.get("description"), metadata={"attempt": known["attempt"]},
        status="succeeded", latest_charge=None, last_payment_error=None,
    )  # fmt: skip
    intent["latest_charge"] = _charge(books, intent, "4242424242424242", paid=True)["id"]


def cancel(news: News, intent: Thing, reason: str, now: int) -> None:
    """A session that expires takes its unpaid intent with it."""
    intent.update(status="canceled", canceled_at=now, cancellation_reason=reason)
    news.tell("payment_intent.canceled", intent)


def _charge(books: Books, intent: Thing, number: str, *, paid: bool) -> Thing:
    return books.add(
        "charge",
        "ch",
        amount=intent["amount"],
        amount_captured=intent["amount"] if paid else 0,
        amount_refunded=0,
        captured=paid,
        currency=intent["currency"],
        description=intent["description"],
        failure_code=None if paid else "card_declined",
        metadata=dict(intent["metadata"]),
        paid=paid,
        payment_intent=intent["id"],
        payment_method_details={"type": "card", "card": {"brand": PAYS.get(number, "visa"), "last4": number[-4:]}},
        refunded=False,
        status="succeeded" if paid else "failed",
    )


def refund(books: Books, news: News, asked: dict[str, Any]) -> Thing:
    """Give money back, never more than is left of the charge."""
    charge = _charge_to_refund(books, asked)
    left = charge["amount_captured"] - charge["amount_refunded"]
    amount = asked.get("amount", left)
    if left == 0:
        raise Refused(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if amount < 1:
        raise Refused("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if amount > left:
        message = f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"
        raise Refused(message, param="amount")
    if asked.get("currency", charge["currency"]) != charge["currency"]:
        raise invalid(f"The charge is in {charge['currency']}.", "currency")
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    made = books.add(
        "refund",
        "re",
        amount=amount,
        charge=charge["id"],
        currency=charge["currency"],
        metadata=asked.get("metadata") or {},
        payment_intent=charge["payment_intent"],
        reason=asked.get("reason"),
        status="succeeded",
    )
    news.tell("refund.created", made)
    news.tell("charge.refunded", charge)
    return made


def _charge_to_refund(books: Books, asked: dict[str, Any]) -> Thing:
    if ("charge" in asked) == ("payment_intent" in asked):
        if "charge" in asked:
            raise invalid("Name a charge or a payment_intent, not both.", "charge")
        raise missing("payment_intent")
    if "charge" in asked:
        charge = books.get("charge", asked["charge"])
    else:
        intent = books.get("payment_intent", asked["payment_intent"])
        if not intent["latest_charge"]:
            raise invalid(
                f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.", "payment_intent"
            )
        charge = books.get("charge", intent["latest_charge"])
    if not charge["captured"]:
        raise invalid(f"Charge {charge['id']} was not captured: there is nothing to refund.", "charge")
    return charge
