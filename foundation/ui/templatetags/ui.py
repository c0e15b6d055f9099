"""{% load ui %}: how a finished value is set on a page. Nothing here looks anything up."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from foundation.exact import written
from foundation.length import format_mm
from foundation.mass import format_mass
from foundation.money import Money, exponent, format_money
from foundation.ui import tables

register = template.Library()

LANGUAGE_LINK = '<a href="{}" hreflang="{}" lang="{}"{}>{}</a>'
LOCALES = {"en": "en-GB", "th": "th"}
BAR_UNITS = 1000
BAR_GAP = 2
"""A bar is drawn 1,000 units wide, its parts 2 apart."""


@register.filter
def labelled(rows: SafeString) -> SafeString:
    """A table's rows with the words of its column on each cell, for phones."""
    return mark_safe(tables.labelled(rows))  # noqa: S308  a slot is written by a template, its values escaped there


@register.filter
def money(amount: Money | int | str | None, currency: str = "") -> str:
    """An amount as the reader writes it: £3,260, £3,260.50, ฿145,000. Minor units need their currency; None is nothing."""
    if amount is None or amount == "":
        return ""
    sum_ = amount if isinstance(amount, Money) else Money(int(amount), currency)
    text = format_money(sum_, LOCALES.get(get_language() or "en", "en-GB")).replace("-", "−")
    places = exponent(sum_.currency)
    return text.replace("." + "0" * places, "") if places and not sum_.minor % 10**places else text


@register.filter
def money_change(amount: Money | int | str | None, currency: str = "") -> str:
    """A difference in price with its sign: +£120 or −£340. Nothing for no difference."""
    if not amount:
        return ""
    minor = amount.minor if isinstance(amount, Money) else int(amount)
    return ("+" if minor > 0 else "") + money(amount, currency)


@register.filter
def mass(mg: int | None) -> str:
    """Milligrams as a bench scale reads: 7040 is 7.04 g."""
    return "" if mg is None else format_mass(mg)


@register.filter
def carats(mct: int | None) -> str:
    """Milli-carats: 1400 is 1.40 ct."""
    return "" if mct is None else f"{written(Fraction(mct, 1000), 2)}\xa0ct"


@register.filter
def mm(um: int | None) -> str:
    """Micrometres to the tenth of a millimetre: 17130 is 17.1 mm."""
    return "" if um is None else format_mm(um, 1)


class Slice(NamedTuple):
    """One part of a bar: where it starts and how wide it is, in thousandths of the bar, and whose it is."""

    x: int
    width: int
    part: str


@register.filter
def bar(parts: Iterable[Any]) -> list[Slice]:
    """Parts (each with `part` and `minor`) laid side by side, in proportion; a part of nothing is left out."""
    weighed = [(str(_of(part, "part")), int(_of(part, "minor"))) for part in parts]
    drawn = [(name, minor) for name, minor in weighed if minor > 0]
    whole = sum(minor for _, minor in drawn)
    ends = [end * BAR_UNITS // whole for end in accumulate(minor for _, minor in drawn)]
    starts = [0, *ends]
    return [Slice(x, max(1, end - x - BAR_GAP), name) for x, end, (name, _) in zip(starts, ends, drawn, strict=False)]


def _of(part: Any, name: str) -> Any:
    return part[name] if isinstance(part, Mapping) else getattr(part, name)


@register.filter
def percent(bp: int | None) -> str:
    """Hundredths of a per cent as people write them: 4250 is 42.5."""
    return "" if bp is None else written(Fraction(bp, 100), 2).rstrip("0").rstrip(".")


@register.filter
def times(count: int | None) -> range:
    """So many turns of a loop."""
    return range(int(count or 0))


@register.filter
def share(number: int, whole: int) -> int:
    """`number` as thousandths of `whole`, at most 1,000."""
    return min(1000, int(number) * 1000 // int(whole)) if whole else 0


class Wrong(NamedTuple):
    """A field that was refused: the id of its control ("" where none is seen), its name, and why."""

    at: str
    label: str
    problem: str


@register.filter
def wrong_fields(form: BaseForm) -> list[Wrong]:
    """The fields of a form that was refused, in the form's order."""
    fields = [form[name] for name in form.fields if form[name].errors]
    return [Wrong(_control(one), str(one.label), " ".join(map(str, one.errors))) for one in fields]


def _control(field: BoundField) -> str:
    """The id of a field's control; of a group of radios or boxes, of the first."""
    if field.is_hidden or not field.auto_id:
        return ""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def languages(address: str) -> SafeString:
    """The same page in the house's languages, as plain links."""
    here = get_language() or ""
    links = format_html_join(
        "",
        LANGUAGE_LINK,
        ((in_language(address, code), code, code, _here(code, here), name) for code, name in _named()),
    )
    return format_html('<nav class="foot-links" aria-label="{}">{}</nav>', _("Language"), links)


def _here(code: str, here: str) -> SafeString:
    return mark_safe(' aria-current="true"') if code == here else SafeString()


@cache
def _named() -> tuple[tuple[str, str], ...]:
    """Each of the house's languages as those who speak it write its name."""
    return tuple((code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES)


@register.filter
def in_language(address: str, code: str) -> str:
    """The same page's address in another language; unchanged where the address has none."""
    here = f"/{get_language()}/"
    return f"/{code}/{address.removeprefix(here)}" if address.startswith(here) else address
