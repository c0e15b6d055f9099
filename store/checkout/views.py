"""The page that makes an order of a basket, and the two ways back from the payment page."""

from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from foundation.api.once import once, refused
from foundation.asked import asked
from foundation.house.models import Brand
from foundation.outbox.actions import deliver
from store.baskets.actions import NotForSale
from store.baskets.carrier import basket_of, count_in, hand_out, user_of
from store.baskets.models import Basket
from store.baskets.offer import Contents, contents, draft_lines
from store.catalogue.brands import shop_brand
from store.checkout.forms import CheckoutForm
from store.checkout.placing import place
from store.checkout.summary import Summary, methods_of, start_with, sum_up
from store.orders import actions
from store.orders.drafts import OrderDraft
from store.orders.models import Order
from store.payments import actions as payments
from store.payments import stripe_door
from store.payments.views import find_attempt

LEADS_ON_FOR = timedelta(hours=1)
"""How long after a payment page's end its way back still leads to the order: the browser's history is no lasting key."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def checkout(request: HttpRequest) -> HttpResponse:
    """Who, where to, how; then on to the payment page. Guests first: nobody has to sign in."""
    basket = basket_of(request)
    brand = basket.brand if basket else shop_brand()
    found = contents(basket, brand=brand, now=timezone.now())
    if basket is None or found.problems:
        messages.error(request, found.problems[0].text if found.problems else _("Your basket is empty."))
        return refused(redirect("baskets:basket"))
    form, summary = _form(request, brand, basket, found)
    if request.method != "POST" or "redraw" in request.POST or not form.is_valid():
        return _page(request, form, summary, found, status=422 if form.errors else 200)
    if form.cleaned_data["agreed"] != summary.now_minor:
        form.add_error(None, _("The sum has changed since you saw it. Look at it and press the button again."))
        return _page(request, form, summary, found, status=422)
    return _order(request, form, basket, found)


@require_safe
def sums(request: HttpRequest) -> HttpResponse:
    """The summary for what is chosen so far: a page with scripts asks for it as the choice changes."""
    brand = shop_brand()
    basket = basket_of(request)
    found = contents(basket, brand=brand, now=timezone.now())
    if basket is None or found.problems:
        return HttpResponse(status=409)
    draft = draft_lines(found)
    summary = sum_up(draft, brand, country=request.GET.get("country", ""), delivery=request.GET.get("delivery", ""))
    return render(request, "checkout/_answer.html", {"summary": summary})


@never_cache
@require_safe
def back(request: HttpRequest, reference: UUID) -> HttpResponse:
    """From the payment page, paid. The browser may be here before Stripe's event: we look for ourselves."""
    attempt = find_attempt(reference)
    if not attempt.session_id or request.GET.get("session") != attempt.session_id:
        return render(request, "checkout/thanks.html", status=200)
    try:
        payments.look_again(attempt, now=timezone.now())
    except (stripe_door.Away, stripe_door.Declined):
        messages.info(request, _("We are waiting for the bank’s word. This page shows it as soon as it is here."))
    order = _order_of.first(attempt.due)
    if order is None:
        return render(request, "checkout/thanks.html")
    if payment := payments.payment_of(attempt):
        deliver(f"orders.note_payment:{payment.reference}")  # a worker does it too; here it need not be waited for
        deliver(f"baskets.close_basket:{order.basket}")  # so that what was paid does not lie in the basket still
    if timezone.now() > attempt.expires_at + LEADS_ON_FOR:
        return render(request, "checkout/thanks.html")
    answer = redirect(actions.page_url(order))
    return hand_out(answer, token="", count=count_in(basket_of(request))) if payment else answer


@never_cache
@require_safe
def away(request: HttpRequest, reference: UUID) -> HttpResponse:
    """From the payment page, not paid. Everything is as it was."""
    attempt = find_attempt(reference)
    order = _order_of.first(attempt.due)
    if order is not None and order.channel == "conversation" and timezone.now() <= attempt.expires_at + LEADS_ON_FOR:
        messages.info(request, _("Nothing was charged. You can pay here whenever you like."))
        return redirect("aftercare:order", actions.token_of(order))
    messages.info(request, _("Nothing was charged. Your basket is as you left it."))
    basket = basket_of(request)
    if order is not None and order.is_on_account:
        return redirect(actions.page_url(order))
    if basket is not None and order is not None and order.basket == basket.reference:
        return redirect("checkout:checkout")
    return redirect("baskets:basket")


@asked
def _order_of(due: UUID) -> QuerySet[Order]:
    return Order.objects.filter(dues__reference=due)


def _form(request: HttpRequest, brand: Brand, basket: Basket, found: Contents) -> tuple[CheckoutForm, Summary]:
    """The form as sent, or as it can be filled already, and what that comes to."""
    draft = draft_lines(found)
    said: Any = request.POST if request.method == "POST" else start_with(basket, user_of(request), brand)
    methods = methods_of(brand)
    summary = sum_up(draft, brand, country=said.get("country", ""), delivery=said.get("delivery", ""), methods=methods)
    sent = request.POST if request.method == "POST" and "redraw" not in request.POST else None
    initial = {name: said.get(name) for name in CheckoutForm.base_fields} if sent is None else None
    form = CheckoutForm(
        sent, initial=initial, country=summary.country, methods=methods, needs_consent=summary.needs_consent
    )
    return form, summary


def _page(request: HttpRequest, form: CheckoutForm, summary: Summary, found: Contents, *, status: int) -> HttpResponse:
    context = {"form": form, "summary": summary, "found": found}
    return render(request, "checkout/checkout.html", context, status=status)


def _order(request: HttpRequest, form: CheckoutForm, basket: Basket, found: Contents) -> HttpResponse:
    """Place the order and ask for its first payment; the payment page is opened by the next request."""
    draft = _draft(request, form, basket, found)
    try:
        _placed, attempt = place(draft, found, now=timezone.now(), by=user_of(request))
    except (actions.CannotOrder, actions.CannotPay, NotForSale) as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("baskets:basket"))
    return redirect("payments:go", attempt.reference)


def _draft(request: HttpRequest, form: CheckoutForm, basket: Basket, found: Contents) -> OrderDraft:
    said, user = form.cleaned_data, user_of(request)
    return OrderDraft(
        reference=uuid5(NAMESPACE_URL, f"{basket.reference}:{request.POST['action_id']}"), brand=basket.brand.code,
        channel="web", language=getattr(request, "LANGUAGE_CODE", basket.language), currency=basket.currency,
        email=said["email"], name=said["name"], phone=said["phone"], address=form.address(), delivery=said["delivery"],
        lines=draft_lines(found), basket=basket.reference, user_id=user.pk if user else None, gift=said["gift"],
        gift_note=said["gift_note"] if said["gift"] else "", hide_prices=said["gift"] and said["hide_prices"],
        consented_at=timezone.now() if said["consent"] else None,
    )  # fmt: skip
