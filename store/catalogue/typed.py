"""Form fields that read what a jeweller types (1,250.00; 3.52 g; 1.40 ct; 7.9 mm) and keep whole units."""

from collections.abc import Callable
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


class TypedField(forms.Field):
    """Text that stands for whole units. What can't be read is refused in the parser's own sentence."""

    refusals: tuple[type[Exception], ...] = (NotAnAmount, NotAMass, NotALength)

    def __init__(self, *, read: Callable[[str], int], write: Callable[[int], str], **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": LONGEST}
        super().__init__(widget=forms.TextInput(attrs), **kwargs)
        self.read, self.write = read, write

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


def money_field(currency: str, **kwargs: Any) -> TypedField:
    """An amount in minor units."""
    places = exponent(currency)
    return TypedField(
        read=lambda text: parse_money(text, currency).minor,
        write=lambda minor: written(Fraction(minor, 10**places), places).removesuffix(".00"), **kwargs,
    )  # fmt: skip


def grams_field(**kwargs: Any) -> TypedField:
    """A weight of metal in milligrams."""
    return TypedField(read=parse_mass, write=lambda mg: written(Fraction(mg, 1000), 2), **kwargs)


def carats_field(**kwargs: Any) -> TypedField:
    """A weight of stone in thousandths of a carat."""
    return TypedField(
        read=lambda text: 5 * parse_mass(text, "ct"), write=lambda mct: written(Fraction(mct, 1000), 2), **kwargs
    )


def mm_field(**kwargs: Any) -> TypedField:
    """A length in micrometres."""
    return TypedField(read=parse_mm, write=lambda um: written(Fraction(um, 1000), 3).rstrip("0").rstrip("."), **kwargs)
