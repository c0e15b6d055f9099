"""A buyer sends something back by the order's secret link, or withdraws from a contract without any."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.api.once import once, refused
from foundation.flow import WrongTurn
from foundation.house.models import LAWS_RETURN_DAYS
from store.orders.actions import LinkReplaced, find_by_token
from store.orders.models import Order
from store.returns import actions
from store.returns.forms import AskForm, WithdrawForm
from store.returns.models import Return
from store.returns.rights import chances


def _find(token: str) -> Order:
    try:
        found = find_by_token(token)
    except LinkReplaced as error:
        raise Http404(_("This link was replaced by a newer one.")) from error
    if found is None:
        raise Http404(_("There is no such order."))
    return found


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """What may come back, until when; and asking for it."""
    order = _find(token)
    here = chances(order, now=timezone.now())
    form = AskForm(request.POST or None, chances=here)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.ask_back(
                order=order, wishes=form.wishes(), cause=said["cause"], words=said["words"], now=timezone.now(), by=None
            )
        except actions.CannotReturn as why:
            refusal = str(why)
        else:
            words = (
                _("We wait for it. We have written to you how to send it.")
                if made.state == "awaited"
                else _("Thank you. We read it and write to you.")
            )
            messages.success(request, words)
            return redirect("returns:ask", token)
    page = {
        "order": order, "token": token, "form": form, "here": here, "refusal": refusal, "days": order.return_days,
        "rows": list(Return.objects.filter(order=order).prefetch_related("lines__line")),
    }  # fmt: skip
    wrong = bool(refusal) or (request.method == "POST" and not form.is_valid())
    answer = _private(render(request, "returns/ask.html", page, status=409 if refusal else 422 if wrong else 200))
    return refused(answer) if wrong else answer


@require_POST
@once
def drop(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """It does not come after all."""
    back = get_object_or_404(Return, number=number, order=_find(token))
    try:
        actions.take_back_wish(back=back, by=None)
    except WrongTurn as why:
        messages.error(request, str(why))
        return refused(redirect("returns:ask", token))
    messages.success(request, _("You keep it. Nothing goes back."))
    return redirect("returns:ask", token)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """The withdrawal function, first step: who, from which contract. The second is to confirm what is shown."""
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return render(request, "returns/confirm.html", {"said": form.cleaned_data, "form": form})
    page = {"form": form, "days": LAWS_RETURN_DAYS}
    return render(request, "returns/withdraw.html", page, status=422 if request.method == "POST" else 200)


@require_POST
@once
def confirm(request: HttpRequest) -> HttpResponse:
    """The second step. The answer never says whether there is such an order."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return refused(render(request, "returns/withdraw.html", {"form": form, "days": LAWS_RETURN_DAYS}, status=422))
    if not ratelimit.consume(request, action="withdraw"):
        sentence = _("That was asked for very often from here. Wait an hour, or write to us.")
        return refused(render(request, "ui/refused.html", {"sentence": sentence}, status=429))
    said, now = form.cleaned_data, timezone.now()
    actions.withdraw_from(number=said["number"], email=said["email"], name=said["name"], now=now)
    sentence = _(
        "Received on %(at)s. If order and address belong together, an acknowledgement is on its way to %(email)s."
    )
    at = date_format(timezone.localtime(now), "j F Y, H:i")
    messages.success(request, sentence % {"at": at, "email": said["email"]})
    return redirect("returns:withdrawn")


@never_cache
@require_safe
def withdrawn(request: HttpRequest) -> HttpResponse:
    """What was received is said above it, once."""
    return render(request, "returns/withdrawn.html")
