"""A piece from the showroom's tray: paid, in the books, handed over; or nothing at all."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Sum
from django.utils import timezone

from foundation.outbox.actions import drain
from store.catalogue.models import Stock
from store.counter.actions import CannotSell, sell
from store.counter.models import Taken
from store.counter.paper import receipt_pdf
from store.orders.models import Order, ParcelNote
from store.payments.models import CashRule, Invoice, MoneyEntry, Payment
from tests.store import cast, ordering
from tests.store.counter.counting_house import cash_sale, laid_out, showroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def till():
    return showroom(cast), ordering.member("till@ajour.example", "sales")


def sold(sale, till):
    site, by = till
    return sell(sale=sale, site=site, now=timezone.now(), by=by)


def here(variant, site):
    return Stock.objects.get(variant=variant, site=site)


def test_a_piece_is_sold_for_cash_and_everything_is_written_at_once(till):
    site, by = till
    variant = laid_out(cast, site, by, many=2)
    taken = sold(cash_sale(variant, tendered_minor=150_000), till)
    drain()
    order = Order.objects.get()
    assert (order.channel, order.state, order.money, order.delivery_state) == (
        "counter",
        "completed",
        "paid",
        "delivered",
    )
    assert taken.change_minor == 30_000
    assert (here(variant, site).on_hand, here(variant, site).held) == (1, 0)
    assert order.handover.by == by
    assert order.handover.to == "Mara Vogel"
    assert not ParcelNote.objects.exists()
    assert not taken.payment.refunds.exists()
    invoice = Invoice.objects.get()
    assert (invoice.gross_minor, invoice.order_number) == (120_000, order.number)
    debits = MoneyEntry.objects.filter(debit="customers").aggregate(sum=Sum("amount_minor"))["sum"]
    assert debits == MoneyEntry.objects.filter(credit="customers").aggregate(sum=Sum("amount_minor"))["sum"] == 120_000


def test_the_same_sale_twice_is_one(till):
    variant = laid_out(cast, *till, many=2)
    sale = cash_sale(variant)
    assert sold(sale, till) == sold(sale, till)
    assert here(variant, till[0]).on_hand == 1


def test_a_card_is_taken_by_the_terminal_with_its_slip(till):
    variant = laid_out(cast, *till)
    sale = cash_sale(variant, method="terminal", name="", phone="")
    with pytest.raises(CannotSell, match="slip"):
        sold(sale, till)
    taken = sold(replace(sale, slip="T-000471"), till)
    assert (taken.payment.method, taken.slip, taken.tendered_minor) == ("terminal", "T-000471", None)
    assert MoneyEntry.objects.filter(debit="terminal").count() == 1


def test_receipts_are_numbered_with_the_sellers_invoices_and_have_no_gap(till):
    variant = laid_out(cast, *till, many=3)
    sold(cash_sale(variant), till)
    with pytest.raises(CannotSell):
        sold(cash_sale(variant, tendered_minor=1), till)
    last = sold(cash_sale(variant), till)
    assert list(Invoice.objects.order_by("pk").values_list("serial", flat=True)) == [1, 2]
    assert receipt_pdf(last).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"tendered_minor": 119_999}, "£0.01 is missing"),
        ({"quantity": 2, "tendered_minor": 240_000}, "Only 1"),
        ({"items": ()}, "Add a piece"),
        ({"agreed_minor": 100_000}, "£1,200 now"),
        ({"method": "transfer"}, "cash, or a card"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(till, more, why):
    variant = laid_out(cast, *till)
    with pytest.raises(CannotSell, match=why):
        sold(cash_sale(variant, **more), till)
    assert not Order.objects.exists()
    assert not Payment.objects.exists()
    assert (here(variant, till[0]).on_hand, here(variant, till[0]).held) == (1, 0)


def test_what_lies_at_another_site_is_not_sold_here(till):
    elsewhere = cast.variant(cast.ring(), on_hand=3)
    with pytest.raises(CannotSell, match="not in this showroom"):
        sold(cash_sale(elsewhere), till)


def limit(site, minor, *, days=90):
    return CashRule.objects.create(
        seller=site.seller, limit_minor=minor, window_days=days, ask_who_minor=50_000, source="the law of the land"
    )


@pytest.mark.parametrize(
    "again",
    [
        {"name": "  MARA  vogel", "phone": "+44 1 111 1111"},
        {"name": "M. V.", "phone": "020 7946 0001"},
        {"name": "Somebody", "phone": "", "email": "MARA@example.com"},
    ],
)
def test_linked_cash_over_the_limit_is_stopped_with_the_reason(till, again):
    limit(till[0], 200_000)
    variant = laid_out(cast, *till, many=3)
    sold(cash_sale(variant, email="mara@example.com"), till)
    with pytest.raises(CannotSell, match=r"£2,400, over the limit of £2,000 \(the law of the land\)"):
        sold(cash_sale(variant, **again), till)
    assert Order.objects.count() == 1
    assert here(variant, till[0]).on_hand == 2
    sold(cash_sale(variant, method="terminal", slip="T-1", **again), till)


def test_cash_of_others_and_of_long_ago_is_not_linked(till):
    limit(till[0], 200_000, days=7)
    site, by = till
    variant = laid_out(cast, site, by, many=3)
    sell(sale=cash_sale(variant), site=site, now=timezone.now() - timedelta(days=8), by=by)
    sold(cash_sale(variant, name="Noi S.", phone="+66 81 000 0000"), till)
    sold(cash_sale(variant), till)
    assert Taken.objects.count() == 3


def test_from_a_sum_on_the_house_asks_who_pays(till):
    limit(till[0], 900_000)
    variant = laid_out(cast, *till)
    with pytest.raises(CannotSell, match=r"From £500 in cash"):
        sold(cash_sale(variant, name="", phone=""), till)


def test_without_a_rule_the_house_keeps_below_the_laws_ten_thousand_euros(till):
    variant = laid_out(cast, *till, many=8)
    for _ in range(6):
        sold(cash_sale(variant, reference=uuid4()), till)
    with pytest.raises(CannotSell, match="EUR 10,000"):
        sold(cash_sale(variant), till)
