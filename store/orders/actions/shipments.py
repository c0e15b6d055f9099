"""Shipments of an order on account: what lies in the tray leaves at once, what is made follows; one invoice each."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from foundation.people.models import User
from store.orders.actions.invoicing import invoice_shipment, shipment_minor
from store.orders.actions.letters import write_letter
from store.orders.flow import DueState, OrderState, WorkState
from store.orders.models import Due, DueKind, Order, ParcelNote, ParcelPart, WorkOrder

READY = (WorkState.MADE, WorkState.FINISHED)
OVER = (WorkState.SCRAPPED, WorkState.CANCELLED)


class NothingToSend(Exception):
    """Why no shipment can be made up now, in a sentence."""


def gather_tray(order: Order) -> ParcelNote | None:
    """A shipment of everything that came from the tray and has not left, written down; None where there is nothing."""
    lines = [line for line in order.lines.filter(part=None, called_off_at=None) if not line.is_custom]
    if not lines:
        return None
    parcel = _next(order)
    ParcelPart.objects.bulk_create([ParcelPart(parcel=parcel, line=line) for line in lines])
    return parcel


def gather_made(order: Order, *, all_of_it: bool = True) -> ParcelNote | None:
    """A shipment of everything that is made and has not left. With `all_of_it` only once nothing is in the making."""
    works = list(_running(order))
    ready = [work for work in works if work.state in READY and not hasattr(work, "part")]
    if not ready or (all_of_it and any(work.state not in READY for work in works)):
        return None
    parcel = _next(order)
    ParcelPart.objects.bulk_create([ParcelPart(parcel=parcel, line=work.line, work_order=work) for work in ready])
    return parcel


def made_and_waiting(order: Order) -> list[WorkOrder]:
    """What is made and lies ready while the rest is still in the making: it could be sent on its own."""
    return [work for work in _running(order) if work.state in READY and not hasattr(work, "part")]


@transaction.atomic
def invoice_what_left(parcel: ParcelNote, *, at: datetime) -> Due:
    """A shipment left: owe its amount by the order's terms and write its invoice, once."""
    order = parcel.order
    if found := Due.objects.filter(parcel=parcel).first():
        return found
    due = Due.objects.create(
        order=order, kind=DueKind.SHIPMENT, parcel=parcel, amount_minor=shipment_minor(order, parcel),
        due_on=at.date() + timedelta(days=order.terms_days or 0), asked_at=at,
    )  # fmt: skip
    due.move(DueState.ASKED, by=None)
    invoice = invoice_shipment(due, on=at.date())
    write_letter(order, "trade_shipped", key=f"shipped:{parcel.pk}", due=due, parcel=parcel, invoice=invoice.number)
    return due


def must_be_sendable(order: Order, *, by: User) -> None:
    """Refuse, with NothingToSend, an order of which nothing could be sent now."""
    if order.state != OrderState.CONFIRMED or not made_and_waiting(order):
        raise NothingToSend(_("Nothing of this order is made and waiting to be sent."))


def _running(order: Order) -> list[WorkOrder]:
    rows = WorkOrder.objects.filter(line__order=order).exclude(state__in=OVER)
    return list(rows.select_related("line__order", "part").order_by("line__position", "pk"))


def _next(order: Order) -> ParcelNote:
    last = order.parcels.aggregate(last=Max("shipment"))["last"] or 0
    return ParcelNote.objects.create(order=order, shipment=last + 1)
