"""A parcel may leave once nothing is owed on what is in it: the balance is asked for, and the packers are told."""

from datetime import datetime

from django.db import transaction

from foundation.outbox.actions import put
from packing import intake
from store.orders.actions.letters import write_letter
from store.orders.flow import DueState
from store.orders.models import Due, DueKind, Order, ParcelNote


def release_if_settled(parcel: ParcelNote, order: Order, *, now: datetime) -> None:
    """A sealed parcel may leave where nothing more is owed for it; else the balance is asked for with the last of them."""
    balance = owed_for(parcel, order)
    if balance is None:
        _owe_release(parcel)
    elif balance.state == DueState.OWED and _all_made_is_sealed(order):
        ask_balance(balance, now=now)


def ask_for_balance_if_packed(order: Order, *, now: datetime) -> None:
    """A line was called off: all that is still made may be packed, and the balance is asked for; or none is owed any more."""
    balance = order.dues.filter(kind=DueKind.BALANCE).first()
    if balance is None:
        return
    if balance.state == DueState.OWED and _all_made_is_sealed(order):
        ask_balance(balance, now=now)
    if not balance.is_open:
        put(
            "orders.release_parcels",
            key=f"orders.release_parcels:{balance.pk}:{balance.credited_minor}",
            payload={"order_id": order.pk},
        )


@transaction.atomic
def ask_balance(balance: Due, *, now: datetime) -> None:
    """Ask for the balance by letter, once."""
    balance.move(DueState.ASKED, by=None)
    balance.asked_at = now
    balance.save(update_fields=["asked_at"])
    write_letter(balance.order, "balance_due", due=balance)


@transaction.atomic
def release_parcels(*, order_id: int) -> None:
    """Nothing is owed any more: every parcel of the order may leave."""
    order = Order.objects.locked(pk=order_id)
    for parcel in order.parcels.filter(released_at=None, cancelled_at=None):
        _owe_release(parcel)


@transaction.atomic
def release_parcel(*, parcel_id: int, now: datetime) -> None:
    """Tell the packers that a parcel may leave, once."""
    parcel = ParcelNote.objects.select_for_update().get(pk=parcel_id)
    if parcel.released_at or parcel.cancelled_at:
        return
    intake.release_parcel(reference=parcel.reference)
    parcel.released_at = now
    parcel.save(update_fields=["released_at"])


def owed_for(parcel: ParcelNote, order: Order) -> Due | None:
    """The balance that keeps this parcel from leaving. What came from the tray was paid in full, or is on account."""
    if parcel.work_order_id is None:
        return None
    return order.dues.filter(kind=DueKind.BALANCE, state__in=[DueState.OWED, DueState.ASKED]).first()


def _owe_release(parcel: ParcelNote) -> None:
    put("orders.release_parcel", key=f"orders.release_parcel:{parcel.pk}", payload={"parcel_id": parcel.pk})


def _all_made_is_sealed(order: Order) -> bool:
    """One balance covers every piece that was made: it is asked for when the last of them is packed."""
    made = sum(line.is_custom for line in order.live_lines())
    return order.parcels.filter(cancelled_at=None).exclude(work_order=None).exclude(sealed_at=None).count() >= made
