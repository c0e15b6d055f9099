"""A NUL byte in what was sent: PostgreSQL keeps none, so it is refused in a sentence wherever it turns up."""

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def is_about_nul(error: BaseException) -> bool:
    """Whether the database refused a text for a NUL byte in it."""
    return isinstance(error, (ValueError, DataError)) and "NUL" in str(error)


class NulMiddleware:
    """Pages answer 400 with a sentence; the request's transaction is rolled back, as after any error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only for what nobody else answered."""
        if not is_about_nul(error):
            return None
        sentence = _("What you sent holds a sign that is no letter. Type it again by hand.")
        return render(request, "ui/refused.html", {"sentence": sentence}, status=400)
