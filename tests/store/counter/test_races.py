"""Two tills at once, on the real database."""

import pytest
from django.utils import timezone

from foundation.people.models import User
from store.catalogue.models import Stock, Variant
from store.counter.actions import CannotSell, sell
from store.counter.models import Taken
from store.payments.models import CashRule, Payment
from tests.store import cast, ordering
from tests.store.counter.counting_house import cash_sale, laid_out, showroom
from tests.store.races import race

pytestmark = pytest.mark.django_db(transaction=True)


def tills(**more):
    """Sells the one variant from many tills at once; answers how many could."""
    variant, by, site = Variant.objects.select_related("piece").get(), User.objects.get(), showroom(cast)

    def one(number):
        try:
            sell(sale=cash_sale(variant, **more | ({} if more else {"name": f"Buyer {number}", "phone": f"+44 20 7946 {number:04}"})),
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


def test_one_customer_at_many_tills_stays_under_the_limit():
    by = ordering.member("till@ajour.example", "sales")
    site = showroom(cast)
    laid_out(cast, site, by, many=8)
    CashRule.objects.create(
        seller=site.seller, limit_minor=250_000, window_days=9, ask_who_minor=1, source="the law of the land"
    )
    assert tills(name="Mara Vogel", phone="+44 20 7946 0001") == 2
    assert sum(Payment.objects.values_list("amount_minor", flat=True)) == 240_000
