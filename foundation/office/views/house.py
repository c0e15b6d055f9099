"""The house's facts, edited by an admin: sellers, brands, sites, calendars, holidays, delivery."""

from typing import Any

from django.contrib import messages
from django.forms import BaseModelForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.api.once import once
from foundation.house.models import Brand, Calendar, DeliveryMethod, Holiday, Seller, Site
from foundation.office.forms import FACTS
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import Role

KINDS = {
    "seller": Seller,
    "brand": Brand,
    "site": Site,
    "calendar": Calendar,
    "holiday": Holiday,
    "delivery": DeliveryMethod,
}


@require_safe
@staff(Role.ADMIN)
def house(request: StaffRequest) -> HttpResponse:
    """Every fact of the house on one page."""
    groups = [
        (_("Sellers"), "seller", Seller.objects.order_by("pk")),
        (_("Brands"), "brand", Brand.objects.select_related("seller").order_by("pk")),
        (_("Sites"), "site", Site.objects.order_by("pk")),
        (_("Working days"), "calendar", Calendar.objects.select_related("site").order_by("site_id")),
        (_("Holidays"), "holiday", Holiday.objects.select_related("site")),
        (_("Delivery"), "delivery", DeliveryMethod.objects.select_related("seller")),
    ]
    return render(request, "office/house.html", {"groups": groups, "here": "house"})


@staff(Role.ADMIN)
@once
def fact(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """Change one fact."""
    return _edited(request, kind, get_object_or_404(_model(kind), pk=pk))


@staff(Role.ADMIN)
@once
def new_fact(request: StaffRequest, kind: str) -> HttpResponse:
    """Add a fact."""
    return _edited(request, kind, None)


def _edited(request: StaffRequest, kind: str, row: Any) -> HttpResponse:
    form: BaseModelForm[Any] = FACTS[_model(kind)](request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("office:house")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "row": row, "kind": kind, "here": "house"}
    return render(request, "office/fact.html", context, status=status)


def _model(kind: str) -> Any:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]
