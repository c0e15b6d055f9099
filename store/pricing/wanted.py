"""What a buyer filters by, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

READY, MADE = "ready", "made"


class Offered(Protocol):
    """What a filter looks at: one way a piece can be had."""

    metal: str
    stone: str
    ready: bool
    ring_sizes_um: list[int]
    price_minor: int


Row = TypeVar("Row", bound=Offered)


@dataclass(frozen=True)
class Wanted:
    """The filters that are on. Values of one filter widen it, filters narrow each other; an empty one asks nothing."""

    metals: frozenset[str] = field(default_factory=frozenset)
    stones: frozenset[str] = field(default_factory=frozenset)
    when: frozenset[str] = field(default_factory=frozenset)
    size_um: int | None = None
    price_from_minor: int | None = None
    price_to_minor: int | None = None

    def takes(self, row: Offered) -> bool:
        """Whether this way of having a piece is among what is wanted."""
        return (
            (not self.metals or row.metal in self.metals)
            and (not self.stones or row.stone in self.stones)
            and (not self.when or (READY if row.ready else MADE) in self.when)
            and (self.size_um is None or self.size_um in row.ring_sizes_um)
            and (self.price_from_minor is None or row.price_minor >= self.price_from_minor)
            and (self.price_to_minor is None or row.price_minor <= self.price_to_minor)
        )

    def first(self, rows: Iterable[Row], *, cheapest: bool = False) -> Row | None:
        """Of a piece's ways, in the piece's own order, the first that is wanted; or the cheapest."""
        taken = [row for row in rows if self.takes(row)]
        return min(taken, key=lambda row: row.price_minor, default=None) if cheapest else next(iter(taken), None)
