"""Marks that turn the direction of whatever stands behind them: on a label they read an address backwards.

Nobody types them; they come with copied text, or on purpose. They are left out of everything that is sent, at the door.
"""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates of Unicode's bidirectional algorithm. The marks that Thai, Arabic or emoji need stay."""


def plain(sent: Any) -> Any:
    """What was sent, its texts without turning marks: a text, or lists and dictionaries of them."""
    if isinstance(sent, str):
        return TURNING.sub("", sent)
    if isinstance(sent, list):
        return [plain(one) for one in sent]
    if isinstance(sent, dict):
        return {key: plain(one) for key, one in sent.items()}
    return sent


class PlainMiddleware:
    """Forms of pages. The API's parsers do the same for programs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Only where the form was read already, to look for its token: no other view's body is touched."""
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return
        if any(TURNING.search(text) for _, texts in request.POST.lists() for text in texts):
            request.POST = plain_form(request.POST)


def plain_form(form: Any) -> Any:
    """The same fields, each text plain."""
    kept = form.copy()
    for name, texts in form.lists():
        kept.setlist(name, plain(texts))
    return kept
