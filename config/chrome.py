"""What stands round every page: the shop's head and foot, the workshop's rail. Made only when a layout asks for it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from foundation.house.models import Brand, Seller
from foundation.people.models import User
from foundation.people.roles import MAKERS, OFFICE, WORKSHOP, Role
from store.catalogue.brands import shop_brand
from store.catalogue.models import Collection


@dataclass(frozen=True)
class Place:
    """A page of the house: its name in the rail, its address, and whose it is."""

    label: object
    icon: str
    page: str
    roles: tuple[str, ...]


SHELVES, IMPRINT, KEPT_S = "chrome.shelves", "chrome.imprint", 600
MANAGERS = (Role.PRODUCTION_MANAGER, Role.ADMIN)
RAIL: list[tuple[object, list[Place]]] = [
    (
        gettext_lazy("Workshop"),
        [
            Place(gettext_lazy("Board"), "board", "board:board", WORKSHOP),
            Place(gettext_lazy("My bench"), "gem", "board:mine", (*MAKERS, Role.INSPECTOR)),
            Place(gettext_lazy("Casting"), "flask", "board:casting", (Role.CASTER, *MANAGERS)),
            Place(gettext_lazy("Quality"), "loupe", "board:quality", (Role.INSPECTOR, *MANAGERS)),
            Place(gettext_lazy("Packing"), "box", "packing:station", (Role.PACKER, Role.SALES, *MANAGERS)),
            Place(gettext_lazy("Load"), "ruler", "board:load", MANAGERS),
            Place(gettext_lazy("Metal"), "scale", "board:metal", (Role.CASTER, *MANAGERS)),
        ],
    ),
    (
        gettext_lazy("Shop"),
        [
            Place(gettext_lazy("Orders"), "basket", "orders:list", OFFICE),
            Place(gettext_lazy("Quotes"), "paper", "quotes:list", OFFICE),
            Place(gettext_lazy("Returns"), "back", "returns:list", (*OFFICE, Role.PACKER)),
            Place(gettext_lazy("Counter"), "coins", "counter:counter", (Role.SALES, Role.ADMIN)),
            Place(gettext_lazy("Trade"), "people", "trade:companies", OFFICE),
            Place(gettext_lazy("Catalogue"), "ring", "catalogue:list", OFFICE),
            Place(gettext_lazy("Fixings"), "calendar", "board:fixings", OFFICE),
        ],
    ),
    (
        gettext_lazy("Office"),
        [
            Place(gettext_lazy("Letters"), "letter", "office:letters", OFFICE),
            Place(gettext_lazy("Work"), "clock", "office:work", OFFICE),
            Place(gettext_lazy("Findings"), "warn", "office:findings", OFFICE),
            Place(gettext_lazy("People"), "people", "office:people", (Role.ADMIN,)),
            Place(gettext_lazy("House"), "house", "office:house", (Role.ADMIN,)),
        ],
    ),
]


def chrome(request: HttpRequest) -> dict[str, Any]:
    """`chrome` and `rail` for the layouts; a page that gives its own is heard first."""
    return {"chrome": SimpleLazyObject(lambda: _shop(request)), "rail": SimpleLazyObject(lambda: _rail(request))}


def _shop(request: HttpRequest) -> dict[str, Any]:
    shown: list[tuple[str, str]] = cache.get_or_set(SHELVES, _shelves, KEPT_S) or []
    sold_by: dict[str, str] = cache.get_or_set(IMPRINT, _sold_by, KEPT_S) or {"brand": "Ajour"}
    nav = [
        {"label": name, "href": href, "current": request.path.startswith(href)}
        for slug, name in shown
        if (href := _to("shop:collection", slug))
    ]
    return {
        "brand": sold_by["brand"],
        "home": _to("shop:home"),
        "nav": nav,
        "search": _to("shop:search"),
        "query": request.GET.get("q", ""),
        "account": _to("aftercare:mine"),
        "basket": _to("baskets:basket"),
        "basket_count": int(request.COOKIES.get("basket_count", "0") or 0) if _counted(request) else 0,
        "footer": _footer(),
        "small_print": _("Made to order in our own workshop. Prices include VAT."),
        "sold_by": sold_by,
    }


def _sold_by() -> dict[str, str]:
    """Who sells here, as the house's facts have it: the law wants a company's name, address and a way to write to it."""
    try:
        brand = shop_brand()
    except Brand.DoesNotExist:
        return {"brand": "Ajour"}
    address = ", ".join(line.strip() for line in brand.seller.address.splitlines() if line.strip())
    facts = {"legal_name": brand.seller.legal_name, "address": address, "vat_number": brand.seller.vat_number}
    return {"brand": brand.name, "email": brand.contact_email, **facts}


@receiver([post_save, post_delete], sender=Brand)
@receiver([post_save, post_delete], sender=Seller)
def _forget_imprint(**said: Any) -> None:
    transaction.on_commit(lambda: cache.delete(IMPRINT))


def _shelves() -> list[tuple[str, str]]:
    """The shop's top shelves, which stand on every page and change a few times a year."""
    return list(Collection.objects.filter(inside=None).values_list("slug", "name").order_by("position"))


@receiver([post_save, post_delete], sender=Collection)
def _forget_shelves(**said: Any) -> None:
    transaction.on_commit(lambda: cache.delete(SHELVES))


def _counted(request: HttpRequest) -> bool:
    return request.COOKIES.get("basket_count", "").isdigit()


def _footer() -> list[dict[str, Any]]:
    help_ = [
        (_("Ring sizes"), "shop:ring_sizes"),
        (_("Hallmarks"), "shop:hallmarks"),
        (_("Delivery"), "shop:delivery"),
        (_("Withdraw from a contract"), "returns:withdraw"),
    ]
    house = [
        (_("Your orders"), "aftercare:mine"),
        (_("For retailers"), "trade:front"),
        (_("Staff sign-in"), "account_login"),
    ]
    columns = [(_("Help"), help_), (_("House"), house)]
    return [
        {"title": title, "links": [{"label": label, "href": href} for label, page in links if (href := _to(page))]}
        for title, links in columns
    ]


def _rail(request: HttpRequest) -> dict[str, Any]:
    user = request.user
    if not isinstance(user, User):
        return {}
    sections: list[dict[str, Any]] = [
        {"title": title, "links": links}
        for title, places in RAIL
        if (links := [_link(place) for place in places if user.has_role(*place.roles) and _to(place.page)])
    ]
    every = [link for section in sections for link in section["links"]]
    _mark_nearest(every, request.path)
    me = [{"label": _("Sign out"), "href": _to("account_logout"), "icon": "out"}]
    return {"home": every[0]["href"] if every else "/", "near": every[:4], "sections": sections, "me": me}


def _link(place: Place) -> dict[str, Any]:
    return {"label": place.label, "icon": place.icon, "href": _to(place.page)}


def _mark_nearest(links: list[dict[str, Any]], path: str) -> None:
    """One place is where the reader is: on its own page, or on one that lies under it and under no other."""
    over = [link for link in links if path.startswith(link["href"])]
    if over:
        max(over, key=lambda link: len(link["href"]))["current"] = True


def _to(page: str, *args: str) -> str:
    """The page's address in the reader's language, or "" where this house has no such page."""
    return _reversed(get_language() or "", page, args)


@lru_cache(maxsize=512)
def _reversed(language: str, page: str, args: tuple[str, ...]) -> str:
    try:
        return reverse(page, args=args)
    except NoReverseMatch:
        return ""
