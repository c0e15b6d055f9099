"""The till counted against the books."""

from uuid import uuid4

import pytest
from django.utils import timezone

from store.counter.actions import CannotCount, count_till, expected_minor, sell
from store.counter.models import TillCount
from store.payments.actions import mark_paid_back, refund
from store.payments.models import MoneyEntry
from tests.store import cast, ordering
from tests.store.counter.counting_house import cash_sale, laid_out, showroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def till():
    site, by = showroom(cast), ordering.member("till@ajour.example", "sales")
    variant = laid_out(cast, site, by, many=3)
    taken = sell(sale=cash_sale(variant, tendered_minor=200_000), site=site, now=timezone.now(), by=by)
    sell(sale=cash_sale(variant, method="terminal", slip="T-1"), site=site, now=timezone.now(), by=by)
    return site, by, taken


def count(till, counted, *, banked=0, note="", reference=None):
    return count_till(
        site=till[0], reference=reference or uuid4(), counted_minor=counted, banked_minor=banked, note=note,
        at=timezone.now(), by=till[1],
    )  # fmt: skip


def test_the_till_is_expected_to_hold_the_cash_and_not_the_cards(till):
    assert expected_minor(till[0]) == 120_000


def test_what_went_back_in_cash_is_not_expected(till):
    back = refund(payment=till[2].payment, amount_minor=20_000, reason="a scratch", key="a", by=till[1])
    mark_paid_back(back, by=till[1])
    assert expected_minor(till[0]) == 100_000


def test_a_difference_needs_a_word_and_stands_in_the_books(till):
    with pytest.raises(CannotCount, match="write down why"):
        count(till, 119_000)
    made = count(till, 119_000, banked=100_000, note="a ten pound note short")
    assert (made.expected_minor, made.difference_minor, made.by) == (120_000, -1_000, till[1])
    assert expected_minor(till[0]) == 19_000
    assert set(MoneyEntry.objects.filter(due=made.reference).values_list("debit", "credit", "amount_minor")) == {
        ("difference", "cash", 1_000), ("transfer", "cash", 100_000),
    }  # fmt: skip


def test_a_count_sent_twice_is_one(till):
    reference = uuid4()
    assert count(till, 120_000, banked=120_000, reference=reference) == count(till, 5, reference=reference)
    assert TillCount.objects.count() == 1
    assert expected_minor(till[0]) == 0


def test_more_than_was_counted_is_not_banked(till):
    with pytest.raises(CannotCount, match="Not more"):
        count(till, 120_000, banked=120_001)
