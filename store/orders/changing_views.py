"""The office changes a piece in the making for a buyer who asks by telephone or letter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.api.once import once, refused
from foundation.flow import WrongTurn
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import Role
from store.orders import actions
from store.orders.change_page import agree, shown
from store.orders.models import LineChange, Order, OrderLine


@staff(Role.SALES)
@once
def change(request: StaffRequest, number: str, line: int) -> HttpResponse:
    """See what a change means, and agree to it in the buyer's name."""
    order = get_object_or_404(Order.objects.for_user(request.user), number=number)
    row = get_object_or_404(OrderLine.objects.select_related("order__brand__seller"), pk=line, order=order)
    refusal = ""
    if request.method == "POST":
        try:
            made = agree(order, row, request.POST, by=request.user, now=timezone.now())
        except (actions.CannotChange, WrongTurn) as why:
            refusal = str(why)
        else:
            words = (
                _("Changed. The buyer is asked to pay for it.") if made.due_id else _("Changed. The workshop is told.")
            )
            messages.success(request, words)
            return redirect("orders:order", number)
    page = shown(row, request.POST or request.GET, now=timezone.now(), refusal=refusal)
    page["yes_url"] = reverse("orders:change", args=[number, line])
    return (
        refused(render(request, "orders/change.html", page, status=409))
        if refusal
        else render(request, "orders/change.html", page)
    )


@staff(Role.SALES)
@require_POST
@once
def withdraw(request: StaffRequest, number: str, change: int) -> HttpResponse:
    """Take a change back that was not paid."""
    order = get_object_or_404(Order.objects.for_user(request.user), number=number)
    row = get_object_or_404(LineChange, pk=change, line__order=order)
    try:
        actions.withdraw_change(change=row, by=request.user)
    except WrongTurn as why:
        messages.error(request, str(why))
        return refused(redirect("orders:order", number))
    return redirect("orders:order", number)
