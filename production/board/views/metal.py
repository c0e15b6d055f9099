"""Metal: where it lies, what the stages lost, and the day's fixings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.api.once import once
from foundation.house.models import Seller
from foundation.mass import format_mass
from foundation.money import NotAnAmount, parse_money
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import OFFICE, Role
from foundation.reference.alloys import ALLOYS
from production.board import reading
from production.board.facts import alloy_name
from production.board.refusals import REFUSALS, Unreadable
from production.metal.actions import receive_lot
from production.metal.fixings import FixingLooksWrong, FixingRefused, enter_fixing
from production.metal.models import METALS, Account, Fixing, Lot
from production.metal.questions import lots_held, totals
from production.planning.load import workshop_site

KEPT = frozenset(one.code for one in ALLOYS if one.fineness_ppt10)
"""Alloys that are kept in the metal books: precious ones."""
LOT, WORDS = 40, 120


@require_safe
@staff(Role.CASTER, Role.PRODUCTION_MANAGER)
def metal(request: StaffRequest) -> HttpResponse:
    """The books: accounts that hold metal, lots, and that the whole is nothing."""
    return _books(request)


@require_POST
@staff(Role.PRODUCTION_MANAGER)
@once
def received(request: StaffRequest) -> HttpResponse:
    """A delivery has come: it is a lot of its own, to be charged from now on."""
    try:
        lot = _receive(request)
    except REFUSALS as refusal:
        return _books(request, str(refusal))
    messages.success(request, _("Lot %(lot)s is written down.") % {"lot": lot.number})
    return redirect("board:metal")


def _receive(request: StaffRequest) -> Lot:
    said = {name: " ".join(request.POST.get(name, "").split()) for name in ("number", "alloy", "supplier", "document")}
    if said["alloy"] not in KEPT or not said["number"] or not said["supplier"]:
        raise Unreadable(_("Say its alloy, its number and who sent it."))
    if Lot.objects.filter(number=said["number"][:LOT]).exists():
        raise Unreadable(_("Lot %(lot)s is written down already.") % {"lot": said["number"][:LOT]})
    return receive_lot(
        number=said["number"][:LOT], site=workshop_site(), alloy=said["alloy"], gross_mg=reading.grams(request, "gross"),
        supplier=said["supplier"][:WORDS], document=said["document"][:WORDS], received_on=timezone.localdate(), by=request.user,
    )  # fmt: skip


def _books(request: StaffRequest, refusal: str = "") -> HttpResponse:
    accounts = Account.objects.exclude(fine_dug=0).order_by("kind", "code", "metal")
    rows = [
        {
            "code": a.code.partition("/")[2],
            "metal": a.metal,
            "kind": a.get_kind_display(),
            "fine": format_mass(a.fine_dug // 10_000, places=3),
        }
        for a in accounts
    ]
    lots = [{"lot": lot, "metal": alloy_name(lot.alloy), "held": format_mass(mg, places=3)} for lot, mg in lots_held()]
    sums = [{"label": name, "value": format_mass(dug // 10_000, places=3)} for name, dug in totals().items()]
    context = {
        "accounts": rows, "lots": lots, "sums": sums, "here": "metal", "refusal": refusal, "said": request.POST,
        "alloys": [(one.code, alloy_name(one.code)) for one in ALLOYS if one.code in KEPT] if request.user.has_role(Role.PRODUCTION_MANAGER) else [],
    }  # fmt: skip
    return render(request, "board/metal.html", context, status=409 if refusal else 200)


@staff(*OFFICE)
@once
def fixings(request: StaffRequest) -> HttpResponse:
    """Enter the day's price of fine metal; one that jumps more than a tenth is asked about first."""
    if request.method != "POST":
        return _page(request)
    try:
        _enter(request)
    except FixingLooksWrong as doubt:
        return _page(request, str(doubt), ask=True)
    except (FixingRefused, NotAnAmount, ValueError) as refusal:
        return _page(request, str(refusal))
    messages.success(request, _("The fixing is entered. Prices made to order follow it."))
    return redirect("board:fixings")


def _enter(request: StaffRequest) -> None:
    seller = Seller.objects.filter(code=request.POST.get("seller", "")).first()
    if seller is None or request.POST.get("metal") not in METALS:
        raise FixingRefused(_("Choose the company and the metal."))
    per_gram = parse_money(request.POST.get("per_kg", "")[:20], seller.currency)
    enter_fixing(
        seller=seller, metal=request.POST["metal"], minor_per_kg=per_gram.minor, currency=seller.currency,
        on=timezone.localdate(), today=timezone.localdate(), source=request.POST.get("source", "").strip()[:80], by=request.user,
        confirmed="confirmed" in request.POST,
    )  # fmt: skip


def _page(request: StaffRequest, refusal: str = "", *, ask: bool = False) -> HttpResponse:
    rows = Fixing.objects.for_user(request.user).select_related("seller", "by")
    context = {
        "sellers": Seller.objects.order_by("code"), "metals": METALS, "said": request.POST, "refusal": refusal, "ask": ask,
        "latest": rows.order_by("-pk")[:24], "here": "fixings",
    }  # fmt: skip
    return render(request, "board/fixings.html", context, status=409 if refusal else 200)
