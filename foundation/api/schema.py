"""What the published schema says of our own manners."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from foundation.api.once import GUEST, KEY, LONGEST_KEY, SHORTEST_KEY, is_once

TEXT = {"type": "string"}
PROBLEM = {
    "type": "object",
    "description": "A refusal (RFC 9457). `errors` names each field that was wrong, `code` what a room refused.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT, "code": TEXT,
        "errors": {"type": "object", "additionalProperties": True},
    },
}  # fmt: skip


class BearerToken(OpenApiAuthenticationExtension):
    """`Authorization: Bearer <token>`."""

    target_class = "foundation.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class HouseSchema(AutoSchema):
    """An act that happens once says which header names it; what guests may ask, which header tells them apart."""

    def get_override_parameters(self) -> list[Any]:
        found: list[Any] = super().get_override_parameters()
        if is_once(getattr(self.view, self.method.lower(), None)):
            found = [*found, _key()]
        return [*found, _guest()] if getattr(self.view, "knows_guests", False) else found


def _key() -> OpenApiParameter:
    return OpenApiParameter(
        KEY, {"type": "string", "minLength": SHORTEST_KEY, "maxLength": LONGEST_KEY}, OpenApiParameter.HEADER,
        required=True, description="Your own name for this act. Sent again with the same content it is not done again.",
    )  # fmt: skip


def _guest() -> OpenApiParameter:
    return OpenApiParameter(
        GUEST, str, OpenApiParameter.HEADER,
        description="A guest's secret: 32 to 200 random characters that your program made, the same for all of one basket.",
    )  # fmt: skip


def with_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Say of every address what its refusals look like."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    shown = {"schema": {"$ref": "#/components/schemas/Problem"}}
    refused = {"description": "A refusal.", "content": {"application/problem+json": shown}}
    for operation in (one for methods in result["paths"].values() for one in methods.values()):
        operation["responses"]["default"] = refused
    return result
