"""Parcels of an order: asked for, released once nothing is owed on what is in them, followed on their way."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.flow import WrongTurn
from foundation.house.models import Site
from foundation.outbox.actions import put
from foundation.people.models import User
from foundation.reference.hallmarks import needs_hallmark
from packing import intake
from store.catalogue.models import Hold, Variant
from store.orders import wording
from store.orders.actions.handing_over import is_here
from store.orders.actions.letters import write_letter
from store.orders.actions.shipments import gather_made, gather_tray, invoice_what_left, must_be_sendable
from store.orders.actions.standing import note_standing
from store.orders.flow import DueState, OrderState
from store.orders.models import Diary, Due, DueKind, Order, OrderLine, ParcelNote, WorkOrder
from store.orders.models.orders import DeliveryState


@transaction.atomic
def request_stock_parcel(*, order_id: int) -> None:
    """Ask for the parcel with everything from the tray, once."""
    order = _locked(pk=order_id)
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
        _ask(parcel, tuple(_from_tray(line) for line in lines), lines[0], site=_site_of(lines[0]))


@transaction.atomic
def request_parcel(*, work_order_id: int) -> None:
    """Ask for the parcel with a piece that was made, once. What is on account waits until all of it is made."""
    work = WorkOrder.objects.select_related("line").get(pk=work_order_id)
    order = _locked(lines__work_orders=work)
    if order.is_on_account:
        _ask_for_shipment(order, gather_made(order) if order.state == OrderState.CONFIRMED else None)
        return
    if order.state != OrderState.CONFIRMED or ParcelNote.objects.filter(work_order=work).exists():
        return
    parcel = ParcelNote.objects.create(order=order, work_order=work)
    with override(order.language):
        _ask(parcel, (_as_made(work),), work.line, site=_workshop())


@transaction.atomic
def send_what_is_made(*, order: Order, by: User) -> ParcelNote | None:
    """Send what is made of an order on account without waiting for the rest. Refuses with NothingToSend."""
    order = _locked(pk=order.pk)
    must_be_sendable(order, by=by)
    parcel = gather_made(order, all_of_it=False)
    _ask_for_shipment(order, parcel)
    return parcel


@transaction.atomic
def note_sealed(*, reference: UUID, at: datetime) -> None:
    """A parcel is packed and sealed. Where nothing more is owed for it, it may leave; else the balance is asked for."""
    parcel, order = _parcel(reference)
    if parcel is None or parcel.sealed_at:
        return
    _note(parcel, order, "packed", at=at, sealed_at=at)
    balance = _owed_for(parcel, order)
    if balance is None:
        _owe_release(parcel)
    elif balance.state == DueState.OWED and _all_made_is_sealed(order):
        ask_balance(balance, now=at)
    note_standing(order)


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
    order = _locked(pk=order_id)
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


def _locked(**which: object) -> Order:
    rows = Order.objects.select_related("brand", "seller", "delivery")
    return rows.select_for_update(of=("self",)).get(**which)


def _parcel(reference: UUID) -> tuple[ParcelNote | None, Order]:
    """The parcel, its order taken first. A parcel that is not ours gives None."""
    found = ParcelNote.objects.filter(reference=reference).first()
    if found is None:
        return None, Order()
    order = _locked(pk=found.order_id)
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


def _owed_for(parcel: ParcelNote, order: Order) -> Due | None:
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


def _ask_for_shipment(order: Order, parcel: ParcelNote | None) -> None:
    if parcel is None:
        return
    parts = list(parcel.parts.select_related("line__order__seller", "work_order__line"))
    site = _workshop() if parts[0].work_order else _site_of(parts[0].line)
    with override(order.language):
        contents = tuple(_as_made(part.work_order) if part.work_order else _from_tray(part.line) for part in parts)
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
    if _owed_for(parcel, order) is None:
        release_parcel(parcel_id=parcel.pk, now=timezone.now())


def _goes_to(order: Order) -> tuple[str, ...]:
    """The buyer's address; that of the counter, where it is collected in person."""
    site = order.delivery.collected_at
    return order.address_lines() if site is None else (site.name, *site.address.splitlines())


def _piece_url(order: Order, line: OrderLine) -> str:
    with override(order.language):
        page = reverse("shop:piece", args=[line.piece_slug]) if line.piece_slug else reverse("shop:home")
        return settings.SITE_URL + page


def _from_tray(line: OrderLine) -> intake.Content:
    alloy = wording.alloy_of(line.alloy)
    status, marks = _marked(line)
    return intake.Content(
        reference=line.reference, serial="", name=line.piece_name, sku=line.sku, quantity=line.quantity,
        alloy=line.alloy, fineness=alloy.fineness if alloy else "", hallmark_status=status, marks=marks,
        gross_mg=None, stones="; ".join(wording.stone_in_words(stone) for stone in line.stones),
        ring_size=wording.ring_size(line.ring_inner_um), engraving=line.engraving, care=line.care, picture=line.picture,
    )  # fmt: skip


def _marked(line: OrderLine) -> tuple[str, str]:
    """How a piece from the tray stands to the hallmark, and its marks: only what the catalogue has of it is claimed."""
    variant = Variant.objects.filter(sku=line.sku).first()
    alloy = wording.alloy_of(line.alloy)
    if variant is None or alloy is None:
        return "not_described", ""
    if variant.marks:
        return "marked", variant.marks
    markets = {line.order.country, line.order.seller.country}
    needed = any(needs_hallmark(market, alloy.metal, variant.metal_mg) for market in markets)
    return ("not_described" if needed or not variant.metal_mg else "exempt"), ""


def _as_made(work: WorkOrder) -> intake.Content:
    """The piece as the workshop says it became."""
    line, made = work.line, work.made or {}
    return intake.Content(
        reference=work.reference, serial=made.get("serial", ""), name=line.piece_name, sku=line.style_code,
        quantity=line.quantity, alloy=made.get("alloy", line.alloy),
        fineness=str(made.get("fineness_ppt10", 0) // 10), hallmark_status=made.get("hallmark_status", "not_described"),
        marks=made.get("marks", ""), gross_mg=made.get("gross_mg"),
        stones="; ".join(wording.stone_in_words(stone) for stone in line.stones),
        ring_size=wording.ring_size(made.get("ring_inner_um", line.ring_inner_um)),
        engraving=made.get("engraving", line.engraving), care=line.care, picture=line.picture,
    )  # fmt: skip


def _workshop() -> str:
    site = Site.objects.filter(is_workshop=True).order_by("pk").first()
    return site.code if site else ""


def _site_of(line: OrderLine) -> str:
    """Where the stock that a line took lies."""
    hold = (
        Hold.objects.of_key(line.hold).filter(state="taken").select_related("stock__site").first()
        if line.hold
        else None
    )
    return hold.stock.site.code if hold else _workshop()
