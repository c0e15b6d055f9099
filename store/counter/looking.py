"""What lies in a showroom's tray, found by a name, a stock number or a scanner; and what is on the till now."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Prefetch, Q

from foundation.files.links import picture
from foundation.house.models import Site
from store.catalogue.models import Photo, Stock, Variant
from store.catalogue.pictures import first_in, shown_in
from store.catalogue.wording import alloy_name, ring_size, stones_of

MOST_SHOWN = 24


@dataclass(frozen=True)
class Row:
    """A variant in the tray, in words. `here` is how many are free, `many` how many are on the till."""

    variant: Variant
    words: str
    photo: Any
    shown_in: str
    here: int
    many: int
    more: str
    fewer: str

    @property
    def gross_minor(self) -> int:
        return self.variant.price_minor * self.many


def showrooms() -> list[Site]:
    """The sites that have a counter."""
    return list(Site.objects.select_related("seller").filter(is_showroom=True).order_by("pk"))


def rows_of(site: Site, skus: list[str], *, words: str = "") -> tuple[list[Row], list[Row]]:
    """What is on the till, and what is found in the tray by these words (everything, where there are none)."""
    many = Counter(skus)
    photos = Prefetch("variant__piece__photos", Photo.objects.select_related("file"))
    stocks = Stock.objects.filter(site=site, variant__isnull=False, variant__withdrawn_at=None)
    stocks = stocks.select_related("variant__piece").prefetch_related(photos).order_by("variant__piece__name", "pk")
    on_till = [_row(stock, many, site) for stock in stocks.filter(variant__sku__in=many)]
    found = stocks.filter(on_hand__gt=F("held"))
    for word in words.split():
        found = found.filter(
            Q(variant__sku__icontains=word)
            | Q(variant__piece__name__icontains=word)
            | Q(variant__piece__words__icontains=word)
            | Q(variant__stone_species__icontains=word)
        )
    return on_till, [_row(stock, many, site) for stock in found[:MOST_SHOWN]]


def address_of(site: Site, many: Counter[str]) -> str:
    """The counter's page with this on the till."""
    return "?" + urlencode([("site", site.code), *(("item", sku) for sku in sorted(many.elements()))])


def _row(stock: Stock, many: Counter[str], site: Site) -> Row:
    variant = stock.variant
    if variant is None:
        raise ValueError(f"{stock} is not of a piece")
    photo = first_in(variant.piece.photos.all(), variant.alloy)
    words = (
        alloy_name(variant.alloy),
        ring_size(variant.ring_inner_um) if variant.ring_inner_um else "",
        stones_of(variant),
    )
    return Row(
        variant=variant, words=" · ".join(str(word) for word in words if word),
        photo=picture(photo.file, alt="", widths=(160,)) if photo else None,
        shown_in=shown_in(photo, variant.alloy), here=stock.available,
        many=many[variant.sku], more=address_of(site, many + Counter([variant.sku])),
        fewer=address_of(site, many - Counter([variant.sku])),
    )  # fmt: skip
