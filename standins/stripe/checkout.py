"""Checkout Sessions: made, paid on the hosted page, expired. The page itself is in page.py."""

import re
import time
from typing import Any
from urllib.parse import urlsplit

from standins.stripe import payments
from standins.stripe.books import Books, Thing
from standins.stripe.events import News
from standins.stripe.money import check_amount, known_currency
from standins.stripe.refusals import Refused, invalid, missing

SHORTEST_S, LONGEST_S = 30 * 60, 24 * 60 * 60  # expires_at: 30 minutes to 24 hours after creation
CLOCK_SLACK_S = 60
MOST_LINES = 100
# What Stripe knows and the stand-in does not do is refused, so that nothing seems to work that was never tried.
DONE = {
    *(
        "adaptive_pricing",
        "allowed_payment_method_types",
        "billing_address_collection",
        "cancel_url",
        "client_reference_id",
    ),
    *(
        "currency",
        "customer_creation",
        "customer_email",
        "expand",
        "expires_at",
        "integration_identifier",
        "line_items",
    ),
    *("locale", "metadata", "mode", "payment_intent_data", "submit_type", "success_url", "ui_mode"),
}
DONE_FOR_INTENT = {"description", "metadata", "receipt_email", "statement_descriptor_suffix"}
DONE_FOR_LINE = {"price_data", "quantity"}
DONE_FOR_PRICE = {"currency", "product_data", "tax_behavior", "unit_amount"}


def open_session(books: Books, news: News, base: str, asked: dict[str, Any]) -> Thing:
    """A session that waits to be paid; nothing is told of it until then."""
    _only(asked, DONE, "")
    _only(asked.get("payment_intent_data", {}), DONE_FOR_INTENT, "payment_intent_data")
    _check_words(asked)
    lines, currency = _lines(books, asked)
    total = sum(line["amount_total"] for line in lines)
    check_amount(total, currency, "line_items")
    session = books.add(
        "checkout.session",
        "cs_test",
        adaptive_pricing=asked.get("adaptive_pricing", {"enabled": False}),
        amount_subtotal=total,
        amount_total=total,
        cancel_url=asked.get("cancel_url"),
        client_reference_id=asked.get("client_reference_id"),
        currency=currency,
        customer=None,
        customer_details=None,
        customer_email=asked.get("customer_email"),
        expires_at=_expiry(asked.get("expires_at"), int(time.time())),
        locale=asked.get("locale"),
        metadata=asked.get("metadata") or {},
        mode="payment",
        payment_intent=None,
        payment_status="unpaid",
        status="open",
        submit_type=asked.get("submit_type"),
        success_url=asked["success_url"],
        total_details={"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        ui_mode="hosted_page",
        _lines=lines,
        _payment_intent_data=asked.get("payment_intent_data", {}),
    )
    session["url"] = f"{base}/c/pay/{session['id']}"
    return session


def pay_session(books: Books, news: News, session: Thing, *, number: str, email: str, name: str) -> None:
    """Charge the card for the session. Raises Refused when it is not open, payments.Declined when the bank says no."""
    if session["status"] != "open":
        raise Refused(f"This Checkout Session is {session['status']}.", code="checkout_session_not_open")
    payments.pay(books, news, payments.intent_for(books, news, session), number)
    session["customer_details"] = {"email": email or session["customer_email"], "name": name or None}
    session.update(status="complete", payment_status="paid", url=None)
    news.tell("checkout.session.completed", session)


def expire_session(books: Books, news: News, session: Thing) -> Thing:
    """Close an open session; its page takes no money from now on."""
    if session["status"] != "open":
        message = f"Only Checkout Sessions with a status in [open] can be expired. This one is {session['status']}."
        raise Refused(message, code="checkout_session_not_open")
    session.update(status="expired", url=None)
    if session["payment_intent"]:
        intent = books.get("payment_intent", session["payment_intent"])
        payments.cancel(news, intent, "automatic", int(time.time()))
    news.tell("checkout.session.expired", session)
    return session


def expire_due(books: Books, news: News, now: float) -> int:
    """Expire every open session whose time is over; how many."""
    with books.lock:
        due = [s for s in books.all("checkout.session") if s["status"] == "open" and s["expires_at"] <= now]
        if due:
            with books.changing():
                for session in due:
                    expire_session(books, news, session)
    return len(due)


def line_items(session: Thing) -> list[Thing]:
    return [dict(line) for line in session["_lines"]]


def _only(asked: dict[str, Any], done: set[str], where: str) -> None:
    for name in sorted(set(asked) - done):
        full = f"{where}[{name}]" if where else name
        raise invalid(f"The stand-in for Stripe does not do {full}. Stripe itself may.", full)


def _check_words(asked: dict[str, Any]) -> None:
    if "mode" not in asked:
        raise missing("mode")
    for name, only in (("mode", "payment"), ("ui_mode", "hosted_page")):
        if asked.get(name, only) != only:
            raise invalid(f"The stand-in for Stripe does {name}={only} alone.", name)
    if "success_url" not in asked:
        raise missing("success_url")
    _check_texts(asked)


def _check_texts(asked: dict[str, Any]) -> None:
    for name in ("success_url", "cancel_url"):
        if name in asked and not _is_address(asked[name]):
            raise Refused("Not a valid URL", code="url_invalid", param=name)
    email = asked.get("customer_email")
    if email is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", email):
        raise Refused(f"Invalid email address: {email}", code="email_invalid", param="customer_email")
    if len(asked.get("client_reference_id", "")) > 200:
        raise invalid("client_reference_id holds at most 200 characters.", "client_reference_id")


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _expiry(asked: int | None, now: int) -> int:
    if asked is None:
        return now + LONGEST_S
    if not SHORTEST_S - CLOCK_SLACK_S <= asked - now <= LONGEST_S + CLOCK_SLACK_S:
        message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation."
        raise invalid(message, "expires_at")
    return asked


def _lines(books: Books, asked: dict[str, Any]) -> tuple[list[Thing], str]:
    """The lines as the API shows them, and their one currency."""
    given = asked.get("line_items")
    if not given:
        raise missing("line_items")
    if len(given) > MOST_LINES:
        raise invalid(f"At most {MOST_LINES} line items.", "line_items")
    lines = [_line(line, f"line_items[{i}]") for i, line in enumerate(given)]
    currencies = {line["currency"] for line in lines}
    if "currency" in asked:
        currencies.add(known_currency(asked["currency"], "currency"))
    if len(currencies) > 1:
        raise invalid("All line items and the session must have the same currency.", "line_items")
    return lines, currencies.pop()


def _line(asked: dict[str, Any], path: str) -> Thing:
    _only(asked, DONE_FOR_LINE, path)
    price = asked.get("price_data")
    if price is None:
        raise missing(f"{path}[price_data]")
    _only(price, DONE_FOR_PRICE, f"{path}[price_data]")
    for name in ("currency", "unit_amount", "product_data"):
        if name not in price:
            raise missing(f"{path}[price_data][{name}]")
    name = price["product_data"].get("name", "")
    if not name.strip():
        raise missing(f"{path}[price_data][product_data][name]")
    quantity = asked.get("quantity", 1)
    if quantity < 1 or price["unit_amount"] < 0:
        raise Refused(
            "Must be greater than or equal to 1.", code="parameter_invalid_integer", param=f"{path}[quantity]"
        )
    return {
        "object": "item",
        "description": name,
        "quantity": quantity,
        "amount_subtotal": price["unit_amount"] * quantity,
        "amount_total": price["unit_amount"] * quantity,
        "currency": known_currency(price["currency"], f"{path}[price_data][currency]"),
    }
