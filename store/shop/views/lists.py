"""A collection and the search: pieces on a list, with filters."""

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from store.catalogue.brands import shop_brand
from store.catalogue.models import Collection, Piece
from store.catalogue.wording import ring_size_long, sizes_between, stone_kind_name, swatch_name
from store.pricing.models import Listing, ListingQuerySet
from store.shop import filters
from store.shop.cards import cards
from store.shop.example import worked_example
from store.shop.filters import Asked
from store.shop.piece_page import account

PAGE = 24
SIZES_UM = (14_000, 21_500)


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """A shelf of the shop, filtered."""
    shelf = get_object_or_404(Collection.objects.select_related("inside"), slug=slug)
    brand = shop_brand()
    asked = filters.read(request.GET, currency=brand.seller.currency)
    rows = Listing.objects.filter(piece__collections=shelf)
    trail = [{"label": _("Home"), "href": reverse("shop:home")}]
    if shelf.inside:
        trail.append({"label": shelf.inside.name, "href": shelf.inside.get_absolute_url()})
    context = {"title": shelf.name, "text": shelf.text, "trail": trail, "kinds": _kinds(shelf), "brand": brand}
    if not asked.params and (example := worked_example(shelf)):
        context |= {"example": example, "account": account(example)}
    return _list(request, asked, rows, context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the words find, filtered."""
    brand = shop_brand()
    asked = filters.read(request.GET, currency=brand.seller.currency)
    found = found_by(asked.words) if asked.words else None
    rows = Listing.objects.filter(piece__in=found.values("pk")) if found is not None else Listing.objects.none()
    title = _("“%(words)s”") % {"words": asked.words} if asked.words else _("Search")
    trail = [{"label": _("Home"), "href": reverse("shop:home")}]
    context = {"title": title, "text": "", "trail": trail, "kinds": [], "is_search": True, "brand": brand}
    return _list(request, asked, rows, context, ranked=found)


def found_by(words: str) -> QuerySet[Piece]:
    """Pieces that all the words find, best first: each in any form of it; one that nothing has, as it is nearly spelt.

    Nearness is looked for last: it costs ten times as much, and "ring" is not near "wing" while there are rings.
    """
    query = SearchQuery(words, config="english", search_type="websearch")
    shown = Piece.objects.on_show()
    pieces = shown.alias(lower_words=Lower("words"), rank=SearchRank(F("search"), query))
    for word in words.lower().split():
        exact = Q(search=SearchQuery(word, config="english"))
        found = shown.filter(exact).order_by().exists()
        pieces = pieces.filter(exact if found else Q(lower_words__trigram_word_similar=word))
    return pieces.order_by("-rank", "position", "pk")


def _list(
    request: HttpRequest, asked: Asked, rows: ListingQuerySet, context: dict[str, Any], *, ranked: Any = None
) -> HttpResponse:
    counts = rows.counts(asked.wanted)
    shelf: Any = _Slice(counts.pieces, _in_order(rows, asked, ranked))
    page = Paginator(shelf, PAGE).get_page(asked.page)
    by_price = asked.sort != filters.FIRST
    shown = cards(list(page.object_list), wanted=asked.wanted, cheapest=by_price)
    on = filters.applied(asked)
    return render(
        request,
        "shop/list.html",
        context
        | {
            "asked": asked, "cards": shown, "page": page, "pieces": counts.pieces, "applied": on,
            "facets": _facets(asked, counts), "sizes": _sizes(asked), "sorts": _sorts(asked),
            "kept": [pair for pair in asked.params if pair[0] not in ("sort", "page")],
            "clear": f"?q={asked.words}" if asked.words else request.path,
            "low": request.GET.get("from", "")[:14], "high": request.GET.get("to", "")[:14],
            "empty": {} if counts.pieces else _nothing(rows, asked, on),
        },
    )  # fmt: skip


def _nothing(rows: ListingQuerySet, asked: Asked, on: list[dict[str, str]]) -> dict[str, str]:
    """What to do where nothing was found: drop the filter that stands most in the way."""
    if not on:
        text = _("Look for a metal, a stone, a piece’s name or a report number.")
        return {"title": _("Nothing found") if asked.words else _("What are you looking for?"), "text": text}
    left = [(_left(rows, asked, pill["href"]), pill) for pill in on]
    most, pill = max(left, key=lambda pair: pair[0])
    text = _("Without “%(filter)s” there are %(n)d.") % {"filter": pill["label"], "n": most}
    return {
        "title": _("Nothing has all of this"), "text": text, "href": pill["href"],
        "label": _("Drop “%(filter)s”") % {"filter": pill["label"]},
    }  # fmt: skip


def _left(rows: ListingQuerySet, asked: Asked, address: str) -> int:
    without = filters.read(QueryDict(address.removeprefix("?")), currency=asked.currency)
    return rows.counts(without.wanted).pieces


class _Slice:
    """A list whose length is known before and whose parts are fetched as they are asked for."""

    def __init__(self, length: int, fetch: Callable[[int, int], list[int]]) -> None:
        self.length, self.fetch = length, fetch

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, part: slice) -> list[int]:
        return self.fetch(part.start, part.stop)

    @cached_property
    def ordered(self) -> bool:
        """Paginator asks; the order is always said."""
        return True


def _in_order(rows: ListingQuerySet, asked: Asked, ranked: Any) -> Callable[[int, int], list[int]]:
    matching = rows.matching(asked.wanted)
    if asked.sort != filters.FIRST:
        priced = matching.cheapest_first(dearest=asked.sort == filters.DEAREST)
        return lambda start, stop: [pk for pk, _price in priced[start:stop]]
    pieces = ranked if ranked is not None else Piece.objects.on_show().order_by("position", "pk")
    having = pieces.filter(Exists(matching.order_by().filter(piece=OuterRef("pk")))).values_list("pk", flat=True)
    return lambda start, stop: list(having[start:stop])


def _facets(asked: Asked, counts: Any) -> list[dict[str, Any]]:
    wanted = asked.wanted
    return [
        {"name": "when", "legend": _("When you need it"),
         "values": filters.values(counts.when, wanted.when, filters.when_name)},
        {"name": "metal", "legend": _("Metal"),
         "values": filters.values(counts.metal, wanted.metals, swatch_name, discs=True)},
        {"name": "stone", "legend": _("Stone"),
         "values": filters.values(counts.stone, wanted.stones, stone_kind_name)},
    ]  # fmt: skip


def _sizes(asked: Asked) -> list[dict[str, Any]]:
    return [
        {"value": size, "label": ring_size_long(size), "chosen": size == asked.wanted.size_um}
        for size in sizes_between(*SIZES_UM)
    ]


def _sorts(asked: Asked) -> list[dict[str, Any]]:
    names = [
        (filters.FIRST, _("Best match") if asked.words else _("Our order")),
        (filters.CHEAPEST, _("Lowest price")),
        (filters.DEAREST, _("Highest price")),
    ]
    return [{"value": code, "label": name, "chosen": code == asked.sort} for code, name in names]


def _kinds(shelf: Collection) -> list[dict[str, Any]]:
    top = shelf.inside or shelf
    inside = list(top.shelves.order_by("position", "pk"))
    if not inside:
        return []
    every = {
        "label": _("All %(name)s") % {"name": top.name.lower()},
        "href": top.get_absolute_url(),
        "current": top == shelf,
    }
    return [every, *({"label": one.name, "href": one.get_absolute_url(), "current": one == shelf} for one in inside)]
