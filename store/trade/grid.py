"""The order pad as a page shows it: a row for each style and metal, a column for each size."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from foundation.files.links import Picture, picture
from foundation.house.models import Brand
from foundation.length import nearest
from store.catalogue.models import Variant
from store.catalogue.pictures import first_in, shown_in
from store.catalogue.wording import alloy_name, stones_of
from store.pricing.trade import Break, Terms, TradePrice, next_break
from store.trade.offer import Priced, in_the_tray, on_sale, price_each, price_lines


@dataclass(frozen=True)
class Cell:
    """One variant: how many are written down, and how many lie ready. Empty where a row has no such size."""

    sku: str = ""
    label: str = ""
    quantity: int = 0
    ready: int = 0


@dataclass(frozen=True)
class Row:
    """One style in one metal. Prices are net, in minor units; `net_minor` is the line's, `each_minor` one piece's."""

    name: str
    style: str
    detail: str
    picture: Picture | None
    shown_in: str
    each_minor: int
    retail_minor: int
    is_fixed: bool
    cells: tuple[Cell, ...]
    pieces: int
    net_minor: int
    next: Break | None
    next_missing: int


@dataclass(frozen=True)
class Sheet:
    """Rows that share their columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Pad:
    """The whole pad, and what it comes to, net."""

    sheets: tuple[Sheet, ...]
    lines: tuple[Priced, ...]
    pieces: int
    net_minor: int


def lay_out(quantities: Mapping[str, int], *, terms: Terms, brand: Brand, now: datetime) -> Pad:
    """The pad with these quantities by stock number."""
    variants = list(on_sale())
    wanted = {row: quantities[row.sku] for row in variants if quantities.get(row.sku)}
    lines = price_lines(wanted, terms=terms, brand=brand, now=now, dated=False)
    every = price_each(variants, terms=terms, brand=brand)
    ready = {pk: stock.available for pk, stock in in_the_tray(variants).items()}
    priced = {line.variant.pk: line for line in lines}
    rings = [row for row in variants if row.ring_inner_um]
    others = [row for row in variants if not row.ring_inner_um]
    sheets = [
        _sheet(title, rows, priced, every, ready, terms)
        for title, rows in ((_("Rings, by size"), rings), (_("Everything else"), others))
        if rows
    ]
    return Pad(tuple(sheets), lines, sum(line.quantity for line in lines), sum(line.net_minor for line in lines))


def _sheet(
    title: str, variants: list[Variant], priced: dict[int, Priced], every: dict[int, TradePrice], ready: dict[int, int], terms: Terms
) -> Sheet:  # fmt: skip
    labels = sorted({_measure(row) for row in variants})
    columns = [label for _um, label in labels]
    groups: dict[tuple[int, str], list[Variant]] = {}
    for row in variants:
        groups.setdefault((row.piece_id, row.alloy), []).append(row)
    styles: dict[int, int] = {}
    for line in priced.values():
        styles[line.variant.piece_id] = styles.get(line.variant.piece_id, 0) + line.quantity
    rows = tuple(_row(group, columns, priced, every, ready, styles, terms) for group in groups.values())
    return Sheet(title, tuple(columns), rows)


def _row(
    group: list[Variant], columns: list[str], priced: dict[int, Priced], every: dict[int, TradePrice], ready: dict[int, int],
    styles: dict[int, int], terms: Terms,
) -> Row:  # fmt: skip
    first, by_label = group[0], {_measure(row)[1]: row for row in group}
    lines = [priced[row.pk] for row in group if row.pk in priced]
    price = lines[0].price if lines else every[first.pk]
    of_style = styles.get(first.piece_id, 0)
    ahead = None if price.is_fixed else next_break(of_style, terms)
    photo = first_in(first.piece.photos.all(), first.alloy)
    words = [alloy_name(first.alloy), stones_of(first)]
    return Row(
        name=first.piece.name, style=first.piece.style_code, detail=", ".join(filter(None, words)),
        picture=picture(photo.file) if photo else None, shown_in=shown_in(photo, first.alloy), each_minor=price.net_minor,
        retail_minor=first.price_minor, is_fixed=price.is_fixed,
        cells=tuple(_cell(by_label.get(label), label, priced, ready) for label in columns),
        pieces=sum(line.quantity for line in lines), net_minor=sum(line.net_minor for line in lines),
        next=ahead, next_missing=ahead.from_pieces - of_style if ahead else 0,
    )  # fmt: skip


def _cell(variant: Variant | None, label: str, priced: dict[int, Priced], ready: dict[int, int]) -> Cell:
    if variant is None:
        return Cell(label=label)
    line = priced.get(variant.pk)
    return Cell(variant.sku, label, line.quantity if line else 0, ready.get(variant.pk, 0))


def _measure(variant: Variant) -> tuple[int, str]:
    """What tells variants of a style apart, as a column: (µm to sort by, its name)."""
    if variant.ring_inner_um:
        return variant.ring_inner_um, str(nearest("UK", variant.ring_inner_um).label)
    if variant.length_um:
        return variant.length_um, f"{variant.length_um // 1000} mm"
    return 0, _("Pieces")
