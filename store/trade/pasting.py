"""Lines pasted from a spreadsheet or a letter: a stock number and a quantity on each. Text in, values out."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from store.trade.models import MOST_OF_ONE

MOST_LINES = 1000
PARTS = re.compile(r"[\t;,]+|\s+(?:x|×)?\s*|\s*[x×]\s+")


@dataclass(frozen=True)
class WrongLine:
    """A pasted line that was not taken: its number from 1, what it said, and why not."""

    row: int
    text: str
    reason: str


@dataclass(frozen=True)
class Pasted:
    """What was understood: quantities by stock number, the same number twice added up; and what was not."""

    quantities: dict[str, int]
    wrong: tuple[WrongLine, ...]


def read_lines(text: str, *, known: Collection[str]) -> Pasted:
    """Read pasted lines. Stock numbers are taken whatever their case; a head line without any figure is passed over.

    A line that cannot be read is told by its number, and the others are taken all the same.
    """
    by_capitals = {sku.upper(): sku for sku in known}
    quantities: dict[str, int] = {}
    wrong: list[WrongLine] = []
    rows = [(n, line.strip()) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    for n, line in rows[:MOST_LINES]:
        if n == rows[0][0] and not any(letter.isdigit() for letter in line):
            continue
        sku, quantity, reason = _read(line, by_capitals)
        if reason or quantities.get(sku, 0) + quantity > MOST_OF_ONE:
            wrong.append(WrongLine(n, line[:80], reason or _too_many()))
        else:
            quantities[sku] = quantities.get(sku, 0) + quantity
    if len(rows) > MOST_LINES:
        wrong.append(
            WrongLine(rows[MOST_LINES][0], "", _("Paste at most %(most)s lines at once.") % {"most": MOST_LINES})
        )
    return Pasted(quantities, tuple(wrong))


def _read(line: str, known: dict[str, str]) -> tuple[str, int, str]:
    """(stock number, quantity, "") or ("", 0, why not)."""
    parts = [part for part in PARTS.split(line) if part]
    if len(parts) < 2:
        return "", 0, _("Write a stock number and a quantity: AJ-202-AU750Y-17200 3.")
    code, said = parts[0], parts[-1]
    if code.upper() not in known:
        if said.upper() in known:
            code, said = said, code
        else:
            return "", 0, _("There is no stock number %(code)s.") % {"code": code[:40]}
    if not re.fullmatch(r"[0-9]{1,5}", said) or not int(said):
        return "", 0, _("“%(said)s” is not a quantity: write a whole number, 1 or more.") % {"said": said[:20]}
    if int(said) > MOST_OF_ONE:
        return "", 0, _too_many()
    return known[code.upper()], int(said), ""


def _too_many() -> str:
    return _("Order at most %(most)s of one stock number at once.") % {"most": MOST_OF_ONE}
