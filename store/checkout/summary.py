"""What the checkout page shows beside the form: what it comes to, what is paid now, and when it leaves."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from foundation.asked import asked
from foundation.house.models import Brand, DeliveryMethod
from foundation.people.models import User
from store.baskets.models import Basket
from store.checkout.forms import going_to, offered_countries
from store.orders import wording
from store.orders.actions import reckon_draft
from store.orders.drafts import DraftLine
from store.orders.models import Order
from store.orders.totals import Amount, deposit_minor

KEPT = (
    "email", "name", "phone", "country", "recipient", "line1", "line2", "city", "region", "postcode", "gift",
    "gift_note", "hide_prices",
)  # fmt: skip


@dataclass(frozen=True)
class Way:
    """A way of sending, as a card to choose."""

    value: str
    label: str
    minor: int
    days: int
    checked: bool


@dataclass(frozen=True)
class PieceSum:
    """What one line comes to: VAT included, or without where none is charged."""

    name: str
    quantity: int
    minor: int


@dataclass(frozen=True)
class Summary:
    """Finished values for the page. Amounts in minor units of `currency`, VAT included."""

    currency: str
    country: str
    country_name: str
    ways: tuple[Way, ...]
    pieces: tuple[PieceSum, ...]
    goods_minor: int
    delivery_minor: int
    tax_minor: int
    rate_percent: int
    is_export: bool
    total_minor: int
    now_minor: int
    later_minor: int
    promise_on: date
    needs_consent: bool


def methods_of(brand: Brand) -> list[DeliveryMethod]:
    """The ways in which this brand's seller sends."""
    return _methods(brand.seller_id)


@asked
def _methods(seller_id: int) -> QuerySet[DeliveryMethod]:
    return DeliveryMethod.objects.filter(seller_id=seller_id)


def sum_up(
    lines: tuple[DraftLine, ...],
    brand: Brand,
    *,
    country: str,
    delivery: str,
    methods: list[DeliveryMethod] | None = None,
) -> Summary:
    """What these lines come to, sent there in this way; the seller's own country and the first way where not said."""
    methods = methods_of(brand) if methods is None else methods
    offered = offered_countries(methods)
    if len(country) != 2 or (offered is not None and country not in offered):
        country = brand.seller.country
    ways = going_to(country, methods)
    if not ways:
        raise DeliveryMethod.DoesNotExist(f"{brand} has no way of sending to {country}: add one under Office, House.")
    chosen = next((way for way in ways if way.code == delivery), ways[0])
    sums = reckon_draft(lines, brand=brand, delivery=chosen, country=country)
    custom = [line.purpose == "custom" for line in lines]
    now = deposit_minor(sums, custom, percent=brand.deposit_percent)
    return Summary(
        currency=brand.seller.currency, country=country, country_name=wording.country(country),
        ways=tuple(_way(way, checked=way == chosen, at_home=not sums.tax_reason, sums_rate=brand.seller.vat_rate_bp) for way in ways),
        pieces=tuple(_piece(*pair) for pair in zip(lines, sums.lines, strict=True)),
        goods_minor=sum(line.gross_minor for line in sums.lines), delivery_minor=sums.delivery.gross_minor,
        tax_minor=sums.tax_minor, rate_percent=sums.rate_bp // 100, is_export=bool(sums.tax_reason),
        total_minor=sums.gross_minor, now_minor=now, later_minor=sums.gross_minor - now,
        promise_on=max(line.promise_on for line in lines), needs_consent=any(not line.returnable for line in lines),
    )  # fmt: skip


def _piece(line: DraftLine, reckoned: Amount) -> PieceSum:
    return PieceSum(name=line.piece_name, quantity=line.quantity, minor=reckoned.gross_minor)


def _way(way: DeliveryMethod, *, checked: bool, at_home: bool, sums_rate: int) -> Way:
    tax = (2 * way.price_minor * sums_rate + 10_000 + sums_rate) // (2 * (10_000 + sums_rate))
    minor = way.price_minor if at_home else way.price_minor - tax
    return Way(value=way.code, label=way.name, minor=minor, days=way.days, checked=checked)


def start_with(basket: Basket, user: User | None, brand: Brand) -> dict[str, Any]:
    """What the form can be filled with: what was typed for this basket before, else what we know of who signed in."""
    start: dict[str, Any] = {
        "country": brand.seller.country, "gift": basket.gift, "gift_note": basket.gift_note,
        "hide_prices": basket.hide_prices,
    }  # fmt: skip
    if user is not None:
        start |= {"email": user.email, "name": user.name}
    before = _last_of_basket.first(basket.reference)
    if before is None and user is not None:
        before = _last_of_person.first(user.pk)
        start |= {name: getattr(before, name) for name in KEPT if "gift" not in name} if before else {}
    elif before is not None:
        start |= {name: getattr(before, name) for name in KEPT} | {"delivery": before.delivery.code}
    return start | {"recipient": _another(start)}


def _another(start: dict[str, Any]) -> str:
    """The name on the parcel, where it is not the buyer's own."""
    name = str(start.get("recipient", ""))
    return "" if name == start.get("name") else name


@asked
def _last_of_basket(basket: UUID) -> QuerySet[Order]:
    return Order.objects.filter(basket=basket).select_related("delivery").order_by("-pk")[:1]


@asked
def _last_of_person(user_id: int) -> QuerySet[Order]:
    return Order.objects.filter(user_id=user_id).select_related("delivery").order_by("-pk")[:1]
