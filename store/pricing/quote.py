"""A quote: the price taken apart. Every part is rounded once, and the parts add up to what is paid.

Nothing here tells cost or margin: the rates come in already as the house's prices, and leave only as the price of a part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from foundation.exact import rounded, whole
from foundation.mass import DUG_PER_KG, fine_dug
from foundation.money import Money, Taxed
from foundation.reference.alloys import alloy

PARTS = ("metal", "stones", "making_and_house", "tax")


class CannotQuote(ValueError):
    """A price cannot be worked out from what was given."""


@dataclass(frozen=True)
class MetalLine:
    """`metal_mg` of an alloy, stones off."""

    alloy: str
    metal_mg: int


@dataclass(frozen=True)
class StoneLine:
    """`count` stones at a price each."""

    label: str
    each_minor: int
    count: int = 1


@dataclass(frozen=True)
class Rates:
    """What a brand charges: an hour's making, its fee per piece, handling of metal, tax. Money in minor units, rates in 1/100 %."""

    currency: str
    hour_minor: int
    house_fee_minor: int
    metal_markup_bp: int
    vat_bp: int


@dataclass(frozen=True)
class Trace:
    """One line of why: the part it explains, a code that templates put into words, and its numbers."""

    part: str
    code: str
    numbers: Mapping[str, int | str]


@dataclass(frozen=True)
class Quote:
    """A price in its parts, net of tax, with the tax and the gross. Cannot exist unless the parts add up exactly."""

    metal: Money
    stones: Money
    making_and_house: Money
    tax: Money
    gross: Money
    vat_bp: int
    trace: tuple[Trace, ...] = ()

    def __post_init__(self) -> None:
        """Refuse parts that do not add up."""
        Taxed(self.net, self.tax, self.gross, self.vat_bp)

    @property
    def net(self) -> Money:
        """Everything but the tax."""
        return self.metal + self.stones + self.making_and_house


def quote(
    *,
    metals: Sequence[MetalLine],
    minor_per_kg: Mapping[str, int],
    stones: Sequence[StoneLine] = (),
    minutes: Mapping[str, int],
    rates: Rates,
) -> Quote:
    """The price of a piece. `minor_per_kg` is the fixing of fine metal by metal ("gold"); `minutes` are standard, by stage.

    Refuses negative figures, and a precious metal without a fixing.
    """
    _refuse_negatives(metals, stones, minutes, rates)
    metal = Money(rounded(_metal_price(metals, minor_per_kg, rates.metal_markup_bp)), rates.currency)
    stone = Money(sum(s.each_minor * s.count for s in stones), rates.currency)
    making = Money(
        rounded(Fraction(sum(minutes.values()) * rates.hour_minor, 60)) + rates.house_fee_minor, rates.currency
    )
    taxed = Taxed.from_net(metal + stone + making, rates.vat_bp)
    trace = (
        *_why_metal(metals, minor_per_kg),
        *_why_stones(stones),
        *_why_making(minutes),
        Trace("tax", "tax", {"rate_bp": rates.vat_bp}),
    )
    return Quote(metal, stone, making, taxed.tax, taxed.gross, rates.vat_bp, trace)


def deposit(gross: Money, percent: int) -> tuple[Money, Money]:
    """The deposit and the balance; together exactly `gross`. Refuses a share outside 0 to 100 per cent."""
    if not 0 <= whole(percent, "A percentage") <= 100:
        raise CannotQuote(_("A deposit is between 0 and 100 per cent, not %s.") % percent)
    first = gross.times(Fraction(percent, 100))
    return first, gross - first


def _refuse_negatives(
    metals: Sequence[MetalLine], stones: Sequence[StoneLine], minutes: Mapping[str, int], rates: Rates
) -> None:
    figures = {
        _("weight of metal"): [m.metal_mg for m in metals],
        _("price of a stone"): [s.each_minor for s in stones],
        _("number of stones"): [s.count for s in stones],
        _("standard time"): list(minutes.values()),
        _("rate"): [rates.hour_minor, rates.house_fee_minor, rates.metal_markup_bp, rates.vat_bp],
    }
    for what, values in figures.items():
        if any(whole(v, what) < 0 for v in values):
            raise CannotQuote(_("A price cannot be worked out: a %s is negative.") % what)


def _metal_price(metals: Sequence[MetalLine], minor_per_kg: Mapping[str, int], markup_bp: int) -> Fraction:
    worth = sum(fine_dug(m.metal_mg, alloy(m.alloy).fineness_ppt10) * _fixing(m.alloy, minor_per_kg) for m in metals)
    return Fraction(worth * (10_000 + markup_bp), DUG_PER_KG * 10_000)


def _fixing(code: str, minor_per_kg: Mapping[str, int]) -> int:
    metal = alloy(code).metal
    if metal == "base":
        return 0
    if metal not in minor_per_kg:
        raise CannotQuote(_("There is no fixing for %s today, so no price can be given.") % metal)
    if whole(minor_per_kg[metal], "A fixing") <= 0:
        raise CannotQuote(_("The fixing for %s must be more than nothing.") % metal)
    return minor_per_kg[metal]


def _why_metal(metals: Sequence[MetalLine], minor_per_kg: Mapping[str, int]) -> list[Trace]:
    def numbers(line: MetalLine) -> dict[str, int | str]:
        row = alloy(line.alloy)
        return {
            "alloy": line.alloy,
            "metal": row.metal,
            "metal_mg": line.metal_mg,
            "fineness_ppt10": row.fineness_ppt10,
            "minor_per_kg": minor_per_kg.get(row.metal, 0),
        }

    return [Trace("metal", "metal_at_fixing", numbers(line)) for line in metals]


def _why_stones(stones: Sequence[StoneLine]) -> list[Trace]:
    return [Trace("stones", "stone", {"label": s.label, "count": s.count, "each_minor": s.each_minor}) for s in stones]


def _why_making(minutes: Mapping[str, int]) -> list[Trace]:
    return [
        Trace("making_and_house", "stage_minutes", {"stage": stage, "minutes": m}) for stage, m in minutes.items() if m
    ]
