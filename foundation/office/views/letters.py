"""Letters that were written: what a customer was told, word for word."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from foundation.mail.models import Letter
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import OFFICE


@require_safe
@staff(*OFFICE)
def letters(request: StaffRequest) -> HttpResponse:
    """The newest letters first, by recipient if asked."""
    asked = request.GET.get("to", "").strip()
    rows = Letter.objects.filter(to__icontains=asked) if asked else Letter.objects.all()
    page = Paginator(rows.defer("html", "text"), 50).get_page(request.GET.get("page"))
    return render(request, "office/letters.html", {"page": page, "asked": asked, "here": "letters"})


@require_safe
@staff(*OFFICE)
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """One letter as it was sent."""
    return render(request, "office/letter.html", {"letter": get_object_or_404(Letter, pk=pk), "here": "letters"})
