"""A showroom with a counter, for the tests of it."""

from uuid import uuid4

from foundation.house.models import DeliveryMethod, Site
from store.catalogue.actions import transfer_stock
from store.counter.actions import Item, Sale


def showroom(cast):
    """London's showroom, and the way to collect there."""
    brand, _london = cast.house()
    site, _ = Site.objects.get_or_create(
        code="showroom", defaults={"name": "London showroom", "seller": brand.seller, "address": "14 Lamb Street\nLondon",
                                   "country": "GB", "time_zone": "Europe/London", "is_showroom": True},
    )  # fmt: skip
    DeliveryMethod.objects.get_or_create(
        seller=brand.seller, code="collection", defaults={"name": "Collected", "price_minor": 0, "days": 0,
                                                          "carrier": "", "collected_at": site, "countries": ["GB"]},
    )  # fmt: skip
    return site


def laid_out(cast, site, by, *, many=1, price_minor=120_000, slug="sill"):
    """A variant with so many in the showroom's tray, come from London's."""
    _brand, london = cast.house()
    variant = cast.variant(cast.ring(slug), on_hand=many, price_minor=price_minor)
    transfer_stock(item=variant, source=london, to=site, quantity=many, transfer=uuid4(), by=by)
    return variant


def cash_sale(variant, *, tendered_minor=None, quantity=1, **more):
    told = {
        "reference": uuid4(), "items": (Item(variant.sku, quantity),), "method": "cash", "language": "en",
        "tendered_minor": variant.price_minor * quantity if tendered_minor is None else tendered_minor,
        "name": "Mara Vogel", "phone": "+44 20 7946 0001",
    }  # fmt: skip
    return Sale(**(told | more))
