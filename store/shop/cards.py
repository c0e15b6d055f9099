"""Pieces as cards on a list: name, stone, metals, fineness, price, when it ships, and the picture of the metal asked for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.files.links import Picture, picture
from foundation.length import nearest
from production import offer
from store.catalogue.models import Kind, Photo, Piece
from store.catalogue.pictures import first_in
from store.catalogue.pictures import shown_in as metal_shown
from store.catalogue.wording import fineness
from store.pricing.models import Listing
from store.pricing.wanted import Wanted

WIDTHS = (320, 480, 640, 800)
PROMISE_KEPT_SECONDS = 600


@dataclass(frozen=True)
class Card:
    """What a card shows, field by field as `{% card %}` draws it."""

    href: str
    name: str
    sub: str
    minor: int
    currency: str
    photo: Picture | None
    shown_in: str
    tray: str
    ship: str
    in_stock: bool
    from_price: bool
    metals: list[str]
    metal: str
    fineness: str


def cards(piece_ids: Sequence[int], *, wanted: Wanted, cheapest: bool = False) -> list[Card]:
    """The pieces as cards, in this order, each as its own page opens: or at its lowest price, where that is the order."""
    if not piece_ids:
        return []
    pieces = Piece.objects.in_bulk(piece_ids)
    rows = _by_piece(Listing.objects.filter(piece_id__in=piece_ids))
    photos = _by_piece(Photo.objects.filter(piece_id__in=piece_ids).select_related("file"))
    found = [(pieces[pk], rows[pk], photos[pk]) for pk in piece_ids if pk in pieces]
    return [card for card in (_card(*one, wanted=wanted, cheapest=cheapest) for one in found) if card]


def _by_piece(found: QuerySet[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in found:
        grouped[row.piece_id].append(row)
    return grouped


def _card(piece: Piece, rows: list[Listing], photos: list[Photo], *, wanted: Wanted, cheapest: bool) -> Card | None:
    best = wanted.first(rows, cheapest=cheapest)
    if best is None:
        return None
    return Card(
        href=f"{piece.get_absolute_url()}?{urlencode(_opened_at(best, wanted))}", name=piece.name, sub=best.stone_words or piece.line,
        minor=best.price_minor, currency=best.currency, photo=picture_for(photos, best.alloy, piece.name), shown_in=shown_in(photos, best.alloy),
        tray=piece.tray, ship=ships(piece, best, rows), in_stock=best.ready,
        from_price=cheapest,
        metals=list(dict.fromkeys([best.metal, *(row.metal for row in rows)])), metal=best.metal,
        fineness=fineness(best.alloy),
    )  # fmt: skip


def _opened_at(best: Listing, wanted: Wanted) -> dict[str, object]:
    """The choices with which the piece's page says the same as the card."""
    size = wanted.size_um or (best.ring_sizes_um[0] if best.ready and best.ring_sizes_um else None)
    asked = {"metal": best.alloy, "size": size, "stone": best.stone_choice_id}
    return {name: value for name, value in asked.items() if value}


def picture_for(photos: Sequence[Photo], alloy: str, name: str) -> Picture | None:
    """The first picture in this alloy, or the nearest there is."""
    photo = first_in(photos, alloy)
    return picture(photo.file, alt=photo.alt or name, widths=WIDTHS) if photo else None


def shown_in(photos: Sequence[Photo], alloy: str) -> str:
    """Which metal that picture shows, in a sentence, where it is another."""
    return metal_shown(first_in(photos, alloy), alloy)


def ships(piece: Piece, best: Listing, rows: Sequence[Listing]) -> str:
    """When it can be had: "In stock, sizes L to O", "Made in 4 to 5 weeks"."""
    if not best.ready:
        return made_in(piece.kind)
    sizes = sorted({size for row in rows if row.ready and row.alloy == best.alloy for size in row.ring_sizes_um})
    if not sizes:
        return _("In stock")
    first, last = nearest("UK", sizes[0]).label, nearest("UK", sizes[-1]).label
    if first == last:
        return _("In stock, size %(size)s") % {"size": first}
    return _("In stock, sizes %(first)s to %(last)s") % {"first": first, "last": last}


def made_in(kind: str) -> str:
    """How long a piece of this kind takes from today, as the workshop promises it; "" where it cannot say."""
    weeks = cache.get_or_set(f"shop.weeks:{kind}", lambda: _weeks(kind), PROMISE_KEPT_SECONDS)
    if not weeks:
        return _("Made to order")
    return ngettext("Made in %(n)d week", "Made in %(n)d weeks", weeks) % {"n": weeks}


def _weeks(kind: str) -> int:
    """Whole weeks, rounded up, until a plain piece of this kind would leave."""
    now = timezone.now()
    stones = 1 if kind in (Kind.RING_WITH_STONE, Kind.PENDANT) else 0
    try:
        promised = offer.promise(kind=kind, stones=stones, engraving=False, plating=False, now=now, needs_approval=True)
    except (offer.CannotPromise, offer.UnknownKind):
        return 0
    return -(-(promised.on - now.date()).days // 7)
