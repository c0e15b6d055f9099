"""{% load ui %}: how a finished value is set on a page. Nothing here looks anything up."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple

from babel.core import Locale
from babel.numbers import format_currency, format_decimal, get_currency_precision
from django import template
from django.urls import translate_url
from django.utils.translation import get_language

register = template.Library()

LOCALES = {"en": "en_GB", "th": "th_TH"}
SIGNS = {"THB": "฿", "GBP": "£", "EUR": "€", "USD": "US$", "JPY": "¥"}
BAR_UNITS = 1000
BAR_GAP = 2


def _locale() -> Locale:
    return Locale.parse(LOCALES.get(get_language() or "en", "en_GB"))


@register.filter
def money(minor: int | None, currency: str = "GBP") -> str:
    """Minor units as the reader writes them: 326000 with GBP is £3,260, 326050 is £3,260.50. Nothing for None."""
    if minor is None or minor == "":
        return ""
    digits = get_currency_precision(currency)
    amount = Decimal(int(minor)).scaleb(-digits)
    shown = 0 if amount == amount.to_integral_value() else digits
    pattern = "¤#,##0" + ("." + "0" * shown if shown else "")
    text: str = format_currency(amount, currency, pattern, locale=_locale(), currency_digits=False)
    return text.replace(_locale().currency_symbols.get(currency, currency), SIGNS.get(currency, currency + " ")).replace("-", "−")


@register.filter
def money_change(minor: int | None, currency: str = "GBP") -> str:
    """A difference in price with its sign: +£120 or −£340. Nothing for no difference."""
    if not minor:
        return ""
    return ("+" if int(minor) > 0 else "") + money(minor, currency)


@register.filter
def grams(mg: int | None) -> str:
    """Milligrams as grams to the hundredth, the way a bench scale reads: 7040 is 7.04."""
    return "" if mg is None else _decimal(mg, places=3, shown="#,##0.00")


@register.filter
def carats(mct: int | None) -> str:
    """Milli-carats as carats to the hundredth: 1400 is 1.40."""
    return "" if mct is None else _decimal(mct, places=3, shown="#,##0.00")


@register.filter
def millimetres(um: int | None) -> str:
    """Micrometres as millimetres to the tenth: 17130 is 17.1."""
    return "" if um is None else _decimal(um, places=3, shown="#,##0.0")


def _decimal(units: int, *, places: int, shown: str) -> str:
    text: str = format_decimal(Decimal(int(units)).scaleb(-places), shown, locale=_locale())
    return text.replace("-", "−")


class Slice(NamedTuple):
    """One part of a bar: where it starts and how wide it is, in thousandths of the bar, and whose it is."""

    x: int
    width: int
    part: str


@register.filter
def bar(parts: Iterable[Mapping[str, Any] | Any]) -> list[Slice]:
    """Parts (each with `part` and `minor`) laid side by side along a bar of 1,000 units, 2 apart; empty parts left out."""
    weighed = [(_of(part, "part"), max(0, int(_of(part, "minor")))) for part in parts]
    total = sum(minor for _, minor in weighed)
    if not total:
        return []
    ends = [end * BAR_UNITS // total for end in accumulate(minor for _, minor in weighed)]
    starts = [0, *ends[:-1]]
    laid = (Slice(x, max(1, end - x - BAR_GAP), name) for x, end, (name, minor) in zip(starts, ends, weighed, strict=True) if minor)
    return list(laid)


def _of(part: Mapping[str, Any] | Any, name: str) -> Any:
    return part[name] if isinstance(part, Mapping) else getattr(part, name)


@register.filter
def times(count: int | None) -> range:
    """So many turns of a loop."""
    return range(int(count or 0))


@register.filter
def share(number: int, whole: int) -> int:
    """`number` as thousandths of `whole`, at most 1,000."""
    return min(1000, int(number) * 1000 // int(whole)) if whole else 0


@register.filter
def in_language(address: str, code: str) -> str:
    """The same page's address in another language; unchanged where the address has none."""
    translated: str = translate_url(address, code)
    return translated
