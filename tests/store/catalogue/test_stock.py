"""Holds, sales and counts of what lies in the tray."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from store.catalogue.actions import (
    HeldForBuyers,
    OutOfStock,
    count_stock,
    expire_holds,
    extend_holds,
    hold_stock,
    release_hold,
    return_stock,
    take_all,
    take_stock,
)
from store.catalogue.models import Hold, Stock, StockMovement
from tests.store import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def rings():
    """Two rings of one kind in the tray."""
    return cast.variant(cast.ring(), on_hand=2)


def later(minutes=45):
    return timezone.now() + timedelta(minutes=minutes)


def counts(item):
    stock = Stock.objects.of(item).get()
    return stock.on_hand, stock.held


def test_a_hold_keeps_a_ring_from_everybody_else(rings):
    hold_stock(item=rings, quantity=2, key=uuid4(), until=later())
    with pytest.raises(OutOfStock, match="somebody else’s basket"):
        hold_stock(item=rings, quantity=1, key=uuid4(), until=later())
    assert counts(rings) == (2, 2)


def test_holding_again_under_the_same_key_replaces_the_hold(rings):
    key = uuid4()
    hold_stock(item=rings, quantity=2, key=key, until=later())
    hold_stock(item=rings, quantity=1, key=key, until=later())
    assert counts(rings) == (2, 1)
    assert Hold.objects.live().of_key(key).get().quantity == 1


def test_a_refused_change_of_number_leaves_the_old_hold(rings):
    key = uuid4()
    hold_stock(item=rings, quantity=1, key=key, until=later())
    with pytest.raises(OutOfStock, match="Only 2 of Sill"):
        hold_stock(item=rings, quantity=3, key=key, until=later())
    assert counts(rings) == (2, 1)
    assert Hold.objects.live().of_key(key).get().quantity == 1


def test_what_is_held_is_sold_once_however_often_it_is_taken(rings):
    key = uuid4()
    hold_stock(item=rings, quantity=1, key=key, until=later())
    first = take_stock(key=key)
    for _ in range(4):
        assert take_stock(key=key).pk == first.pk
    assert counts(rings) == (1, 0)
    assert StockMovement.objects.filter(kind="sold").aggregate(n=Sum("quantity"))["n"] == -1


def test_late_money_takes_the_ring_again_if_it_is_still_free(rings):
    key = uuid4()
    hold_stock(item=rings, quantity=1, key=key, until=later(-1))
    assert expire_holds(now=timezone.now()) == 1
    take_stock(key=key)
    assert counts(rings) == (1, 0)


def test_late_money_for_a_ring_that_is_gone_is_refused(rings):
    key = uuid4()
    hold_stock(item=rings, quantity=2, key=key, until=later(-1))
    expire_holds(now=timezone.now())
    hold_stock(item=rings, quantity=1, key=uuid4(), until=later())
    with pytest.raises(OutOfStock):
        take_stock(key=key)
    assert counts(rings) == (2, 1)


def test_a_hold_that_runs_out_frees_once(rings):
    hold_stock(item=rings, quantity=2, key=uuid4(), until=later(-1))
    assert expire_holds(now=timezone.now()) == 1
    assert expire_holds(now=timezone.now()) == 0
    assert counts(rings) == (2, 0)


def test_an_extended_hold_outlasts_the_payment_page(rings):
    key, gone = uuid4(), uuid4()
    hold_stock(item=rings, quantity=1, key=key, until=later(1))
    assert extend_holds(keys=[key, gone], until=later(70)) == {gone}
    assert expire_holds(now=later(40)) == 0


def test_a_sale_that_is_undone_comes_back_once(rings):
    key = uuid4()
    hold_stock(item=rings, quantity=1, key=key, until=later())
    take_stock(key=key)
    for _ in range(3):
        return_stock(key=key)
    assert counts(rings) == (2, 0)


def test_letting_go_twice_frees_once(rings):
    key = uuid4()
    hold_stock(item=rings, quantity=1, key=key, until=later())
    release_hold(key=key)
    release_hold(key=key)
    assert counts(rings) == (2, 0)


def test_all_lines_of_an_order_are_sold_or_none(rings):
    other = cast.variant(rings.piece, on_hand=1)
    keys = [uuid4(), uuid4()]
    hold_stock(item=other, quantity=1, key=keys[0], until=later())
    with pytest.raises(OutOfStock):
        take_all(keys=keys)
    assert counts(other) == (1, 1)


def test_a_single_stone_is_held_by_one_basket():
    stone = cast.single_stone(cast.ring())
    hold_stock(item=stone, quantity=1, key=uuid4(), until=later())
    with pytest.raises(OutOfStock):
        hold_stock(item=stone, quantity=1, key=uuid4(), until=later())


def test_movements_sum_to_what_is_on_hand(rings):
    _, site = cast.house()
    key = uuid4()
    hold_stock(item=rings, quantity=1, key=key, until=later())
    take_stock(key=key)
    count_stock(item=rings, site=site, found=7, by=None, note="Friday's count")
    stock = Stock.objects.of(rings).get()
    assert stock.movements.aggregate(n=Sum("quantity"))["n"] == stock.on_hand == 7


def test_a_count_below_what_is_held_is_refused(rings):
    _, site = cast.house()
    hold_stock(item=rings, quantity=2, key=uuid4(), until=later())
    with pytest.raises(HeldForBuyers, match="2 are kept"):
        count_stock(item=rings, site=site, found=1, by=None)


def test_the_database_itself_refuses_to_hold_what_is_not_there(rings):
    with pytest.raises(IntegrityError), transaction.atomic():
        Stock.objects.of(rings).update(held=3)


def test_a_movement_is_never_changed(rings):
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        StockMovement.objects.update(quantity=9)
