"""The only place that speaks to Stripe. A few questions, each answered with a frozen value of ours.

Nothing of Stripe's library leaves this module: what it can throw becomes `Away` (try again) or `Declined` (don't).
"""

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import stripe
from django.conf import settings

TIMEOUT_SECONDS = 5
"""A buyer waits for this call; past it we say that the page cannot be reached, and nothing was charged."""


MOST_EVENTS = 5_000
"""Read in one sweep, a hundred a page: more than a day's worth after an outage. The next sweep reads on."""


class Away(Exception):
    """Stripe could not be reached, or could not answer now. The same call can be made again."""


class Declined(Exception):
    """Stripe understood and refused. The same call would be refused again."""


@dataclass(frozen=True)
class PageWanted:
    """What a hosted page is opened with. `reference` comes back with every event about it."""

    reference: str
    amount_minor: int
    currency: str
    what: str
    email: str
    language: str
    success_url: str
    cancel_url: str
    expires_at: datetime


@dataclass(frozen=True)
class PageSeen:
    """A hosted page as Stripe has it now."""

    session_id: str
    url: str
    reference: str
    amount_minor: int
    currency: str
    livemode: bool
    is_paid: bool
    is_expired: bool
    intent_id: str


@dataclass(frozen=True)
class RefundSeen:
    """A refund as Stripe has it now. `status`: pending, succeeded, failed, canceled or requires_action."""

    stripe_id: str
    status: str
    amount_minor: int


@dataclass(frozen=True)
class EventSeen:
    """An event that Stripe could not deliver."""

    event_id: str
    kind: str
    livemode: bool
    payload: dict[str, Any]


def is_live() -> bool:
    """Whether our key moves real money."""
    return "_live_" in settings.STRIPE_SECRET_KEY


def open_page(wanted: PageWanted, *, key: str) -> PageSeen:
    """Open a hosted payment page. The same `key` gives the same page."""
    params: Any = {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "client_reference_id": wanted.reference,
        "line_items": [{"quantity": 1, "price_data": _price(wanted)}],
        "success_url": wanted.success_url,
        "cancel_url": wanted.cancel_url,
        "expires_at": int(wanted.expires_at.timestamp()),
        "locale": wanted.language,
        "metadata": {"attempt": wanted.reference},
        "payment_intent_data": {"description": wanted.what, "metadata": {"attempt": wanted.reference}},
        "adaptive_pricing": {"enabled": False},  # what is charged is what we asked for, in the currency we asked in
    }
    if wanted.email:
        params["customer_email"] = wanted.email
    with _understood():
        return _seen(_client().checkout.sessions.create(params, {"idempotency_key": key}))


def look_at(session_id: str) -> PageSeen:
    """The page as it is now."""
    with _understood():
        return _seen(_client().checkout.sessions.retrieve(session_id))


def expire(session_id: str, *, key: str) -> PageSeen:
    """Close the page, if it is open; then look. A page that was paid meanwhile says so."""
    try:
        with _understood():
            return _seen(_client().checkout.sessions.expire(session_id, None, {"idempotency_key": key}))
    except Declined:
        return look_at(session_id)


def refund(*, intent_id: str, amount_minor: int, reference: str, key: str) -> RefundSeen:
    """Send money back. The same `key` sends it once."""
    params: Any = {"payment_intent": intent_id, "amount": amount_minor, "metadata": {"refund": reference}}
    with _understood():
        return _refund_seen(_client().refunds.create(params, {"idempotency_key": key}))


def look_at_refund(stripe_id: str) -> RefundSeen:
    """The refund as it is now."""
    with _understood():
        return _refund_seen(_client().refunds.retrieve(stripe_id))


def undelivered(*, since: datetime) -> list[EventSeen]:
    """The events since then that Stripe could not bring to us: it keeps them for 30 days."""
    params: Any = {"delivery_success": False, "created": {"gte": int(since.timestamp())}, "limit": 100}
    with _understood():
        every = itertools.islice(_client().events.list(params).auto_paging_iter(), MOST_EVENTS)
        events = [event.to_dict() for event in every]
    return [EventSeen(e["id"], e["type"], bool(e["livemode"]), e) for e in events]


def read_event(body: bytes, signature: str) -> EventSeen:
    """An event from the body of a webhook call. Refuses, with Declined, what Stripe did not sign, what was signed more
    than 300 s ago or ahead, and what is from the other mode (test or live).
    """
    try:
        event = stripe.Webhook.construct_event(body, signature, settings.STRIPE_WEBHOOK_SECRET, tolerance=300)
        _refuse_the_future(signature)
        seen = event.to_dict()
        found = EventSeen(str(seen["id"]), str(seen["type"]), bool(seen["livemode"]), seen)
    except (ValueError, KeyError, TypeError, stripe.SignatureVerificationError) as error:
        raise Declined(f"not an event of Stripe's: {error}") from error
    if found.livemode != is_live():
        raise Declined("an event of the other mode")
    return found


def _refuse_the_future(signature: str) -> None:
    """The library refuses old stamps only."""
    stamp = next(int(part[2:]) for part in signature.split(",") if part.startswith("t="))
    if stamp > time.time() + 300:
        raise ValueError("signed in the future")


def _price(wanted: PageWanted) -> dict[str, Any]:
    return {
        "currency": wanted.currency.lower(),
        "unit_amount": wanted.amount_minor,
        "product_data": {"name": wanted.what},
    }


def _client() -> Any:
    """That of the settings as they are now."""
    return _client_of(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


@cache
def _client_of(key: str, base: str) -> Any:
    """Made once, with its connections: making one costs as much as a call."""
    extra: dict[str, Any] = {"base_addresses": {"api": base}} if base else {}
    http = stripe.RequestsClient(timeout=TIMEOUT_SECONDS)
    return stripe.StripeClient(key, max_network_retries=1, http_client=http, **extra).v1


@contextmanager
def _understood() -> Iterator[None]:
    try:
        yield
    except (stripe.InvalidRequestError, stripe.CardError) as error:
        raise Declined(str(error)) from error
    except stripe.StripeError as error:
        raise Away(str(error)) from error


def _seen(session: Any) -> PageSeen:
    return PageSeen(
        session_id=session.id,
        url=session.url or "",
        reference=session.client_reference_id or "",
        amount_minor=session.amount_total,
        currency=(session.currency or "").upper(),
        livemode=session.livemode,
        is_paid=session.payment_status == "paid",
        is_expired=session.status == "expired",
        intent_id=session.payment_intent if isinstance(session.payment_intent, str) else "",
    )


def _refund_seen(refund: Any) -> RefundSeen:
    return RefundSeen(stripe_id=refund.id, status=refund.status or "", amount_minor=refund.amount)
