"""The demo's showroom: a counter in London, a way to collect there, and a few pieces moved out of the office's tray."""

from uuid import NAMESPACE_URL, uuid5

from foundation.house.models import Calendar, DeliveryMethod, Site
from foundation.people.models import User
from store.catalogue.actions import OutOfStock, transfer_stock
from store.catalogue.models import Stock, Variant

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
    lay_out(site, london, by=by)
    return site


def lay_out(site: Site, london: Site, *, by: User, many: int = PIECES, on: str = "") -> None:
    """One of each of so many designs that do not lie there and of which London has more than one to spare: the first, or
    on a day `on` those whose turn it is.
    """
    lying = Stock.objects.filter(site=site, on_hand__gt=0).values("variant__piece")
    rows = Stock.objects.filter(site=london, variant__withdrawn_at=None, on_hand__gte=2)
    rows = rows.exclude(variant__piece__in=lying).select_related("variant__piece")
    found = [
        row.variant for row in rows.order_by("variant__piece__position", "pk") if row.variant and row.available > 1
    ]
    if on:
        found.sort(key=lambda variant: uuid5(NAMESPACE_URL, f"{on}:{variant.sku}"))
    seen: set[int] = set()
    for variant in found:
        if variant.piece_id not in seen and len(seen) < many:
            seen.add(variant.piece_id)
            move(variant, london, site, by=by, note="for the showroom", on=on)


def move(variant: Variant, source: Site, to: Site, *, by: User, note: str, on: str) -> None:
    """One piece from one tray to the other, once a day."""
    key = f"demo:showroom:{to.code}:{on}:{variant.sku}" if on else f"demo:showroom:{variant.sku}"
    try:
        transfer_stock(
            item=variant, source=source, to=to, quantity=1, by=by, note=note, transfer=uuid5(NAMESPACE_URL, key)
        )
    except OutOfStock:
        return
