"""How each country writes an address: which fields there are, what they are called, what a postcode looks like.

Formats after the Universal Postal Union's addressing sheets; a country without a row here is asked for little.
"""

from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
"""Codes of two letters in Unicode's list of territories that are no place to send a parcel to."""


@dataclass(frozen=True)
class Rule:
    """One country's way. An empty label leaves the field out; `postcode` is the shape of it, "" for any or none."""

    postcode: str = ""
    postcode_label: object = _("Postcode")
    postcode_needed: bool = False
    example: str = ""
    city_label: object = _("Town or city")
    line2_label: object = _("Flat, building, company")
    region_label: object = ""
    region_needed: bool = False


ANY = Rule(region_label=_("Region"))
RULES = {
    "GB": Rule(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", postcode_needed=True, example="BA1 5LR"),
    "IE": Rule(r"[A-Z0-9]{3} ?[A-Z0-9]{4}", _("Eircode"), example="D02 X285", region_label=_("County")),
    "TH": Rule(
        r"[0-9]{5}", postcode_needed=True, example="10110", city_label=_("District (amphoe, khet)"),
        line2_label=_("Subdistrict (tambon, khwaeng)"), region_label=_("Province"), region_needed=True,
    ),
    "US": Rule(r"[0-9]{5}(-[0-9]{4})?", _("ZIP code"), postcode_needed=True, example="10013", city_label=_("City"),
               region_label=_("State"), region_needed=True),
    "CA": Rule(r"[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]", _("Postal code"), postcode_needed=True, example="M5V 2T6",
               city_label=_("City"), region_label=_("Province"), region_needed=True),
    "AU": Rule(r"[0-9]{4}", postcode_needed=True, example="3000", city_label=_("Suburb"), region_label=_("State"), region_needed=True),
    "NZ": Rule(r"[0-9]{4}", postcode_needed=True, example="6011"),
    "JP": Rule(r"[0-9]{3}-?[0-9]{4}", _("Postal code"), postcode_needed=True, example="104-0061",
               city_label=_("City, ward"), region_label=_("Prefecture"), region_needed=True),
    "SG": Rule(r"[0-9]{6}", _("Postal code"), postcode_needed=True, example="238823", city_label=_("City")),
    "HK": Rule(city_label=_("District"), region_label=_("Area")),
    **{code: Rule(r"[0-9]{5}", postcode_needed=True, example="10115") for code in ("DE", "FR", "IT", "ES", "FI", "EE")},
    **{code: Rule(r"[0-9]{4}", postcode_needed=True, example="1010") for code in ("AT", "BE", "CH", "DK", "LU", "NO", "HU")},
    "NL": Rule(r"[0-9]{4} ?[A-Z]{2}", postcode_needed=True, example="1012 JS"),
    "SE": Rule(r"[0-9]{3} ?[0-9]{2}", postcode_needed=True, example="111 29"),
    "PT": Rule(r"[0-9]{4}-[0-9]{3}", postcode_needed=True, example="1200-109"),
}  # fmt: skip


def rule_for(country: str) -> Rule:
    """How this country writes an address."""
    return RULES.get(country, ANY)


def name_of(code: str) -> str:
    """A country's name in the reader's language; the code where nobody knows it."""
    return _names(_reader()).get(code, code)


def _reader() -> str:
    return (get_language() or "en").partition("-")[0]


@lru_cache(maxsize=16)
def _names(language: str) -> dict[str, str]:
    return dict(Locale.parse(language).territories)


@lru_cache(maxsize=64)
def _by_name(language: str, offered: frozenset[str] | None) -> tuple[tuple[str, str], ...]:
    codes = (code for code in _names(language) if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES)
    chosen = [(code, _names(language)[code]) for code in codes if offered is None or code in offered]
    return tuple(sorted(chosen, key=lambda pair: pair[1]))


def countries(offered: frozenset[str] | None) -> list[tuple[str, str]]:
    """Code and name of each country that is offered (all where None), by name in the reader's language."""
    return list(_by_name(_reader(), offered))
