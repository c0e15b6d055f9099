"""The day's price of fine metal: entered by a person, kept for good, with a rail against slips of the finger."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from production.metal.fixings import FixingLooksWrong, FixingRefused, enter_fixing
from production.metal.models import Fixing

TODAY = date(2026, 11, 23)


@pytest.fixture
def enter(seller, manager):
    def enter(minor_per_kg, on=TODAY, metal="gold", currency="GBP", **more):
        return enter_fixing(seller=seller, metal=metal, minor_per_kg=minor_per_kg, currency=currency, on=on,
                            source="LBMA PM", by=manager, today=TODAY, **more)  # fmt: skip

    return enter


def test_a_price_far_from_the_last_is_asked_about_and_taken_once_confirmed(enter):
    enter(10_000_000)
    with pytest.raises(FixingLooksWrong, match="900 % away"):
        enter(100_000_000)
    assert enter(100_000_000, confirmed=True).minor_per_kg == 100_000_000


def test_a_price_ten_per_cent_away_is_taken_at_once(enter):
    enter(10_000_000)
    assert enter(11_000_000)
    assert enter(9_900_000)


def test_the_newest_day_counts_and_on_one_day_the_last_word(enter):
    enter(10_000_000, on=date(2026, 11, 22))
    enter(10_100_000)
    enter(10_200_000)
    enter(10_000_000, on=date(2026, 11, 20))
    assert Fixing.objects.latest_of_each(currency="GBP")["gold"].minor_per_kg == 10_200_000
    assert Fixing.objects.latest_for(metal="gold", currency="GBP", on=date(2026, 11, 22)).minor_per_kg == 10_000_000


def test_metals_and_currencies_do_not_answer_for_each_other(enter):
    enter(10_000_000)
    enter(100_000, metal="silver")
    enter(400_000_000, currency="THB")
    assert {m: f.minor_per_kg for m, f in Fixing.objects.latest_of_each(currency="GBP").items()} == {
        "gold": 10_000_000,
        "silver": 100_000,
    }


@pytest.mark.parametrize(("price", "on"), [(0, TODAY), (-1, TODAY), (1, date(2026, 11, 24))])
def test_no_price_and_a_day_to_come_are_refused(enter, price, on):
    with pytest.raises(FixingRefused):
        enter(price, on=on)


def test_a_fixing_is_never_changed(enter):
    fixing = enter(10_000_000)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Fixing.objects.filter(pk=fixing.pk).update(minor_per_kg=1)
    with pytest.raises(ProgrammingError), transaction.atomic():
        fixing.delete()
