"""Parcels are asked for: with everything from the tray, with a piece that was made, with what is sent on account."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from foundation.house.models import Site
from foundation.people.models import User
from packing import intake
from store.catalogue.models import Hold
from store.orders.actions.releasing import owed_for, release_parcel
from store.orders.actions.shipments import gather_made, gather_tray, must_be_sendable
from store.orders.contents import as_made, from_tray
from store.orders.flow import OrderState
from store.orders.models import Order, OrderLine, ParcelNote, WorkOrder


@transaction.atomic
def request_stock_parcel(*, order_id: int) -> None:
    """Ask for the parcel with everything from the tray, once."""
    order = Order.objects.locked(pk=order_id)
    if order.is_on_account:
        _ask_for_shipment(order, gather_tray(order) if order.state == OrderState.CONFIRMED else None)
        return
    if order.state != OrderState.CONFIRMED or order.parcels.filter(work_order=None, cancelled_at=None).exists():
        return
    lines = [line for line in order.live_lines() if not line.is_custom]
    if not lines:
        return
    parcel = ParcelNote.objects.create(order=order)
    with override(order.language):
        _ask(parcel, tuple(from_tray(line) for line in lines), lines[0], site=_site_of(lines[0]))


@transaction.atomic
def request_parcel(*, work_order_id: int) -> None:
    """Ask for the parcel with a piece that was made, once. What is on account waits until all of it is made."""
    work = WorkOrder.objects.select_related("line").get(pk=work_order_id)
    order = Order.objects.locked(lines__work_orders=work)
    if order.is_on_account:
        _ask_for_shipment(order, gather_made(order) if order.state == OrderState.CONFIRMED else None)
        return
    if order.state != OrderState.CONFIRMED or ParcelNote.objects.filter(work_order=work).exists():
        return
    parcel = ParcelNote.objects.create(order=order, work_order=work)
    with override(order.language):
        _ask(parcel, (as_made(work),), work.line, site=_workshop())


@transaction.atomic
def send_what_is_made(*, order: Order, by: User) -> ParcelNote | None:
    """Send what is made of an order on account without waiting for the rest. Refuses with NothingToSend."""
    order = Order.objects.locked(pk=order.pk)
    must_be_sendable(order, by=by)
    parcel = gather_made(order, all_of_it=False)
    _ask_for_shipment(order, parcel)
    return parcel


def _ask_for_shipment(order: Order, parcel: ParcelNote | None) -> None:
    if parcel is None:
        return
    parts = list(parcel.parts.select_related("line__order__seller", "work_order__line"))
    site = _workshop() if parts[0].work_order else _site_of(parts[0].line)
    with override(order.language):
        contents = tuple(as_made(part.work_order) if part.work_order else from_tray(part.line) for part in parts)
        _ask(parcel, contents, parts[0].line, site=site)


def _ask(parcel: ParcelNote, contents: tuple[intake.Content, ...], line: OrderLine, *, site: str) -> None:
    order = parcel.order
    parcel.number = intake.request_parcel(
        intake.ParcelRequest(
            reference=parcel.reference, order_number=order.number, brand=order.brand.code, channel=order.channel,
            language=order.language, site=site, contents=contents, recipient=order.recipient,
            address_lines=_goes_to(order), country=order.country, delivery=order.delivery.code, gift=order.gift,
            gift_note=order.gift_note, hide_prices=order.hide_prices, piece_url=_piece_url(order, line), kind=line.kind,
        )
    )  # fmt: skip
    parcel.save(update_fields=["number"])
    if owed_for(parcel, order) is None:
        release_parcel(parcel_id=parcel.pk, now=timezone.now())


def _goes_to(order: Order) -> tuple[str, ...]:
    """The buyer's address; that of the counter, where it is collected in person."""
    site = order.delivery.collected_at
    return order.address_lines() if site is None else (site.name, *site.address.splitlines())


def _piece_url(order: Order, line: OrderLine) -> str:
    with override(order.language):
        page = reverse("shop:piece", args=[line.piece_slug]) if line.piece_slug else reverse("shop:home")
        return settings.SITE_URL + page


def _workshop() -> str:
    site = Site.objects.workshops().first()
    return site.code if site else ""


def _site_of(line: OrderLine) -> str:
    """Where the stock that a line took lies."""
    hold = (
        Hold.objects.of_key(line.hold).filter(state="taken").select_related("stock__site").first()
        if line.hold
        else None
    )
    return hold.stock.site.code if hold else _workshop()
