"""An order is placed. It exists, with everything that was agreed, before anybody pays."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.asked import asked, known
from foundation.house.models import Brand, DeliveryMethod
from foundation.people.models import User
from foundation.written import all_written, written
from store.buyers.models import TradeCompany
from store.catalogue.actions import extend_holds
from store.orders.actions.calling_off import give_way
from store.orders.actions.links import first_link
from store.orders.drafts import DraftLine, OrderDraft
from store.orders.models import Due, DueKind, Order, OrderLine
from store.orders.models.orders import MakingState
from store.orders.numbers import new_number
from store.orders.totals import Amount, Reckoning, deposit_minor, reckon

PAY_WITHIN = {"web": timedelta(minutes=40), "trade": timedelta(days=14), "counter": timedelta(days=1), "conversation": timedelta(days=14)}  # fmt: skip
HOLD_OUTLASTS = timedelta(minutes=15)
"""How much longer stock is kept than the payment page lives, so that money on its last second still finds it."""


class CannotOrder(Exception):
    """Why this cannot be ordered as it is, in a sentence."""


class HoldRanOut(CannotOrder):
    """Something in the basket is no longer kept for the buyer."""


@transaction.atomic
def place_order(*, draft: OrderDraft, now: datetime, by: User | None) -> Order:
    """Place an order once per `draft.reference`: its lines, what is owed and when, its secret link; stock held longer.

    One on account owes nothing until something leaves: `place_on_account` takes it from here. An order of the same basket that was not paid gives way to it. Refuses with CannotOrder, and HoldRanOut where
    something is no longer held.
    """
    return placed_before(draft) or write_order(draft, now=now)


def placed_before(draft: OrderDraft) -> Order | None:
    """The order that was placed under this reference already."""
    return _placed_as.first(draft.reference)


def write_order(draft: OrderDraft, *, now: datetime) -> Order:
    """Write an order that was not placed before. Its lines and dues come with it."""
    brand = _brand.first(draft.brand)
    if brand is None or not draft.lines:
        raise CannotOrder(_("There is nothing in this basket."))
    _check(draft, brand)
    delivery = find_delivery(brand=brand, code=draft.delivery, country=draft.address.country)
    country, agreed_minor = draft.address.country, draft.delivery_minor
    sums = reckon_draft(draft.lines, brand=brand, delivery=delivery, country=country, delivery_minor=agreed_minor)
    if draft.basket is not None:
        give_way(basket=draft.basket)
    order = _write(draft, brand, delivery, sums, now=now)
    pairs = enumerate(zip(draft.lines, sums.lines, strict=True), start=1)
    lines = [_line(order, line, amount, position=position, draft=draft) for position, (line, amount) in pairs]
    known(order, "lines", all_written(lines))
    if not order.is_on_account:
        agreed = draft.deposit_percent
        dues = _dues(order, draft, sums, percent=brand.deposit_percent if agreed is None else agreed)
        known(order, "dues", all_written(dues))
    first_link(order)
    _hold(order)
    return order


@asked
def _brand(code: str) -> QuerySet[Brand]:
    return Brand.objects.select_related("seller").filter(code=code)


@asked
def _placed_as(reference: UUID) -> QuerySet[Order]:
    return Order.objects.filter(placed_as=reference)


def find_delivery(*, brand: Brand, code: str, country: str) -> DeliveryMethod:
    """The seller's way of sending of this name. Refuses, with CannotOrder, one that does not go to this country."""
    method = _delivery_of.first(brand.seller_id, code)
    if method is None or (method.countries and country not in method.countries):
        raise CannotOrder(_("We cannot send it there in this way. Choose another delivery."))
    return method


@asked
def _delivery_of(seller_id: int, code: str) -> QuerySet[DeliveryMethod]:
    return DeliveryMethod.objects.filter(seller_id=seller_id, code=code)


def reckon_draft(
    lines: tuple[DraftLine, ...],
    *,
    brand: Brand,
    delivery: DeliveryMethod,
    country: str,
    delivery_minor: int | None = None,
) -> Reckoning:
    """What these lines come to, sent there in this way: at the day's price, or at the one that was agreed."""
    return reckon(
        lines, delivery_gross_minor=delivery.price_minor if delivery_minor is None else delivery_minor, rate_bp=brand.seller.vat_rate_bp,
        seller_country=brand.seller.country, country=country,
    )  # fmt: skip


def _check(draft: OrderDraft, brand: Brand) -> None:
    if draft.currency != brand.seller.currency:
        raise CannotOrder(_("%(brand)s sells in %(currency)s.") % {"brand": brand, "currency": brand.seller.currency})
    if draft.consented_at is None and any(not line.returnable for line in draft.lines):
        raise CannotOrder(_("Tick that you know that made-to-order and engraved pieces cannot be sent back."))


def _write(draft: OrderDraft, brand: Brand, delivery: DeliveryMethod, sums: Reckoning, *, now: datetime) -> Order:
    """Write the order under a number that is free."""
    facts = _facts(draft, brand, delivery, sums, now=now)
    for _attempt in range(5):
        try:
            with transaction.atomic():
                return written(Order(number=new_number(), **facts))
        except IntegrityError as error:
            if "number" not in str(error):
                raise
    raise CannotOrder(_("No order number is free. Try again."))


def _facts(
    draft: OrderDraft, brand: Brand, delivery: DeliveryMethod, sums: Reckoning, *, now: datetime
) -> dict[str, Any]:
    custom = any(line.purpose == "custom" for line in draft.lines)
    return asdict(draft.address) | {
        "placed_as": draft.reference, "basket": draft.basket, "seller": brand.seller, "brand": brand,
        "channel": draft.channel, "language": draft.language, "currency": draft.currency, "user_id": draft.user_id,
        "company_id": draft.company_id, "po_number": draft.po_number, "terms_days": _terms_of(draft),
        "return_days": brand.return_days,
        "email": draft.email, "name": draft.name, "phone": draft.phone, "delivery": delivery,
        "delivery_name": delivery.name, "delivery_net_minor": sums.delivery.net_minor,
        "delivery_tax_minor": sums.delivery.tax_minor, "gift": draft.gift, "gift_note": draft.gift_note,
        "hide_prices": draft.hide_prices, "net_minor": sums.net_minor, "tax_minor": sums.tax_minor,
        "gross_minor": sums.gross_minor, "tax_rate_bp": sums.rate_bp, "tax_reason": sums.tax_reason,
        "consented_at": draft.consented_at, "placed_at": now, "pay_by_at": now + PAY_WITHIN[draft.channel],
        "promise_on": max(line.promise_on for line in draft.lines),
        "making": MakingState.WAITING if custom else MakingState.NONE,
    }  # fmt: skip


def _terms_of(draft: OrderDraft) -> int | None:
    """How many days the company has to pay each invoice, as agreed now."""
    if draft.company_id is None:
        return None
    return TradeCompany.objects.values_list("terms_days", flat=True).get(pk=draft.company_id)


def _line(order: Order, line: DraftLine, amount: Amount, *, position: int, draft: OrderDraft) -> OrderLine:
    same = (
        "purpose", "piece_slug", "piece_name", "style_code", "sku", "kind", "family", "parameters", "alloy",
        "ring_inner_um", "length_um", "engraving", "engraving_place", "finish", "plating", "wish", "picture", "care",
        "quantity", "metal_mg", "metal_minor", "stones_minor", "making_minor", "trace", "promise_on", "needs_approval",
        "returnable",
    )  # fmt: skip
    fixing = line.fixing
    return OrderLine(
        order=order, position=position, hold=line.reference if line.holds_stock else None, piece=line.piece_reference,
        stones=[asdict(stone) for stone in line.stones], files=list(line.files), net_minor=amount.net_minor,
        tax_minor=amount.tax_minor, gross_minor=amount.gross_minor, tax_rate_bp=amount.rate_bp,
        fixing_metal=fixing.metal if fixing else "", fixing_minor_per_kg=fixing.minor_per_kg if fixing else None,
        fixing_on=fixing.on if fixing else None, fixing_source=fixing.source if fixing else "",
        consent_non_returnable_at=None if line.returnable else draft.consented_at,
        **{name: getattr(line, name) for name in same},
    )  # fmt: skip


def _dues(order: Order, draft: OrderDraft, sums: Reckoning, *, percent: int) -> list[Due]:
    first = deposit_minor(sums, [line.purpose == "custom" for line in draft.lines], percent=percent)
    rest = sums.gross_minor - first
    kind = DueKind.DEPOSIT if rest else DueKind.FULL
    dues = [Due(order=order, kind=kind, amount_minor=first)]
    return [*dues, Due(order=order, kind=DueKind.BALANCE, amount_minor=rest)] if rest else dues


def _hold(order: Order) -> None:
    keys = order.held_keys()
    if keys and extend_holds(keys=keys, until=order.pay_by_at + HOLD_OUTLASTS):
        raise HoldRanOut(
            _("We kept a piece for you, but the time ran out. Open your basket to see whether it can still be had.")
        )
