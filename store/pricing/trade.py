"""What the trade pays: net of VAT, by the company's list and by how many of a style are ordered. Numbers in, numbers out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from foundation.exact import rounded

WHOLE_BP = 10_000


@dataclass(frozen=True)
class Break:
    """From this many pieces of one style, this share off the retail price before VAT, in hundredths of a per cent."""

    from_pieces: int
    discount_bp: int


@dataclass(frozen=True)
class Terms:
    """A price list. `fixed` are prices by stock number: net, in minor units; they stand whatever the shares say."""

    discount_bp: int
    breaks: tuple[Break, ...] = ()
    fixed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class TradePrice:
    """What one piece costs, net, and why: the share off retail (0 where its price is fixed) and the break it reached."""

    net_minor: int
    retail_net_minor: int
    discount_bp: int
    from_pieces: int
    is_fixed: bool

    @property
    def trace(self) -> dict[str, int | bool | str]:
        """The sum in its numbers, kept on the order's line."""
        return {
            "part": "trade", "retail_net_minor": self.retail_net_minor, "discount_bp": self.discount_bp,
            "from_pieces": self.from_pieces, "is_fixed": self.is_fixed, "net_minor": self.net_minor,
        }  # fmt: skip


def trade_price(*, sku: str, retail_net_minor: int, pieces_of_style: int, terms: Terms) -> TradePrice:
    """What one costs when this many of its style, sizes and metals together, are ordered. Rounded once, by the house's
    one rule; never less than one minor unit.

    >>> trade_price(sku="a", retail_net_minor=10_000, pieces_of_style=12, terms=Terms(4000, (Break(12, 4500),))).net_minor
    5500
    """
    if sku in terms.fixed:
        return TradePrice(terms.fixed[sku], retail_net_minor, 0, 1, is_fixed=True)
    reached = reached_break(pieces_of_style, terms)
    net = rounded(Fraction(retail_net_minor * (WHOLE_BP - reached.discount_bp), WHOLE_BP))
    return TradePrice(max(net, 1), retail_net_minor, reached.discount_bp, reached.from_pieces, is_fixed=False)


def reached_break(pieces_of_style: int, terms: Terms) -> Break:
    """The break with the largest share among those that this many pieces reach; the list's own share is one from 1."""
    within = [one for one in (Break(1, terms.discount_bp), *terms.breaks) if one.from_pieces <= max(pieces_of_style, 1)]
    return max(within, key=lambda one: (one.discount_bp, -one.from_pieces))


def next_break(pieces_of_style: int, terms: Terms) -> Break | None:
    """The nearest break above that gives a larger share; None where there is none to reach."""
    have = reached_break(pieces_of_style, terms).discount_bp
    ahead = [one for one in terms.breaks if one.from_pieces > pieces_of_style and one.discount_bp > have]
    return min(ahead, key=lambda one: one.from_pieces, default=None)
