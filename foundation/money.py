"""Money: whole minor units of one currency. Sums are exact; rounding happens in `foundation.exact.rounded` alone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Self

from babel import Locale
from babel.numbers import format_currency
from django.utils.translation import gettext as _

from foundation.exact import rounded, share, whole

# Decimals of each currency the house can be set up with (ISO 4217).
EXPONENTS = {
    "GBP": 2,
    "EUR": 2,
    "USD": 2,
    "THB": 2,
    "CHF": 2,
    "AUD": 2,
    "CAD": 2,
    "SGD": 2,
    "HKD": 2,
    "JPY": 0,
    "KWD": 3,
}
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$", "THB": "฿", "JPY": "¥"}

AMOUNT = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")


class UnknownCurrency(ValueError):
    """A currency the house does not keep."""


class MixedCurrencies(ValueError):
    """Two currencies met in one sum."""


class NotAnAmount(ValueError):
    """What was typed is not an amount of money."""


class TaxDoesNotAdd(ValueError):
    """Net and tax do not make the gross."""


def exponent(currency: str) -> int:
    """How many decimals `currency` has."""
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise UnknownCurrency(
            _("“%s” is not a currency of this house. Use one of: %s.") % (currency, ", ".join(EXPONENTS))
        ) from None


@dataclass(frozen=True)
class Money:
    """`minor` pence, satang or yen of `currency`. Arithmetic refuses other currencies and everything that is not whole."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is not whole, and currencies the house does not keep."""
        whole(self.minor, "Money")
        exponent(self.currency)

    def _same(self, other: "Money") -> int:
        if not isinstance(other, Money):
            raise TypeError(f"Money adds to and compares with money, not with {other!r}.")
        if other.currency != self.currency:
            raise MixedCurrencies(_("%s and %s cannot stand in one sum.") % (self.currency, other.currency))
        return other.minor

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __mul__(self, count: int) -> "Money":
        return Money(self.minor * whole(count, "A count"), self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def times(self, ratio: Fraction) -> "Money":
        """This much of it, rounded once."""
        return Money(rounded(self.minor * ratio), self.currency)

    def split(self, weights: Sequence[int]) -> "tuple[Money, ...]":
        """Shared in proportion to `weights` by largest remainder; the parts sum to the whole."""
        return tuple(Money(m, self.currency) for m in share(self.minor, weights))

    @property
    def decimal(self) -> Decimal:
        """In major units, exactly."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of `amounts`, which is 0 of `currency` when there are none."""
    return sum(amounts, start=Money(0, currency))


@dataclass(frozen=True)
class Taxed:
    """An amount with its tax. Cannot exist unless net + tax = gross. The rate is in hundredths of a per cent (2000 = 20 %)."""

    net: Money
    tax: Money
    gross: Money
    rate_bp: int

    def __post_init__(self) -> None:
        """Refuse amounts that do not add up."""
        if whole(self.rate_bp, "A tax rate") < 0:
            raise TaxDoesNotAdd(_("A tax rate cannot be negative."))
        if self.net + self.tax != self.gross:
            raise TaxDoesNotAdd(
                _("Net %s and tax %s do not make gross %s.") % (self.net.decimal, self.tax.decimal, self.gross.decimal)
            )

    @classmethod
    def from_gross(cls, gross: Money, rate_bp: int) -> Self:
        """The tax that is inside `gross`."""
        tax = gross.times(Fraction(whole(rate_bp, "A tax rate"), 10_000 + rate_bp))
        return cls(gross - tax, tax, gross, rate_bp)

    @classmethod
    def from_net(cls, net: Money, rate_bp: int) -> Self:
        """The tax that comes on top of `net`."""
        tax = net.times(Fraction(whole(rate_bp, "A tax rate"), 10_000))
        return cls(net, tax, net + tax, rate_bp)

    def over(self, lines_gross: Sequence[Money]) -> tuple[Self, ...]:
        """This document's tax given to its lines by largest remainder of their gross, so that the lines add up to the document."""
        if total(lines_gross, self.gross.currency) != self.gross:
            raise TaxDoesNotAdd(_("The lines do not add up to the document."))
        weights = [line.minor if self.gross.minor >= 0 else -line.minor for line in lines_gross]
        taxes = self.tax.split(weights)
        return tuple(
            type(self)(line - tax, tax, line, self.rate_bp) for line, tax in zip(lines_gross, taxes, strict=True)
        )


@lru_cache(maxsize=4096)
def format_money(money: Money, language: str) -> str:
    """As `language` ("en-GB", "th") writes it. The baht is ฿ in every language of the house."""
    text = format_currency(money.decimal, money.currency, locale=Locale.parse(language, sep="-"))
    return text.replace("THB\xa0", "฿").replace("THB", "฿") if money.currency == "THB" else text


def parse_money(text: str, currency: str) -> Money:
    """The amount a person typed, such as "1,234.50" or "£1,234.50". Refuses negatives, other separators and too many decimals."""
    places = exponent(currency)
    bare = (
        text.strip().removeprefix(currency).removeprefix(SYMBOLS.get(currency, currency)).removesuffix(currency).strip()
    )
    if bare.startswith(("-", "−")):
        raise NotAnAmount(_("An amount cannot be negative: “%s”.") % text)
    if not (match := AMOUNT.fullmatch(bare)):
        raise NotAnAmount(
            _("“%s” is not an amount of %s. Write it like 1,234.50: comma between thousands, point before decimals.")
            % (text, currency)
        )
    if len(match[1] or "") > places:
        raise NotAnAmount(_("“%s” has more decimals than %s has (%s).") % (text, currency, places))
    return Money(int(Decimal(bare.replace(",", "")).scaleb(places)), currency)
