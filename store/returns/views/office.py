"""The office's pages of returns, and of money that is given back as a courtesy."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.api.once import once, refused
from foundation.files.actions import NotTaken, keep_image
from foundation.files.links import url
from foundation.flow import WrongTurn
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import OFFICE, Role
from store.orders import wording
from store.orders.models import Order
from store.returns import actions
from store.returns.forms import AnswerForm, AskForm, FindingForm, GiftForm, HereForm, photo_of
from store.returns.models import Return, ReturnLine
from store.returns.rights import chances

DESK = (Role.SALES, Role.PRODUCTION_MANAGER)
REFUSALS = (actions.CannotReturn, actions.CannotDecide, WrongTurn, NotTaken)


@staff(*OFFICE, Role.PACKER)
@require_safe
def returns(request: StaffRequest) -> HttpResponse:
    """Everything that comes back, newest first; what waits for somebody above it."""
    mine = Return.objects.for_user(request.user)
    rows = mine.select_related("order").prefetch_related("lines__line")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    waiting = mine.filter(state__in=["asked", "arrived"]).count()
    return render(request, "returns/list.html", {"page": page, "waiting": waiting})


@staff(*OFFICE, Role.PACKER)
@require_safe
def back(request: StaffRequest, number: str) -> HttpResponse:
    """One of them, and what is to be done with it."""
    return render(request, "returns/return.html", _page(_found(number, request)))


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: StaffRequest, number: str) -> HttpResponse:
    """Open a return for a buyer who writes or calls."""
    order = get_object_or_404(Order.objects.for_user(request.user), number=number)
    here = chances(order, now=timezone.now())
    form = AskForm(request.POST or None, chances=here)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.ask_back(
                order=order,
                wishes=form.wishes(),
                cause=said["cause"],
                words=said["words"],
                now=timezone.now(),
                by=request.user,
            )
            return redirect("returns:return", made.number)
        except (actions.CannotReturn, WrongTurn) as why:
            refusal = str(why)
    page = {"order": order, "form": form, "here": here, "refusal": refusal}
    answer = render(request, "returns/new.html", page, status=409 if refusal else 200)
    return refused(answer) if request.method == "POST" else answer


@staff(*DESK)
@require_POST
@once
def accept(request: StaffRequest, number: str) -> HttpResponse:
    """Let it come."""
    return _done(
        request, number, lambda row: actions.accept(back=row, by=request.user), _("The buyer is told how to send it.")
    )


@staff(*DESK)
@require_POST
@once
def refuse(request: StaffRequest, number: str) -> HttpResponse:
    """Say no, with a reason."""
    answer = request.POST.get("answer", "")
    return _done(
        request, number, lambda row: actions.refuse(back=row, answer=answer, by=request.user), _("The buyer is told.")
    )


@staff(*DESK)
@require_POST
@once
def drop(request: StaffRequest, number: str) -> HttpResponse:
    """It does not come."""
    return _done(
        request, number, lambda row: actions.take_back_wish(back=row, by=request.user), _("Closed: it does not come.")
    )


@staff(*DESK, Role.PACKER)
@require_POST
@once
def arrive(request: StaffRequest, number: str) -> HttpResponse:
    """The parcel is here."""
    form = HereForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say where it is."))
        return refused(redirect("returns:return", number))
    site = form.cleaned_data["site"]
    return _done(
        request, number, lambda row: actions.note_here(back=row, site=site, at=timezone.now(), by=request.user),
        _("It is here. Look at it, and decide."),
    )  # fmt: skip


@staff(*DESK)
@require_POST
@once
def decide(request: StaffRequest, number: str) -> HttpResponse:
    """First what it would mean; with what was shown, the yes."""
    row = _found(number, request)
    forms = [FindingForm(request.POST, row=line) for line in row.lines.all()]
    valid = [form.is_valid() for form in forms]  # every form says what is wrong with it
    if not all(valid):
        return refused(render(request, "returns/return.html", _page(row, forms), status=422))
    findings = {form.row.pk: _finding(request, form) for form in forms}
    try:
        if "agreed" not in request.POST:
            outcome = actions.look(row, findings)
            return refused(render(request, "returns/return.html", _page(row, forms, outcome)))
        actions.decide(back=row, findings=findings, agreed=request.POST["agreed"], by=request.user, now=timezone.now())
    except REFUSALS as why:
        messages.error(request, str(why))
        return refused(render(request, "returns/return.html", _page(row, forms), status=409))
    messages.success(request, _("Decided. The buyer is told."))
    return redirect("returns:return", number)


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def give(request: StaffRequest, number: str) -> HttpResponse:
    """Part of the money back, as a courtesy: shown first, then given."""
    order = get_object_or_404(Order.objects.for_user(request.user).select_related("brand"), number=number)
    lines = list(order.lines.filter(called_off_at=None))
    said = request.POST or (request.GET if "amount" in request.GET else None)
    form = GiftForm(said, lines=lines, currency=order.currency)
    shares, refusal = [], ""
    if said is not None and form.is_valid():
        told = form.cleaned_data
        wanted = [line for line in lines if line.pk in told["line"]]
        try:
            shares = actions.look_at_gift(order, minor=told["amount"], lines=wanted)
            if request.method == "POST":
                actions.give(
                    order=order, minor=told["amount"], lines=wanted, reason=told["reason"], key=request.POST.get("action_id", "")[:60],
                    by=request.user, now=timezone.now(),
                )  # fmt: skip
                messages.success(request, _("It goes back the way it came; a credit note is written."))
                return redirect("orders:order", number)
        except actions.CannotGive as why:
            refusal = str(why)
    sheet = [
        {"label": share.line.piece_name if share.line else order.delivery_name, "value": wording.money(share.amount.gross_minor, order.currency)}
        for share in shares
    ]  # fmt: skip
    page = {
        "order": order,
        "form": form,
        "sheet": sheet,
        "refusal": refusal,
        "said": form.cleaned_data if sheet else {},
    }
    answer = render(request, "returns/give.html", page, status=409 if refusal else 200)
    return refused(answer) if request.method == "POST" else answer


def _found(number: str, request: StaffRequest) -> Return:
    rows = Return.objects.for_user(request.user).select_related("order__brand", "order__seller", "site", "asked_by")
    return get_object_or_404(rows.prefetch_related("lines__line__order", "lines__photo"), number=number)


def _totals(outcome: actions.Outcome, currency: str) -> list[dict[str, Any]]:
    """What goes back, and what is owed less where it was not paid yet."""
    sums = [(_("Goes back"), outcome.back_minor), (_("Owed less"), outcome.less_owed_minor)]
    shown = [row for row in sums if row[1]] or sums[:1]
    return [{"label": label, "value": wording.money(minor, currency), "total": True} for label, minor in shown]


def _finding(request: StaffRequest, form: FindingForm) -> actions.Finding:
    said, upload = form.cleaned_data, photo_of(request.FILES, form.row)
    photo = (
        keep_image(upload=upload, by=request.user, purpose="return") if upload and "agreed" in request.POST else None
    )
    return actions.Finding(
        condition=said["condition"],
        deduction_minor=said["deduction"],
        why=said["why"],
        becomes=said["becomes"],
        photo=photo,
    )


def _done(request: StaffRequest, number: str, act: Any, thanks: str) -> HttpResponse:
    try:
        act(_found(number, request))
    except REFUSALS as why:
        messages.error(request, str(why))
        return refused(redirect("returns:return", number))
    messages.success(request, thanks)
    return redirect("returns:return", number)


def _page(
    row: Return, forms: list[FindingForm] | None = None, outcome: actions.Outcome | None = None
) -> dict[str, Any]:
    arrived = row.state == "arrived"
    lines: list[ReturnLine] = list(row.lines.all())
    photos = {line.pk: url(line.photo) for line in lines if line.photo}
    currency = row.order.currency
    facts: list[dict[str, Any]] = []
    if outcome:
        facts = [
            {"label": one.row.line.piece_name, "value": wording.money(one.refund_minor, currency)}
            for one in outcome.lines
        ]
        facts += (
            [{"label": _("Delivery"), "value": wording.money(outcome.delivery_minor, currency)}]
            if outcome.delivery_minor
            else []
        )
        facts += _totals(outcome, currency)
    return {
        "back": row, "order": row.order, "lines": [(line, photos.get(line.pk, "")) for line in lines], "answer_form": AnswerForm(), "here_form": HereForm(),
        "forms": forms or ([FindingForm(row=line) for line in lines] if arrived else []), "outcome": outcome, "facts": facts,
        "steps": [(step.at, row.flow.name(step.new), step.note or str(step.by or "")) for step in row.steps.select_related("by")],
    }  # fmt: skip
