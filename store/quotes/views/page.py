"""A quote's page, opened by its secret link; what whoever it is for can do there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation.api.once import once, refused
from foundation.flow import WrongTurn
from store.orders import actions as orders
from store.quotes import actions
from store.quotes.flow import QuoteState
from store.quotes.forms import ApproveForm
from store.quotes.models import Quote
from store.quotes.page import QuotePage, show

ORDERED = (QuoteState.APPROVED, QuoteState.PAID)


@never_cache
@require_safe
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, what it costs and why, until when. Once it is an order, on to that."""
    quote = _find(token)
    if on := _to_order(quote):
        return on
    return _page(request, quote, token)


@require_POST
@once
def approve(request: HttpRequest, token: str) -> HttpResponse:
    """Approve it: it becomes an order, and the payment page opens, or the order's page with the account to pay to."""
    quote = _find(token)
    page = show(quote, now=timezone.now())
    form = _form(page, request.POST)
    if quote.state not in ORDERED and not form.is_valid():
        return _page(request, quote, token, form=form, status=422)
    try:
        order = quote.order if quote.state in ORDERED else _approved(quote, form)
        if order is None:
            raise actions.CannotApprove(_("This quote has run out, or was taken back. Ask us again."))
        due = order.dues.earliest("pk")
        if request.POST.get("way") != "card" or not due.is_open:
            return redirect("aftercare:order", orders.token_of(order))
        attempt = orders.ask_for_payment(order=order, due=due, now=timezone.now())
    except (actions.CannotApprove, orders.CannotPay, WrongTurn) as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("quotes:offer", token))
    return redirect("payments:go", attempt.reference)


@require_POST
@once
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """It has run out, and they would still like it."""
    actions.ask_again(quote=_find(token), now=timezone.now())
    messages.success(request, _("Thank you. We look at it again and come back to you."))
    return redirect("quotes:offer", token)


def _approved(quote: Quote, form: ApproveForm) -> Any:
    return actions.approve(quote=quote, answer=form.answer(), now=timezone.now())


def _page(
    request: HttpRequest, quote: Quote, token: str, *, form: ApproveForm | None = None, status: int = 200
) -> HttpResponse:
    page = show(quote, now=timezone.now())
    form = form or _form(page, None)
    answer = render(
        request, "quotes/offer.html", {"page": page, "quote": quote, "token": token, "form": form}, status=status
    )
    answer["Referrer-Policy"], answer["X-Robots-Tag"] = "same-origin", "noindex"
    return answer


def _form(page: QuotePage, sent: Any) -> ApproveForm:
    quote = page.quote
    known = {
        "name": quote.name, "email": quote.email, "phone": quote.phone, "country": quote.country,
        "delivery": quote.delivery.code, "agreed": page.sums.total_minor, "promised": page.promise_on,
    }  # fmt: skip
    return ApproveForm(
        sent, initial=known, country=quote.country, methods=[quote.delivery], needs_consent=page.needs_consent
    )


def _to_order(quote: Quote) -> HttpResponse | None:
    """The page of the order it became; not where that order's link was replaced since: then this one is old, too."""
    if quote.state not in ORDERED or quote.order is None or quote.order.links.count() > 1:
        return None
    return redirect("aftercare:order", orders.token_of(quote.order))


def _find(token: str) -> Quote:
    found = actions.find_by_token(token)
    if found is None:
        raise Http404(_("There is no such quote."))
    return found
