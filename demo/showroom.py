"""A day at the demo's counter: pieces laid out, sold for cash or by the terminal, orders collected, the till counted."""

from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from uuid import uuid4

from django.db.models import F, QuerySet

from demo import buying, counter, parcels
from demo.demand import times_of_day
from demo.dice import dice
from demo.floor import Day
from demo.guests import EVERYBODY
from demo.owed import do_what_is_owed
from demo.scene import Scene
from foundation.house.models import Site
from foundation.people.roles import Role
from packing.actions import note_arrival
from packing.models import Parcel
from production.planning.load import calendar_of
from store.catalogue.models import Stock, StockMovement
from store.counter.actions import Item, Sale, count_till, expected_minor, sell
from store.counter.models import TillCount
from store.counter.waiting import to_collect
from store.orders import actions as orders
from store.orders.models import Order
from store.orders.models.orders import DeliveryState, MoneyState

VISITORS = {0: 52, 1: 36, 2: 12}
"""How many buy on a day, and how likely."""
LAID_OUT_ON, LOOKED_THROUGH_ON, BANKED_ON = (1, 4), 3, 5
"""ISO weekdays: pieces come from London; one goes back there, every other week; what the till has goes to the bank."""
MOST_IN_CASH, STAYS = 450_00, 100_00
"""Above this nobody brings cash; so much stays in the till."""
NOTES = (10_00, 20_00, 50_00)
MISCOUNTED_EVERY = 9
COMES_TODAY = 0.25
"""How likely somebody comes, on a day, for what waits for them."""


def open_doors(scene: Scene, today: Day, day: date) -> None:
    """Everything of the showroom's day, at its hours."""
    site = Site.objects.select_related("seller").filter(code=counter.SHOWROOM["code"]).first()
    if site is None or not (hours := calendar_of(site)).works_on(day):
        return
    opens, closes = (datetime.combine(day, at, tzinfo=hours.zone) for at in (hours.opens_at, hours.closes_at))
    last = closes - timedelta(minutes=100)  # the demo's day ends by the workshop's midnight
    odds = dice(scene.seed, "counter", day)
    many = odds.choices(list(VISITORS), list(VISITORS.values()))[0]
    today.at(opens, lambda _at: lay_out(scene, site, day))
    for n, at in enumerate(times_of_day(odds, opens + timedelta(minutes=30), last, many)):
        today.at(at, partial(_sell_one_at, scene, site, dice(scene.seed, "sale", day, n)))
    today.at(opens + timedelta(hours=2, minutes=20), lambda _at: hand_over(scene, day))
    today.at(last + timedelta(minutes=5), lambda _at: count(scene, site, day))


def lay_out(scene: Scene, site: Site, day: date) -> None:
    """The tray is filled up from London; now and then a piece that was asked for by post goes back."""
    london, by = Site.objects.get(code="london"), scene.people[Role.SALES]
    if day.isoweekday() in LAID_OUT_ON:
        lying = Stock.objects.filter(site=site, on_hand__gt=0).count()
        counter.lay_out(site, london, by=by, many=max(0, counter.PIECES - lying), on=f"{day}")
    if day.isoweekday() == LOOKED_THROUGH_ON and day.isocalendar().week % 2:
        rows = Stock.objects.filter(site=site, held=0, on_hand__gt=0).select_related("variant").order_by("pk")
        if (row := rows.first()) and row.variant:
            counter.move(row.variant, site, london, by=by, note="asked for in the shop", on=f"{day}")


def _sell_one_at(scene: Scene, site: Site, odds: Random, _at: datetime) -> None:
    sell_one(scene, site, odds)


def sell_one(scene: Scene, site: Site, odds: Random) -> None:
    """Somebody takes a piece with them; one in two leaves a name for the receipt."""
    rows = Stock.objects.filter(site=site, variant__isnull=False, variant__withdrawn_at=None, on_hand__gt=0)
    lying = [row for row in rows.select_related("variant").order_by("pk") if row.available]
    if not lying or (variant := odds.choice(lying).variant) is None:
        return
    minor = variant.price_minor
    cash = minor <= MOST_IN_CASH and odds.random() < 0.6
    guest = odds.choice([one for one in EVERYBODY[1:] if one.country == "GB"]) if odds.random() < 0.5 else None
    sale = Sale(
        reference=uuid4(), items=(Item(variant.sku),), method="cash" if cash else "terminal", language="en",
        tendered_minor=_tendered(minor, odds) if cash else 0, slip="" if cash else f"T{odds.randrange(10**6):06}",
        name=guest.name if guest else "", email=guest.email if guest else "",
    )  # fmt: skip
    sell(sale=sale, site=site, now=scene.now, by=scene.people[Role.SALES])
    do_what_is_owed()


def _tendered(minor: int, odds: Random) -> int:
    """In notes, or to the penny."""
    note = odds.choice(NOTES)
    return -(-minor // note) * note if odds.random() < 0.8 else minor


def ready_to_collect() -> QuerySet[Order]:
    """Orders that lie at the counter, paid for."""
    return to_collect().filter(delivery_state=DeliveryState.PACKED, money=MoneyState.PAID)


def hand_over(scene: Scene, day: date) -> None:
    """Who has an order waiting comes within some days of its arrival, and says their name."""
    for order in ready_to_collect():
        if dice(scene.seed, "collects", order.pk, day).random() < COMES_TODAY:
            orders.hand_over(order=order, to=order.name, at=scene.now, by=scene.people[Role.SALES])
            do_what_is_owed()


def leave_one_to_collect(scene: Scene) -> None:
    """See that an order waits to be collected: where none does, somebody buys from the tray, and it is brought over."""
    if ready_to_collect().exists():
        return
    tray = Stock.objects.filter(variant__isnull=False, variant__withdrawn_at=None, site__is_showroom=False)
    stock = tray.filter(on_hand__gt=F("held") + 1).select_related("variant__piece").order_by("pk").first()
    if stock is None or stock.variant is None:
        return
    guest = next(one for one in reversed(EVERYBODY) if one.country == "GB")
    order = buying.order_ready(
        stock.variant, guest, brand=scene.brand, people=scene.people, now=scene.now, gift_note="", delivery="collection"
    )
    buying.pay_by_card(order, now=scene.now)
    do_what_is_owed()
    parcel = Parcel.objects.get(order_number=order.number)
    parcels.pack(parcel, people=scene.people, now=scene.now)
    parcels.send(parcel, people=scene.people, tracking_number="")
    note_arrival(parcel=parcel, by=scene.people[Role.SALES])
    do_what_is_owed()


def count(scene: Scene, site: Site, day: date) -> None:
    """The till is counted on days on which cash came, and on Fridays; what is more than stays there is banked then."""
    expected = expected_minor(site)
    last = TillCount.objects.filter(till__site=site).last()
    left = last.counted_minor - last.banked_minor if last else 0
    banks = day.isoweekday() == BANKED_ON and expected > STAYS
    if expected == left and not banks:
        return
    short = 1_00 if TillCount.objects.count() % MISCOUNTED_EVERY == MISCOUNTED_EVERY - 1 else 0
    counted = max(0, expected - short)
    count_till(
        site=site, reference=uuid4(), counted_minor=counted, banked_minor=(counted - STAYS) // 10_00 * 10_00 if banks else 0,
        note="A pound too much was given as change." if short else "", at=scene.now, by=scene.people[Role.SALES],
    )  # fmt: skip
    do_what_is_owed()


def moved_both_ways() -> bool:
    """Whether pieces went to the showroom and back."""
    places = StockMovement.objects.filter(kind="moved", quantity__gt=0).values_list("stock__site__code", flat=True)
    return {"showroom", "london"} <= set(places)
