"""The counter's page: find, add, take the money, give the change and the receipt."""

from collections import Counter
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from foundation.api.once import once
from foundation.house.models import Site
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import Role
from store.counter import actions
from store.counter.forms import METHODS, SaleForm
from store.counter.looking import address_of, rows_of, showrooms
from store.counter.models import Taken
from store.counter.paper import receipt_pdf

MOST_ITEMS = 40


@staff(Role.SALES)
@require_safe
def counter(request: StaffRequest) -> HttpResponse:
    """What lies in the showroom, and what is on the till. What is on it stands in the page's address."""
    site = _site(request, request.GET.get("site", ""))
    if site is None:
        return render(request, "counter/none.html")
    words = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    skus = _skus(request.GET.getlist("item"))
    found = rows_of(site, skus, words=words)
    scanned = next((row for row in found[1] if row.variant.sku.casefold() == words.casefold()), None)
    if scanned is not None:
        return redirect(request.path + address_of(site, Counter([*skus, scanned.variant.sku])))
    form = SaleForm(currency=site.seller.currency, initial={"language": get_language(), "method": "cash"})
    return render(request, "counter/counter.html", _shown(site, found, form, words=words))


@staff(Role.SALES)
@require_POST
@once
def sell(request: StaffRequest) -> HttpResponse:
    """Take the money and hand it over."""
    site = get_object_or_404(Site.objects.select_related("seller"), code=request.POST.get("site", ""), is_showroom=True)
    skus = _skus(request.POST.getlist("item"))
    form = SaleForm(request.POST, currency=site.seller.currency)
    if form.is_valid():
        said = form.cleaned_data
        sale = actions.Sale(
            reference=uuid5(NAMESPACE_URL, f"{request.user.pk}:{request.POST['action_id']}"),
            items=tuple(actions.Item(sku, many) for sku, many in Counter(skus).items()),
            tendered_minor=said["tendered"] or 0, agreed_minor=said["agreed"],
            **{name: said[name] for name in ("method", "language", "slip", "name", "email", "phone")},
        )  # fmt: skip
        try:
            taken = actions.sell(sale=sale, site=site, now=timezone.now(), by=request.user)
            return redirect("counter:sold", taken.order.number)
        except actions.CannotSell as refusal:
            form.add_error(None, str(refusal))
    return render(request, "counter/counter.html", _shown(site, rows_of(site, skus), form), status=422)


@staff(Role.SALES)
@require_safe
def sold(request: StaffRequest, number: str) -> HttpResponse:
    """The change to give, and the receipt."""
    taken = _taken(number)
    return render(request, "counter/sold.html", {"taken": taken, "lines": list(taken.order.lines.all())})


@staff(Role.SALES)
@require_safe
def receipt(request: StaffRequest, number: str) -> HttpResponse:
    """The receipt as PDF."""
    answer = HttpResponse(receipt_pdf(_taken(number)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="receipt-{number}.pdf"'
    return answer


def _taken(number: str) -> Taken:
    return get_object_or_404(Taken.objects.select_related("order", "payment", "site"), order__number=number)


def _site(request: HttpRequest, code: str) -> Site | None:
    rooms = showrooms()
    return next((site for site in rooms if site.code == code), rooms[0] if rooms else None)


def _skus(asked: list[str]) -> list[str]:
    return [sku.replace("\x00", "")[:32] for sku in asked if sku][:MOST_ITEMS]


def _shown(site: Site, found: tuple[list[Any], list[Any]], form: SaleForm, *, words: str = "") -> dict[str, Any]:
    on_till, in_tray = found
    method = form["method"].value() or "cash"
    return {
        "site": site, "rooms": showrooms(), "on_till": on_till, "in_tray": in_tray, "form": form, "words": words,
        "currency": site.seller.currency, "total_minor": sum(row.gross_minor for row in on_till),
        "items": [row.variant.sku for row in on_till for _n in range(row.many)],
        "methods": [{"value": value, "label": label, "checked": value == method} for value, label in METHODS],
    }  # fmt: skip
