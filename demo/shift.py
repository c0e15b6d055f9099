"""Moving a written-down house in time: every date in its text goes on by whole weeks, so that weekdays stay what they were.

What is a date: 2026-11-23 as tables, keys and JSON have it; the day in a tree's number, 261123-1; and "23 November 2026" as
letters have it, in English and Thai.
"""

import re
from datetime import date, timedelta
from functools import lru_cache

ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
THAI = ("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม")  # fmt: skip
DATES = re.compile(
    r"\b(?P<iso>20\d\d-[01]\d-[0-3]\d)(?!\d)"
    r"|(?<![\dA-Za-z-])(?P<tree>\d{6})(?=-\d{1,2}\b)"
    rf"|\b(?P<day>\d{{1,2}}) (?P<month>{'|'.join(ENGLISH + THAI)}) (?P<year>20\d\d)\b"
)
NEAR = timedelta(days=400)
"""What is further from the day it was written down is no date of the house's: an engraving, a report's number."""


class Shift:
    """A move by so many weeks of a text that was written down on a day."""

    def __init__(self, *, weeks: int, written_on: date) -> None:
        self.by, self.written_on = timedelta(weeks=weeks), written_on
        self.moved = lru_cache(maxsize=None)(self._moved)

    def __call__(self, text: str) -> str:
        """The text, moved."""
        return DATES.sub(lambda found: self.moved(*found.group("iso", "tree", "day", "month", "year")), text)

    def _moved(self, iso: str | None, tree: str | None, day: str | None, month: str | None, year: str | None) -> str:
        if iso:
            return self._on(iso, iso, "%Y-%m-%d")
        if tree:
            return self._on(tree, f"20{tree[:2]}-{tree[2:4]}-{tree[4:]}", "%y%m%d")
        names = ENGLISH if month in ENGLISH else THAI
        told = f"{day} {month} {year}"
        on = self._read(f"{year}-{names.index(str(month)) + 1:02}-{int(str(day)):02}")
        return f"{on.day} {names[on.month - 1]} {on.year}" if on else told

    def _on(self, told: str, iso: str, written: str) -> str:
        on = self._read(iso)
        return f"{on:{written}}" if on else told

    def _read(self, iso: str) -> date | None:
        try:
            on = date.fromisoformat(iso)
        except ValueError:
            return None
        return on + self.by if abs(on - self.written_on) < NEAR else None
