"""The front page of the trade: what it is, applying, and a company's own desk."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from foundation.api.once import once
from foundation.files.actions import PRIVATE_SUFFIXES, NotTaken, keep_image, keep_private
from foundation.files.models import File
from foundation.people.models import User
from store.buyers.actions import AlreadyKnown, WrongNumber, add_paper, apply_for_account, company_of
from store.buyers.models import TradeCompany
from store.catalogue.brands import shop_brand
from store.orders import wording
from store.orders.owing import exposure_minor
from store.trade.forms import MOST_PAPERS, ApplyForm
from store.trade.statement import open_invoices, working_orders


@never_cache
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """A stranger reads what the trade is offered; a company's people find their desk."""
    company = company_of(request.user)
    if company is None or not company.is_open:
        return render(request, "trade/front.html", {"company": company, "note": _last_word(company)})
    return render(request, "trade/desk.html", _desk(company))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def apply(request: HttpRequest) -> HttpResponse:
    """Ask for an account. Nothing opens by itself: the office looks at every application."""
    user = request.user if isinstance(request.user, User) else None
    form = ApplyForm(request.POST or None, request.FILES or None, initial=_known(user))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _write(request, form, user)
        except (AlreadyKnown, WrongNumber) as refusal:
            form.add_error(None, str(refusal))
        except NotTaken as refusal:
            form.add_error("papers", str(refusal))
        else:
            return redirect("trade:sent")
    return render(request, "trade/apply.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The application is in."""
    return render(request, "trade/sent.html")


def _write(request: HttpRequest, form: ApplyForm, user: User | None) -> TradeCompany:
    uploads = form.cleaned_data["papers"]
    if len(uploads) > MOST_PAPERS:
        raise NotTaken(_("Send five documents at most."))
    said = form.application(language=getattr(request, "LANGUAGE_CODE", "en"))
    company = apply_for_account(seller=shop_brand().seller, said=said, by=user)
    for upload in uploads:
        add_paper(company=company, file=_keep(upload, user))
    return company


def _keep(upload: UploadedFile, user: User | None) -> File:
    if (upload.name or "").lower().endswith(PRIVATE_SUFFIXES):
        return keep_private(upload=upload, by=user, purpose="trade")
    return keep_image(upload=upload, by=user, purpose="trade")


def _known(user: User | None) -> dict[str, str]:
    return {"country": "GB"} | ({"contact_name": user.name, "email": user.email} if user else {})


def _last_word(company: TradeCompany | None) -> str:
    """What the office wrote when it declined or suspended the account."""
    step = company.steps.order_by("-sequence").first() if company else None
    return step.note if step and company and step.new == company.state and not company.is_open else ""


def _desk(company: TradeCompany) -> dict[str, Any]:
    currency, exposure = company.seller.currency, exposure_minor(company)
    unpaid = tuple(open_invoices(company, on=timezone.localdate()))
    late = sum(one.left_minor for one in unpaid if one.days_late)
    left = max(company.credit_limit_minor - exposure, 0)
    return {
        "company": company, "currency": currency, "unpaid": unpaid, "orders": list(working_orders(company)[:20]),
        "used": min(exposure, company.credit_limit_minor), "limit": company.credit_limit_minor,
        "figures": [
            {"label": _("Credit left"), "value": wording.money(left, currency), "note": _("of %(limit)s") % {"limit": wording.money(company.credit_limit_minor, currency)}},
            {"label": _("To pay"), "value": wording.money(sum(one.left_minor for one in unpaid), currency), "note": _("net %(days)s days") % {"days": company.terms_days}},
            {"label": _("Overdue"), "value": wording.money(late, currency), "tone": "late" if late else ""},
        ],
    }  # fmt: skip
