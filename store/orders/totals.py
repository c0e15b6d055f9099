"""What an order comes to: VAT by where it goes, the sum, and what is paid when. Numbers in, numbers out."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from foundation.exact import rounded, share
from store.orders.drafts import DraftLine

EXPORT = "VATEX-EU-G"
"""Code of the European list of exemption reasons (EN 16931, VATEX) for goods sent out of the seller's tax area."""


@dataclass(frozen=True)
class Amount:
    """net + tax = gross, in minor units."""

    net_minor: int
    tax_minor: int
    rate_bp: int

    @property
    def gross_minor(self) -> int:
        return self.net_minor + self.tax_minor


@dataclass(frozen=True)
class Reckoning:
    """An order's amounts, line by line in the draft's order, and in full."""

    lines: tuple[Amount, ...]
    delivery: Amount
    rate_bp: int
    tax_reason: str

    @property
    def net_minor(self) -> int:
        return sum(line.net_minor for line in self.lines) + self.delivery.net_minor

    @property
    def tax_minor(self) -> int:
        return sum(line.tax_minor for line in self.lines) + self.delivery.tax_minor

    @property
    def gross_minor(self) -> int:
        return self.net_minor + self.tax_minor


def reckon(
    lines: Sequence[DraftLine], *, delivery_gross_minor: int, rate_bp: int, seller_country: str, country: str
) -> Reckoning:
    """The amounts of an order that goes to `country`.

    Goods that leave the seller's country are zero-rated exports (UK: VAT Act 1994, s. 30(6)): the buyer pays the
    price before VAT. Everywhere else the VAT that each price was quoted with stands, and is never worked out again.
    """
    home = country == seller_country
    delivery_net = delivery_gross_minor - _tax_in(delivery_gross_minor, rate_bp)
    amounts = tuple(
        Amount(line.net_minor, line.tax_minor if home else 0, line.tax_rate_bp if home else 0) for line in lines
    )
    delivery = Amount(delivery_net, delivery_gross_minor - delivery_net if home else 0, rate_bp if home else 0)
    return Reckoning(amounts, delivery, rate_bp if home else 0, "" if home else EXPORT)


def deposit_minor(reckoning: Reckoning, custom: Sequence[bool], *, percent: int) -> int:
    """What is paid at once: everything from the tray, delivery, and `percent` of what is to be made, rounded once."""
    made = sum(a.gross_minor for a, is_custom in zip(reckoning.lines, custom, strict=True) if is_custom)
    return reckoning.gross_minor - made + rounded(Fraction(made * percent, 100))


def part_of(amounts: Sequence[Amount], part_gross_minor: int) -> tuple[Amount, ...]:
    """This much of these amounts, for a first invoice: shared over them by largest remainder, the tax in each share in
    proportion to the tax in the whole of it.
    """
    shares = share(part_gross_minor, [amount.gross_minor for amount in amounts])
    return tuple(_part(amount, gross) for amount, gross in zip(amounts, shares, strict=True))


def rest_of(amounts: Sequence[Amount], taken: Sequence[Amount]) -> tuple[Amount, ...]:
    """What is left of these amounts, for the last invoice: with the first it comes to them exactly."""
    pairs = zip(amounts, taken, strict=True)
    return tuple(Amount(a.net_minor - t.net_minor, a.tax_minor - t.tax_minor, a.rate_bp) for a, t in pairs)


def _part(amount: Amount, gross: int) -> Amount:
    tax = rounded(Fraction(gross * amount.tax_minor, amount.gross_minor)) if amount.gross_minor else 0
    return Amount(gross - tax, tax, amount.rate_bp)


def _tax_in(gross: int, rate_bp: int) -> int:
    return rounded(Fraction(gross * rate_bp, 10_000 + rate_bp))
