"""The card payments of months that were played before: the stand-in for Stripe is told of them, so that they can be sent back."""

import json
import urllib.error
import urllib.request

from django.conf import settings

from store.payments.models import Payment

WITHIN_S = 10


def tell_the_standin() -> int:
    """Tell it, where there is one. Answers of how many. Stripe itself is told nothing."""
    known = [
        {
            "intent": paid.intent_id, "amount": paid.amount_minor, "currency": paid.currency.lower(),
            "attempt": str(paid.attempt.reference), "description": paid.attempt.what,
        }
        for paid in Payment.objects.exclude(intent_id="").select_related("attempt")
        if paid.attempt is not None
    ]  # fmt: skip
    if not settings.STRIPE_API_BASE or not known:
        return 0
    asked = urllib.request.Request(  # noqa: S310  the stand-in's own address, on this machine
        f"{settings.STRIPE_API_BASE}/_standin/remember", data=json.dumps({"payments": known}).encode()
    )
    try:
        with urllib.request.urlopen(asked, timeout=WITHIN_S):  # noqa: S310  the same
            return len(known)
    except urllib.error.URLError:
        return 0
