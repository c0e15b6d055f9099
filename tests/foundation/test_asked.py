"""Questions that are put together once answer what Django would."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Count, QuerySet
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from foundation.asked import asked, known
from foundation.house.models import Holiday, Seller, Site
from foundation.written import rewritten

pytestmark = pytest.mark.django_db

ANNUAL = date(2026, 12, 25)


@asked
def holidays(codes: list[str], after: date) -> QuerySet[Holiday]:
    return Holiday.objects.filter(site__code__among=codes, on__gt=after).select_related("site__seller").order_by("on")


@asked
def sites(country: str) -> QuerySet[Site]:
    return Site.objects.filter(country=country).annotate(closed=Count("holidays")).order_by("code")


@asked
def locked(pk: int) -> QuerySet[Site]:
    return Site.objects.filter(pk=pk).only("pk").select_for_update()


@pytest.fixture
def site():
    seller = Seller.objects.create(code="s", legal_name="S Ltd", address="1 St", country="GB", currency="GBP", invoice_prefix="S", email="s@s.example")  # fmt: skip
    made = [Site.objects.create(code=code, name=code, seller=seller, address="", country="GB", time_zone="Europe/London") for code in ("bench", "front")]  # fmt: skip
    for days in (0, 1, 2):
        Holiday.objects.create(site=made[0], on=ANNUAL + timedelta(days=days), name=f"day {days}")
    return made[0]


def test_the_same_rows_with_their_related_rows_in_one_query(site):
    with CaptureQueriesContext(connection) as made:
        found = holidays(["bench", "front"], ANNUAL)
        names = [(row.name, row.site.code, row.site.seller.code) for row in found]
    assert names == [("day 1", "bench", "s"), ("day 2", "bench", "s")]
    assert len(made) == 1


def test_every_time_other_words(site):
    assert [len(holidays(codes, ANNUAL)) for codes in (["bench"], ["front"], [], ["bench"])] == [2, 0, 0, 2]
    assert holidays(codes=["bench"], after=date(2030, 1, 1)) == []
    assert holidays.first(["bench"], after=ANNUAL).name == "day 1"
    assert holidays.first(["nowhere"], ANNUAL) is None


def test_a_word_is_no_sql(site):
    assert sites("GB' OR true --") == []


def test_what_is_annotated_comes_along(site):
    assert [(row.code, row.closed) for row in sites("GB")] == [("bench", 3), ("front", 0)]


def test_what_was_left_out_is_fetched_when_it_is_looked_at(site):
    with transaction.atomic():
        assert locked.first(site.pk).code == "bench"


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_within_a_transaction_alone(site):
    with pytest.raises(TransactionManagementError):
        locked(site.pk)
    with transaction.atomic():
        assert locked(site.pk) == [site]
    with pytest.raises(TransactionManagementError):
        locked(site.pk)


def test_what_is_known_is_not_asked_and_the_rest_is(site):
    known(site, "holidays", list(Holiday.objects.filter(on=ANNUAL)))
    with CaptureQueriesContext(connection) as made:
        assert [row.name for row in site.holidays.all()] == ["day 0"]
        assert site.holidays.all()[0].site is site
    assert len(made) == 0
    assert site.holidays.filter(on__gt=ANNUAL).count() == 2


def test_the_named_fields_of_a_row_are_written_and_no_others(site):
    site.name, site.address = "Workbench", "2 Mill Lane"
    rewritten(site, "name")
    site.refresh_from_db()
    assert (site.name, site.address) == ("Workbench", "")
