"""Reading what Stripe told us. An event only says where to look: the page is fetched again before anything is done."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from store.payments import stripe_door
from store.payments.actions.attempts import keep_event, settle
from store.payments.actions.payments import note_finding
from store.payments.actions.refunds import note_refund
from store.payments.models import Attempt, Payment, Refund, StripeEvent

__all__ = ["keep_event", "read_event"]


def read_event(event: StripeEvent) -> str:
    """Look where the event points and act on what is there. Calls Stripe: never inside a transaction. Raises Away.

    Answers what came of it, in a few words, which also stand on the event's row.
    """
    if event.read_at:
        return event.outcome
    outcome = _act_on(event)
    StripeEvent.objects.filter(pk=event.pk).update(read_at=timezone.now(), outcome=outcome[:200])
    return outcome


def _act_on(event: StripeEvent) -> str:
    thing = event.payload.get("data", {}).get("object", {})
    if thing.get("object") == "refund":
        return _act_on_refund(event, thing)
    attempt = _attempt_of(thing)
    if attempt is None:
        return _strange(event) if _moves_money(event.kind) else "not about a page of ours"
    session_id = attempt.session_id or (str(thing["id"]) if thing.get("object") == "checkout.session" else "")
    if not session_id:
        return "the page is not known yet; the event of the page itself will follow"
    try:
        seen = stripe_door.look_at(session_id)
    except stripe_door.Declined as refusal:
        note_finding(
            key=f"event:{event.event_id}", due=attempt.due, text=f"Stripe does not know {session_id}: {refusal}"
        )
        return "Stripe does not know this page"
    payment = settle(attempt, seen, now=timezone.now())
    return "paid" if payment else "looked at"


def _attempt_of(thing: dict[str, Any]) -> Attempt | None:
    """The attempt that an event's object names in its metadata, or belongs to."""
    metadata = thing.get("metadata") or {}
    attempts = Attempt.objects.all()
    if named := _reference(metadata.get("attempt") or thing.get("client_reference_id")):
        return attempts.filter(reference=named).first()
    intent = thing.get("payment_intent") if thing.get("object") != "payment_intent" else thing.get("id")
    return attempts.filter(intent_id=intent).first() if isinstance(intent, str) and intent else None


def _reference(said: Any) -> UUID | None:
    try:
        return UUID(str(said))
    except ValueError:
        return None


def _act_on_refund(event: StripeEvent, thing: dict[str, Any]) -> str:
    known = Refund.objects.filter(stripe_id=thing.get("id")).first()
    named = _reference((thing.get("metadata") or {}).get("refund"))
    if known is None and named is not None:
        known = Refund.objects.filter(reference=named).first()
    if known is None:
        return _refund_not_ours(thing)
    seen = stripe_door.look_at_refund(str(thing["id"]))
    if seen.amount_minor != known.amount_minor:
        return _strange(event)
    note_refund(known, seen)
    return f"refund {seen.status}"


@transaction.atomic
def _refund_not_ours(thing: dict[str, Any]) -> str:
    """Somebody sent money back on Stripe's own pages: our books do not have it."""
    payment = Payment.objects.filter(intent_id=str(thing.get("payment_intent"))).exclude(intent_id="").first()
    text = f"Stripe sent back {thing.get('amount')} {thing.get('currency')} that was not asked for here ({thing.get('id')})."
    note_finding(key=f"refund:{thing.get('id')}", due=payment.due if payment else None, text=text)
    return "a refund that is not ours"


def _strange(event: StripeEvent) -> str:
    note_finding(
        key=f"event:{event.event_id}", due=None,
        text=f"Stripe’s event {event.event_id} ({event.kind}) is about money that nothing here asked for.",
    )  # fmt: skip
    return "money that nothing here asked for"


def _moves_money(kind: str) -> bool:
    return kind in {
        "checkout.session.completed", "checkout.session.async_payment_succeeded", "payment_intent.succeeded",
        "charge.succeeded", "charge.dispute.created",
    }  # fmt: skip
