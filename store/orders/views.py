"""The office's pages of orders."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.api.once import once, refused
from foundation.files.links import picture, url
from foundation.flow import WrongTurn
from foundation.money import Money
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import OFFICE, Role
from store.orders import actions, done, wording
from store.orders.changes import words_of
from store.orders.flow import LeftState, OrderState
from store.orders.forms import FilterForm, PaymentForm
from store.orders.models import Credit, Due, LeftPiece, LineChange, Order, OrderLine, Slip, WorkOrder
from store.orders.owing import exposure_minor
from store.payments.actions import TooMuch, WrongAmount, mark_paid_back
from store.payments.models import Finding, Invoice, Method, Payment, Refund


@staff(*OFFICE)
@require_safe
def orders(request: StaffRequest) -> HttpResponse:
    """All orders, filtered by where they stand."""
    form = FilterForm(request.GET)
    rows = Order.objects.for_user(request.user).prefetch_related("lines").order_by("-pk")
    rows = rows.annotate(has_slip=Exists(Slip.objects.filter(order=OuterRef("pk"))))
    if form.is_valid():
        said = form.cleaned_data
        rows = rows.filter(
            **{name: said[name] for name in ("state", "money", "making", "delivery_state") if said[name]}
        )
        rows = _searched(rows, said["q"].strip())
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    query = "&".join(f"{key}={value}" for key, value in request.GET.items() if key != "page" and value)
    return render(
        request,
        "orders/list.html",
        {
            "form": form,
            "page": page,
            "query": query,
            "total": page.paginator.count,
            "lying": LeftPiece.objects.for_user(request.user).filter(state=LeftState.LYING).count(),
        },
    )


@staff(*OFFICE)
@require_safe
def order(request: StaffRequest, number: str) -> HttpResponse:
    """One order: what was agreed, paid, made and sent, and everything that happened."""
    found = get_object_or_404(
        Order.objects.for_user(request.user).select_related("brand", "seller", "company"), number=number
    )
    return render(request, "orders/order.html", _shown(request, found))


@staff(Role.SALES)
@require_POST
@once
def record(request: StaffRequest, number: str) -> HttpResponse:
    """Record a transfer, PromptPay or cash."""
    found = get_object_or_404(Order.objects.for_user(request.user), number=number)
    form = PaymentForm(request.POST, dues=found.dues.all(), currency=found.currency)
    if not form.is_valid():
        return render(request, "orders/order.html", _shown(request, found, form), status=422)
    said = form.cleaned_data
    try:
        actions.record_for_order(
            order=found, due=said["due"], method=said["method"], amount_minor=said["amount"], note=said["note"],
            at=timezone.now(), by=request.user,
        )  # fmt: skip
    except (actions.CannotPay, actions.TooMuchCash, WrongAmount) as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("orders:order", number))
    messages.success(request, _("Recorded. The order goes on by itself."))
    return redirect("orders:order", number)


@staff(Role.SALES)
@require_POST
@once
def send_link(request: StaffRequest, number: str) -> HttpResponse:
    """Send the buyer the link to their order; with `new` the one before stops working."""
    found = get_object_or_404(Order.objects.for_user(request.user), number=number)
    if "new" in request.POST:
        actions.make_link(found)
    actions.send_link(order=found, key=request.POST["action_id"])
    messages.success(request, _("The link is on its way to %(email)s.") % {"email": found.email})
    return redirect("orders:order", number)


@staff(Role.SALES)
@require_POST
@once
def accept(request: StaffRequest, number: str) -> HttpResponse:
    """Accept an order on account that is over its company's limit."""
    found = get_object_or_404(Order.objects.for_user(request.user), number=number)
    try:
        actions.accept_over_limit(order=found, by=request.user)
    except (WrongTurn, actions.CannotOrder) as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("orders:order", number))
    return redirect("orders:order", number)


@staff(Role.SALES)
@require_POST
@once
def send_made(request: StaffRequest, number: str) -> HttpResponse:
    """Send what is made of an order on account without waiting for the rest."""
    found = get_object_or_404(Order.objects.for_user(request.user), number=number)
    try:
        actions.send_what_is_made(order=found, by=request.user)
    except actions.NothingToSend as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("orders:order", number))
    return redirect("orders:order", number)


@staff(Role.SALES)
@require_POST
@once
def paid_back(request: StaffRequest, number: str, refund: int) -> HttpResponse:
    """Money that had not come by card was sent back by hand."""
    found = get_object_or_404(Order.objects.for_user(request.user), number=number)
    owed = get_object_or_404(Refund, pk=refund, payment__due__in=found.dues.values("reference"))
    try:
        mark_paid_back(owed, by=request.user)
    except (WrongTurn, TooMuch) as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("orders:order", number))
    return redirect("orders:order", number)


def _searched(rows: Any, words: str) -> Any:
    if not words:
        return rows
    return rows.filter(Q(number__iexact=words) | Q(name__icontains=words) | Q(email__icontains=words))


def _shown(request: HttpRequest, found: Order, form: PaymentForm | None = None) -> dict[str, Any]:
    dues = list(
        found.dues.select_related("parcel").annotate(
            strange=Exists(Finding.objects.filter(due=OuterRef("reference"))),
            slipped=Exists(Slip.objects.filter(order=OuterRef("order"))),
        )
    )
    of_dues = {"due__in": [due.reference for due in dues]}
    payments = list(
        Payment.objects.filter(**of_dues).select_related("recorded_by").prefetch_related("refunds").order_by("pk")
    )
    open_dues = [due for due in dues if due.is_open]
    slips = list(found.slips.select_related("file")) if dues and dues[0].slipped else []
    running = found.state in (OrderState.AWAITING_PAYMENT, OrderState.REVIEW, OrderState.CONFIRMED)
    payable = found.state in actions.PAYABLE
    of_line = OuterRef("pk")
    lines = list(
        found.lines.annotate(
            is_changed=Exists(LineChange.objects.filter(line=of_line)),
            is_left=Exists(LeftPiece.objects.filter(line=of_line, state=LeftState.LYING)),
            is_made=Exists(WorkOrder.objects.filter(line=of_line)),
        )
    )
    return {
        "order": found, "country": wording.country(found.country), "dues": dues, "payments": payments, "parcels": list(found.parcels.all()) if found.state != OrderState.REVIEW else [],
        "lines": [(line, wording.choices_in_words(line)) for line in lines],
        "changes": [(row, words_of(row)) for row in _changes(found)] if _was_changed(lines) else [], "can_change": found.state == OrderState.CONFIRMED and not found.company_id,
        "works": _works(found) if any(line.is_made for line in lines) else [],
        "invoices": list(Invoice.objects.filter(**of_dues).order_by("pk")),
        "findings": list(Finding.objects.filter(**of_dues)) if any(due.strange for due in dues) else [], "timeline": _timeline(found, payments, slips),
        "payment_form": form or PaymentForm(initial=_expected(open_dues, slips, found), dues=open_dues, currency=found.currency),
        "can_pay": payable and bool(open_dues), "can_cancel": running, "can_return": found.state in (OrderState.CONFIRMED, OrderState.COMPLETED),
        "refunds": [refund for payment in payments for refund in payment.refunds.all()], "card": Method.CARD,
        "credits": _credits(found, dues, lines), "left": any(line.is_left for line in lines),
        "slips": [_slip(slip) for slip in slips], "on_account": _on_account(found) if found.company else None,
    }  # fmt: skip


def _on_account(found: Order) -> dict[str, Any]:
    """What stands only on an order that a company pays by invoices."""
    waits = found.state == OrderState.REVIEW
    exposure = exposure_minor(found.company) if found.company and waits else 0
    return {
        "company": found.company, "waits": waits, "exposure_minor": exposure,
        "would_be_minor": exposure + found.gross_minor,
        "ready": actions.made_and_waiting(found) if found.state == OrderState.CONFIRMED else [],
    }  # fmt: skip


def _expected(dues: Sequence[Due], slips: list[Slip], found: Order) -> dict[str, str]:
    """What the money is likely to be, once a buyer has sent a slip: the due that is open, in full, by transfer."""
    if not dues or not slips:
        return {}
    return {"amount": str(Money(dues[0].owed_minor, found.currency).decimal), "method": Method.TRANSFER}


def _slip(slip: Slip) -> dict[str, Any]:
    """A slip to look at: its picture, or a link to the PDF."""
    shown = (
        picture(slip.file, alt=_("The slip that the buyer sent"), widths=(320, 640)) if slip.file.is_picture else None
    )
    return {"slip": slip, "picture": shown, "href": url(slip.file)}


def _credits(found: Order, dues: Sequence[Due], lines: Iterable[OrderLine]) -> list[Credit]:
    """What was taken back of it; most orders have none, and are not asked."""
    if not any(due.credited_minor for due in dues) and not any(line.called_off_at for line in lines):
        return []
    return list(found.credits.select_related("by").annotate(gross_minor=Sum("parts__gross_minor")))


def _works(found: Order) -> list[WorkOrder]:
    return list(WorkOrder.objects.filter(line__order=found).select_related("progress", "line").order_by("pk"))


def _was_changed(lines: Iterable[Any]) -> bool:
    return any(line.is_changed for line in lines)


def _changes(found: Order) -> list[LineChange]:
    return list(LineChange.objects.filter(line__order=found).select_related("line", "by"))


def _timeline(found: Order, payments: list[Payment], slips: list[Slip]) -> list[tuple[datetime, str, str]]:
    """Everything that happened, newest first: moment, what, and who or a note."""
    steps = found.steps.select_related("by")
    rows = [(step.at, found.flow.name(step.new), step.note or str(step.by or "")) for step in steps]
    rows += [(p.received_at, _paid(p), p.note or str(p.recorded_by or "")) for p in payments]
    rows += [
        (entry.at, entry.headline or entry.stage, entry.note or done.in_words(entry.facts))
        for entry in found.diary.all()
    ]
    rows += [(slip.sent_at, str(_("Slip received")), slip.note) for slip in slips]
    rows.append((found.placed_at, str(_("placed")), found.get_channel_display()))
    return sorted(rows, key=lambda row: row[0], reverse=True)


def _paid(payment: Payment) -> str:
    return f"{payment.get_method_display()} {wording.money(payment.amount_minor, payment.currency)}"
