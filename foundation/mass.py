"""Mass: whole milligrams; fine metal in whole decimicrograms, so that the metal ledger never rounds.

Fineness is kept in tenths of a part per thousand (7500 = 750 ‰), so gross_mg × fineness_ppt10 is a whole number of
1/10 000 mg = 0.1 µg. We call that unit `dug` (deci-microgram): names that end in `_dug` hold fine metal.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from foundation.exact import rounded, whole, written

DUG_PER_MG = 10_000
DUG_PER_KG = 10_000_000_000

NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*([^\W\d]*)")


@dataclass(frozen=True)
class Unit:
    """A unit of mass, its size in milligrams, and where that figure comes from."""

    code: str
    symbol: str
    mg: Fraction
    places: int
    source: str


UNITS = {
    u.code: u
    for u in (
        Unit("mg", "mg", Fraction(1), 0, "SI"),
        Unit("g", "g", Fraction(1_000), 2, "SI"),
        Unit("kg", "kg", Fraction(1_000_000), 3, "SI"),
        Unit("ozt", "ozt", Fraction("31103.4768"), 3, "LBMA Good Delivery Rules, Annex C"),
        Unit("dwt", "dwt", Fraction("31103.4768") / 20, 2, "a twentieth of the troy ounce"),
        Unit("ct", "ct", Fraction(200), 2, "metric carat"),
        Unit("mct", "mct", Fraction(1, 5), 0, "a thousandth of the metric carat"),
        Unit("baht", "baht", Fraction(15_160), 3, "house default: Thai baht-weight of gold jewellery, 15.16 g"),
        Unit("baht_bar", "baht (bar)", Fraction(15_244), 3, "house default: Thai baht-weight of gold bar, 15.244 g"),
    )
}


class UnknownUnit(ValueError):
    """A unit of mass the house does not use."""


class NotAMass(ValueError):
    """What was typed is not a weight."""


class NotAFineness(ValueError):
    """A fineness outside 0 to 1000 parts per thousand."""


def unit(code: str) -> Unit:
    """The unit called `code`."""
    try:
        return UNITS[code]
    except KeyError:
        raise UnknownUnit(_("“%s” is not a unit of weight here. Use one of: %s.") % (code, ", ".join(UNITS))) from None


def fine_dug(gross_mg: int, fineness_ppt10: int) -> int:
    """The fine metal in `gross_mg` (metal only, stones taken off), exactly, in tenths of a microgram."""
    if not 0 <= whole(fineness_ppt10, "Fineness") <= 10_000:
        raise NotAFineness(_("Fineness runs from 0 to 10000 tenths of a part per thousand, not %s.") % fineness_ppt10)
    return whole(gross_mg, "Mass") * fineness_ppt10


def dug_to_mg(dug: int) -> Fraction:
    """Fine metal in milligrams, exactly."""
    return Fraction(whole(dug, "Fine metal"), DUG_PER_MG)


def in_unit(mg: int, code: str) -> Fraction:
    """`mg` in another unit, exactly."""
    return whole(mg, "Mass") / unit(code).mg


def to_mg(amount: Fraction | int, code: str) -> int:
    """`amount` of a unit in milligrams, rounded once."""
    if isinstance(amount, float):
        whole(amount, "Mass")
    return rounded(amount * unit(code).mg)


def format_mass(mg: int, code: str = "g", places: int | None = None) -> str:
    """A weight as the bench writes it: "3.52 g", "−0.20 g". The point is the decimal mark in English and in Thai alike."""
    to = unit(code)
    figure = written(in_unit(mg, code), to.places if places is None else places).replace("-", "−")
    return f"{figure}\xa0{to.symbol}"


def parse_mass(text: str, code: str = "g") -> int:
    """The weight a person typed in one known unit, in milligrams: "3.52" or "3.52 g".

    Refuses a comma, a minus, another unit than the one asked for, and what is finer than a milligram.
    """
    asked, bare = unit(code), text.strip()
    if "," in bare:
        raise NotAMass(_("Write the decimals after a point, not a comma: %s, not %s.") % (bare.replace(",", "."), bare))
    if bare.startswith(("-", "−")):
        raise NotAMass(_("A weight cannot be negative: “%s”.") % bare)
    if not (match := NUMBER.fullmatch(bare)):
        raise NotAMass(_("“%s” is not a weight. Write it like 3.52.") % bare)
    if match[2] not in {"", asked.symbol, asked.code}:
        raise NotAMass(_("Give the weight in %s, not in %s.") % (asked.symbol, match[2]))
    mg = Fraction(match[1]) * asked.mg
    if code in {"mg", "g", "kg", "ct"} and mg.denominator != 1:
        raise NotAMass(_("“%s” is finer than a milligram; no scale here reads that.") % bare)
    return rounded(mg)
