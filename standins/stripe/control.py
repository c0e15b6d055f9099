"""The stand-in's own door, which Stripe does not have: its books for an audit, and knobs for tests."""

import dataclasses
import time
from typing import Any

from standins.stripe import checkout, payments
from standins.stripe.books import Books
from standins.stripe.events import News
from standins.stripe.payments import Declined
from standins.stripe.refusals import Refused, invalid

DOOR = "/_standin/"


def look(books: Books, news: News) -> dict[str, Any]:
    """Captured − refunded by currency, how many of each thing, what waits to be delivered, how deliveries went."""
    with books.lock:
        counts: dict[str, int] = {}
        for thing in books.things.values():
            counts[thing["object"]] = counts.get(thing["object"], 0) + 1
        return {
            "balance": books.balance(),
            "counts": counts,
            "pending": list(books.pending),
            "deliveries": list(news.log),
            "knobs": dataclasses.asdict(news.knobs),
        }


def act(books: Books, news: News, deed: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Turn a knob or do a deed; what `look` shows afterwards."""
    if deed == "knobs":
        _turn(news, asked)
    elif deed == "deliver":
        _deliver(books, news, asked)
    elif deed == "pay":
        _pay(books, news, asked)
    elif deed == "remember":
        with books.changing():
            for known in asked["payments"]:
                payments.remember(books, known)
    elif deed == "pass_time":
        _pass_time(books, news, int(asked["seconds"]))
    elif deed == "clear":
        books.clear()
        news.log.clear()
        news.waits.clear()
    else:
        raise Refused(f"No such deed: {deed}", status=404)
    return look(books, news)


def _turn(news: News, asked: dict[str, Any]) -> None:
    for name, value in asked.items():
        if not hasattr(news.knobs, name):
            raise invalid(f"No such knob: {name}", name)
        setattr(news.knobs, name, value)
    news.ring.set()


def _deliver(books: Books, news: News, asked: dict[str, Any]) -> None:
    """The named events, or all that wait, so many times each."""
    for reference in asked.get("events") or news.due(float("inf")):
        for _ in range(int(asked.get("times", 1))):
            news.deliver(reference)


def _pay(books: Books, news: News, asked: dict[str, Any]) -> None:
    """Pay a session without its page."""
    session = books.get("checkout.session", asked["session"])
    number = asked.get("number", "4242424242424242")
    try:
        with books.changing():
            checkout.pay_session(books, news, session, number=number, email=asked.get("email", ""), name="")
    except Declined as no:
        raise Refused(
            no.message, status=402, kind="card_error", code="card_declined", decline_code=no.decline_code
        ) from no


def _pass_time(books: Books, news: News, seconds: int) -> None:
    """Let open sessions grow older, so that one can be seen to expire."""
    with books.changing():
        for session in books.all("checkout.session"):
            if session["status"] == "open":
                session["expires_at"] -= seconds
    checkout.expire_due(books, news, time.time())
