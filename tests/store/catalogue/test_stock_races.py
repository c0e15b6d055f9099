"""200 buyers, 10 rings, separate processes, the real database. The careless control proves that the race is real."""

import random
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db.models import Sum
from django.utils import timezone

from store.catalogue.actions import OutOfStock, expire_holds, hold_stock, take_stock
from store.catalogue.actions import stock as stock_actions
from store.catalogue.models import Hold, Stock, StockMovement, Variant
from tests.store import cast
from tests.store.races import PROCESSES, race

pytestmark = pytest.mark.django_db(transaction=True)

BUYERS_EACH = 10
RINGS = 10


def buy(variant_id: int) -> int:
    """One buyer: hold a ring and pay. Answers how many rings they got."""
    key = uuid4()
    try:
        hold_stock(item=Variant.objects.get(pk=variant_id), quantity=1, key=key, until=_later())
    except OutOfStock:
        return 0
    take_stock(key=key)
    return 1


def _later(minutes: int = 45):
    return timezone.now() + timedelta(minutes=minutes)


def test_200_buyers_of_10_rings_get_exactly_10():
    ring = cast.variant(cast.ring(), on_hand=RINGS)
    got = race(lambda _: sum(buy(ring.pk) for _ in range(BUYERS_EACH)))
    assert PROCESSES * BUYERS_EACH == 200
    assert sum(got) == RINGS
    stock = Stock.objects.of(ring).get()
    assert (stock.on_hand, stock.held) == (0, 0)
    assert StockMovement.objects.filter(kind="sold").aggregate(n=Sum("quantity"))["n"] == -RINGS
    assert Hold.objects.filter(state="taken").count() == RINGS


def test_without_the_guard_the_same_race_sells_too_many():
    """The negative control: read what is free, then write it. If this sells 10, the test above proves nothing."""
    ring = cast.variant(cast.ring(), on_hand=RINGS)

    def careless(_: int) -> int:
        sold = 0
        for _buyer in range(BUYERS_EACH):
            stock = Stock.objects.of(ring).get()
            if stock.on_hand >= 1:
                Stock.objects.filter(pk=stock.pk).update(on_hand=stock.on_hand - 1)
                sold += 1
        return sold

    assert sum(race(careless)) > RINGS


def test_baskets_with_the_same_rings_in_opposite_order_never_wait_for_each_other():
    piece = cast.ring()
    rings = [cast.variant(piece, on_hand=500) for _ in range(6)]

    def basket(number: int) -> int:
        chance = random.Random(number)
        for _ in range(5):
            chosen = chance.sample(rings, 4)
            _hold_all_in_stock_order(chosen)
        return 1

    assert sum(race(basket, processes=8)) == 8
    assert Stock.objects.aggregate(n=Sum("held"))["n"] == 8 * 5 * 4


def _hold_all_in_stock_order(chosen: list[Variant]) -> None:
    from django.db import transaction

    with transaction.atomic():
        for ring in sorted(chosen, key=lambda one: Stock.objects.of(one).get().pk):
            hold_stock(item=ring, quantity=1, key=uuid4(), until=_later())


def test_a_sweep_and_a_payment_at_the_same_instant_free_or_sell_but_never_both():
    ring = cast.variant(cast.ring(), on_hand=40)
    keys: list[UUID] = [uuid4() for _ in range(40)]
    for key in keys:
        hold_stock(item=ring, quantity=1, key=key, until=_later(-1))

    def either(number: int) -> int:
        if number % 2:
            return expire_holds(now=timezone.now())
        return sum(take_stock(key=key) is not None for key in keys)

    race(either, processes=6)
    stock = Stock.objects.of(ring).get()
    assert (stock.on_hand, stock.held) == (0, 0)
    assert Hold.objects.filter(state="taken").count() == 40
    assert StockMovement.objects.filter(kind="sold").count() == 40


def test_a_single_stone_chosen_by_100_at_once_is_held_by_one():
    stone = cast.single_stone(cast.ring())

    def choose(_: int) -> int:
        held = 0
        for _buyer in range(5):
            try:
                hold_stock(item=stone, quantity=1, key=uuid4(), until=_later())
                held += 1
            except OutOfStock:
                continue
        return held

    assert sum(race(choose)) == 1
    assert stock_actions.Hold.objects.live().count() == 1
