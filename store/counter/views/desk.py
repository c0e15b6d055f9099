"""Beside the till: orders to be collected, the till counted, pieces moved between sites, the limit on cash."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.api.once import once
from foundation.house.models import Seller, Site
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import Role
from store.catalogue.actions import CannotMove, OutOfStock, transfer_stock
from store.catalogue.models import MovementKind, StockMovement, Variant
from store.counter import actions
from store.counter.forms import CashRuleForm, CountForm, HandOverForm, TransferForm
from store.counter.models import TillCount
from store.counter.waiting import to_collect, words_of
from store.orders import actions as orders
from store.orders.models import Order
from store.payments.models import CashRule
from store.payments.models.cash import cash_rule_of


@staff(Role.SALES)
@require_safe
def collections(request: StaffRequest) -> HttpResponse:
    """Orders that somebody comes for, the oldest first; by number or name."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    page = Paginator(to_collect(words), 50).get_page(request.GET.get("page"))
    rows = [(order, words_of(order)) for order in page.object_list]
    return render(request, "counter/collections.html", {"rows": rows, "page": page, "words": words})


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def collection(request: StaffRequest, number: str) -> HttpResponse:
    """One order at the counter: hand it over, once, against its number."""
    rows = Order.objects.for_user(request.user).select_related("delivery__collected_at", "handover__by")
    found = get_object_or_404(rows, number=number, delivery__collected_at__isnull=False)
    form = HandOverForm(request.POST or None, initial={"to": found.recipient})
    if request.method == "POST" and form.is_valid():
        try:
            orders.hand_over(order=found, at=timezone.now(), by=request.user, **form.cleaned_data)
            return redirect("counter:collection", number)
        except orders.CannotHandOver as refusal:
            form.add_error(None, str(refusal))
    shown = {"order": found, "form": form, "lines": list(found.lines.all()), "words": words_of(found)}
    return render(request, "counter/collection.html", shown, status=422 if form.errors else 200)


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def till(request: StaffRequest, site: str) -> HttpResponse:
    """The day's close: what the books expect, what was counted, who says so."""
    found = get_object_or_404(Site.objects.select_related("seller"), code=site, is_showroom=True)
    form = CountForm(request.POST or None, currency=found.seller.currency)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.count_till(
                site=found, reference=_named(request), counted_minor=said["counted"], banked_minor=said["banked"] or 0,
                note=said["note"], at=timezone.now(), by=request.user,
            )  # fmt: skip
            return redirect("counter:till", site)
        except actions.CannotCount as refusal:
            form.add_error(None, str(refusal))
    counts = TillCount.objects.filter(till__site=found).select_related("by").order_by("-pk")[:31]
    shown = {"site": found, "form": form, "expected_minor": actions.expected_minor(found), "counts": counts,
             "may_set_limit": request.user.has_role(Role.ADMIN)}  # fmt: skip
    return render(request, "counter/till.html", shown, status=422 if form.errors else 200)


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def transfer(request: StaffRequest) -> HttpResponse:
    """Move pieces from one site's tray to another's."""
    form = TransferForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _moved(request, form):
        return redirect("counter:transfer")
    moved = StockMovement.objects.filter(kind=MovementKind.MOVED, quantity__gt=0).order_by("-pk")
    rows = list(moved.select_related("stock__variant__piece", "stock__stone__piece", "stock__site", "by")[:30])
    return render(request, "counter/transfer.html", {"form": form, "rows": rows}, status=422 if form.errors else 200)


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def cash(request: StaffRequest, seller: str) -> HttpResponse:
    """How much cash this seller takes from one customer, and where that stands."""
    found = get_object_or_404(Seller, code=seller)
    rule = cash_rule_of(found)
    form = CashRuleForm(request.POST or None, currency=found.currency, initial=_known(rule))
    if request.method == "POST" and form.is_valid():
        form.save(CashRule.objects.filter(seller=found).first() or CashRule(seller=found))
        messages.success(request, _("Written down."))
        return redirect("counter:cash", seller)
    status = 422 if form.errors else 200
    return render(request, "counter/cash.html", {"form": form, "seller": found, "rule": rule}, status=status)


def _moved(request: StaffRequest, form: TransferForm) -> bool:
    said = form.cleaned_data
    variant = Variant.objects.select_related("piece").filter(sku__iexact=said["sku"].strip()).first()
    if variant is None:
        form.add_error("sku", _("There is no piece of this stock number."))
        return False
    try:
        transfer_stock(
            item=variant, source=said["source"], to=said["to"], quantity=said["quantity"], transfer=_named(request),
            by=request.user, note=said["note"],
        )  # fmt: skip
    except (CannotMove, OutOfStock) as refusal:
        form.add_error(None, str(refusal))
        return False
    told = {"many": said["quantity"], "sku": variant.sku, "to": said["to"]}
    messages.success(request, _("%(many)s × %(sku)s moved to %(to)s.") % told)
    return True


def _named(request: StaffRequest) -> UUID:
    return uuid5(NAMESPACE_URL, f"{request.user.pk}:{request.POST['action_id']}")


def _known(rule: Any) -> dict[str, Any]:
    if rule is None:
        return {}
    return {
        "limit": rule.limit_minor, "window_days": rule.window_days, "ask_who": rule.ask_who_minor, "source": rule.source,
    }  # fmt: skip
