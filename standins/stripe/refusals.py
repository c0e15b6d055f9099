"""How the API says no: status, type, code and the parameter at fault, in Stripe's shape."""

from typing import Any


class Refused(Exception):
    """An error answer. https://docs.stripe.com/api/errors"""

    def __init__(self, message: str, *, status: int = 400, kind: str = "invalid_request_error", **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"message": message, "type": kind, **{k: v for k, v in more.items() if v is not None}}}


def missing(param: str) -> Refused:
    return Refused(f"Missing required param: {param}.", code="parameter_missing", param=param)


def invalid(message: str, param: str) -> Refused:
    return Refused(message, param=param)


def unknown_object(kind: str, reference: str) -> Refused:
    message = f"No such {kind}: '{reference}'"
    return Refused(message, status=404, code="resource_missing", param="id")
