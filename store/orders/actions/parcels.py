"""Parcels of an order, followed on their way: sealed, dispatched, delivered, or called off before they leave."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.flow import WrongTurn
from foundation.outbox.actions import put
from packing import intake
from store.orders.actions.handing_over import is_here
from store.orders.actions.letters import write_letter
from store.orders.actions.releasing import release_if_settled
from store.orders.actions.shipments import invoice_what_left
from store.orders.actions.standing import note_standing
from store.orders.flow import OrderState
from store.orders.models import Diary, Order, ParcelNote
from store.orders.models.orders import DeliveryState


@transaction.atomic
def note_sealed(*, reference: UUID, at: datetime) -> None:
    """A parcel is packed and sealed. Where nothing more is owed for it, it may leave; else the balance is asked for."""
    parcel, order = _parcel(reference)
    if parcel is None or parcel.sealed_at:
        return
    _note(parcel, order, "packed", at=at, sealed_at=at)
    release_if_settled(parcel, order, now=at)
    note_standing(order)


@transaction.atomic
def note_dispatched(*, reference: UUID, carrier: str, tracking_number: str, tracking_url: str, at: datetime) -> None:
    """The carrier has a parcel: tell the buyer, with the number to follow it by."""
    parcel, order = _parcel(reference)
    if parcel is None or parcel.dispatched_at:
        return
    _note(
        parcel, order, "dispatched", at=at, dispatched_at=at, carrier=carrier, tracking_number=tracking_number,
        tracking_url=tracking_url,
    )  # fmt: skip
    if order.is_on_account:
        invoice_what_left(parcel, at=at)
        note_standing(order)
        return
    note_standing(order)
    write_letter(order, "dispatched", key=f"dispatched:{reference}", parcel=parcel)


@transaction.atomic
def note_delivered(*, reference: UUID, at: datetime) -> None:
    """A parcel arrived. With the last of them the order is completed."""
    parcel, order = _parcel(reference)
    if parcel is None or parcel.delivered_at:
        return
    missed = {} if parcel.dispatched_at else {"dispatched_at": at}
    _note(parcel, order, "delivered", at=at, delivered_at=at, **missed)
    order = note_standing(order)
    if order.delivery.collected_at_id is not None:
        if is_here(order):
            write_letter(order, "to_collect")
        return
    write_letter(order, "delivered", key=f"delivered:{reference}", parcel=parcel)
    complete_if_arrived(order)


def complete_if_arrived(order: Order) -> None:
    """All of it that is still wanted has arrived by parcel: with that the order is completed."""
    by_parcel = order.delivery.collected_at_id is None
    if by_parcel and order.delivery_state == DeliveryState.DELIVERED and order.state == OrderState.CONFIRMED:
        order.move(OrderState.COMPLETED, by=None)


class HasLeft(Exception):
    """Why a parcel cannot be called off, in a sentence: the carrier has it."""


@transaction.atomic
def cancel_parcel(*, parcel: ParcelNote, reason: str, now: datetime) -> None:
    """Call a parcel off before it leaves; what lies in it besides is asked for in another. Refuses, with HasLeft, one that left.

    Whoever hands it to the carrier at this moment is waited for, or waits: there is never both.
    """
    parcel = ParcelNote.objects.select_for_update(of=("self",)).select_related("order").get(pk=parcel.pk)
    if parcel.cancelled_at:
        return
    try:
        intake.cancel_parcel(reference=parcel.reference, reason=reason)
    except WrongTurn as refusal:
        raise HasLeft(
            _("Parcel %(number)s has just left. Take it back as a return when it has come.") % {"number": parcel.number}
        ) from refusal
    parcel.cancelled_at = now
    parcel.save(update_fields=["cancelled_at"])
    _ask_again_for_the_rest(parcel)


def _ask_again_for_the_rest(parcel: ParcelNote) -> None:
    """The parcel held more than what was called off: that is packed anew."""
    works = [part.work_order_id for part in parcel.parts.all() if part.work_order_id]
    parcel.parts.all().delete()
    if parcel.work_order_id is None and not works:
        order = parcel.order_id
        put(
            "orders.request_stock_parcel",
            key=f"orders.request_stock_parcel:{order}:after:{parcel.pk}",
            payload={"order_id": order},
        )
    for work in works[:1]:
        put(
            "orders.request_parcel",
            key=f"orders.request_parcel:{work}:after:{parcel.pk}",
            payload={"work_order_id": work},
        )


def _parcel(reference: UUID) -> tuple[ParcelNote | None, Order]:
    """The parcel, its order taken first. A parcel that is not ours gives None."""
    found = ParcelNote.objects.filter(reference=reference).first()
    if found is None:
        return None, Order()
    order = Order.objects.locked(pk=found.order_id)
    return ParcelNote.objects.select_for_update().get(pk=found.pk), order


def _note(parcel: ParcelNote, order: Order, headline: str, *, at: datetime, **facts: object) -> None:
    for name, value in facts.items():
        setattr(parcel, name, value)
    parcel.save(update_fields=list(facts))
    if headline == "packed" and parcel.work_order_id:
        return  # the workshop's own news says so
    entry = Diary(
        order=order, work_order=parcel.work_order, key=f"{parcel.reference}:{headline}", headline=headline, at=at
    )
    entry.stage = "packaging" if headline == "packed" else ""
    Diary.objects.bulk_create([entry], ignore_conflicts=True)
