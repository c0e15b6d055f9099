"""What a company ordered and owes: its orders, invoices, statement, people and programs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.api.authentication import new_token
from foundation.api.models import Token
from foundation.api.once import once, refused
from store.buyers.models import TradeCompany
from store.orders import actions, wording
from store.orders.models import Order, WorkOrder
from store.orders.owing import received_by_due
from store.payments.models import Invoice
from store.payments.paper import invoice_pdf
from store.trade.doors import CompanyRequest, company_page
from store.trade.forms import ProgramForm
from store.trade.statement import dues_of, statement_of


@never_cache
@company_page
@require_safe
def orders(request: CompanyRequest) -> HttpResponse:
    """Everything the company ordered, newest first."""
    rows = Order.objects.of_company(request.company).prefetch_related("lines").order_by("-pk")
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    return render(request, "trade/orders.html", {"page": page, "company": request.company})


@never_cache
@company_page
@require_safe
def order(request: CompanyRequest, number: str) -> HttpResponse:
    """One order: what is ready, what is in the making and by when, its shipments and their invoices."""
    rows = Order.objects.of_company(request.company).select_related("seller", "brand")
    found = get_object_or_404(rows, number=number)
    return render(request, "trade/order.html", _shown(found) | {"company": request.company})


@company_page
@require_safe
def invoice(request: CompanyRequest, reference: UUID) -> HttpResponse:
    """An invoice or credit note as PDF."""
    found = get_object_or_404(_invoices(request.company), reference=reference)
    name = f"{found.number}.pdf"
    return HttpResponse(
        invoice_pdf(found),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@company_page
@require_POST
@once
def pay(request: CompanyRequest, reference: UUID) -> HttpResponse:
    """Pay what is left of an invoice by card, on the hosted page."""
    found = get_object_or_404(_invoices(request.company), reference=reference)
    due = get_object_or_404(dues_of(request.company), reference=found.due)
    try:
        attempt = actions.ask_for_payment(order=due.order, due=due, now=timezone.now())
    except actions.CannotPay as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("trade:order", due.order.number))
    return redirect("payments:go", attempt.reference)


@never_cache
@company_page
@require_safe
def statement(request: CompanyRequest) -> HttpResponse:
    """The account: every invoice, payment and credit note, and what is owed."""
    found = statement_of(request.company, on=timezone.localdate())
    words = [_("not due yet"), _("up to 30 days late"), _("31 to 60 days late"), _("more than 60 days late")]
    ages = [
        {"label": label, "value": wording.money(minor, found.currency), "tone": "late" if at and minor else ""}
        for at, (label, minor) in enumerate(zip(words, found.ages, strict=True))
    ]
    return render(request, "trade/statement.html", {"found": found, "ages": ages, "company": request.company})


@never_cache
@company_page
@require_safe
def people(request: CompanyRequest) -> HttpResponse:
    """Who buys for the company."""
    return render(
        request, "trade/people.html",
        {"company": request.company, "people": list(request.company.people.select_related("user"))},
    )  # fmt: skip


@never_cache
@company_page
@require_http_methods(["GET", "HEAD", "POST"])
def programs(request: CompanyRequest) -> HttpResponse:
    """Keys for the company's own programs. A key is shown once, on the answer to making it."""
    form, key = ProgramForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        _token, key = new_token(user=request.user, name=form.cleaned_data["name"])
        form = ProgramForm()
    shown = {"company": request.company, "form": form, "key": key, "tokens": list(_tokens(request.company))}
    return render(request, "trade/programs.html", shown, status=422 if form.errors else 200)


@company_page
@require_POST
@once
def revoke(request: CompanyRequest, pk: int) -> HttpResponse:
    """Revoke any key of the company, whoever of its people made it."""
    token = get_object_or_404(_tokens(request.company), pk=pk)
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
    return redirect("trade:programs")


def _tokens(company: TradeCompany) -> Any:
    return Token.objects.filter(user__buys_for__company=company).select_related("user").order_by("-pk")


def _invoices(company: TradeCompany) -> Any:
    return Invoice.objects.filter(due__in=dues_of(company).values("reference"))


def _shown(found: Order) -> dict[str, Any]:
    works = (
        WorkOrder.objects.filter(line__order=found)
        .exclude(state__in=["scrapped", "cancelled"])
        .select_related("progress")
    )
    by_line = {work.line_id: work for work in works}
    dues = list(found.dues.select_related("parcel").order_by("pk"))
    came = received_by_due([due.reference for due in dues])
    papers = Invoice.objects.filter(due__in=[due.reference for due in dues]).order_by("pk")
    return {
        "order": found, "address": ", ".join((found.recipient, *found.address_lines(), wording.country(found.country))),
        "lines": [(line, wording.choices_in_words(line), _stands(line, by_line.get(line.pk))) for line in found.lines.select_related("part__parcel")],
        "parcels": list(found.parcels.filter(cancelled_at=None)),
        "invoices": [(paper, due, due.owed_minor - came.get(due.reference, 0)) for paper in papers for due in dues if due.reference == paper.due],
        "today": timezone.localdate(),
    }  # fmt: skip


def _stands(line: Any, work: WorkOrder | None) -> str:
    """Where a line is, in a few words."""
    part = getattr(line, "part", None)
    if part is not None and part.parcel.delivered_at:
        return _("arrived, shipment %(n)s") % {"n": part.parcel.shipment}
    if part is not None and part.parcel.dispatched_at:
        return _("sent, shipment %(n)s") % {"n": part.parcel.shipment}
    if part is not None:
        return _("being packed, shipment %(n)s") % {"n": part.parcel.shipment}
    if work is None:
        return _("in the tray") if not line.is_custom else _("to be made")
    stage = work.progress.stage
    return (
        str(wording.STAGE_NAMES.get(stage, _("to be made")))
        if work.state != "made"
        else _("made, waiting for the rest")
    )
