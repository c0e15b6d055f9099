"""Where an order stands, in four columns that a list can be filtered by. Written here alone."""

from django.db.models import QuerySet, prefetch_related_objects

from foundation.asked import asked
from foundation.joined import joined
from foundation.written import rewritten
from store.catalogue.flow import HoldState
from store.catalogue.models import Hold
from store.orders.flow import DueState, OrderState, WorkState
from store.orders.models import Due, Handover, Order, ParcelNote
from store.orders.models.orders import DeliveryState, MakingState, MoneyState
from store.orders.owing import received_minor

OVER = (WorkState.SCRAPPED, WorkState.CANCELLED)


@joined
def note_standing(order: Order) -> Order:
    """Read the order's dues, work and parcels, and write down where they stand."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    write_standing(order)
    return order


def write_standing(order: Order) -> None:
    """The same for an order whose row is locked, and as it stands."""
    order.money, order.making = _money(order), _making(order)
    order.delivery_state = _delivery(_parcels(order.pk), order)
    rewritten(order, "money", "making", "delivery_state")


@asked
def _parcels(order_id: int) -> QuerySet[ParcelNote]:
    return ParcelNote.objects.filter(order_id=order_id, cancelled_at=None)


@asked
def _dues(order_id: int) -> QuerySet[Due]:
    return Due.objects.filter(order_id=order_id).only("state")


def _money(order: Order) -> str:
    if order.is_on_account:
        return _money_on_account(order)
    states = [due.state for due in _dues(order.pk)]
    if DueState.REFUNDED in states and DueState.PAID not in states:
        return MoneyState.REFUNDED
    if DueState.PAID not in states:
        return MoneyState.UNPAID
    if order.state == OrderState.CANCELLED:
        return MoneyState.PART_BACK
    return MoneyState.PAID if set(states) <= {DueState.PAID, DueState.CANCELLED} else MoneyState.PART


def _money_on_account(order: Order) -> str:
    """Paid once every shipment is: while some of it has not left, at most a part."""
    rows = list(order.dues.exclude(state=DueState.CANCELLED).values_list("state", "amount_minor"))
    paid = sum(minor for state, minor in rows if state == DueState.PAID)
    if paid >= order.gross_minor:
        return MoneyState.PAID
    if rows and all(state == DueState.REFUNDED for state, _minor in rows):
        return MoneyState.REFUNDED
    some = paid or any(received_minor(due) for due in order.dues.all())
    return MoneyState.PART if some else MoneyState.UNPAID


def _making(order: Order) -> str:
    lines = [line for line in order.live_lines() if line.is_custom]
    if not lines:
        return MakingState.NONE
    prefetch_related_objects(lines, "work_orders")
    states = [w.state for line in lines for w in line.work_orders.all() if w.state not in OVER]
    if not states or set(states) == {WorkState.ASKED}:
        return MakingState.WAITING
    made = all(state in (WorkState.MADE, WorkState.FINISHED) for state in states) and len(states) >= len(lines)
    return MakingState.MADE if made else MakingState.MAKING


def _delivery(parcels: list[ParcelNote], order: Order) -> str:
    """The least of its parcels; while some of it has no parcel yet, at most "not packed".

    What is collected in person is delivered when it is handed over, and packed once all of it lies at the counter.
    """
    if order.delivery.collected_at_id is not None:
        return _collected(parcels, order)
    if not parcels or _some_has_no_parcel(parcels, order):
        return DeliveryState.WAITING
    if all(parcel.delivered_at for parcel in parcels):
        return DeliveryState.DELIVERED
    if all(parcel.dispatched_at for parcel in parcels):
        return DeliveryState.SENT
    return DeliveryState.PACKED if all(parcel.sealed_at for parcel in parcels) else DeliveryState.WAITING


def _collected(parcels: list[ParcelNote], order: Order) -> DeliveryState:
    if Handover.objects.filter(order=order).exists():
        return DeliveryState.DELIVERED
    here = all(parcel.delivered_at for parcel in parcels)
    if here and order.state in (OrderState.CONFIRMED, OrderState.COMPLETED) and not _some_is_to_come(parcels, order):
        return DeliveryState.PACKED
    sent = parcels and all(parcel.dispatched_at for parcel in parcels)
    return DeliveryState.SENT if sent and not here else DeliveryState.WAITING


def _some_is_to_come(parcels: list[ParcelNote], order: Order) -> bool:
    """Whether a parcel that the counter waits for is not asked for yet: of a piece to be made, or from another tray."""
    made = sum(line.is_custom for line in order.live_lines())
    holds = Hold.objects.of_key(*order.held_keys()).filter(state=HoldState.TAKEN)
    away = holds.exclude(stock__site=order.delivery.collected_at_id).exists()
    return len(parcels) < made + away


def _some_has_no_parcel(parcels: list[ParcelNote], order: Order) -> bool:
    if order.is_on_account:
        return order.lines.filter(part=None, called_off_at=None).exists()
    lines = order.live_lines()
    return len(parcels) < sum(line.is_custom for line in lines) + any(not line.is_custom for line in lines)
