"""What every row of a trade table says of itself, and how a row is found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from django.utils.translation import gettext as _

Confidence = Literal[
    "S", "D", "K"
]  # S: read in the source; D: worked out from sources; K: house default, to be calibrated


@dataclass(frozen=True)
class Evidence:
    """Where a figure comes from. K is a house default: the shop's own data or a supplier's sheet should replace it."""

    source: str
    confidence: Confidence
    note: str = ""

    @property
    def is_house_default(self) -> bool:
        """Nobody published this figure; the house works with it until it measures its own."""
        return self.confidence == "K"


class NotInTable(LookupError):
    """A code that is in no row of the table."""

    def __str__(self) -> str:
        """The sentence, without the quotes that LookupError may add."""
        return str(self.args[0])


class Coded(Protocol):
    """A row with a code."""

    @property
    def code(self) -> str:
        """The row's code."""


Row = TypeVar("Row", bound=Coded)


def find(rows: Iterable[Row], code: str, what: str) -> Row:
    """The row called `code`; refuses an unknown code in a sentence that lists the known ones."""
    rows = tuple(rows)
    for row in rows:
        if row.code == code:
            return row
    raise NotInTable(
        _("There is no %(what)s “%(code)s”. Known: %(known)s.")
        % {"what": what, "code": code, "known": ", ".join(r.code for r in rows)}
    )
