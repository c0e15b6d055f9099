"""Writing down what the list pages show."""

from django.core.cache import cache
from django.db import transaction

from foundation.length import nearest
from store.catalogue.actions import relist
from store.catalogue.brands import shop_brand
from store.catalogue.models import Piece, StoneChoice, Variant
from store.catalogue.wording import alloy_name, sizes_between, stone_kind, stones_of, swatch, swatch_name
from store.pricing.choices import CannotBeMade, Choice
from store.pricing.models import Listing
from store.pricing.offer import NoPriceToday, Today, prices_today, quote_piece

USUAL_SIZE_UM = nearest("UK", 17_200).inner_um
"""The ring size that a list's prices are for, where a ring is made in it: UK N."""

FIXINGS_SEEN = "pricing.fixings_seen"


@transaction.atomic
def list_piece(*, piece_id: int) -> int:
    """Write a piece's listings anew: its ready variants, and every alloy and stone it can be made in at today's price.

    Answers how many there are. Refuses with NoPriceToday; then the listings stay as they were.
    """
    pieces = Piece.objects.select_related("brand__seller").prefetch_related("metals", "stones")
    piece = pieces.select_for_update(of=("self",)).get(pk=piece_id)
    rows = _in_own_order(piece, [*_ready_rows(piece), *_made_rows(piece)]) if piece.is_on_show else []
    Listing.objects.filter(piece=piece).delete()
    Listing.objects.bulk_create(rows)
    Piece.objects.filter(pk=piece.pk).update(words=_words(piece, rows))
    return len(rows)


def follow_fixings() -> int:
    """Where the day's fixings have changed since last looked at, owe every piece made to order a new price."""
    try:
        fixings = str(sorted(prices_today(shop_brand()).minor_per_kg.items()))
    except NoPriceToday:
        return 0
    if cache.get(FIXINGS_SEEN) == fixings:
        return 0
    pieces = Piece.objects.on_show().filter(made_to_order=True)
    with transaction.atomic():
        for piece in pieces:
            relist(piece)
    cache.set(FIXINGS_SEEN, fixings, timeout=None)
    return len(pieces)


def usual_size(piece: Piece) -> int | None:
    """The ring size a piece is first shown in: the usual one, or the nearest it is made in."""
    if not piece.is_ring:
        return None
    sizes = sizes_between(piece.ring_from_um or 0, piece.ring_to_um or 10**6)
    return min(sizes, key=lambda size: abs(size - USUAL_SIZE_UM), default=USUAL_SIZE_UM)


def _in_own_order(piece: Piece, rows: list[Listing]) -> list[Listing]:
    """As the piece's page offers them: by metal, and in each what lies in the tray first."""
    metals = {metal.alloy: n for n, metal in enumerate(piece.metals.all())} if piece.made_to_order else {}
    return sorted(rows, key=lambda row: (metals.get(row.alloy, len(metals)), not row.ready))


def _ready_rows(piece: Piece) -> list[Listing]:
    """Ready variants that are there, those that differ in size alone as one row at the lowest price."""
    found = piece.variants.filter(withdrawn_at=None, stock__on_hand__gt=0).distinct()
    rows: dict[tuple[str, str], Listing] = {}
    for variant in sorted(found, key=lambda one: one.price_minor):
        row = rows.setdefault((variant.alloy, stone_kind(variant.stone_species, variant.stone_grown)), _ready(variant))
        if variant.ring_inner_um:
            row.ring_sizes_um = sorted({*row.ring_sizes_um, variant.ring_inner_um})
    return list(rows.values())


def _ready(variant: Variant) -> Listing:
    return Listing(
        piece=variant.piece, alloy=variant.alloy, metal=swatch(variant.alloy), ready=True,
        stone=stone_kind(variant.stone_species, variant.stone_grown), stone_words=stones_of(variant),
        price_minor=variant.price_minor, currency=variant.currency, position=variant.piece.position,
    )  # fmt: skip


def _made_rows(piece: Piece) -> list[Listing]:
    if not piece.made_to_order:
        return []
    today = prices_today(piece.brand)
    stones: list[StoneChoice | None] = [stone for stone in piece.stones.all() if not stone.withdrawn_at]
    rows = (_made(piece, metal.alloy, stone, today) for metal in piece.metals.all() for stone in stones or [None])
    return [row for row in rows if row is not None]


def _made(piece: Piece, alloy: str, stone: StoneChoice | None, today: Today) -> Listing | None:
    choice = Choice(piece=piece, alloy=alloy, ring_inner_um=usual_size(piece), stone=stone)
    try:
        price = quote_piece(choice, today=today)
    except CannotBeMade:
        return None
    return Listing(
        piece=piece, stone_choice=stone, alloy=alloy, metal=swatch(alloy), ready=False,
        stone=stone_kind(stone.species, stone.grown) if stone else "none", stone_words=stones_of(stone),
        ring_sizes_um=sizes_between(piece.ring_from_um or 0, piece.ring_to_um or 0) if piece.is_ring else [],
        price_minor=price.gross_minor, currency=price.currency, position=piece.position,
    )  # fmt: skip


def _words(piece: Piece, rows: list[Listing]) -> str:
    """Everything somebody may look for: metals, stones, stock numbers and reports."""
    found = (
        {piece.name, piece.style_code}
        | {swatch_name(row.metal) for row in rows}
        | {alloy_name(row.alloy) for row in rows}
    )
    found |= {row.stone_words for row in rows} | {str(piece.get_kind_display())}
    found |= {word for pair in piece.variants.values_list("sku", "report_number") for word in pair}
    found |= {stone.report_number for stone in piece.stones.all()}
    return " ".join(sorted(word for word in found if word))
