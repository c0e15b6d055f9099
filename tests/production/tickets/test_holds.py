"""A ticket rests for a cause, by a name, since and until; nothing is started on it meanwhile."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from foundation.flow import WrongTurn
from foundation.outbox.actions import drain
from foundation.people.models import User
from production.casting.actions import Outcome, build_tree, charge_tree, plan_tree, pour, weigh_back
from production.tickets import actions
from production.tickets.models import Hold, Operation, Ticket


def again(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def test_a_hold_says_its_cause_who_since_and_until_when(ticket, staff):
    now = timezone.now()
    until = timezone.localdate(now) + timedelta(days=3)
    held = actions.hold(
        ticket=ticket, cause="material", reason="Solder is out", by=staff["designer"], until=until, now=now
    )
    hold = held.holds.get()
    assert (held.state, hold.cause, hold.by, hold.since, hold.until) == (
        "on_hold", "material", staff["designer"], now, until,
    )  # fmt: skip
    with pytest.raises(WrongTurn, match="on hold: Solder is out"):
        actions.start_operation(operation=again(ticket).current, by=staff["designer"])


def test_it_goes_on_when_the_last_of_its_holds_is_ended_by_name(ticket, staff):
    actions.hold(ticket=ticket, cause="customer", reason="She thinks it over", by=staff["designer"])
    held = actions.hold(ticket=ticket, cause="machine", reason="The printer is down", by=staff["caster"])
    first, second = held.holds.all()
    assert actions.resume(ticket=ticket, by=staff["designer"], hold=first).state == "on_hold"
    assert actions.resume(ticket=ticket, by=staff["caster"], hold=second).state == "open"
    assert [hold.ended_by for hold in ticket.holds.all()] == [staff["designer"], staff["caster"]]
    with pytest.raises(WrongTurn, match="Nobody holds it any more"):
        actions.resume(ticket=ticket, by=staff["caster"], hold=second)


def test_it_is_held_once_for_a_cause_and_never_without_words_or_for_a_day_that_is_over(ticket, staff):
    by = staff["designer"]
    actions.hold(ticket=ticket, cause="outside", reason="At the assay office", by=by)
    with pytest.raises(WrongTurn, match="rests for this already: At the assay office"):
        actions.hold(ticket=ticket, cause="outside", reason="Again", by=by)
    with pytest.raises(actions.NotEvidence, match="Say why"):
        actions.hold(ticket=ticket, cause="machine", reason="  ", by=by)
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(actions.NotEvidence, match="over already"):
        actions.hold(ticket=ticket, cause="machine", reason="Laser", by=by, until=yesterday)
    with pytest.raises(WrongTurn, match="Whoever works on a ticket holds it"):
        actions.hold(ticket=ticket, cause="machine", reason="Laser", by=staff["packer"])


def test_the_database_keeps_one_open_hold_a_cause(ticket, staff):
    actions.hold(ticket=ticket, cause="outside", reason="At the assay office", by=staff["designer"])
    with pytest.raises(IntegrityError, match="tickets_hold_once_a_cause"), transaction.atomic():
        Hold.objects.create(ticket=ticket, cause="outside", reason="x", since=timezone.now())


def test_a_change_is_ended_by_the_house_and_by_nobody_at_the_bench(ticket, staff):
    actions.hold(ticket=ticket, cause="change", reason="UK L becomes UK N", by=None)
    with pytest.raises(WrongTurn, match="goes on when that is paid for"):
        actions.resume(ticket=ticket, by=staff["production_manager"])
    assert actions.resume(ticket=ticket, by=None).state == "open"


def test_time_on_hold_is_counted_once_where_holds_overlap(ticket, staff):
    begun = timezone.now() - timedelta(hours=10)
    for cause, after, hours in (("customer", 0, 4), ("machine", 3, 3), ("outside", 8, 1)):
        since = begun + timedelta(hours=after)
        Hold.objects.create(
            ticket=ticket, cause=cause, reason=cause, since=since, ended_at=since + timedelta(hours=hours)
        )
    assert again(ticket).rested(timezone.now()) == timedelta(hours=7)


def test_a_closed_ticket_is_held_by_nobody(ticket, staff):
    actions.hold(ticket=ticket, cause="customer", reason="She thinks it over", by=staff["designer"])
    actions.cancel(ticket=again(ticket), reason="called off", by=None)
    assert not ticket.holds.open().exists()
    with pytest.raises(WrongTurn):
        actions.hold(ticket=again(ticket), cause="machine", reason="Laser", by=staff["designer"])


def test_a_tree_in_the_furnace_is_weighed_back_though_a_bag_on_it_is_held(bench, staff, lot):
    operation, by = bench.until("cast"), staff["caster"]
    tree = plan_tree(site=bench.ticket.site, operations=[operation], on=timezone.localdate(), by=by)
    tree = build_tree(
        tree=tree, patterns_mg={bench.ticket.number: 250}, tree_mg=5000, base_mg=4000, flask="7", by=by
    )  # fmt: skip
    charge_tree(tree=tree, lots={lot: 20_000}, by=by)
    pour(tree=tree, flask_c=540, pour_c=1020, at=timezone.now(), by=by)
    actions.hold(ticket=bench.ticket, cause="customer", reason="She thinks it over", by=by)
    weigh_back(tree=tree, outcome={bench.ticket.number: Outcome(1, 5000)}, sprue_and_button_mg=14_990, by=by)
    drain()
    assert bench.current.craft == "clean"
    with pytest.raises(WrongTurn, match="on hold"):
        actions.start_operation(operation=bench.current, by=staff["bench_jeweller"])


@pytest.mark.django_db(transaction=True)
def test_a_bench_that_starts_and_a_hold_never_both_win(ticket, staff):
    """Whoever takes the ticket first: the bench has begun before the hold, or is told that it rests. Never both at once."""
    designer = staff["designer"]
    operation, told = ticket.current, []

    def start():
        try:
            actions.start_operation(
                operation=Operation.objects.get(pk=operation.pk), by=User.objects.get(pk=designer.pk)
            )
            told.append("started")
        except WrongTurn as refusal:
            told.append(str(refusal))
        connection.close()

    def rest():
        actions.hold(ticket=Ticket.objects.get(pk=ticket.pk), cause="customer", reason="She thinks", by=designer)
        connection.close()

    both = [threading.Thread(target=start), threading.Thread(target=rest)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    moved, rested = operation.steps.filter(new="running").first(), ticket.steps.get(new="on_hold")
    assert (told == ["started"] and moved.at <= rested.at) if moved else "on hold" in told[0]
