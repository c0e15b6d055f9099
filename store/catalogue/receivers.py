"""What the catalogue does on news: write one outbox row, in the same transaction. Nothing is decided here."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from foundation.outbox.actions import put
from production import signals as production


@receiver(production.picture_taken)
def owe_hang_picture(
    *, subject: UUID, reference: UUID, alloy: str, view: str, shape: str, file: str, width_um: int, **_: Any
) -> None:
    payload = {
        "subject": str(subject), "alloy": alloy, "view": view, "shape": shape, "file": file, "width_um": width_um,
    }  # fmt: skip
    put("catalogue.hang_picture", key=f"catalogue.hang_picture:{reference}", payload=payload)
