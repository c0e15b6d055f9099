"""A price list as the office types or pastes it."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.money import Money, NotAnAmount, parse_money
from foundation.ui.templatetags.ui import percent
from store.pricing.models import PriceList


class ListForm(forms.Form):
    """A price list as text: what a spreadsheet's columns give when pasted."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    discount = forms.CharField(label=gettext_lazy("Off retail before VAT, per cent"), max_length=6)
    breaks = forms.CharField(
        label=gettext_lazy("Breaks: from so many of one style, and per cent, one on each line"), required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("12 45 means: from 12 pieces of a style, 45 % off."),
    )  # fmt: skip
    prices = forms.CharField(
        label=gettext_lazy("Prices by stock number, net, one on each line"), required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_discount(self) -> int:
        """In hundredths of a per cent."""
        return _bp(self.cleaned_data["discount"])

    def clean_breaks(self) -> dict[int, int]:
        """{pieces: share}"""
        return _pairs(self.cleaned_data["breaks"], _pieces, _bp)

    def clean_prices(self) -> dict[str, int]:
        """{stock number: net in minor units}"""
        return _pairs(self.cleaned_data["prices"], str, self._minor)

    def _minor(self, said: str) -> int:
        try:
            minor = parse_money(said, self.currency).minor
        except NotAnAmount as error:
            raise forms.ValidationError(str(error)) from error
        if not minor:
            raise forms.ValidationError(_("A price is more than nothing."))
        return minor


def _pairs(text: str, left: Callable[[str], Any], right: Callable[[str], int]) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for n, line in enumerate(text.splitlines(), start=1):
        parts = [part for part in re.split(r"[\s:;\t]+", line.strip()) if part]
        if not parts:
            continue
        if len(parts) != 2:
            raise forms.ValidationError(_("Line %(n)s: write two things, with a space between.") % {"n": n})
        found[left(parts[0])] = right(parts[1])
    return found


def _pieces(said: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", said):
        raise forms.ValidationError(_("“%(said)s” is not a number of pieces.") % {"said": said[:20]})
    return int(said)


def _bp(said: str) -> int:
    """Per cent as typed, in hundredths of a per cent, exactly."""
    try:
        value = Decimal(said.strip().removesuffix("%").strip()) * 100
    except InvalidOperation as error:
        raise forms.ValidationError(_("“%(said)s” is not a percentage.") % {"said": said[:20]}) from error
    if not value.is_finite() or value != int(value) or not 0 <= value < 10_000:
        raise forms.ValidationError(_("Write a percentage from 0 to 99.99, with two decimals at most."))
    return int(value)


def as_typed(row: PriceList | None, currency: str) -> dict[str, str]:
    """A list as its form shows it; nothing for a new one."""
    if row is None:
        return {}
    breaks = [f"{one.from_pieces} {percent(one.discount_bp)}" for one in row.breaks.all()]
    prices = [
        f"{one.variant.sku} {Money(one.net_minor, currency).decimal}" for one in row.prices.select_related("variant")
    ]
    return {
        "name": row.name, "discount": percent(row.discount_bp), "breaks": "\n".join(breaks), "prices": "\n".join(prices),
    }  # fmt: skip
