"""The demo's showroom: a counter in London, a way to collect there, and a few pieces moved out of the office's tray."""

from uuid import NAMESPACE_URL, uuid5

from foundation.house.models import Calendar, DeliveryMethod, Site
from foundation.people.models import User
from store.catalogue.actions import OutOfStock, transfer_stock
from store.catalogue.models import Stock

PIECES = 8
SHOWROOM = {
    "code": "showroom", "name": "London showroom", "address": "16 Lamb Street\nLondon E1 6EA\nUnited Kingdom",
    "country": "GB", "time_zone": "Europe/London", "is_showroom": True,
}  # fmt: skip


def open_showroom(*, by: User) -> Site | None:
    """The showroom, once, beside whatever the house has: answers it where it is new."""
    london = Site.objects.select_related("seller").filter(code="london").first()
    if london is None or Site.objects.filter(code=SHOWROOM["code"]).exists():
        return None
    site = Site.objects.create(seller=london.seller, **SHOWROOM)
    hours = Calendar.objects.filter(site=london).first()
    if hours is not None:
        Calendar.objects.create(
            site=site, weekdays=[1, 2, 3, 4, 5, 6], opens_at=hours.opens_at, closes_at=hours.closes_at
        )
    last = london.seller.delivery_methods.count()
    DeliveryMethod.objects.create(
        seller=london.seller, code="collection", name="Collected at the London showroom", countries=["GB"],
        price_minor=0, days=0, carrier="", collected_at=site, position=last,
    )  # fmt: skip
    _lay_out(site, london, by)
    return site


def _lay_out(site: Site, london: Site, by: User) -> None:
    """One of each of the first few designs of which London has more than one to spare."""
    rows = Stock.objects.filter(site=london, variant__withdrawn_at=None, on_hand__gte=2).select_related(
        "variant__piece"
    )
    seen: set[int] = set()
    for row in rows.order_by("variant__piece__position", "pk"):
        variant = row.variant
        if variant is None or variant.piece_id in seen or len(seen) == PIECES:
            continue
        seen.add(variant.piece_id)
        try:
            transfer_stock(
                item=variant, source=london, to=site, quantity=1, by=by, note="for the showroom",
                transfer=uuid5(NAMESPACE_URL, f"demo:showroom:{variant.sku}"),
            )  # fmt: skip
        except OutOfStock:
            continue
