"""Two tills at once, on the real database."""

import time

import pytest
from django.utils import timezone

from foundation.people.models import User
from store.catalogue.models import Stock, Variant
from store.counter.actions import CannotSell, sell
from store.counter.models import Taken
from store.orders.actions import cash
from store.payments.models import CashRule, Payment
from tests.store import cast, ordering
from tests.store.counter.counting_house import cash_sale, laid_out, showroom
from tests.store.races import race

pytestmark = pytest.mark.django_db(transaction=True)


def tills(**more):
    """Sells from many tills at once, each its own variant as far as there are many; answers how many could."""
    variants, by, site = list(Variant.objects.select_related("piece")), User.objects.get(), showroom(cast)

    def one(number):
        try:
            sell(sale=cash_sale(variants[number % len(variants)], **more | ({} if more else {"name": f"Buyer {number}", "phone": f"+44 20 7946 {number:04}"})),
                 site=site, now=timezone.now(), by=by)  # fmt: skip
            return 1
        except CannotSell:
            return 0

    return sum(race(one, processes=8))


def test_two_tills_sell_the_last_piece_and_one_wins():
    by = ordering.member("till@ajour.example", "sales")
    site = showroom(cast)
    laid_out(cast, site, by, many=1)
    assert tills() == 1
    assert (Stock.objects.get(site=site).on_hand, Taken.objects.count(), Payment.objects.count()) == (0, 1, 1)


@pytest.fixture
def eight_rings_and_a_limit():
    """Of different pieces, so that no row of stock makes one till wait for another; the law allows two of them in cash."""
    by = ordering.member("till@ajour.example", "sales")
    site = showroom(cast)
    for number in range(8):
        laid_out(cast, site, by, slug=f"sill-{number}")
    CashRule.objects.create(
        seller=site.seller, limit_minor=250_000, window_days=9, ask_who_minor=1, source="the law of the land"
    )


def paid_minor():
    return sum(Payment.objects.values_list("amount_minor", flat=True))


def test_one_customer_at_many_tills_stays_under_the_limit(eight_rings_and_a_limit):
    assert tills(name="Mara Vogel", phone="+44 20 7946 0001") == 2
    assert paid_minor() == 240_000


def test_a_control_without_the_lock_the_limit_is_overrun(eight_rings_and_a_limit, monkeypatch):
    """The race is a real one: the same tills, each slow to decide and none waiting, take more than the law lets them."""
    decided = cash.linked_minor

    def slowly(*args, **more):
        found = decided(*args, **more)
        time.sleep(0.5)
        return found

    monkeypatch.setattr(cash, "_one_at_a_time", lambda _seller: None)
    monkeypatch.setattr(cash, "linked_minor", slowly)
    tills(name="Mara Vogel", phone="+44 20 7946 0001")
    assert paid_minor() > 250_000
