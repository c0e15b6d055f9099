"""The office's price lists of the trade: shares off retail, breaks by quantity, prices by stock number."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.api.once import once
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import OFFICE, Role
from foundation.ui.templatetags.ui import percent
from store.catalogue.brands import shop_brand
from store.pricing.actions import WrongList, write_list
from store.pricing.models import PriceList
from store.trade.price_list_form import ListForm, as_typed


@staff(*OFFICE)
@require_safe
def lists(request: StaffRequest) -> HttpResponse:
    """Every list and who buys from it."""
    rows = PriceList.objects.prefetch_related("breaks", "companies__company")
    return render(request, "trade/office/lists.html", {"lists": [(row, percent(row.discount_bp)) for row in rows]})


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request: StaffRequest) -> HttpResponse:
    """Write a new list."""
    return _edit(request, None)


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a list. What is ordered already keeps its price."""
    return _edit(request, get_object_or_404(PriceList, pk=pk))


def _edit(request: StaffRequest, row: PriceList | None) -> HttpResponse:
    seller = shop_brand().seller
    form = ListForm(request.POST or None, currency=seller.currency, initial=as_typed(row, seller.currency))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            write_list(
                seller=seller, name=said["name"], discount_bp=said["discount"], breaks=said["breaks"],
                prices=said["prices"], price_list=row,
            )  # fmt: skip
        except WrongList as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The list is kept. New orders take it from now on."))
            return redirect("trade:lists")
    return render(request, "trade/office/list.html", {"form": form, "list": row}, status=422 if form.errors else 200)
