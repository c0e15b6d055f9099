"""The office calls an order, or some of its lines, off; and decides what becomes of pieces that nobody waits for."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.api.once import once, refused
from foundation.flow import WrongTurn
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import Role
from store.orders import actions
from store.orders.flow import LeftState
from store.orders.forms import MeltForm, ShelveForm
from store.orders.models import LeftPiece, Order
from store.orders.stop_page import agree, shown


@staff(Role.SALES)
@once
def cancel(request: StaffRequest, number: str) -> HttpResponse:
    """See what it means; say yes."""
    order = get_object_or_404(Order.objects.for_user(request.user), number=number)
    refusal = ""
    if request.method == "POST":
        try:
            agree(order, request.POST, by=request.user)
        except (actions.CannotCallOff, WrongTurn) as why:
            refusal = str(why)
        else:
            messages.success(request, _("Called off. The buyer is told."))
            return redirect("orders:order", number)
    page = shown(order, request.POST or request.GET, staff=True, refusal=refusal)
    page["yes_url"] = reverse("orders:cancel", args=[number])
    answer = render(request, "orders/stop.html", page, status=409 if refusal else 200)
    return refused(answer) if refusal else answer


@staff(Role.SALES, Role.PRODUCTION_MANAGER)
@require_safe
def left(request: StaffRequest) -> HttpResponse:
    """Pieces that nobody waits for any more, and what became of the last ones."""
    return render(request, "orders/left.html", _left_page(request))


@staff(Role.SALES, Role.PRODUCTION_MANAGER)
@require_POST
@once
def shelve(request: StaffRequest, pk: int) -> HttpResponse:
    """Into the tray."""
    row = get_object_or_404(LeftPiece.objects.for_user(request.user).select_related("line__order"), pk=pk)
    form = ShelveForm(request.POST, currency=row.line.order.currency, prefix=str(pk))
    if not form.is_valid():
        return refused(render(request, "orders/left.html", _left_page(request, form, pk), status=422))
    return _decided(request, lambda: actions.shelve(left=row, price_minor=form.cleaned_data["price"], by=request.user))


@staff(Role.SALES, Role.PRODUCTION_MANAGER)
@require_POST
@once
def melt(request: StaffRequest, pk: int) -> HttpResponse:
    """Into the pot."""
    row = get_object_or_404(LeftPiece.objects.for_user(request.user), pk=pk)
    form = MeltForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        return refused(render(request, "orders/left.html", _left_page(request, form, pk), status=422))
    return _decided(request, lambda: actions.melt(left=row, by=request.user, weighed_mg=form.cleaned_data["weighed"]))


def _decided(request: StaffRequest, act: Callable[[], LeftPiece]) -> HttpResponse:
    try:
        done = act()
    except (actions.CannotDecide, WrongTurn) as why:
        messages.error(request, str(why))
        return refused(redirect("orders:left"))
    words = (
        _("In the tray as %(sku)s.") % {"sku": done.sku} if done.state == LeftState.SHELVED else _("Given to the pot.")
    )
    messages.success(request, words)
    return redirect("orders:left")


def _left_page(
    request: StaffRequest, bound: ShelveForm | MeltForm | None = None, pk: int | None = None
) -> dict[str, object]:
    rows = LeftPiece.objects.for_user(request.user).select_related("line__order", "work_order", "site").order_by("-pk")
    here = list(rows.filter(state=LeftState.LYING)[:100])
    weighed = actions.to_weigh(here)
    lying = [
        (
            row,
            bound if row.pk == pk and isinstance(bound, ShelveForm) else ShelveForm.for_piece(row),
            bound if row.pk == pk and isinstance(bound, MeltForm) else MeltForm(prefix=str(row.pk)),
            row.why_not_shelved(None),
            row.pk in weighed,
        )
        for row in here
    ]
    return {"lying": lying, "done": list(rows.exclude(state=LeftState.LYING)[:20])}
