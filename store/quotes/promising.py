"""On which day something that is quoted leaves, if it is ordered now."""

from datetime import date, datetime

from django.core.cache import cache

from production import offer
from store.catalogue.dispatch import leaves_on
from store.catalogue.models import Stock, Variant
from store.orders.drafts import DraftLine

KEPT_SECONDS = 60


def day_of(line: DraftLine, *, variant: Variant | None, now: datetime) -> date | None:
    """The day this line leaves if it is ordered now; None where no day can be named."""
    if variant is not None:
        stock = Stock.objects.of(variant).select_related("site").first()
        return leaves_on(stock.site, now=now) if stock else None
    stones = sum(stone.count for stone in line.stones)
    return day_of_making(
        kind=line.kind, stones=stones, engraving=bool(line.engraving), plating=bool(line.plating), now=now
    )


def day_of_making(*, kind: str, stones: int, engraving: bool, plating: bool, now: datetime) -> date | None:
    """The day on which work of this kind, begun now, leaves. Asked of the workshop once a minute."""

    def asked() -> date | None:
        try:
            return offer.promise(
                kind=kind, stones=stones, engraving=engraving, plating=plating, now=now, needs_approval=True
            ).on
        except (offer.CannotPromise, offer.UnknownKind):
            return None

    return cache.get_or_set(key_of(kind=kind, stones=stones, engraving=engraving, plating=plating), asked, KEPT_SECONDS)


def key_of(*, kind: str, stones: int, engraving: bool, plating: bool) -> str:
    """Under what a day for work of this kind is kept."""
    return f"quotes.day:{kind}:{stones}:{engraving}:{plating}"
