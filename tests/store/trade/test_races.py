"""Two tabs of one company at once, on the real database."""

import time
from uuid import uuid4

import pytest
from django.db import connection

from store.buyers.models import TradeCompany
from store.orders.actions import AlreadyOrdered, accounts
from store.orders.models import Order
from tests.store import cast, trading
from tests.store.races import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def halden(house):
    cast.fixings()
    return trading.company()


def together(company, variant, *, processes=4, po=""):
    def one(number):
        try:
            return trading.order(company, {variant: 1}, po=po, reference=uuid4()).state
        except AlreadyOrdered:
            return "refused"

    return race(one, processes=processes)


def test_two_tabs_never_go_over_the_limit_together(halden):
    small, _medium = trading.two_sizes(on_hand=(0, 0))  # nothing in the tray: no stock row puts the tabs in order
    one = 86_400  # 1,200 less VAT less 40 %, VAT and 12.00 of delivery on top: 734.40 is one, two go over
    TradeCompany.objects.update(credit_limit_minor=one)
    states = together(halden, small)
    assert sorted(states) == ["confirmed", "review", "review", "review"]


def test_without_the_lock_they_do(halden, monkeypatch):
    """The negative control: counted without waiting for one another, more than one is confirmed."""
    small, _medium = trading.two_sizes(on_hand=(0, 0))
    TradeCompany.objects.update(credit_limit_minor=86_400)
    real = accounts.exposure_minor

    def slow(company):
        found = real(company)
        time.sleep(0.4)
        return found

    monkeypatch.setattr(accounts, "exposure_minor", slow)
    monkeypatch.setattr(accounts, "lock_company", lambda pk: TradeCompany.objects.get(pk=pk))
    assert together(halden, small).count("confirmed") > 1


def test_one_purchase_order_number_is_one_order_from_however_many_tabs(halden):
    small, _medium = trading.two_sizes(on_hand=(8, 0))
    states = together(halden, small, po="PO-1")
    assert sorted(states) == ["confirmed", "refused", "refused", "refused"]
    assert Order.objects.count() == 1


@pytest.fixture
def without_the_constraint():
    """The table as it would be if nothing kept a number from standing twice."""
    once = next(one for one in Order._meta.constraints if "po_number" in getattr(one, "fields", ()))
    with connection.schema_editor() as editor:
        editor.remove_constraint(Order, once)
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE orders_order CASCADE")
    with connection.schema_editor() as editor:
        editor.add_constraint(Order, once)


def test_without_lock_and_constraint_the_number_is_several_orders(halden, without_the_constraint, monkeypatch):
    """The negative control: nobody waits while the numbers are looked through, and the table lets it stand twice."""
    small, _medium = trading.two_sizes(on_hand=(0, 0))  # no stock row puts the tabs in order
    real = accounts._check

    def slow(company, draft):
        real(company, draft)
        time.sleep(0.4)

    monkeypatch.setattr(accounts, "_check", slow)
    monkeypatch.setattr(accounts, "lock_company", lambda pk: TradeCompany.objects.get(pk=pk))
    assert together(halden, small, po="PO-1").count("confirmed") > 1
