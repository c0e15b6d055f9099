"""A buyer's choices on a piece, completed to something that can be had, with its price.

The same reading serves the piece page, the fragment that renews its price, the basket and the API.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404
from django.utils.translation import gettext as _

from foundation.asked import asked, known
from foundation.house.models import Brand
from store.catalogue.models import Photo, Piece, Stock, StoneChoice, Variant
from store.catalogue.wording import sizes_between
from store.pricing.actions import usual_size
from store.pricing.choices import CannotBeMade, Choice
from store.pricing.offer import NoPriceToday, NoPriceYet, Price, Today, price_of, quote_piece

PLACES = ("inside", "outside")


@dataclass(frozen=True)
class Chosen:
    """What was chosen, as a ready variant where one lies in the tray, else to be made; or why it can't be had."""

    choice: Choice
    variant: Variant | None
    price: Price | None
    refusal: str = ""
    not_yet: bool = False
    """Whether the same choice is worth asking for again in a moment."""


def with_ways(pieces: QuerySet[Piece]) -> QuerySet[Piece]:
    """Pieces with everything a choice looks at, in a fixed number of queries."""
    return pieces.select_related("brand__seller").prefetch_related(
        "metals",
        "stones__stock",
        Prefetch("variants__stock", Stock.objects.select_related("site")),
        Prefetch("photos", Photo.objects.select_related("file")),
    )


def find_with_ways(slug: str, user: Any, *, with_photos: bool = True) -> Piece:
    """The piece with this address that this person may see, with everything a choice looks at; 404 where there is none.

    What only a piece that is made to order has is not asked of any other.
    """
    piece = _of_slug.first(slug)
    if piece is None or not piece.is_seen_by(user):
        raise Http404(_("There is no such piece."))
    if piece.made_to_order:
        prefetch_related_objects([piece], "metals", "stones__stock")
    known(piece, "variants", variants_with_stock(piece.pk))
    if with_photos:
        known(piece, "photos", photos_of([piece.pk]))
    return piece


@asked
def _of_slug(slug: str) -> QuerySet[Piece]:
    return Piece.objects.filter(slug=slug).select_related("brand__seller")


def variants_with_stock(piece_id: int) -> list[Variant]:
    """A piece's variants, each knowing what lies in the tray of it and where."""
    variants = _variants(piece_id)
    stock = _stock_of([one.pk for one in variants])
    for one in variants:
        known(one, "stock", stock)
    return variants


@asked
def _variants(piece_id: int) -> QuerySet[Variant]:
    return Variant.objects.filter(piece_id=piece_id)


@asked
def _stock_of(variant_ids: list[int]) -> QuerySet[Stock]:
    return Stock.objects.filter(variant_id__among=variant_ids).select_related("site")


@asked
def photos_of(piece_ids: list[int]) -> QuerySet[Photo]:
    """The pictures of these pieces, with their files, in the order in which they are shown."""
    return Photo.objects.filter(piece_id__among=piece_ids).select_related("file")


class Ways:
    """The ways in which a piece can be had. Asks no query of a piece that came `with_ways`."""

    def __init__(self, piece: Piece, *, mine: Collection[int] = ()) -> None:
        """`mine` are the stones that the buyer's own basket holds: to them they are free."""
        self.piece, self.mine = piece, frozenset(mine)

    def is_free(self, stone: StoneChoice) -> bool:
        """Whether this stone can be chosen: it is one of many alike, or the only one and nobody else holds it."""
        return not stone.stock.all() or available(stone) > 0 or stone.pk in self.mine

    @cached_property
    def variants(self) -> list[Variant]:
        """Ready variants that are sold, there or not."""
        return [one for one in self.piece.variants.all() if one.withdrawn_at is None]

    @cached_property
    def stones(self) -> list[StoneChoice]:
        """Stones it can be made with."""
        if not self.piece.made_to_order:
            return []
        return [one for one in self.piece.stones.all() if one.withdrawn_at is None]

    @cached_property
    def alloys(self) -> list[str]:
        """All alloys it can be had in."""
        made = [metal.alloy for metal in self.piece.metals.all()] if self.piece.made_to_order else []
        return list(dict.fromkeys([*made, *(one.alloy for one in self.variants)]))

    def sizes(self, alloy: str) -> list[int]:
        """All ring sizes it can be had in, in this alloy, smallest first."""
        ready = {one.ring_inner_um for one in self.variants if one.alloy == alloy and one.ring_inner_um}
        can_make = (
            self.piece.made_to_order and self.piece.is_ring and alloy in {m.alloy for m in self.piece.metals.all()}
        )
        made = sizes_between(self.piece.ring_from_um or 0, self.piece.ring_to_um or 0) if can_make else []
        return sorted(ready | set(made))

    def ready(self, alloy: str, size_um: int | None, stone: StoneChoice | None) -> Variant | None:
        """The variant in the tray that is just this, if there is one."""
        fits = (one for one in self.variants if one.alloy == alloy and one.ring_inner_um == size_um)
        return next((one for one in fits if available(one) and _has_stone(one, stone)), None)


def available(item: Variant | StoneChoice) -> int:
    """How many of it nobody holds."""
    return sum(stock.available for stock in item.stock.all())


def choose(
    piece: Piece, asked: Mapping[str, str], *, brand: Brand, today: Today | None, mine: Collection[int] = ()
) -> Chosen:
    """What is asked for (`metal`, `size`, `stone`, `engraving`, `place`), the rest filled in, with its price.

    `today` is None where the day's fixing is missing: then only what is ready made has a price.
    """
    ways = Ways(piece, mine=mine)
    alloy = asked.get("metal", "")
    alloy = alloy if alloy in ways.alloys else next(iter(ways.alloys), "")
    choice = Choice(
        piece=piece, alloy=alloy, ring_inner_um=_size(ways, alloy, asked.get("size", "")),
        stone=_stone(ways, asked.get("stone", "")), engraving=" ".join(asked.get("engraving", "").split()),
        engraving_place=asked.get("place", "") if asked.get("place") in PLACES else PLACES[0],
    )  # fmt: skip
    return price_choice(ways, choice, brand=brand, today=today)


def not_offered(piece: Piece, asked: Mapping[str, str]) -> dict[str, str]:
    """Why what was named (`metal`, `size`, `stone`, `place`) is not to be had, by its name; empty where all of it is.

    A page's address may be old and is completed to what there is. What is laid into a basket is what was named.
    """
    ways = Ways(piece)
    metal, size, stone, place = (asked.get(name, "") for name in ("metal", "size", "stone", "place"))
    sizes = ways.sizes(metal or next(iter(ways.alloys), ""))
    found = {
        "metal": _("%(name)s is not made in this metal. Choose one of those shown.") if metal and metal not in ways.alloys else "",
        "size": _("%(name)s is not made in this size.") if size and _is_strange(piece, size, sizes) else "",
        "stone": _("This stone is no longer offered. Choose another.") if stone and _is_strange(piece, stone, [one.pk for one in ways.stones]) else "",
        "place": _("Words are engraved inside or outside.") if place and place not in PLACES else "",
    }  # fmt: skip
    return {name: reason % {"name": piece.name} for name, reason in found.items() if reason}


def _is_strange(piece: Piece, named: str, offered: Collection[int]) -> bool:
    """Whether what was named is none of what is offered. Where all is ready made nothing is: what lies in the tray tells."""
    return (piece.made_to_order or bool(offered)) and named not in map(str, offered)


def price_choice(
    ways: Ways, choice: Choice, *, brand: Brand, today: Today | None, minutes: Mapping[str, int] | None = None
) -> Chosen:
    """The choice with its price, ready from the tray where it can be."""
    ready = None if choice.engraving else ways.ready(choice.alloy, choice.ring_inner_um, choice.stone)
    if ready is not None:
        return Chosen(choice=choice, variant=ready, price=price_of(variant=ready, brand=brand))
    if not choice.piece.made_to_order:
        return Chosen(choice=choice, variant=None, price=None, refusal=_why_not_ready(choice))
    try:
        if today is None:
            raise NoPriceToday
        if choice.stone is not None and not ways.is_free(choice.stone):
            raise CannotBeMade(_("This stone is in somebody else’s basket or sold. Choose another."))
        price = quote_piece(choice, today=today, minutes=minutes)
    except (CannotBeMade, NoPriceToday) as refusal:
        not_yet = isinstance(refusal, NoPriceYet)
        return Chosen(choice=choice, variant=None, price=None, refusal=str(refusal), not_yet=not_yet)
    return Chosen(choice=choice, variant=None, price=price)


def _why_not_ready(choice: Choice) -> str:
    if choice.engraving:
        return _("This piece is sold as it lies in the tray and is not engraved.")
    if any(one.on_hand for variant in choice.piece.variants.all() for one in variant.stock.all()):
        return _("Nobody can have this one just now: it is sold, or kept in somebody’s basket. Choose another.")
    return _("Sold. Ask us when it is made again.")


def _size(ways: Ways, alloy: str, asked: str) -> int | None:
    sizes = ways.sizes(alloy)
    if not sizes:
        return None
    if asked.isascii() and asked.isdigit() and int(asked[:6]) in sizes:
        return int(asked)
    free = [one.ring_inner_um for one in ways.variants if one.alloy == alloy and one.ring_inner_um and available(one)]
    if free and not ways.piece.made_to_order:
        return free[0]
    usual = usual_size(ways.piece) or sizes[0]
    return min(sizes, key=lambda size: abs(size - usual))


def _stone(ways: Ways, asked: str) -> StoneChoice | None:
    by_id = {str(one.pk): one for one in ways.stones}
    free = (one for one in ways.stones if ways.is_free(one))
    return by_id.get(asked) or next(free, next(iter(ways.stones), None))


def _has_stone(variant: Variant, stone: StoneChoice | None) -> bool:
    """Whether a variant has the stone asked for. Where there is nothing to choose, it has."""
    if stone is None:
        return True
    return (variant.stone_species, variant.stone_grown or "mined", variant.stone_mct) == (
        stone.species, stone.grown, stone.total_mct,
    )  # fmt: skip
