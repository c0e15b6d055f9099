"""The last piece of a line is sent back from many windows at once: one return is made."""

import time

import pytest
from django.utils import timezone

from store.orders.models import Order
from store.returns import actions
from store.returns.actions import CannotReturn, Wish, asking
from store.returns.models import Return, ReturnLine
from tests.store import cast, ordering
from tests.store.ordering import ask, place, ready_made, settle
from tests.store.races import race
from tests.store.returns.conftest import arrive

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order(stripe):
    ordering.house_of(cast)
    order = place(ready_made(cast.variant(cast.ring(), on_hand=1)))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    return arrive(Order.objects.get())


def send_back(number):
    order = Order.objects.get()
    try:
        actions.ask_back(order=order, wishes=[Wish(order.lines.get(), 1)], cause="mind", now=timezone.now(), by=None)
    except CannotReturn:
        return ""
    return "made"


def test_it_is_sent_back_once(order):
    assert sorted(race(send_back, processes=10)) == [""] * 9 + ["made"]
    assert sum(row.quantity for row in ReturnLine.objects.all()) == 1


def test_without_the_lock_it_would_be_sent_back_twice(order, monkeypatch):
    """The control: two look before either has written."""

    class Unlocked:
        def __getattr__(self, name):
            return getattr(Order.objects, name)

        def select_for_update(self, **said):
            return Order.objects.all()

    class Orders:
        objects = Unlocked()

    check = asking._check

    def slowly(*args, **said):
        check(*args, **said)
        time.sleep(0.4)

    monkeypatch.setattr(asking, "Order", Orders)
    monkeypatch.setattr(asking, "_check", slowly)
    assert race(send_back, processes=2) == ["made", "made"]
    assert Return.objects.count() == 2
