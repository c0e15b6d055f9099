"""The packing station: one parcel at a time, scanned, ticked, sealed, handed over."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from foundation.api.once import once
from foundation.files.links import url
from foundation.flow import WrongTurn
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import Role
from packing import actions
from packing.flow import ParcelState
from packing.models import Parcel, SupplyTaken

HERE = (Role.PACKER, Role.PRODUCTION_MANAGER, Role.SALES)
SAID = {
    ParcelState.PACKING: gettext_lazy("It is being packed. Its papers are made meanwhile."),
    ParcelState.SEALED: gettext_lazy("It is sealed."),
    ParcelState.DISPATCHED: gettext_lazy("It is on its way."),
    ParcelState.DELIVERED: gettext_lazy("It has arrived."),
}
"""What is said once a button of the parcel's flow has done it."""
REFUSALS = (WrongTurn, actions.NotPacking, actions.NoTracking)


@require_safe
@staff(*HERE)
def station(request: StaffRequest) -> HttpResponse:
    """What lies here, in the order in which it should leave; a scan opens its parcel."""
    scanned = request.GET.get("code", "").strip()
    if scanned and (found := _scanned(request, scanned)):
        return redirect("packing:parcel", number=found.number)
    rows = (
        Parcel.objects.for_user(request.user).at_the_station().select_related("brand").prefetch_related("contents")[:60]
    )
    columns = [
        {"state": state.value, "name": state.label, "parcels": [row for row in rows if row.state == state]}
        for state in (ParcelState.REQUESTED, ParcelState.PACKING, ParcelState.SEALED)
    ]
    return render(request, "packing/station.html", {"columns": columns, "code": scanned, "here": "packing"})


def _scanned(request: StaffRequest, code: str) -> Parcel | None:
    """The parcel with this number, or the one that waits for the piece with this code.

    An order in several parcels: the one that has still to be sent is meant.
    """
    mine = Parcel.objects.for_user(request.user)
    of_order = mine.filter(order_number__iexact=code)
    by_number = mine.filter(number__iexact=code).first() or of_order.at_the_station().first() or of_order.last()
    waiting = mine.at_the_station().filter(contents__serial__iexact=code).first()
    return by_number or waiting or mine.at_the_station().filter(contents__sku__iexact=code).first()


@require_safe
@staff(*HERE)
def parcel(request: StaffRequest, number: str) -> HttpResponse:
    """One parcel: what goes in, what it is packed with, its papers, and what may be done next."""
    rows = Parcel.objects.for_user(request.user).select_related("brand__seller", "site", "spec")
    return _page(request, get_object_or_404(rows, number=number))


def _page(request: StaffRequest, row: Parcel, refusal: str = "") -> HttpResponse:
    thai = (get_language() or "").startswith("th")
    supplies = [
        {"row": taken, "name": (thai and taken.supply.name_th) or taken.supply.name}
        for taken in row.supplies.select_related("supply")
    ]
    context = {
        "parcel": row,
        "contents": list(row.contents.all()),
        "supplies": supplies,
        "papers": [{"kind": paper.kind, "url": url(paper.file)} for paper in row.papers.select_related("file")],
        "choices": row.choices_for(request.user),
        "packing": row.state == ParcelState.PACKING,
        "steps": _steps(row),
        "refusal": refusal,
        "here": "packing",
    }
    return render(request, "packing/parcel.html", context, status=409 if refusal else 200)


def _steps(row: Parcel) -> list[dict[str, object]]:
    """What happened to it, in words."""
    words = dict(ParcelState.choices)
    steps = row.steps.select_related("by")
    return [{"word": words.get(step.new, step.new), "at": step.at, "by": step.by, "note": step.note} for step in steps]


def _act(request: StaffRequest, number: str, act: Callable[[Parcel], object], done: str = "") -> HttpResponse:
    row = get_object_or_404(Parcel.objects.for_user(request.user).select_related("brand__seller"), number=number)
    try:
        act(row)
    except actions.WrongPiece as wrong:
        return render(request, "packing/wrong.html", {"parcel": row, "wrong": wrong}, status=409)
    except REFUSALS as refusal:
        row.refresh_from_db()
        return _page(request, row, str(refusal))
    if done:
        messages.success(request, done)
    return redirect("packing:parcel", number=number)


@require_POST
@staff(Role.PACKER)
@once
def scan(request: StaffRequest, number: str) -> HttpResponse:
    """A piece was scanned into the parcel."""
    code = request.POST.get("code", "")[:80]
    return _act(request, number, lambda row: actions.scan(parcel=row, code=code, by=request.user))


@require_POST
@staff(Role.PACKER)
@once
def take(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """A box, pouch or card was packed."""
    taken = get_object_or_404(SupplyTaken.objects.select_related("parcel"), pk=pk, parcel__number=number)
    return _act(request, number, lambda row: actions.take_supply(taken=taken, by=request.user))


@require_POST
@staff(*HERE)
@once
def move(request: StaffRequest, number: str) -> HttpResponse:
    """A button of the parcel's flow was pressed."""
    moves: dict[str, Callable[[Parcel], object]] = {
        ParcelState.PACKING: lambda row: _begin(row, request),
        ParcelState.SEALED: lambda row: actions.seal_parcel(parcel=row, by=request.user, now=timezone.now()),
        ParcelState.DISPATCHED: lambda row: actions.dispatch_parcel(
            parcel=row,
            by=request.user,
            tracking_number=request.POST.get("tracking_number", ""),
            taken_by=request.POST.get("taken_by", ""),
        ),
        ParcelState.DELIVERED: lambda row: actions.note_arrival(parcel=row, by=request.user),
    }
    to = request.POST.get("to", "")
    if to not in moves:
        return _act(request, number, lambda row: row.move(to, by=request.user))
    return _act(request, number, moves[to], done=str(SAID[ParcelState(to)]))


def _begin(row: Parcel, request: StaffRequest) -> None:
    if row.state == ParcelState.SEALED:
        actions.reopen_parcel(parcel=row, reason=request.POST.get("reason", ""), by=request.user)
    else:
        actions.start_packing(parcel=row, by=request.user)
