"""How the API is published: its title, and the names that its choices go by."""

from typing import Any

SCHEMA: dict[str, Any] = {
    "TITLE": "Ajour",
    "DESCRIPTION": "A jewellery workshop that sells what it makes.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,  # else a file to be sent is described as the address it is read at
    "ENUM_NAME_OVERRIDES": {
        "PieceKind": "store.catalogue.models.pieces.Kind",
        "Grown": "store.catalogue.models.stones.Grown",
        "DueKind": "store.orders.models.dues.DueKind",
        "OrderState": "store.orders.flow.OrderState",
        "DueState": "store.orders.flow.DueState",
        "ParcelState": "packing.flow.ParcelState",
        "TicketState": "production.tickets.flow.TicketState",
        "OperationState": "production.tickets.flow.OperationState",
        "TreeState": "production.casting.flow.TreeState",
        "AllotmentState": "production.stones.flow.AllotmentState",
        "RevisionState": "production.designs.flow.RevisionState",
        "Stage": "production.routes.stages.Stage",
        "CreditCause": "store.orders.models.credits.Cause",
        "ReturnCause": "store.returns.models.Cause",
        "ReturnState": "store.returns.flow.ReturnState",
        "LeftState": "store.orders.flow.LeftState",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "foundation.api.schema.with_problems",
    ],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
}
