"""Celery's doors to orders."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.outbox.handlers import handles
from store.orders import actions
from store.orders.actions import changing, parcels, releasing, requesting, working


@shared_task(name="orders.expire_unpaid")
def expire_unpaid() -> None:
    """Orders whose time to pay is over."""
    actions.expire_unpaid(now=timezone.now())


@shared_task(name="orders.withdraw_unpaid_changes")
def withdraw_unpaid_changes() -> None:
    """Changes that nobody paid for in time: the pieces go on as they were."""
    actions.withdraw_unpaid_changes(now=timezone.now())


@handles("orders.drop_change", _("Drop a change that was taken back"))
def drop_change(*, change_id: int) -> None:
    """A change was taken back."""
    changing.drop_change(change_id=change_id)


@handles("orders.note_payment", _("Note money that arrived"))
def note_payment(*, due: str, payment: str) -> None:
    """Money arrived."""
    actions.note_payment(due=UUID(due), payment=UUID(payment), now=timezone.now())


@handles("orders.note_refund", _("Note money that went back"))
def note_refund(*, due: str, refund: str) -> None:
    """Money went back."""
    actions.note_refund(due=UUID(due), refund=UUID(refund), now=timezone.now())


@handles("orders.open_ticket", _("Open the ticket of an order"))
def open_ticket(*, work_order_id: int) -> None:
    """A work order is to become a ticket."""
    working.open_ticket(work_order_id=work_order_id)


@handles("orders.note_progress", _("Show a buyer where her piece is"))
def note_progress(
    *,
    reference: str,
    sequence: int,
    stage: str,
    state: str,
    at: str,
    headline: str,
    note: str,
    photos: Any,
    facts: dict[str, Any] | None = None,
) -> None:
    """A ticket is somewhere new."""
    working.note_progress(
        reference=UUID(reference), sequence=sequence, stage=stage, state=state, at=datetime.fromisoformat(at),
        headline=headline, note=note, photos=list(photos), facts=facts,
    )  # fmt: skip


@handles("orders.note_promise", _("Tell a buyer of a new day"))
def note_promise(*, reference: str, sequence: int, new_on: str, cause: str) -> None:
    """The promised day changed."""
    working.note_promise(reference=UUID(reference), sequence=sequence, new_on=date.fromisoformat(new_on), cause=cause)


@handles("orders.note_design", _("Tell a buyer that a design waits"))
def note_design(*, reference: str, revision: int, render: str, note: str) -> None:
    """A revision waits for the buyer."""
    working.note_design(reference=UUID(reference), revision=revision, render=render, note=note, at=timezone.now())


@handles("orders.note_made", _("Note that a piece is made"))
def note_made(*, reference: str, made: Any) -> None:
    """A piece passed its last inspection."""
    working.note_made(reference=UUID(reference), made=made, now=timezone.now())


@handles("orders.note_finished", _("Note that a ticket’s books are closed"))
def note_finished(*, reference: str) -> None:
    """A ticket's books are closed."""
    working.note_finished(reference=UUID(reference))


@handles("orders.note_scrapped", _("Begin anew what was scrapped"))
def note_scrapped(*, reference: str, reason: str) -> None:
    """A piece was scrapped."""
    working.note_scrapped(reference=UUID(reference), reason=reason)


@handles("orders.request_parcel", _("Ask the packers for a parcel"))
def request_parcel(*, work_order_id: int) -> None:
    """A piece that was made is to be packed."""
    requesting.request_parcel(work_order_id=work_order_id)


@handles("orders.request_stock_parcel", _("Ask the packers for a parcel from stock"))
def request_stock_parcel(*, order_id: int) -> None:
    """What came from the tray is to be packed."""
    requesting.request_stock_parcel(order_id=order_id)


@handles("orders.note_sealed", _("Note that a parcel is sealed"))
def note_sealed(*, reference: str, at: str) -> None:
    """A parcel is sealed."""
    parcels.note_sealed(reference=UUID(reference), at=datetime.fromisoformat(at))


@handles("orders.release_parcels", _("Let an order’s parcels leave"))
def release_parcels(*, order_id: int) -> None:
    """Nothing is owed any more."""
    releasing.release_parcels(order_id=order_id)


@handles("orders.release_parcel", _("Let a parcel leave"))
def release_parcel(*, parcel_id: int) -> None:
    """A parcel may leave."""
    releasing.release_parcel(parcel_id=parcel_id, now=timezone.now())


@handles("orders.note_dispatched", _("Tell a buyer that it is on its way"))
def note_dispatched(*, reference: str, carrier: str, tracking_number: str, tracking_url: str, at: str) -> None:
    """The carrier has a parcel."""
    parcels.note_dispatched(
        reference=UUID(reference), carrier=carrier, tracking_number=tracking_number, tracking_url=tracking_url,
        at=datetime.fromisoformat(at),
    )  # fmt: skip


@handles("orders.note_delivered", _("Note that a parcel arrived"))
def note_delivered(*, reference: str, at: str) -> None:
    """A parcel arrived."""
    parcels.note_delivered(reference=UUID(reference), at=datetime.fromisoformat(at))
