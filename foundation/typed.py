"""Form fields that read what a jeweller types (1,250.00; 20 %; 3.52 g; 1.40 ct; 7.9 mm) and keep whole units."""

import re
from abc import ABC, abstractmethod
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.exact import written
from foundation.length import NotALength, parse_mm
from foundation.mass import NotAMass, parse_mass
from foundation.money import NotAnAmount, exponent, parse_money

LONGEST = 20
PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


class NotAPercentage(ValueError):
    """What was typed is no percentage."""


class TypedField(forms.Field, ABC):
    """Text that stands for whole units. What can't be read is refused in the parser's own sentence."""

    refusals: tuple[type[Exception], ...] = (NotAnAmount, NotAMass, NotALength, NotAPercentage)

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": LONGEST}
        super().__init__(widget=forms.TextInput(attrs), **kwargs)

    @abstractmethod
    def read(self, text: str) -> int:
        """The units that a text stands for; refuses in a sentence."""

    @abstractmethod
    def write(self, units: int) -> str:
        """The text for so many units."""

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()[:LONGEST]
        if not text:
            return None
        try:
            units = self.read(text)
        except self.refusals as refusal:
            raise ValidationError(str(refusal)) from refusal
        if units > 2**31 - 1:
            raise ValidationError(_("That is more than the books can hold."))
        return units

    def prepare_value(self, value: Any) -> Any:
        return self.write(value) if isinstance(value, int) else value


class MoneyField(TypedField):
    """An amount in minor units of `currency`, which a form may set once it knows it; at least `least` of them."""

    def __init__(self, *, currency: str = "GBP", least: int = 0, **kwargs: Any) -> None:
        self.currency, self.least = currency, least
        super().__init__(**kwargs)

    def read(self, text: str) -> int:
        minor = parse_money(text, self.currency).minor
        if minor < self.least:
            raise NotAnAmount(_("“%s” is too little.") % text)
        return minor

    def write(self, units: int) -> str:
        places = exponent(self.currency)
        return written(Fraction(units, 10**places), places).removesuffix(".00")


class PercentField(TypedField):
    """A percentage from 0 to 100, in hundredths of one: 20 is 2000."""

    def read(self, text: str) -> int:
        bare = text.removesuffix("%").strip()
        if not PERCENT.fullmatch(bare) or Decimal(bare) > 100:
            raise NotAPercentage(_("“%s” is not a percentage. Write it like 20 or 7.5.") % text)
        return int(Decimal(bare) * 100)

    def write(self, units: int) -> str:
        return _short(Fraction(units, 100), 2)


class GramsField(TypedField):
    """A weight of metal in milligrams."""

    def read(self, text: str) -> int:
        return parse_mass(text)

    def write(self, units: int) -> str:
        return written(Fraction(units, 1000), 2)


class CaratsField(TypedField):
    """A weight of stone in thousandths of a carat."""

    def read(self, text: str) -> int:
        return 5 * parse_mass(text, "ct")

    def write(self, units: int) -> str:
        return written(Fraction(units, 1000), 2)


class MillimetresField(TypedField):
    """A length in micrometres."""

    def read(self, text: str) -> int:
        return parse_mm(text)

    def write(self, units: int) -> str:
        return _short(Fraction(units, 1000), 3)


def _short(value: Fraction, places: int) -> str:
    return written(value, places).rstrip("0").rstrip(".")
