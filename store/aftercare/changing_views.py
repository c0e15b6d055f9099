"""A buyer changes a piece of theirs while it is being made, by the order's secret link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from foundation.api.once import once, refused
from foundation.flow import WrongTurn
from store.aftercare.views import find_or_404, private
from store.orders import actions
from store.orders.change_page import agree, shown
from store.orders.models import LineChange, Order, OrderLine


@never_cache
@once
def change(request: HttpRequest, token: str, line: int) -> HttpResponse:
    """See what a change costs, when it leaves then and what is too late; say yes, and go on to pay for it."""
    order = find_or_404(token)
    row = get_object_or_404(OrderLine.objects.select_related("order__brand__seller"), pk=line, order=order)
    refusal = ""
    if request.method == "POST":
        try:
            return _agreed(request, token, order, agree(order, row, request.POST, by=None, now=timezone.now()))
        except (actions.CannotChange, WrongTurn) as why:
            refusal = str(why)
    page = shown(row, request.POST or request.GET, now=timezone.now(), refusal=refusal)
    page |= {"token": token, "yes_url": reverse("aftercare:change", args=[token, line]), "pays": True}
    answer = private(render(request, "aftercare/change.html", page, status=409 if refusal else 200))
    return refused(answer) if refusal else answer


def _agreed(request: HttpRequest, token: str, order: Order, made: LineChange) -> HttpResponse:
    if made.due is None:
        messages.success(request, _("Thank you. The workshop makes it so."))
        return redirect("aftercare:order", token)
    attempt = actions.ask_for_payment(order=order, due=made.due, now=timezone.now())
    return redirect("payments:go", attempt.reference)


@require_POST
@once
def withdraw(request: HttpRequest, token: str, change: int) -> HttpResponse:
    """Take a change back that is not paid yet."""
    order = find_or_404(token)
    row = get_object_or_404(LineChange, pk=change, line__order=order)
    try:
        actions.withdraw_change(change=row, by=None)
    except WrongTurn as why:
        messages.error(request, str(why))
        return refused(redirect("aftercare:order", token))
    messages.success(request, _("It is made as first ordered."))
    return redirect("aftercare:order", token)
