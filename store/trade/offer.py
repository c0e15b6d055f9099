"""What a company can order and what it pays: the house's ready-made variants, from the tray or made afresh."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from foundation.exact import rounded
from foundation.house.models import Brand
from foundation.reference.alloys import alloy as find_alloy
from production import offer as workshop
from store.buyers.models import TradeCompany
from store.catalogue.dispatch import leaves_on
from store.catalogue.models import Photo, Piece, Stock, Variant
from store.orders.drafts import DraftLine, DraftStone
from store.pricing.models import PriceList
from store.pricing.offer import price_of
from store.pricing.trade import Break, Terms, TradePrice, next_break, trade_price


@dataclass(frozen=True)
class Priced:
    """So many of one variant at the company's price. `from_tray` of them lie ready; the rest is made.

    Amounts are net of VAT, in minor units. `problem` says why it cannot be ordered, or is "".
    """

    variant: Variant
    quantity: int
    price: TradePrice
    from_tray: int
    vat_rate_bp: int
    tray_on: date | None = None
    made_on: date | None = None
    next: Break | None = None
    problem: str = ""

    @property
    def to_make(self) -> int:
        """How many the workshop makes."""
        return self.quantity - self.from_tray

    @property
    def net_minor(self) -> int:
        """The whole line, net."""
        return self.price.net_minor * self.quantity

    @property
    def promise_on(self) -> date | None:
        """The day the last of it leaves."""
        return self.made_on or self.tray_on

    def key(self, order: UUID, part: str) -> UUID:
        """The line's own reference on an order, the same however often it is placed: its stock is held under it."""
        return uuid5(order, f"{self.variant.sku}:{part}")


def terms_of(company: TradeCompany) -> Terms | None:
    """The company's prices; None while its account is not open, or nobody gave it a list."""
    if not company.is_open:
        return None
    found = PriceList.objects.filter(companies__company=company).first()
    return found.terms() if found else None


def on_sale() -> QuerySet[Variant]:
    """Every variant that the trade may order, with its piece."""
    rows = Variant.objects.filter(piece__in=Piece.objects.on_show(), withdrawn_at=None)
    photos = Prefetch("piece__photos", Photo.objects.select_related("file"))
    return rows.select_related("piece").prefetch_related(photos).order_by("piece__position", "position", "pk")


def in_the_tray(variants: Iterable[Variant]) -> dict[int, Stock]:
    """Of each variant, the stock with the most to spare, by the variant's id."""
    best: dict[int, Stock] = {}
    for stock in Stock.objects.filter(variant__in=variants).select_related("site").order_by("pk"):
        have = best.get(stock.variant_id or 0)
        if stock.variant_id and stock.available > 0 and (have is None or stock.available > have.available):
            best[stock.variant_id] = stock
    return best


def price_each(variants: Iterable[Variant], *, terms: Terms, brand: Brand, pieces: int = 1) -> dict[int, TradePrice]:
    """What one of each costs by itself, were so many of its style ordered; by the variant's id."""
    return {
        row.pk: trade_price(
            sku=row.sku, retail_net_minor=price_of(variant=row, brand=brand).net_minor, pieces_of_style=pieces, terms=terms
        )
        for row in variants
    }  # fmt: skip


def price_lines(
    wanted: Mapping[Variant, int], *, terms: Terms, brand: Brand, now: datetime, dated: bool
) -> tuple[Priced, ...]:
    """Price these, counting all sizes and metals of a style together for its breaks.

    With `dated`, each gets the day it leaves, and whatever keeps it from being ordered; that asks the workshop.
    """
    of_style: dict[int, int] = defaultdict(int)
    for variant, quantity in wanted.items():
        of_style[variant.piece_id] += quantity
    tray = in_the_tray(wanted)
    return tuple(
        _priced(variant, quantity, of_style[variant.piece_id], tray.get(variant.pk), terms, brand, now, dated=dated)
        for variant, quantity in wanted.items()
    )


def _priced(
    variant: Variant, quantity: int, of_style: int, stock: Stock | None, terms: Terms, brand: Brand, now: datetime, *, dated: bool,
) -> Priced:  # fmt: skip
    retail = price_of(variant=variant, brand=brand)
    price = trade_price(sku=variant.sku, retail_net_minor=retail.net_minor, pieces_of_style=of_style, terms=terms)
    from_tray = min(quantity, stock.available if stock else 0)
    made_on, problem = _made_on(variant, quantity - from_tray, now=now) if dated else (None, "")
    return Priced(
        variant=variant, quantity=quantity, price=price, from_tray=from_tray, vat_rate_bp=retail.vat_rate_bp,
        tray_on=leaves_on(stock.site, now=now) if dated and stock and from_tray else None, made_on=made_on,
        next=None if price.is_fixed else next_break(of_style, terms), problem=problem,
    )  # fmt: skip


def _made_on(variant: Variant, pieces: int, *, now: datetime) -> tuple[date | None, str]:
    """When so many are made, and why they cannot be."""
    if not pieces:
        return None, ""
    try:
        _weighed(variant)
        found = workshop.promise(
            kind=variant.piece.kind, stones=variant.stone_count, engraving=False, plating=bool(variant.piece.plating),
            now=now, needs_approval=False, pieces=pieces,
        )  # fmt: skip
    except workshop.NotWeighedYet as silence:
        return None, str(silence)
    except (workshop.CannotPromise, workshop.UnknownKind, workshop.CannotWeigh):
        return None, _(
            "Of %(sku)s only what lies in the tray can be had now: the workshop names no day for more. Order fewer, or ask us."
        ) % {"sku": variant.sku}
    return found.on, ""


def draft_line(line: Priced, *, order: UUID) -> Iterable[DraftLine]:
    """The line as an order takes it: one part from the tray, one that is made, at the same price each."""
    if line.from_tray:
        yield _draft(line, "tray", line.from_tray, order=order, on=line.tray_on)
    if line.to_make:
        yield _draft(line, "made", line.to_make, order=order, on=line.made_on)


def _draft(line: Priced, part: str, quantity: int, *, order: UUID, on: date | None) -> DraftLine:
    variant, piece = line.variant, line.variant.piece
    if on is None:
        raise ValueError(f"{variant} has no day yet: price it with dates first")
    net = line.price.net_minor * quantity
    tax = rounded(Fraction(net * line.vat_rate_bp, 10_000))
    weighed = _weighed(variant)
    photo = next((p for p in piece.photos.all() if p.alloy in ("", variant.alloy)), None)
    return DraftLine(
        reference=line.key(order, part), purpose="stock" if part == "tray" else "custom",
        piece_reference=piece.reference, piece_slug=piece.slug, piece_name=piece.name, style_code=piece.style_code,
        kind=piece.kind, family=piece.family, alloy=variant.alloy, quantity=quantity, net_minor=net, tax_minor=tax,
        gross_minor=net + tax, tax_rate_bp=line.vat_rate_bp, promise_on=on, parameters=_measures(variant),
        sku=variant.sku, ring_inner_um=variant.ring_inner_um, length_um=variant.length_um,
        stones=_stones(variant, weighed), finish=piece.finish, plating=piece.plating, metal_mg=variant.metal_mg,
        trace={"lines": [line.price.trace]}, picture=photo.file.reference if photo else None, care=piece.care,
        holds_stock=part == "tray",
    )  # fmt: skip


def _measures(variant: Variant) -> dict[str, Any]:
    return variant.piece.parameters_for(ring_inner_um=variant.ring_inner_um, stone=None)


def _weighed(variant: Variant) -> workshop.Weighed:
    return workshop.weigh(family=variant.piece.family, parameters=_measures(variant), alloy=variant.alloy)


def _stones(variant: Variant, weighed: workshop.Weighed) -> tuple[DraftStone, ...]:
    """The stones of one piece as its exact model has them, in the species that the catalogue names."""
    if not variant.stone_species:
        return ()
    single = sum(group.count for group in weighed.stones) or 1
    pairs = max(variant.stone_count // single, 1)
    return tuple(
        DraftStone(
            species=variant.stone_species, cut=group.cut, length_um=group.length_um, width_um=group.width_um,
            mct=group.mct(variant.stone_species), count=group.count * pairs, grown=variant.stone_grown or "mined",
            treatment=variant.stone_treatment, origin=variant.stone_origin,
        )
        for group in weighed.stones
    )  # fmt: skip


def fineness(variant: Variant) -> str:
    """Parts per thousand of its metal, as it is punched."""
    return find_alloy(variant.alloy).fineness
