"""Every refusal of the API is application/problem+json (RFC 9457) and names the fields that were wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from foundation.api.nul import is_about_nul
from foundation.flow import WrongTurn

SENTENCES: dict[type[Exception], str] = {
    Http404: "There is nothing here under this number, or it is not yours to see.",
    exceptions.NotAuthenticated: "Say who asks: send the header Authorization: Bearer and your key. POST tokens/new/ makes one.",
    exceptions.UnsupportedMediaType: "This cannot be read here. Send JSON, or, with a file, a form (multipart/form-data).",
}
"""What we say where the framework says less."""


class Refused(exceptions.APIException):
    """What a room refuses, in its own sentence."""

    status_code = 409
    default_code = "refused"


@contextmanager
def refusing(*kinds: type[Exception]) -> Iterator[None]:
    """Turn a room's refusals into problems: its sentence as the detail, its name as the code (`loss_needs_witness`)."""
    try:
        yield
    except kinds as refusal:
        code = re.sub(r"(?<!^)(?=[A-Z])", "_", type(refusal).__name__).lower()
        raise Refused(str(refusal), code=code) from refusal


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into a problem; what is not a refusal stays an error of ours (500)."""
    if isinstance(error, WrongTurn):
        error = Refused(str(error), code="wrong_turn")
    elif is_about_nul(error):
        error = exceptions.ParseError("A text holds a NUL character. Leave it out.")
    response = exception_handler(error, context)
    if response is None:
        return None
    response.data = _problem(error, response)
    response.content_type = "application/problem+json"
    return response


def _problem(error: Exception, response: Response) -> dict[str, Any]:
    problem: dict[str, Any] = {"type": "about:blank", "title": response.status_text, "status": response.status_code}
    if isinstance(error, exceptions.ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {"": error.detail}
        return problem | {"detail": "Some fields need another look.", "errors": _in_lists(fields)}
    detail = SENTENCES.get(type(error), str(getattr(error, "detail", error)))
    code = getattr(error, "get_codes", lambda: None)()
    return problem | {"detail": detail} | ({"code": code} if isinstance(code, str) else {})


def _in_lists(fields: dict[str, Any]) -> dict[str, Any]:
    """Each field's reasons as a list, also where there is one."""
    return {name: [said] if isinstance(said, str) else said for name, said in fields.items()}
