"""How much of a line goes back when some of its pieces do. Pure."""

from collections.abc import Sequence
from fractions import Fraction

from foundation.exact import rounded, share
from store.orders.shares import Share


def worth_minor(total: int, *, before: int, quantity: int, of: int) -> int:
    """What `quantity` of the `of` equal pieces of a line came to, when `before` of them came back earlier.

    All pieces together come to the total exactly, in whatever parts they come back.
    """
    return rounded(Fraction(total * (before + quantity), of)) - rounded(Fraction(total * before, of))


def parts_of(shares: Sequence[Share], minor: int) -> list[Share]:
    """This much out of these shares, in proportion to what they come to; never more than there is."""
    weights = [one.amount.gross_minor for one in shares]
    if not sum(weights):
        return []
    parts = share(min(minor, sum(weights)), weights)
    return [one.of(part) for one, part in zip(shares, parts, strict=True) if part]
