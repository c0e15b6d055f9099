"""Filters as they stand in an address: read, written, and each dropped again. No query is asked here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from foundation.money import Money, NotAnAmount, format_money, parse_money
from store.catalogue.wording import is_swatch, ring_size, stone_kind_name, swatch_name
from store.pricing.wanted import MADE, READY, Wanted

FIRST, CHEAPEST, DEAREST = "first", "cheapest", "dearest"
LONGEST_WORDS = 80


@dataclass(frozen=True)
class Asked:
    """What a list's address asks for."""

    wanted: Wanted
    sort: str
    words: str
    page: int
    currency: str
    params: tuple[tuple[str, str], ...]

    def address(self, *, without: Iterable[tuple[str, str]] = ()) -> str:
        """The address's question without some of its answers, back on the first page."""
        dropped = set(without)
        query = QueryDict(mutable=True)
        for key, value in self.params:
            if key != "page" and (key, value) not in dropped:
                query.appendlist(key, value)
        return "?" + query.urlencode()

    @property
    def for_pager(self) -> str:
        """The address's question, ending ready for page=."""
        bare = self.address().removeprefix("?")
        return f"{bare}&" if bare else ""


def read(params: QueryDict, *, currency: str) -> Asked:
    """What is asked for. What makes no sense is left out: an address that somebody mangled still shows a list."""
    params = _without_nul(params)
    size = params.get("size", "")
    wanted = Wanted(
        metals=frozenset(code for code in params.getlist("metal") if is_swatch(code)),
        stones=frozenset(code for code in params.getlist("stone") if is_stone_kind(code)),
        when=frozenset(params.getlist("when")) & {READY, MADE},
        size_um=int(size) if size.isascii() and size.isdigit() and len(size) < 6 else None,
        price_from_minor=_minor(params.get("from", ""), currency),
        price_to_minor=_minor(params.get("to", ""), currency),
    )
    sort, page = params.get("sort", FIRST), params.get("page", "1")
    return Asked(
        wanted=wanted, currency=currency, words=" ".join(params.get("q", "").split())[:LONGEST_WORDS],
        sort=sort if sort in (CHEAPEST, DEAREST) else FIRST,
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        params=tuple((key, value) for key, values in params.lists() for value in values if value),
    )  # fmt: skip


def _without_nul(params: QueryDict) -> QueryDict:
    """The address without the one letter that no database keeps."""
    clean = QueryDict(mutable=True)
    for key, values in params.lists():
        clean.setlist(key, [value.replace("\x00", "") for value in values])
    return clean


def applied(asked: Asked) -> list[dict[str, str]]:
    """The filters that are on, each with the address that drops it."""
    wanted = asked.wanted
    on = [("metal", code, swatch_name(code)) for code in sorted(wanted.metals)]
    on += [("stone", code, stone_kind_name(code)) for code in sorted(wanted.stones)]
    on += [("when", code, when_name(code)) for code in sorted(wanted.when)]
    on += (
        [("size", str(wanted.size_um), _("Size %(size)s") % {"size": ring_size(wanted.size_um)})]
        if wanted.size_um
        else []
    )
    pills = [{"label": label, "href": asked.address(without=[(key, value)])} for key, value, label in on]
    return pills + _price_pill(asked)


def when_name(code: str) -> str:
    """A filter's value for when it can be had, in words."""
    return _("Ready now") if code == READY else _("Made to order")


def _price_pill(asked: Asked) -> list[dict[str, str]]:
    low, high = asked.wanted.price_from_minor, asked.wanted.price_to_minor
    if low is None and high is None:
        return []
    label = {
        (True, True): _("%(low)s to %(high)s"), (True, False): _("From %(low)s"), (False, True): _("Up to %(high)s"),
    }[(low is not None, high is not None)] % {"low": _money(low, asked), "high": _money(high, asked)}  # fmt: skip
    return [{"label": label, "href": asked.address(without=[p for p in asked.params if p[0] in ("from", "to")])}]


def _money(minor: int | None, asked: Asked) -> str:
    return format_money(Money(minor or 0, asked.currency), "en-GB").removesuffix(".00")


def _minor(typed: str, currency: str) -> int | None:
    try:
        return parse_money(typed, currency).minor if typed.strip() and len(typed) < 15 else None
    except NotAnAmount:
        return None


def is_stone_kind(kind: str) -> bool:
    """Whether any stone is called so."""
    try:
        return bool(stone_kind_name(kind))
    except LookupError:
        return False


def values(counts: dict[str, int], chosen: Iterable[str], name: Any, *, discs: bool = False) -> list[dict[str, Any]]:
    """The values of one filter as the page shows them: most pieces first, those that are on kept although none is left."""
    every = {**dict.fromkeys(chosen, 0), **counts}
    ordered = sorted(every.items(), key=lambda pair: (-pair[1], pair[0]))
    on = set(chosen)
    return [
        {"value": code, "label": name(code), "count": n, "checked": code in on, "metal": code if discs else ""}
        for code, n in ordered
    ]
