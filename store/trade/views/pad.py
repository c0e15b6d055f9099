"""The order pad: a grid to fill in by keyboard, lines to paste, a last look, and the order."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from foundation.api.once import once
from foundation.house.models import DeliveryMethod
from foundation.people.models import User
from store.catalogue.brands import shop_brand
from store.orders.actions import CannotOrder, reckon_draft
from store.orders.models import Order
from store.orders.owing import exposure_minor
from store.orders.totals import Reckoning
from store.pricing.trade import Terms
from store.trade import actions
from store.trade.doors import CompanyRequest, ordering_page
from store.trade.forms import PasteForm, PlaceForm
from store.trade.grid import lay_out
from store.trade.models import MOST_OF_ONE, PadLine
from store.trade.offer import Priced, draft_line, on_sale, price_lines, terms_of
from store.trade.pasting import read_lines

NAMESPACE = UUID("0199f6a0-0000-7000-8000-7261646521aa")
"""Under which an order's own id is made of the form's: the same form sent twice is one order."""


@never_cache
@ordering_page
@require_http_methods(["GET", "HEAD", "POST"])
def pad(request: CompanyRequest) -> HttpResponse:
    """The grid. Every figure is kept as soon as the form is sent, by any of its buttons; nothing is ordered yet."""
    if request.method == "POST":
        wrong = _keep(request)
        for sentence in wrong[:5]:
            messages.error(request, sentence)
        return redirect("trade:review" if "review" in request.POST and not wrong else "trade:pad")
    return render(request, "trade/pad.html", _pad_page(request))


@ordering_page
@require_POST
def paste(request: CompanyRequest) -> HttpResponse:
    """Lines from a spreadsheet are added to the pad; those that cannot be read come back with their numbers."""
    form = PasteForm(request.POST)
    if not form.is_valid():
        return render(request, "trade/pad.html", _pad_page(request) | {"paste": form}, status=422)
    found = read_lines(form.cleaned_data["lines"], known=set(on_sale().values_list("sku", flat=True)))
    have = quantities_of(request.user)
    both = {sku: min(have.get(sku, 0) + many, MOST_OF_ONE) for sku, many in found.quantities.items()}
    actions.write_pad(user=request.user, quantities=both)
    if not found.wrong:
        messages.success(request, _("%(n)s lines are on your pad.") % {"n": len(both)})
        return redirect("trade:pad")
    left = PasteForm(initial={"lines": "\n".join(one.text for one in found.wrong)})
    shown = _pad_page(request) | {"paste": left, "wrong": found.wrong, "taken": len(both)}
    return render(request, "trade/pad.html", shown, status=422)


@ordering_page
@require_POST
def clear(request: CompanyRequest) -> HttpResponse:
    """Empty the pad."""
    actions.clear_pad(user=request.user)
    return redirect("trade:pad")


@ordering_page
@require_POST
def again(request: CompanyRequest, number: str) -> HttpResponse:
    """Put what an order had on the pad once more, at today's prices; what is no longer sold is left out."""
    order = get_object_or_404(Order.objects.of_company(request.company), number=number)
    have: dict[str, int] = {}
    for line in order.lines.all():
        have[line.sku] = min(have.get(line.sku, 0) + line.quantity, MOST_OF_ONE)
    actions.write_pad(user=request.user, quantities=have)
    return redirect("trade:pad")


@never_cache
@ordering_page
@require_http_methods(["GET", "HEAD", "POST"])
@once
def review(request: CompanyRequest) -> HttpResponse:
    """The last look: what leaves when, what it comes to, whose number, where to. Then the order."""
    terms = terms_of(request.company)
    lines = _lines(request.user, terms)
    methods = list(DeliveryMethod.objects.filter(seller=request.company.seller))
    form = PlaceForm(request.POST or None, company=request.company, methods=methods)
    if request.method == "POST" and form.is_valid():
        try:
            placed = _place(request, form, lines, methods)
        except CannotOrder as refusal:
            form.add_error(None, str(refusal))
        else:
            if placed is not None:
                return redirect("trade:order", placed.number)
    status = 422 if form.errors else 200
    return render(request, "trade/review.html", _review_page(request, form, lines, methods), status=status)


def _place(
    request: CompanyRequest, form: PlaceForm, lines: tuple[Priced, ...], methods: list[DeliveryMethod]
) -> Order | None:
    """The order; None, with an error on the form, where it now comes to something else than the page said."""
    said, brand = form.cleaned_data, shop_brand()
    sums = _sums(lines, methods, code=said["delivery"], country=said["country"])
    if sums is None or sums.gross_minor != said["agreed"]:
        form.add_error(None, _("The total has changed since this page was opened. Look at it again, then send it."))
        return None
    placed = actions.order_on_account(
        reference=uuid5(NAMESPACE, f"{request.user.pk}:{request.POST['action_id']}"), company=request.company, lines=lines,
        po_number=said["po_number"], address=form.address(), delivery=said["delivery"], brand=brand.code,
        currency=brand.seller.currency, now=timezone.now(), by=request.user,
    )  # fmt: skip
    actions.clear_pad(user=request.user)
    return placed


def quantities_of(user: User) -> dict[str, int]:
    """What the pad says, by stock number."""
    return dict(PadLine.objects.filter(user=user).values_list("variant__sku", "quantity"))


def _keep(request: CompanyRequest) -> list[str]:
    """Write down what the grid says; answers the cells that are no quantity, in sentences."""
    taken: dict[str, int] = {}
    wrong: list[str] = []
    for name, value in request.POST.items():
        if not name.startswith("q:"):
            continue
        said = str(value).strip() or "0"
        if said.isascii() and said.isdigit() and int(said) <= MOST_OF_ONE:
            taken[name[2:]] = int(said)
        else:
            wrong.append(
                _("%(sku)s: “%(said)s” is not a quantity from 0 to %(most)s.")
                % {"sku": name[2:], "said": said[:20], "most": MOST_OF_ONE}
            )
    actions.write_pad(user=request.user, quantities=taken)
    return wrong


def _pad_page(request: CompanyRequest) -> dict[str, Any]:
    terms = terms_of(request.company)
    company = request.company
    if terms is None:
        return {"company": company, "found": None}
    found = lay_out(quantities_of(request.user), terms=terms, brand=shop_brand(), now=timezone.now())
    left = company.credit_limit_minor - exposure_minor(company)
    return {
        "company": company, "found": found, "terms": terms, "paste": PasteForm(), "currency": company.seller.currency,
        "credit_left": max(left, 0), "over": found.net_minor > left,
    }  # fmt: skip


def _lines(user: User, terms: Terms | None) -> tuple[Priced, ...]:
    have = quantities_of(user)
    if terms is None or not have:
        return ()
    wanted: Mapping[Any, int] = {row: have[row.sku] for row in on_sale().filter(sku__in=have)}
    return price_lines(wanted, terms=terms, brand=shop_brand(), now=timezone.now(), dated=True)


def _sums(lines: tuple[Priced, ...], methods: list[DeliveryMethod], *, code: str, country: str) -> Reckoning | None:
    brand = shop_brand()
    method = next((one for one in methods if one.code == code), None) or next(iter(methods), None)
    if method is None or not lines or any(line.problem for line in lines):
        return None
    drafts = tuple(part for line in lines for part in draft_line(line, order=NAMESPACE))
    return reckon_draft(drafts, brand=brand, delivery=method, country=country)


def _review_page(
    request: CompanyRequest, form: PlaceForm, lines: tuple[Priced, ...], methods: list[DeliveryMethod]
) -> dict[str, Any]:
    company = request.company
    code, country = str(form["delivery"].value() or ""), str(form["country"].value() or "")
    sums = _sums(lines, methods, code=code, country=country)
    exposure = exposure_minor(company)
    days = [line.promise_on for line in lines if line.promise_on]
    return {
        "company": company, "form": form, "lines": lines, "sums": sums, "currency": company.seller.currency,
        "problems": [line.problem for line in lines if line.problem], "last_on": max(days, default=None),
        "over": bool(sums) and exposure + (sums.gross_minor if sums else 0) > company.credit_limit_minor,
        "pieces": sum(line.quantity for line in lines), "agreed": sums.gross_minor if sums else "",
    }  # fmt: skip
