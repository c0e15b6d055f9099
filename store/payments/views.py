"""Where Stripe's events arrive, and the way to the hosted page."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from foundation.asked import asked
from store.payments import actions, stripe_door
from store.payments.flow import AttemptState
from store.payments.models import Attempt


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Keep a signed event. Answers 200 only once its row is committed, and calls nobody."""
    try:
        event = stripe_door.read_event(request.body, request.headers.get("Stripe-Signature", ""))
    except stripe_door.Declined:
        return HttpResponse("not signed by Stripe, or not now", status=400, content_type="text/plain")
    actions.keep_event(event)
    return HttpResponse("kept", content_type="text/plain")


def find_attempt(reference: UUID) -> Attempt:
    """The attempt of this reference; 404 where there is none."""
    if found := _attempts.first(reference):
        return found
    raise Http404


@asked
def _attempts(reference: UUID) -> QuerySet[Attempt]:
    return Attempt.objects.filter(reference=reference)


@never_cache
@require_GET
def go(request: HttpRequest, reference: UUID) -> HttpResponse:
    """On to the hosted payment page. Opening it again leads to the same page."""
    attempt = find_attempt(reference)
    try:
        url = actions.open_page(attempt)
    except actions.PaymentPageAway as refusal:
        back = {"sentence": str(refusal), "back": attempt.cancel_url}
        return render(request, "ui/refused.html", back, status=503)
    if not url:
        paid = attempt.state == AttemptState.PAID
        back_to = (
            attempt.success_url.replace("{CHECKOUT_SESSION_ID}", attempt.session_id or "")
            if paid
            else attempt.cancel_url
        )
        return HttpResponseRedirect(back_to)
    return HttpResponseRedirect(url)
