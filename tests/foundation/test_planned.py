"""Statements that come again are planned once, and lose nothing of what they are told."""

from contextlib import nullcontext

import pytest
from django.db import DataError, ProgrammingError, connection, connections, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.asked import asked
from foundation.outbox.models import Work
from foundation.planned import PLANS_KEPT, keep_plans, planned
from foundation.written import rewritten, written
from tests.store.checkout.test_cost import MOST

pytestmark = pytest.mark.django_db

TOO_MUCH = 2**32 + 5
"""Its lower half is 5."""


@asked
def tried(attempts):
    return Work.objects.filter(attempts=attempts)


def kept():
    """How many plans this connection keeps of statements about work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%outbox_work%'")
        return cursor.fetchone()[0]


def work(attempts=5):
    return Work(kind="k", key=f"k{attempts}", attempts=attempts, next_at=timezone.now())


def test_what_comes_again_is_planned_once():
    before = kept()
    for _ in range(10):
        tried(7)
    assert kept() == before + 1


def test_where_a_pooler_does_not_know_plans_none_is_kept(settings, monkeypatch):
    monkeypatch.setattr(connection.connection, "prepare_threshold", 5)
    settings.DATABASE_KEEPS_PLANS = False
    keep_plans(connection)
    before = kept()
    assert [tried(n) for n in range(10)] == [[]] * 10
    assert kept() == before


def test_more_plans_are_kept_than_a_purchase_has_statements():
    connection.ensure_connection()
    assert connection.connection.prepared_max == PLANS_KEPT > 2 * sum(MOST.values())


def test_it_is_counted_as_every_other_question():
    with CaptureQueriesContext(connection) as seen:
        for _ in range(3):
            tried(7)
    assert ["outbox_work" in one["sql"] for one in seen] == [True] * 3


def test_a_number_that_its_column_cannot_hold_is_refused_and_not_cut():
    with pytest.raises(DataError, match="out of range"), transaction.atomic():
        written(work(attempts=TOO_MUCH))
    one = written(work())
    one.attempts = TOO_MUCH
    with pytest.raises(DataError, match="out of range"), transaction.atomic():
        rewritten(one, "attempts")
    assert tried(TOO_MUCH) == []
    assert tried(5) == [one]


def test_a_sum_that_is_larger_than_what_it_began_with_keeps_its_upper_half():
    sums = [planned("SELECT 1::bigint + %s", [n]) for n in (1, 40_000, TOO_MUCH, 1)]
    assert sums == [[(2,)], [(40_001,)], [(TOO_MUCH + 1,)], [(2,)]]


def test_in_a_transaction_that_is_broken_nothing_is_asked():
    with pytest.raises(TransactionManagementError), transaction.atomic():
        transaction.set_rollback(True)
        tried(5)


def test_errors_are_those_of_django_whether_somebody_watches_or_not():
    for watched in (False, True):
        with pytest.raises(ProgrammingError, match="does not exist"), transaction.atomic():
            with CaptureQueriesContext(connection) if watched else nullcontext():
                planned("SELECT nothing FROM nowhere")


@pytest.mark.django_db(transaction=True)
def test_after_a_connection_was_lost_the_next_one_is_asked():
    tried(5)
    connection.close()
    assert tried(5) == []


@pytest.mark.django_db(transaction=True)
def test_where_connections_are_looked_at_before_their_first_use_one_that_was_lost_is_replaced(monkeypatch):
    tried(5)
    monkeypatch.setattr(connections["default"], "health_check_enabled", True)
    monkeypatch.setattr(connections["default"], "health_check_done", False)
    connection.connection.close()
    assert tried(5) == []
