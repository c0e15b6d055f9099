"""What tickets do on news: write an outbox row, in the same transaction."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from foundation.outbox.actions import put
from packing.signals import parcel_sealed


@receiver(parcel_sealed)
def owe_note_sealed(*, reference: UUID, contents: list[str], **_: Any) -> None:
    for piece in contents:
        put("tickets.note_sealed", key=f"tickets.note_sealed:{piece}:{reference}", payload={"reference": piece})
