"""Length: whole micrometres. A ring is its inner diameter; every ring size is a label over that."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

from django.utils.translation import gettext as _

from foundation.exact import rounded, whole, written
from foundation.reference.rings import PI, RingSystem, ring_system

MM = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:mm)?")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FRACTIONS = {Fraction(0): "", Fraction(1, 4): "¼", Fraction(1, 2): "½", Fraction(3, 4): "¾"}


class NotALength(ValueError):
    """What was typed is not a length."""


class NotARingSize(ValueError):
    """What was typed is no ring size, or could be several."""


@dataclass(frozen=True)
class RingSize:
    """A size of one system: what people call it and the inner diameter it means."""

    system: str
    label: str
    inner_um: int

    def __str__(self) -> str:
        return f"{self.system} {self.label}"


def format_mm(um: int, places: int = 2) -> str:
    """In millimetres: "17.32 mm"."""
    return f"{written(Fraction(whole(um, 'Length'), 1000), places)}\xa0mm"


def parse_mm(text: str) -> int:
    """The millimetres a person typed, in µm. Refuses a comma, a minus, other units, and what is finer than a micrometre."""
    bare = text.strip()
    if "," in bare:
        raise NotALength(
            _("Write the decimals after a point, not a comma: %s, not %s.") % (bare.replace(",", "."), bare)
        )
    if not (match := MM.fullmatch(bare)):
        raise NotALength(_("“%s” is not a length in millimetres. Write it like 17.3.") % bare)
    um = Fraction(match[1]) * 1000
    if um.denominator != 1:
        raise NotALength(_("“%s” is finer than a thousandth of a millimetre.") % bare)
    return int(um)


def circumference_um(inner_um: int) -> int:
    """The inner circumference of a ring."""
    return rounded(whole(inner_um, "Length") * PI)


def label(system: str, size: Fraction) -> str:
    """What `size` is called: letters in the UK (N½, Z+1), numbers elsewhere."""
    unit, part = divmod(size, 1)
    if system != "UK":
        return f"{unit}{FRACTIONS[part]}"
    letter = LETTERS[unit] if unit < len(LETTERS) else f"Z+{unit - len(LETTERS) + 1}"
    return f"{letter}{FRACTIONS[part]}"


def _size(system: RingSystem, size: Fraction) -> RingSize:
    return RingSize(system.code, label(system.code, size), rounded(system.inner_um_at(size)))


@cache
def ring_sizes(system: str) -> tuple[RingSize, ...]:
    """All sizes of a system, smallest first; UK in halves, US in quarters."""
    of = ring_system(system)
    steps = range(of.first * of.per_unit, of.last * of.per_unit + 1)
    return tuple(_size(of, Fraction(step, of.per_unit)) for step in steps)


@lru_cache(maxsize=4096, typed=True)
def nearest(system: str, inner_um: int) -> RingSize:
    """The size of `system` nearest to an inner diameter; of two equally near, the larger, which goes over the knuckle."""
    whole(inner_um, "Length")
    return min(ring_sizes(system), key=lambda size: (abs(size.inner_um - inner_um), -size.inner_um))


def parse_ring(text: str) -> RingSize:
    """The ring size a person typed: "UK:N", "N½", "n 1/2", "US:6.5", "EU 54", or a bare 54.

    A letter is a UK size and a bare number from 41 to 76 an EU one; any other bare number could be US, Japanese or
    Italian and is refused.
    """
    bare = _tidied(text)
    match = re.fullmatch(r"(UK|US|EU|JP|IT)[: ]*(.+)", bare)
    system, wanted = (match[1], match[2]) if match else (_system_of(bare, text), bare)
    for size in ring_sizes(system):
        if size.label == wanted:
            return size
    known = ring_sizes(system)
    raise NotARingSize(
        _("“%s” is not a %s ring size. They run from %s to %s.")
        % (text.strip(), system, known[0].label, known[-1].label)
    )


def _tidied(text: str) -> str:
    bare = text.strip().upper().replace("Z+½", "Z½")
    for typed, mark in ((".25", "¼"), (".5", "½"), (".75", "¾"), ("1/4", "¼"), ("1/2", "½"), ("3/4", "¾"), (".0", "")):
        bare = re.sub(rf"\s*{re.escape(typed)}0?$", mark, bare)
    return re.sub(r"\s+([¼½¾])", r"\1", bare)


def _system_of(bare: str, text: str) -> str:
    if bare[:1].isalpha():
        return "UK"
    if bare.isdigit() and 41 <= int(bare) <= 76:
        return "EU"
    raise NotARingSize(
        _("“%s” could be a size of several systems. Say which: US:7, JP:7, EU:54 or UK:N.") % text.strip()
    )
