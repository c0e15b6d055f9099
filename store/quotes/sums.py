"""What a quote comes to, and what of it is paid first."""

from collections.abc import Sequence
from dataclasses import dataclass

from store.orders.drafts import DraftLine
from store.orders.totals import Reckoning, deposit_minor, reckon
from store.quotes.models import Quote


@dataclass(frozen=True)
class Sums:
    """In minor units of the quote's currency; `now_minor` and `later_minor` are the total."""

    reckoned: Reckoning
    now_minor: int

    @property
    def total_minor(self) -> int:
        return self.reckoned.gross_minor

    @property
    def later_minor(self) -> int:
        return self.total_minor - self.now_minor


def sums_of(quote: Quote, lines: Sequence[DraftLine]) -> Sums:
    """The sums by which the order will be placed: the same rules, the frozen prices."""
    seller = quote.brand.seller
    found = reckon(
        lines, delivery_gross_minor=quote.delivery_minor, rate_bp=seller.vat_rate_bp, seller_country=seller.country,
        country=quote.country,
    )  # fmt: skip
    custom = [line.purpose == "custom" for line in lines]
    return Sums(found, deposit_minor(found, custom, percent=quote.deposit_percent))
