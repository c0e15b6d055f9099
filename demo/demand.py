"""What is ordered on a day: quiet months, then weeks that grow busier, until as many bags lie in the workshop as were wanted; so it stays."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from django.db.models import F

from demo import buying
from demo.dice import dice
from demo.guests import ENGRAVINGS, EVERYBODY, GIFT_NOTES, WISHES, Guest
from demo.pieces import LARGE, MEDIUM, SMALL_SIZE
from demo.scene import Scene
from foundation.people.roles import Role
from production.tickets.models import Ticket
from store.catalogue.models import Piece, Stock, StoneChoice, Variant
from store.orders.models import Order
from store.pricing.choices import Choice

QUIET, GROWING_DAYS, FULL_DAYS = 5, 17, 16
"""Bags in the workshop in quiet weeks; the working days in which they become as many as wanted, and those in which they stay
so many: long enough for bags of every age, so that they lie spread over the benches."""
MOST_A_DAY = 8
READY_EVERY = 0.55
SIZES = (MEDIUM, MEDIUM, LARGE, SMALL_SIZE)
LIKED = {"AU750Y": 5, "AU750W-Pd": 3, "AU750R": 3, "PT950Ru": 2}
COLLECTS_MADE, COLLECTS_READY = 0.12, 0.3
"""How likely somebody in the country comes to the showroom for it."""
MARAS_EVERY = 19
"""Every so manyth order to be made is Mara's, who can sign in and look."""


def wanted_to_be_made(scene: Scene, *, days_left: int, bags: int) -> int:
    """How many pieces are ordered to be made on a day after which so many working days follow."""
    lying = Ticket.objects.in_the_workshop().count()
    grown_days = GROWING_DAYS + FULL_DAYS - days_left
    if grown_days <= 0:
        odds = dice(scene.seed, "demand", scene.clock.at.date())
        return int(lying < QUIET * 2 and odds.random() < 0.5)
    target = QUIET + (bags - QUIET) * min(grown_days, GROWING_DAYS) // GROWING_DAYS
    return max(0, min(MOST_A_DAY, target - lying))


def order_one_to_be_made(scene: Scene, *, again: int = 0) -> Order | None:
    """Somebody chooses a piece, its metal, size and stone, and pays the deposit. None where their stone is gone: the next
    one, asked `again`, chooses otherwise.
    """
    n = Order.objects.count()
    odds = dice(scene.seed, "made", n, again)
    choice = choose(odds)
    if choice is None:
        return None
    wish = odds.choice(WISHES) if odds.random() < 0.25 else ""
    note = odds.choice(GIFT_NOTES) if odds.random() < 0.15 else ""
    guest = _guest(odds, n)
    order = buying.order_made(
        choice, guest, brand=scene.brand, people=scene.people, now=scene.now, wish=wish, gift_note=note,
        delivery=_way(guest, odds, COLLECTS_MADE),
    )  # fmt: skip
    pay(scene, order, odds)
    return order


def order_one_from_the_tray(scene: Scene) -> Order | None:
    """Somebody buys what lies there; one in twelve leaves the payment page and does not come back."""
    n = Order.objects.count()
    odds = dice(scene.seed, "ready", n)
    lying = Stock.objects.filter(variant__isnull=False, variant__withdrawn_at=None, site__is_showroom=False)
    free = lying.filter(on_hand__gt=F("held") + 1)
    found = list(free.order_by("pk").values_list("variant_id", flat=True))
    if not found:
        return None
    variant = Variant.objects.select_related("piece").get(pk=odds.choice(found))
    note = odds.choice(GIFT_NOTES) if odds.random() < 0.3 else ""
    guest = _guest(odds, n)
    order = buying.order_ready(
        variant, guest, brand=scene.brand, people=scene.people, now=scene.now, gift_note=note,
        delivery=_way(guest, odds, COLLECTS_READY),
    )  # fmt: skip
    if odds.random() > 1 / 12:
        pay(scene, order, odds)
    return order


def pay(scene: Scene, order: Order, odds: Random) -> None:
    """Three in four pay by card, the others by transfer."""
    if odds.random() < 0.75:
        buying.pay_by_card(order, now=scene.now)
    else:
        buying.pay_by_transfer(order, people=scene.people, now=scene.now)


def times_of_day(odds: Random, opens: datetime, closes: datetime, many: int) -> Iterator[datetime]:
    """So many moments of a day."""
    for share in sorted(odds.random() for _ in range(many)):
        yield opens + (closes - opens) * share


def lay_in_stock(scene: Scene) -> None:
    """What was sold from the tray is made again, four at a time. A showroom is filled from there."""
    low = Stock.objects.filter(variant__isnull=False, on_hand__lte=1, site__is_showroom=False)
    for stock in low.select_related("variant__piece", "site"):
        from_bench = scene.people[Role.ADMIN]
        buying.restock(stock, many=4, by=from_bench)


def _way(guest: Guest, odds: Random, likely: float) -> str:
    return "collection" if guest.country == "GB" and odds.random() < likely else guest.delivery


def _guest(odds: Random, n: int) -> Guest:
    return EVERYBODY[0] if n % MARAS_EVERY == MARAS_EVERY - 2 else odds.choice(EVERYBODY[1:])


def choose(odds: Random) -> Choice | None:
    """A piece with its metal, size, stone and words. None where its stone is gone."""
    pieces = (
        Piece.objects.on_show().filter(made_to_order=True).select_related("brand__seller").order_by("position", "pk")
    )
    piece = odds.choice(list(pieces.prefetch_related("metals", "stones")))
    stones: list[StoneChoice] = [stone for stone in piece.stones.all() if not stone.withdrawn_at]
    stone = _stone(odds, stones)
    if stones and stone is None:
        return None
    metals = [metal.alloy for metal in piece.metals.all()]
    alloy = odds.choices(metals, [LIKED.get(one, 1) for one in metals])[0]
    size = odds.choice(SIZES) if piece.is_ring else None
    text = odds.choice(ENGRAVINGS) if piece.is_ring and odds.random() < 0.45 else ""
    text = text[: piece.engraving_most]
    return Choice(piece, alloy, size, stone, text, "inside" if text else "")


def _stone(odds: Random, stones: list[StoneChoice]) -> StoneChoice | None:
    """Mostly one of many alike; the first with a report stays for whoever comes next."""
    plenty = [stone for stone in stones if not stone.report_number]
    single = [stone for stone in stones if stone.report_number and buying.stones_left(stone)][1:]
    if single and (not plenty or odds.random() < 0.15):
        return odds.choice(single)
    return odds.choice(plenty) if plenty else None
