"""The office's trade desk: applications, terms, credit."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from foundation.api.once import once, refused
from foundation.files.links import url
from foundation.flow import WrongTurn
from foundation.mail.actions import send_letter
from foundation.money import Money
from foundation.people.doors import StaffRequest, staff
from foundation.people.models import User
from foundation.people.roles import OFFICE, Role
from foundation.people.welcome import welcome_url
from store.buyers import actions
from store.buyers.flow import CompanyState
from store.buyers.models import TradeCompany
from store.catalogue.brands import shop_brand
from store.orders import wording
from store.orders.models import Order
from store.orders.owing import exposure_minor
from store.pricing.actions import give_list
from store.pricing.models import CompanyPrices
from store.trade.forms import ReasonForm, TermsForm
from store.trade.statement import open_invoices


@staff(*OFFICE)
@require_safe
def companies(request: StaffRequest) -> HttpResponse:
    """Every company, applications first."""
    words = request.GET.get("q", "").strip()
    rows = TradeCompany.objects.for_user(request.user).select_related("seller", "prices__price_list")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words) | Q(vat_number__icontains=words))
    waiting = [row for row in rows if row.state == CompanyState.APPLIED]
    others = [row for row in rows if row.state != CompanyState.APPLIED]
    review = Order.objects.filter(state="review").select_related("company").order_by("pk")
    shown = {"waiting": waiting, "companies": others, "q": words, "review": list(review)}
    return render(request, "trade/office/companies.html", shown)


@staff(*OFFICE)
@require_safe
def company(request: StaffRequest, reference: UUID) -> HttpResponse:
    """One company: what it said, on what terms it buys, what it owes."""
    return render(request, "trade/office/company.html", _shown(request, _find(request, reference)))


@staff(Role.SALES)
@require_POST
@once
def open_it(request: StaffRequest, reference: UUID) -> HttpResponse:
    """Open the account on these terms, or change the terms of an open one."""
    found = _find(request, reference)
    form = TermsForm(request.POST, company=found)
    if not form.is_valid():
        return render(request, "trade/office/company.html", _shown(request, found, form), status=422)
    said = form.cleaned_data
    terms = {"terms_days": said["terms_days"], "credit_limit_minor": said["credit_limit"]}
    try:
        give_list(company=found, price_list=said["price_list"])
        if found.is_open:
            actions.set_terms(company=found, by=request.user, **terms)
        else:
            opened = actions.open_account(company=found, by=request.user, **terms)
            _write_welcome(opened)
    except (WrongTurn, actions.AlreadyKnown) as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("trade:company", reference))
    messages.success(request, _("The terms are kept."))
    return redirect("trade:company", reference)


@staff(Role.SALES)
@require_POST
@once
def decline_it(request: StaffRequest, reference: UUID) -> HttpResponse:
    """Say no, with the reason."""
    found = _find(request, reference)
    return _with_reason(request, found, actions.decline, letter="declined")


@staff(Role.SALES)
@require_POST
@once
def suspend_it(request: StaffRequest, reference: UUID) -> HttpResponse:
    """Close the account for now."""
    found = _find(request, reference)
    return _with_reason(request, found, actions.suspend, letter="suspended")


@staff(Role.SALES)
@require_POST
@once
def reopen_it(request: StaffRequest, reference: UUID) -> HttpResponse:
    """Open a suspended account again."""
    try:
        actions.reopen(company=_find(request, reference), by=request.user)
    except WrongTurn as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("trade:company", reference))
    return redirect("trade:company", reference)


def _with_reason(request: StaffRequest, found: TradeCompany, act: Any, *, letter: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why: the company reads it."))
        return refused(redirect("trade:company", found.reference))
    reason = form.cleaned_data["reason"]
    try:
        act(company=found, reason=reason, by=request.user)
    except WrongTurn as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("trade:company", found.reference))
    _write(found, letter, {"reason": reason})
    return redirect("trade:company", found.reference)


def _write_welcome(found: TradeCompany) -> None:
    """To each of its people: the account is open; who has no password yet gets a link to choose one."""
    for person in found.people.select_related("user"):
        link = _way_in(person.user, found.language)
        _write(found, "opened", {"link": link, "new": not person.user.has_usable_password()}, to=person.user)


def _way_in(user: User, language: str) -> str:
    if not user.has_usable_password():
        return welcome_url(user, language=language)
    with override(language):
        return settings.SITE_URL + reverse("trade:front")


def _write(found: TradeCompany, letter: str, context: dict[str, Any], *, to: User | None = None) -> None:
    with override(found.language):
        context |= {"company": found, "name": to.name if to else found.contact_name}
    steps = found.steps.count()
    send_letter(
        to=to.email if to else found.email, language=found.language, template=f"trade/mail/{letter}", context=context,
        brand=shop_brand(), key=f"trade:{found.pk}:{letter}:{steps}:{to.pk if to else ''}",
    )  # fmt: skip


def _find(request: StaffRequest, reference: UUID) -> TradeCompany:
    rows = TradeCompany.objects.for_user(request.user).select_related("seller")
    return get_object_or_404(rows, reference=reference)


def _shown(request: StaffRequest, found: TradeCompany, form: TermsForm | None = None) -> dict[str, Any]:
    currency, exposure = found.seller.currency, exposure_minor(found)
    given = CompanyPrices.objects.filter(company=found).first()
    initial = {
        "price_list": given.price_list_id if given else None, "terms_days": found.terms_days,
        "credit_limit": str(Money(found.credit_limit_minor, currency).decimal) if found.credit_limit_minor else "",
    }  # fmt: skip
    unpaid = tuple(open_invoices(found, on=timezone.localdate()))
    return {
        "company": found, "currency": currency, "form": form or TermsForm(company=found, initial=initial),
        "reason": ReasonForm(), "country": wording.country(found.country),
        "papers": [(paper, url(paper.file)) for paper in found.papers.select_related("file")],
        "people": list(found.people.select_related("user")), "steps": list(found.steps.select_related("by")),
        "orders": list(Order.objects.of_company(found).order_by("-pk")[:20]), "unpaid": unpaid,
        "may": request.user.has_role(Role.SALES),
        "figures": [
            {"label": _("Open orders and unpaid invoices"), "value": wording.money(exposure, currency)},
            {"label": _("Credit limit"), "value": wording.money(found.credit_limit_minor, currency)},
            {"label": _("Overdue"), "value": wording.money(sum(one.left_minor for one in unpaid if one.days_late), currency)},
        ],
    }  # fmt: skip
