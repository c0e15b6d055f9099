"""One question, one answer: what does this cost, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from foundation.house.models import Brand
from foundation.money import Money, Taxed, exponent
from foundation.reference.alloys import alloy
from production import offer
from store.catalogue.models import StoneChoice, Variant
from store.catalogue.wording import stones_of
from store.pricing.choices import CannotBeMade, Choice, check
from store.pricing.quote import CannotQuote, MetalLine, Quote, Rates, StoneLine, quote


class NoPriceToday(Exception):
    """The price can't be worked out: the day's fixing is missing."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The price can’t be worked out today, because the day’s metal price is not in yet. Ask us, and we answer."
            )
        )


class NoPriceYet(NoPriceToday):
    """The price can't be worked out at this moment: the piece is not measured yet."""

    def __init__(self, sentence: str) -> None:
        Exception.__init__(self, sentence)


@dataclass(frozen=True)
class Fixing:
    """The metal price that a price rests on: minor units per kilogram of fine metal, of which day, from where."""

    metal: str
    minor_per_kg: int
    on: date
    source: str


@dataclass(frozen=True)
class Price:
    """The price of one, taken apart. net + tax = gross; metal + stones + making = net, unless all three are 0 (fixed)."""

    net_minor: int
    tax_minor: int
    gross_minor: int
    currency: str
    vat_rate_bp: int
    metal_minor: int = 0
    stones_minor: int = 0
    making_minor: int = 0
    metal_mg: int = 0
    minutes: int = 0
    fixing: Fixing | None = None
    trace: dict[str, Any] = field(default_factory=dict)

    @property
    def is_taken_apart(self) -> bool:
        """Whether it was worked out from weight and hours, rather than fixed."""
        return self.fixing is not None


@dataclass(frozen=True)
class Today:
    """What the day's prices rest on: the brand's rates and the fixings of the day by metal."""

    rates: Rates
    fixings: Mapping[str, Fixing]

    @property
    def minor_per_kg(self) -> dict[str, int]:
        """The fixings as a sum takes them."""
        return {metal: fixing.minor_per_kg for metal, fixing in self.fixings.items()}


def rates_of(brand: Brand) -> Rates:
    """What a brand charges, as a sum takes it."""
    return Rates(
        currency=brand.seller.currency, hour_minor=brand.making_rate_minor_per_hour,
        house_fee_minor=brand.house_fee_minor, metal_markup_bp=brand.metal_markup_bp, vat_bp=brand.seller.vat_rate_bp,
    )  # fmt: skip


def prices_today(brand: Brand) -> Today:
    """What prices rest on now. Refuses with NoPriceToday where there is no fixing."""
    try:
        found = offer.fixings(currency=brand.seller.currency)
    except offer.NoFixing as missing:
        raise NoPriceToday from missing
    fixings = {
        metal: Fixing(metal=metal, minor_per_kg=one.minor_per_kg, on=one.on, source=one.source)
        for metal, one in found.items()
    }
    return Today(rates=rates_of(brand), fixings=fixings)


def price_of(*, variant: Variant, brand: Brand) -> Price:
    """What a ready-made variant costs: its fixed price, with the VAT that is in it."""
    rate = brand.seller.vat_rate_bp
    taxed = Taxed.from_gross(Money(variant.price_minor, variant.currency), rate)
    return Price(
        net_minor=taxed.net.minor, tax_minor=taxed.tax.minor, gross_minor=taxed.gross.minor,
        currency=variant.currency, vat_rate_bp=rate, metal_mg=variant.metal_mg,
    )  # fmt: skip


def standard_minutes(choice: Choice) -> Mapping[str, int]:
    """The workshop's standard minutes for this, by stage."""
    stones = choice.stone.count if choice.stone else 0
    return offer.minutes(
        kind=choice.piece.kind, stones=stones, engraving=bool(choice.engraving), plating=bool(choice.piece.plating)
    )


def quote_piece(choice: Choice, *, today: Today, minutes: Mapping[str, int] | None = None) -> Price:
    """What a piece made to order costs today: its metal by weight and fixing, its stones, making and house, and VAT.

    `minutes` spares asking for them again where several metals are priced. Refuses with CannotBeMade what the
    workshop does not make, with NoPriceToday a metal that has no fixing, with NoPriceYet what is not measured in time.
    """
    check(choice)
    piece, stone = choice.piece, choice.stone
    measures = piece.parameters_for(ring_inner_um=choice.ring_inner_um, stone=stone)
    try:
        weighed = offer.weigh(family=piece.family, parameters=measures, alloy=choice.alloy)
    except offer.NotWeighedYet as silence:
        raise NoPriceYet(str(silence)) from silence
    except offer.CannotWeigh as refusal:
        raise CannotBeMade(str(refusal)) from refusal
    minutes = standard_minutes(choice) if minutes is None else minutes
    try:
        found = quote(
            metals=[MetalLine(choice.alloy, weighed.finished_mg)], minor_per_kg=today.minor_per_kg,
            stones=_stone_lines(stone), minutes=minutes, rates=today.rates,
        )  # fmt: skip
    except CannotQuote as missing:
        raise NoPriceToday from missing
    return _price(
        to_whole_units(found),
        metal_mg=weighed.finished_mg,
        minutes=sum(minutes.values()),
        fixing=today.fixings.get(alloy(choice.alloy).metal),
    )


def _stone_lines(stone: StoneChoice | None) -> list[StoneLine]:
    return [StoneLine(label=stones_of(stone), each_minor=stone.price_minor)] if stone else []


def to_whole_units(found: Quote) -> Quote:
    """The quote with its gross brought up to whole pounds (baht, euro): what is added goes to making and house.

    A house rule, not the trade's: prices with pence look worked out by nobody.
    """
    unit = 10 ** exponent(found.gross.currency)
    gross = Money(-(-found.gross.minor // unit) * unit, found.gross.currency)
    taxed = Taxed.from_gross(gross, found.vat_bp)
    making = found.making_and_house + (taxed.net - found.net)
    return replace(found, making_and_house=making, tax=taxed.tax, gross=gross)


def _price(found: Quote, *, metal_mg: int, minutes: int, fixing: Fixing | None) -> Price:
    why = [{"part": one.part, "code": one.code, **one.numbers} for one in found.trace]
    return Price(
        net_minor=found.net.minor, tax_minor=found.tax.minor, gross_minor=found.gross.minor,
        currency=found.gross.currency, vat_rate_bp=found.vat_bp, metal_minor=found.metal.minor,
        stones_minor=found.stones.minor, making_minor=found.making_and_house.minor, metal_mg=metal_mg,
        minutes=minutes, fixing=fixing, trace={"lines": why},
    )  # fmt: skip
