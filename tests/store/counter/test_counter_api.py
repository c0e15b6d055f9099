"""The till by token: sold, handed over, counted, moved; refused as a problem whose words a person can act on."""

from uuid import uuid4

import pytest
from django.utils import timezone

from store.catalogue.models import Stock
from store.counter.actions import expected_minor
from store.counter.models import Taken, TillCount
from store.orders import actions as orders
from store.orders.models import Handover
from store.payments.models import CashRule, Invoice
from tests.calling import Caller
from tests.store import cast, ordering
from tests.store.counter.counting_house import laid_out, showroom

pytestmark = pytest.mark.django_db
SALES, TILL, MOVES = "office/counter/sales/", "office/counter/till/showroom/", "office/counter/transfers/"


@pytest.fixture
def by():
    return ordering.member("till@ajour.example", "sales")


@pytest.fixture
def site():
    return showroom(cast)


@pytest.fixture
def till(by):
    return Caller(by)


def told(variant, **more):
    return {
        "reference": str(uuid4()), "site": "showroom", "items": [{"sku": variant.sku}], "method": "cash",
        "tendered_minor": 150_000, "name": "Mara Vogel", "phone": "+44 20 7946 0001",
    } | more  # fmt: skip


def test_a_sale_answers_its_change_and_its_receipt(till, site, by):
    sold = till.post(SALES, **told(laid_out(cast, site, by)))
    taken = Taken.objects.get()
    assert sold == {
        "order": taken.order.number, "receipt": Invoice.objects.get().number, "amount_minor": 120_000,
        "change_minor": 30_000, "currency": "GBP",
    }  # fmt: skip


def test_the_same_sale_asked_for_twice_is_one_whatever_key_it_carries(till, site, by):
    said = told(laid_out(cast, site, by, many=2))
    assert till.post(SALES, **said) == till.post(SALES, **said)
    assert Stock.objects.get(site=site).on_hand == 1


def test_cash_over_the_limit_is_a_problem_that_names_the_law_and_sells_nothing(till, site, by):
    CashRule.objects.create(
        seller=site.seller, limit_minor=200_000, window_days=9, ask_who_minor=1, source="the law of the land"
    )
    variant = laid_out(cast, site, by, many=3)
    till.post(SALES, **told(variant))
    problem = till.refused(SALES, **told(variant))
    assert problem["code"] == "cannot_sell"
    assert "over the limit of £2,000 (the law of the land)" in problem["detail"]
    assert (Taken.objects.count(), Stock.objects.get(site=site).on_hand) == (1, 2)
    assert till.post(SALES, **told(variant, method="terminal", slip="T-1"))["change_minor"] == 0


@pytest.mark.parametrize(
    "wrong", [{"items": []}, {"method": "cheque"}, {"tendered_minor": -1}, {"reference": "once"}, {"email": "mara"}]
)
def test_what_is_not_a_sale_is_bad_input(till, site, by, wrong):
    till.refused(SALES, 400, **told(laid_out(cast, site, by), **wrong))
    assert not Taken.objects.exists()


def test_a_site_without_a_counter_is_not_found(till, site, by):
    assert till.send(SALES, **told(laid_out(cast, site, by), site="london")).status_code == 404


def test_an_order_is_handed_over_once_it_is_paid_and_never_twice(till, site, by):
    order = ordering.place(ordering.ready_made(laid_out(cast, site, by)), delivery="collection")
    at = f"office/counter/collections/{order.number}/"
    assert "not paid" in till.refused(at, to="Mara")["detail"]
    due = order.dues.get()
    orders.record_for_order(
        order=order, due=due, method="transfer", amount_minor=due.amount_minor, note="", at=timezone.now(), by=by
    )
    assert till.post(at, to="Mara", note="passport")["to"] == "Mara"
    assert "handed to Mara" in till.refused(at, to="Noi")["detail"]
    assert Handover.objects.get().site == site


def test_a_count_answers_its_difference_and_wants_a_word_for_it(till, site, by):
    till.post(SALES, **told(laid_out(cast, site, by)))
    assert till.refused(TILL, reference=str(uuid4()), counted_minor=119_000)["code"] == "cannot_count"
    counted = till.post(TILL, reference=str(uuid4()), counted_minor=119_000, banked_minor=100_000, note="a note short")
    assert counted == {"expected_minor": 120_000, "counted_minor": 119_000, "difference_minor": -1_000}
    assert (TillCount.objects.count(), expected_minor(site)) == (1, 19_000)


def test_pieces_are_moved_once_and_not_more_than_there_are(till, site):
    variant = cast.variant(cast.ring(), on_hand=3)
    move = {"transfer": str(uuid4()), "sku": variant.sku, "quantity": 2, "from_site": "london", "to_site": "showroom"}
    assert till.post(MOVES, **move) == till.post(MOVES, **move)
    assert Stock.objects.get(variant=variant, site=site).on_hand == 2
    assert till.refused(MOVES, **move | {"transfer": str(uuid4())})["code"] == "cannot_move"


def test_only_sales_stand_at_the_till(site, by):
    said = told(laid_out(cast, site, by))
    for who in (
        Caller(ordering.member("pack@ajour.example", "packer")),
        Caller(ordering.member("m@ajour.example", "customer")),
    ):
        assert who.send(SALES, **said).status_code == 403
    assert Caller().send(SALES, **said).status_code in (401, 403)
    assert not Taken.objects.exists()
