"""The worked example: a piece with its price taken apart, on the front page and on the shelves."""

from django.core.cache import cache

from store.catalogue.models import Collection, Piece
from store.pricing.choosing import Chosen, choose, with_ways
from store.pricing.offer import NoPriceToday, prices_today

KEPT_SECONDS = 120
NONE = "none"
"""What is kept where there is no example, so that it is not looked for on every page."""


def worked_example(shelf: Collection | None = None) -> Chosen | None:
    """The first piece made to order, of this shelf or of the shop; None where no price can be given today. Two minutes old at most."""
    key = f"shop.example:{shelf.pk if shelf else ''}"
    kept = cache.get(key)
    if kept is None:
        cache.set(key, kept := _first(shelf) or NONE, KEPT_SECONDS)
    return None if kept == NONE else kept


def _first(shelf: Collection | None) -> Chosen | None:
    shown = Piece.objects.on_show().filter(made_to_order=True)
    rows = shown.filter(collections=shelf) if shelf else shown
    piece = with_ways(rows).order_by("position", "pk").first()
    if piece is None:
        return None
    try:
        chosen = choose(piece, {}, brand=piece.brand, today=prices_today(piece.brand))
    except NoPriceToday:
        return None
    return chosen if chosen.price and chosen.price.is_taken_apart else None
