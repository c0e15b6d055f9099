"""A forecast counts the work that lies ahead of a ticket; a promise moves when a ticket's own work grows."""

from datetime import UTC, date, datetime

import pytest

from foundation.outbox.actions import drain
from production.planning.actions import look_at_promise, promised
from production.planning.capacity import seed_capacity
from production.planning.open_work import forecast, minutes_ahead, minutes_left
from production.signals import ticket_moved
from production.tickets.models import Operation, Ticket
from production.tickets.questions import open_minutes

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
SOON = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def ticket(site, bag):
    seed_capacity(site=site)
    return bag("A-1").ticket


def test_open_operations_are_summed_by_stage(site, ticket, bag):
    bag("B-1", minutes=100)
    assert open_minutes(site) == {"casting": 140, "finishing": 140}
    assert minutes_left(ticket) == {"casting": 40, "finishing": 40}


def test_only_what_is_due_before_lies_ahead_of_a_ticket(site, ticket, bag):
    bag("B-1", minutes=5_000)  # due at the same hour
    first = forecast(ticket, now=NOW)
    bag("C-1", minutes=5_000, due_at=SOON)
    assert minutes_ahead(ticket) == {"casting": 5_000, "finishing": 5_000}
    assert forecast(ticket, now=NOW) > first


def test_what_is_on_hold_still_counts_and_what_is_closed_does_not(site, ticket, bag):
    Operation.objects.filter(ticket=ticket, craft="cast").update(minutes=40)
    operation = bag("B-1", minutes=100)
    operation.ticket.move("on_hold", by=None)
    assert open_minutes(site)["casting"] == 140
    operation.ticket.move("cancelled", by=None)
    assert open_minutes(site)["casting"] == 40


def test_the_day_ordered_for_is_the_first_promise(ticket):
    tell(ticket, "opened", 1)
    assert promised(ticket.reference).on == ticket.promise_on


def test_a_step_done_again_moves_the_day_when_it_no_longer_holds(ticket):
    tell(ticket, "opened", 1)
    assert look_at_promise(ticket=ticket, headline="sent_back", now=NOW) is None
    Operation.objects.create(
        ticket=ticket, position=900, craft="polish", stage="finishing", name="sent_back", minutes=20_000
    )
    tell(ticket, "sent_back", 2)
    moved = promised(ticket.reference)
    assert moved.sequence == 2
    assert moved.on > date(2026, 12, 4)
    after = Ticket.objects.get(pk=ticket.pk)
    assert (after.promise_on, after.due_at.date()) == (moved.on, moved.on)


def tell(ticket, headline, sequence):
    ticket_moved.send(
        Ticket, reference=ticket.reference, number=ticket.number, sequence=sequence, stage="finishing", state="open",
        at=NOW, headline=headline, note="", photos=[],
    )  # fmt: skip
    drain()
