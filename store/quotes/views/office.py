"""The office's pages of quotes: raised in two minutes on a telephone, shared by one link."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.api.once import once, refused
from foundation.files.actions import NotTaken
from foundation.flow import WrongTurn
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import OFFICE, Role
from store.catalogue.brands import shop_brand
from store.checkout.summary import methods_of
from store.orders.actions import CannotOrder
from store.quotes import actions
from store.quotes.flow import QuoteState
from store.quotes.forms import FilterForm, PriceForm, RenewForm, WhoForm, WithdrawForm
from store.quotes.models import PriceChange, Quote
from store.quotes.offering import CannotOffer
from store.quotes.page import end_of, message_of, show, until_on, ways_to_share
from store.quotes.views.choosing import Choosing, choosing

REFUSALS = (actions.CannotChange, actions.CannotShare, CannotOffer, CannotOrder, NotTaken, WrongTurn)


@staff(*OFFICE)
@require_safe
def quotes(request: StaffRequest) -> HttpResponse:
    """All quotes, newest first, each with where it stands."""
    form = FilterForm(request.GET)
    rows = Quote.objects.for_user(request.user).select_related("order", "brand__seller", "made_by")
    rows = rows.prefetch_related("lines").annotate(sum_minor=Sum("lines__gross_minor")).order_by("-pk")
    if form.is_valid():
        rows = _filtered(rows, form.cleaned_data)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    query = "&".join(f"{key}={value}" for key, value in request.GET.items() if key != "page" and value)
    shown = [(quote, until_on(quote)) for quote in page.object_list]
    context = {"form": form, "page": page, "rows": shown, "query": query, "total": page.paginator.count}
    return render(request, "quotes/list.html", context)


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: StaffRequest) -> HttpResponse:
    """Who, what, until when: one page. What is searched for and chosen stands in its address."""
    brand = shop_brand()
    asked = choosing(request, brand)
    methods = methods_of(brand)
    redraw = request.method != "POST" or "redraw" in request.POST
    who = WhoForm(None if redraw else request.POST, initial=_typed(request), brand=brand, methods=methods)
    if redraw or not (who.is_valid() & asked.is_valid()):
        return _new(request, asked, who, status=200 if redraw else 422)
    said = who.cleaned_data
    wanted = actions.Wanted(
        brand=brand, valid_until_at=end_of(said["valid_until"], brand.seller.time_zone), deposit_percent=said["deposit"],
        **{name: said[name] for name in ("name", "email", "phone", "language", "country", "delivery", "note")},
    )  # fmt: skip
    try:
        quote = actions.draw_up(
            wanted=wanted, offered=asked.offered(by=request.user), by=request.user, now=timezone.now()
        )
        if "draft" not in request.POST:
            actions.share(quote=quote, by=request.user)
    except REFUSALS as refusal:
        who.add_error(None, str(refusal))
        return _new(request, asked, who, status=422)
    return redirect("quotes:quote", quote.number)


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def add(request: StaffRequest, number: str) -> HttpResponse:
    """One thing more on a quote that nobody has seen."""
    found = _find(request, number)
    asked = choosing(request, found.brand)
    redraw = request.method != "POST" or "redraw" in request.POST
    if redraw or not asked.is_valid():
        return _new(request, asked, None, quote=found, status=200 if redraw else 422)
    try:
        actions.add_line(quote=found, offered=asked.offered(by=request.user), by=request.user)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return _new(request, asked, None, quote=found, status=422)
    return redirect("quotes:quote", number)


@staff(Role.SALES)
@require_safe
def price(request: StaffRequest) -> HttpResponse:
    """What changes on that page as something else is chosen."""
    asked = choosing(request, shop_brand())
    return render(request, "quotes/_priced.html", {"asked": asked}) if asked.piece else HttpResponse(status=404)


@staff(*OFFICE)
@require_safe
def quote(request: StaffRequest, number: str) -> HttpResponse:
    """One quote: its link to hand over, what it offers, everything that happened."""
    return _shown(request, _find(request, number))


@staff(Role.SALES)
@require_POST
@once
def share(request: StaffRequest, number: str) -> HttpResponse:
    """Make the link of a draft."""
    found = _find(request, number)
    return _done(request, found, lambda: actions.share(quote=found, by=request.user), _("Here is the link."))


@staff(Role.SALES)
@require_POST
@once
def renew(request: StaffRequest, number: str) -> HttpResponse:
    """The same prices until another day."""
    found, form = _find(request, number), RenewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a day from today on, within 90 days."))
        return refused(redirect("quotes:quote", number))
    until = end_of(form.cleaned_data["valid_until"], found.brand.seller.time_zone)
    return _done(
        request, found, lambda: actions.renew(quote=found, valid_until_at=until, by=request.user),
        _("It stands again, under the same link."),
    )  # fmt: skip


@staff(Role.SALES)
@require_POST
@once
def withdraw(request: StaffRequest, number: str) -> HttpResponse:
    """Take it back."""
    found, form = _find(request, number), WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why it is withdrawn."))
        return refused(redirect("quotes:quote", number))
    reason = form.cleaned_data["reason"]
    return _done(
        request, found, lambda: actions.withdraw(quote=found, reason=reason, by=request.user), _("It is withdrawn.")
    )


@staff(Role.SALES)
@require_POST
@once
def change_price(request: StaffRequest, number: str, position: int) -> HttpResponse:
    """Another price for a line, with the reason for it."""
    found = _find(request, number)
    line = get_object_or_404(found.lines, position=position)
    form = PriceForm(request.POST, currency=found.currency)
    if not form.is_valid():
        messages.error(request, _("Another price needs an amount above zero, and a reason."))
        return refused(redirect("quotes:quote", number))
    said = form.cleaned_data
    return _done(
        request, found,
        lambda: actions.change_price(line=line, gross_minor=said["price"], reason=said["reason"], by=request.user),
        _("The new price stands, and the reason beside it."),
    )  # fmt: skip


def _filtered(rows: Any, said: dict[str, Any]) -> Any:
    if said["state"]:
        rows = rows.filter(state=said["state"])
    words = said["q"].strip()
    if not words:
        return rows
    found = (
        Q(number__icontains=words) | Q(name__icontains=words) | Q(email__icontains=words) | Q(phone__icontains=words)
    )
    return rows.filter(found)


def _new(
    request: HttpRequest, asked: Choosing, who: WhoForm | None, *, quote: Quote | None = None, status: int = 200
) -> HttpResponse:
    context = {"asked": asked, "who": who, "quote": quote, "open": bool(who and who.errors)}
    return render(request, "quotes/new.html", context, status=status)


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed already about whom it is for, when the page is only drawn again."""
    return {name: request.POST[name] for name in WhoForm.base_fields if name in request.POST}


def _shown(request: StaffRequest, found: Quote) -> HttpResponse:
    page = show(found, now=timezone.now())
    shared = found.state == QuoteState.SHARED
    is_sales = request.user.has_role(Role.SALES)
    choices = {choice.to for choice in found.choices_for(request.user)} if is_sales else set()
    changes = PriceChange.objects.filter(line__quote=found).select_related("by", "line")
    context = {
        "quote": found, "page": page, "steps": [_step(found, step) for step in found.steps.select_related("by")],
        "changes": list(changes), "ways": ways_to_share(found) if shared else [],
        "message": message_of(found) if shared else None, "is_draft": found.state == QuoteState.DRAFTED,
        "can_withdraw": QuoteState.WITHDRAWN in choices, "can_renew": found.state == QuoteState.EXPIRED and is_sales,
        "can_price": found.state in actions.drawing_up.CHANGEABLE and is_sales,
        "price_form": PriceForm(currency=found.currency), "renew_form": RenewForm(), "withdraw_form": WithdrawForm(),
    }  # fmt: skip
    return render(request, "quotes/quote.html", context)


def _step(found: Quote, step: Any) -> dict[str, Any]:
    return {"at": step.at, "name": found.flow.name(step.new), "note": step.note, "by": step.by or ""}


def _find(request: StaffRequest, number: str) -> Quote:
    rows = Quote.objects.for_user(request.user).select_related("brand__seller", "delivery", "order", "made_by")
    return get_object_or_404(rows, number=number)


def _done(request: HttpRequest, found: Quote, act: Any, thanks: str) -> HttpResponse:
    try:
        act()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("quotes:quote", found.number))
    messages.success(request, thanks)
    return redirect("quotes:quote", found.number)
