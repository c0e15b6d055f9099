"""What orders do on news: write one outbox row, in the same transaction. Nothing is decided here."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from foundation.outbox.actions import put
from packing import signals as packing
from production import signals as production
from store.payments import signals as money


@receiver(money.payment_settled)
def owe_note_payment(*, due: UUID, payment: UUID, **_: Any) -> None:
    put("orders.note_payment", key=f"orders.note_payment:{payment}", payload={"due": str(due), "payment": str(payment)})


@receiver(money.payment_refunded)
def owe_note_refund(*, due: UUID, refund: UUID, **_: Any) -> None:
    put("orders.note_refund", key=f"orders.note_refund:{refund}", payload={"due": str(due), "refund": str(refund)})


@receiver(production.ticket_moved)
def owe_note_progress(
    *, reference: UUID, sequence: int, stage: str, state: str, at: datetime, headline: str, note: str,
    photos: list[str], facts: dict[str, Any] | None = None, **_: Any,
) -> None:  # fmt: skip
    payload = {
        "reference": str(reference), "sequence": sequence, "stage": stage, "state": state, "at": at.isoformat(),
        "headline": headline, "note": note, "photos": [str(photo) for photo in photos], "facts": facts or {},
    }  # fmt: skip
    put("orders.note_progress", key=f"orders.note_progress:{reference}:{sequence}", payload=payload)


@receiver(production.promise_moved)
def owe_note_promise(*, reference: UUID, sequence: int, new_on: date, cause: str, **_: Any) -> None:
    payload = {"reference": str(reference), "sequence": sequence, "new_on": new_on.isoformat(), "cause": cause}
    put("orders.note_promise", key=f"orders.note_promise:{reference}:{sequence}", payload=payload)


@receiver(production.design_ready)
def owe_note_design(*, reference: UUID, revision: int, render: str, note: str, **_: Any) -> None:
    payload = {"reference": str(reference), "revision": revision, "render": str(render or ""), "note": note}
    put("orders.note_design", key=f"orders.note_design:{reference}:{revision}", payload=payload)


@receiver(production.ready_to_pack)
def owe_note_made(*, reference: UUID, made: dict[str, Any], **_: Any) -> None:
    put("orders.note_made", key=f"orders.note_made:{reference}", payload={"reference": str(reference), "made": made})


@receiver(production.ticket_finished)
def owe_note_finished(*, reference: UUID, **_: Any) -> None:
    put("orders.note_finished", key=f"orders.note_finished:{reference}", payload={"reference": str(reference)})


@receiver(production.ticket_scrapped)
def owe_note_scrapped(*, reference: UUID, reason: str, **_: Any) -> None:
    payload = {"reference": str(reference), "reason": reason}
    put("orders.note_scrapped", key=f"orders.note_scrapped:{reference}", payload=payload)


@receiver(packing.parcel_sealed)
def owe_note_sealed(*, reference: UUID, at: datetime, **_: Any) -> None:
    payload = {"reference": str(reference), "at": at.isoformat()}
    put("orders.note_sealed", key=f"orders.note_sealed:{reference}", payload=payload)


@receiver(packing.parcel_dispatched)
def owe_note_dispatched(
    *, reference: UUID, carrier: str, tracking_number: str, tracking_url: str, at: datetime, **_: Any
) -> None:
    payload = {
        "reference": str(reference), "carrier": carrier, "tracking_number": tracking_number,
        "tracking_url": tracking_url, "at": at.isoformat(),
    }  # fmt: skip
    put("orders.note_dispatched", key=f"orders.note_dispatched:{reference}", payload=payload)


@receiver(packing.parcel_delivered)
def owe_note_delivered(*, reference: UUID, at: datetime, **_: Any) -> None:
    payload = {"reference": str(reference), "at": at.isoformat()}
    put("orders.note_delivered", key=f"orders.note_delivered:{reference}", payload=payload)
