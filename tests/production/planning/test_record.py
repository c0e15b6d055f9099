"""How the workshop kept its word."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from production.planning.actions import give_promise
from production.planning.record import Kept, kept_since
from production.tickets.models import Ticket, TicketStep

SINCE = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def finished(site, monkeypatch):
    """A bag that was finished at a moment: promised first for one day, then, perhaps, for another."""

    def finished(at, *promised):
        ticket = Ticket.objects.create(
            reference=uuid4(), number=f"T-{Ticket.objects.count()}", alloy="AU750Y", quantity=1, site=site, due_at=at,
            promise_on=at.date(), order_number="A", purpose="custom", kind="plain_ring", piece_name="Band",
            style_code="B", family="band", channel="web", brand="ajour", language="en",
        )  # fmt: skip
        for on in promised:
            give_promise(reference=ticket.reference, ticket=ticket.number, on=on, cause="It rested.")
        monkeypatch.setattr(timezone, "now", lambda: at)
        TicketStep.objects.create(owner=ticket, sequence=1, old="open", new="finished")

    return finished


def test_a_bag_is_on_time_until_its_promised_day_ends_where_it_is_made(finished):
    finished(datetime(2026, 11, 10, 16, 59, tzinfo=UTC), date(2026, 11, 10))
    finished(datetime(2026, 11, 10, 17, 0, tzinfo=UTC), date(2026, 11, 10))
    assert kept_since(SINCE) == Kept(bags=2, on_time=1), "in Bangkok the day ends at 17:00 of London"


def test_a_day_that_was_moved_is_a_day_that_was_missed(finished):
    finished(datetime(2026, 11, 12, 4, tzinfo=UTC), date(2026, 11, 10), date(2026, 11, 12))
    assert kept_since(SINCE) == Kept(bags=1, on_time=0)


def test_what_was_finished_before_or_never_promised_is_not_counted(finished):
    finished(SINCE - timedelta(minutes=1), date(2026, 11, 10))
    finished(SINCE + timedelta(days=1))
    assert kept_since(SINCE) == Kept(0, 0)
    assert kept_since(SINCE).percent == 0


def test_one_late_bag_of_many_is_never_shown_as_none():
    assert Kept(bags=1000, on_time=999).percent == 99
