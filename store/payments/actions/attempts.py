"""A hosted payment page: asked for, opened, looked at again, paid or run out.

Whoever comes first, the buyer's browser, Stripe's event or our own sweep, calls `settle` with what Stripe says now.
It acts once, whatever the order and however often.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.asked import asked
from foundation.house.models import Seller
from foundation.joined import joined
from foundation.outbox.actions import put
from foundation.written import rewritten, written
from store.payments import stripe_door
from store.payments.actions.payments import book_payment, note_finding
from store.payments.actions.refunds import refund
from store.payments.flow import AttemptState
from store.payments.models import Attempt, Method, Payment, StripeEvent
from store.payments.models.attempts import LIVE
from store.payments.signals import payment_expired

OPENS_WITHIN = timedelta(minutes=4)
"""How long after it was asked for a page may still be opened: Stripe wants 30 minutes left of its life."""

LASTS = timedelta(minutes=35)
"""How long a checkout's page lasts. Holds on stock outlast it."""


class PaymentPageAway(Exception):
    """The payment page cannot be reached now. Nothing was charged."""


@dataclass(frozen=True)
class Ask:
    """What is asked of whom. `success_url` gets `{CHECKOUT_SESSION_ID}` filled in by Stripe; both say `{attempt}` where
    the attempt's reference goes.
    """

    due: UUID
    seller: Seller
    amount_minor: int
    currency: str
    what: str
    email: str
    language: str
    success_url: str
    cancel_url: str
    lasts: timedelta = LASTS


@joined
def ask(wanted: Ask, *, now: datetime) -> Attempt:
    """The live attempt for this due, or a new one where there is none that can still be used. Calls nobody.

    Where the sum has arrived already, and the news of it is still on its way to the order, it is that payment's attempt:
    nobody pays twice for having pressed twice.
    """
    Seller.objects.select_for_update(no_key=True).get(pk=wanted.seller.pk)  # two tabs asking at once get one page
    live = _live_of_due.first(wanted.due)
    if live is not None and _can_be_used(live, wanted, now):
        return live
    if live is not None:
        _give_up(live)
    return _paid_and_kept(wanted) or ask_anew(wanted, now=now)


def ask_anew(wanted: Ask, *, now: datetime) -> Attempt:
    """A new attempt for a due that nobody was asked for before. Calls nobody."""
    attempt = Attempt(
        seller=wanted.seller, due=wanted.due, amount_minor=wanted.amount_minor, currency=wanted.currency,
        what=wanted.what, email=wanted.email, language=wanted.language, expires_at=now + wanted.lasts,
    )  # fmt: skip
    attempt.success_url = wanted.success_url.replace("{attempt}", str(attempt.reference))
    attempt.cancel_url = wanted.cancel_url.replace("{attempt}", str(attempt.reference))
    return written(attempt)


def open_page(attempt: Attempt) -> str:
    """The address of the hosted page, opened with the key that was kept; "" once nobody can pay there any more.

    Calls Stripe: never inside a transaction.
    Refuses with PaymentPageAway when Stripe cannot be reached: the same call can be made again.
    """
    if attempt.state != AttemptState.ASKED:
        return attempt.url if attempt.state == AttemptState.OPEN else ""
    try:
        seen = stripe_door.open_page(_page(attempt), key=str(attempt.idempotency_key))
    except stripe_door.Away as error:
        raise PaymentPageAway(
            _("The payment page cannot be reached now. Nothing was charged. Try again in a minute.")
        ) from error
    except stripe_door.Declined as error:
        _note_failed(attempt, str(error))
        raise PaymentPageAway(_("The payment page could not be opened. Nothing was charged. Try again.")) from error
    settle(attempt, seen, now=timezone.now())
    return attempt.url if attempt.state == AttemptState.OPEN else ""


def look_again(attempt: Attempt, *, now: datetime) -> Attempt:
    """Ask Stripe how the page stands and act on it. Calls Stripe: never inside a transaction. Raises Away."""
    if attempt.session_id and attempt.state in (AttemptState.ASKED, AttemptState.OPEN):
        settle(attempt, stripe_door.look_at(attempt.session_id), now=now)
    elif attempt.state == AttemptState.ASKED and attempt.expires_at <= now:
        _note_expired(attempt)
    return attempt


def close_page(attempt: Attempt, *, key: str, now: datetime) -> None:
    """Close the page so that nobody can pay any more, or notice that somebody did. Calls Stripe. Raises Away."""
    if attempt.session_id:
        settle(attempt, stripe_door.expire(attempt.session_id, key=key), now=now)
    else:
        _note_expired(attempt)


@joined
def settle(attempt: Attempt, seen: stripe_door.PageSeen, *, now: datetime) -> Payment | None:
    """Act on what Stripe says of the page: once, in any order. Answers the payment, if it is paid; `attempt` is as it
    stands then.

    Where amount, currency, mode or reference are not ours nothing is applied, and a finding is written.
    """
    lock(attempt)
    if reason := _does_not_fit(attempt, seen):
        note_finding(key=f"session:{seen.session_id}", due=attempt.due, text=reason)
        return None
    _remember(attempt, seen)
    if seen.is_paid:
        return _note_paid(attempt, now=now)
    if seen.is_expired:
        _note_expired(attempt)
    elif attempt.state == AttemptState.ASKED:
        attempt.move(AttemptState.OPEN, by=None)
    return None


@joined
def stop_asking(*, due: UUID) -> None:
    """Nobody is to pay this due by card any more: the page is closed by a call that is owed."""
    for attempt in _live_of_due(due):
        _owe_closing(attempt)


@asked
def _live_of_due(due: UUID) -> QuerySet[Attempt]:
    return Attempt.objects.live().filter(due=due).select_for_update()


def find_missed(*, now: datetime) -> int:
    """Look at pages that have run out by the clock, and owe looking at events that Stripe could not bring us."""
    for pk in Attempt.objects.overdue(now=now - timedelta(seconds=30)).values_list("pk", flat=True)[:500]:
        _owe(f"payments.look_again:{pk}:{now:%Y%m%d%H}", "payments.look_again", {"attempt_id": pk})
    try:
        missed = stripe_door.undelivered(since=now - timedelta(days=3))
    except (stripe_door.Away, stripe_door.Declined):
        return 0
    known = set(
        StripeEvent.objects.filter(event_id__in=[e.event_id for e in missed]).values_list("event_id", flat=True)
    )
    fresh = [event for event in missed if event.event_id not in known and event.livemode == stripe_door.is_live()]
    for event in fresh:
        keep_event(event)
    return len(fresh)


@transaction.atomic
def keep_event(event: stripe_door.EventSeen) -> None:
    """Keep an event, once, and owe reading it."""
    StripeEvent.objects.bulk_create(
        [StripeEvent(event_id=event.event_id, kind=event.kind, payload=event.payload)], ignore_conflicts=True
    )
    put("payments.read_event", key=f"payments.read_event:{event.event_id}", payload={"event_id": event.event_id})


@transaction.atomic
def _owe(key: str, kind: str, payload: dict[str, int]) -> None:
    put(kind, key=key, payload=payload)


def _paid_and_kept(wanted: Ask) -> Attempt | None:
    """The attempt that paid this due, while none of its money went back."""
    for payment in Payment.objects.filter(due=wanted.due, attempt__state=AttemptState.PAID).select_related("attempt"):
        if payment.refundable_minor() == wanted.amount_minor:
            return payment.attempt
    return None


def lock(attempt: Attempt) -> None:
    """Lock its row, and let `attempt` be as it stands there."""
    attempt.__dict__.update(_locked(attempt.pk)[0].__dict__)


@asked
def _locked(pk: int) -> QuerySet[Attempt]:
    return Attempt.objects.filter(pk=pk).select_for_update()


def payment_of(attempt: Attempt) -> Payment | None:
    """The payment that came by this page."""
    return _paid_by.first(attempt.pk)


@asked
def _paid_by(attempt_id: int) -> QuerySet[Payment]:
    return Payment.objects.filter(attempt_id=attempt_id)


def _can_be_used(live: Attempt, wanted: Ask, now: datetime) -> bool:
    same = (live.amount_minor, live.currency) == (wanted.amount_minor, wanted.currency)
    if live.state == AttemptState.ASKED:
        return same and now < live.made_at + OPENS_WITHIN
    return same and now < live.expires_at - timedelta(minutes=1)


def _give_up(live: Attempt) -> None:
    """Make room for another attempt. Its page, if there may be one, is closed; money that comes by it goes back."""
    live.move(AttemptState.EXPIRED, by=None, note="given up for another")
    _owe_closing(live)


def _owe_closing(attempt: Attempt) -> None:
    put("payments.close_page", key=f"payments.close_page:{attempt.pk}", payload={"attempt_id": attempt.pk})


def _page(attempt: Attempt) -> stripe_door.PageWanted:
    return stripe_door.PageWanted(
        reference=str(attempt.reference), amount_minor=attempt.amount_minor, currency=attempt.currency,
        what=attempt.what, email=attempt.email, language=attempt.language, success_url=attempt.success_url,
        cancel_url=attempt.cancel_url, expires_at=attempt.expires_at,
    )  # fmt: skip


def _does_not_fit(attempt: Attempt, seen: stripe_door.PageSeen) -> str:
    """Why this page is not the one we asked for, in a sentence; "" when it is."""
    pairs = {
        "reference": (seen.reference, str(attempt.reference)),
        "amount": (seen.amount_minor, attempt.amount_minor),
        "currency": (seen.currency, attempt.currency),
        "mode": (seen.livemode, stripe_door.is_live()),
        "session": (seen.session_id, attempt.session_id or seen.session_id),
    }
    wrong = [f"{name} {said!r} where ours is {ours!r}" for name, (said, ours) in pairs.items() if said != ours]
    return f"Stripe’s page {seen.session_id} does not fit “{attempt.what}”: {'; '.join(wrong)}." if wrong else ""


def _remember(attempt: Attempt, seen: stripe_door.PageSeen) -> None:
    attempt.session_id, attempt.url = seen.session_id, seen.url or attempt.url
    attempt.intent_id = seen.intent_id or attempt.intent_id
    rewritten(attempt, "session_id", "url", "intent_id")


def _note_paid(attempt: Attempt, *, now: datetime) -> Payment:
    """Write the payment, once. A page that had been given up was paid all the same: then the money goes back."""
    if attempt.state not in LIVE and (paid := payment_of(attempt)):
        return paid
    late = attempt.state in (AttemptState.EXPIRED, AttemptState.FAILED)
    if not late:
        attempt.move(AttemptState.PAID, by=None)
    payment = written(Payment(
        seller_id=attempt.seller_id, due=attempt.due, method=Method.CARD, attempt=attempt, amount_minor=attempt.amount_minor,
        currency=attempt.currency, intent_id=attempt.intent_id, received_at=now,
    ))  # fmt: skip
    book_payment(payment, tell=not late)
    if late:
        with override(attempt.language):
            reason = _("This payment page had been replaced by another one.")
        refund(payment=payment, amount_minor=payment.amount_minor, reason=reason, key=f"late:{payment.pk}", by=None)
    return payment


@transaction.atomic
def _note_expired(attempt: Attempt) -> None:
    lock(attempt)
    if attempt.state in LIVE:
        attempt.move(AttemptState.EXPIRED, by=None)
        payment_expired.send(Attempt, due=attempt.due, attempt=attempt.reference)


@transaction.atomic
def _note_failed(attempt: Attempt, why: str) -> None:
    lock(attempt)
    if attempt.state == AttemptState.ASKED:
        attempt.move(AttemptState.FAILED, by=None, note=why[:500])
