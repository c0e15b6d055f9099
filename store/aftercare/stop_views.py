"""A buyer calls an order of theirs, or a line of it, off, by the order's secret link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from foundation.api.once import once, refused
from foundation.flow import WrongTurn
from store.aftercare.views import find_or_404, private
from store.orders import actions
from store.orders.stop_page import agree, shown


@never_cache
@once
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """See what goes back and what is kept; say yes."""
    order = find_or_404(token)
    refusal = ""
    if request.method == "POST":
        try:
            agree(order, request.POST, by=None)
        except (actions.CannotCallOff, WrongTurn) as why:
            refusal = str(why)
        else:
            messages.success(request, _("It is called off. We have written to you."))
            return redirect("aftercare:order", token)
    page = shown(order, request.POST or request.GET, staff=False, refusal=refusal)
    page |= {"token": token, "yes_url": reverse("aftercare:cancel", args=[token])}
    answer = private(render(request, "aftercare/stop.html", page, status=409 if refusal else 200))
    return refused(answer) if refusal else answer
