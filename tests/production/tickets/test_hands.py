"""Whose hands a bag is in, what a second tap writes, and a piece that comes back again and again."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from foundation.flow import WrongTurn
from foundation.people.models import User
from production.tickets import actions
from production.tickets.models import Evidence, Ticket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def second(db):
    """Another designer."""
    user = User.objects.create_user("mali@bench.example", name="Mali")
    user.roles_held.create(role="designer")
    return user


def begun(ticket, staff):
    """The drawing, at the first designer's desk."""
    return actions.start_operation(operation=ticket.current, by=staff["designer"])


def test_somebody_else_s_running_operation_is_neither_paused_nor_finished_and_says_who_has_it(ticket, staff, second):
    operation = begun(ticket, staff)
    with pytest.raises(WrongTurn, match="Designer has this bag"):
        actions.pause_operation(operation=operation, by=second)
    with pytest.raises(WrongTurn, match="Designer has this bag"):
        actions.finish_operation(operation=operation, by=second, action_id=str(uuid4()))
    assert ticket.current.state == "running"
    shown = {choice.to: choice.hindrance for choice in ticket.current.choices_for(second)}
    assert "Designer has this bag" in shown["paused"]


def test_a_production_manager_may_step_in(ticket, staff):
    operation = begun(ticket, staff)
    actions.pause_operation(operation=operation, by=staff["production_manager"])
    assert ticket.current.state == "paused"


def test_a_bag_that_was_paused_may_be_taken_up_by_another_of_the_craft(ticket, staff, second):
    operation = begun(ticket, staff)
    actions.pause_operation(operation=operation, by=staff["designer"])
    actions.start_operation(operation=operation, by=second)
    assert Ticket.objects.get(pk=ticket.pk).with_person == second


def test_a_bag_that_was_handed_over_is_the_other_s_and_the_hand_over_is_written_down(ticket, staff, second):
    operation = begun(ticket, staff)
    actions.hand_over(ticket=ticket, to=second, by=staff["designer"], action_id="over-to-mali")
    assert Evidence.objects.get(action_id="over-to-mali").text == "Handed over by Designer to Mali."
    with pytest.raises(WrongTurn, match="Mali has this bag"):
        actions.pause_operation(operation=operation, by=staff["designer"])
    actions.pause_operation(operation=operation, by=second)


def test_a_bag_is_not_handed_to_another_craft_nor_by_somebody_who_has_it_not(ticket, staff, second):
    begun(ticket, staff)
    with pytest.raises(WrongTurn, match="This takes: Designer"):
        actions.hand_over(ticket=ticket, to=staff["polisher"], by=staff["designer"], action_id=str(uuid4()))
    with pytest.raises(WrongTurn, match="Designer has this bag"):
        actions.hand_over(ticket=ticket, to=second, by=second, action_id=str(uuid4()))


def test_two_taps_at_once_write_one_weight_and_both_are_given_it(bench):
    operation = bench.start(bench.until("clean"))
    by, rows, gate = bench.by(operation), [], threading.Barrier(4)

    def tap():
        gate.wait()
        rows.append(actions.weigh(operation=operation, kind="weight_in", mg=5_000, by=by, action_id="one-tap").pk)
        connection.close()

    taps = [threading.Thread(target=tap) for _ in range(4)]
    for thread in taps:
        thread.start()
    for thread in taps:
        thread.join()
    assert len(rows) == 4
    assert len(set(rows)) == 1


def test_the_second_of_two_taps_that_missed_each_other_is_given_the_row_of_the_first(ticket, staff, monkeypatch):
    """The look before the writing saw nothing yet: the database's own refusal leads to the first row."""
    from production.tickets.actions import evidence

    operation, by = begun(ticket, staff), staff["designer"]
    first = actions.note(operation=operation, text="The claws are thin.", by=by, action_id="one-tap")
    look, looked = evidence._written, []

    def too_early(action_id, operation):
        looked.append(action_id)
        return look(action_id, operation) if len(looked) > 1 else None

    monkeypatch.setattr(evidence, "_written", too_early)
    again = actions.note(operation=operation, text="The claws are thin.", by=by, action_id="one-tap")
    assert again.pk == first.pk
    assert Evidence.objects.filter(action_id="one-tap").count() == 1


def test_an_id_that_another_operation_used_is_refused_in_a_sentence(bench):
    bench.until("pattern")
    drawn = Evidence.objects.filter(operation__ticket=bench.ticket).first()
    operation = bench.start(bench.current)
    with pytest.raises(actions.NotEvidence, match="already written at another operation"):
        actions.note(operation=operation, text="x", by=bench.by(operation), action_id=drawn.action_id)


def test_a_piece_may_come_back_forty_times_and_packing_still_comes_last(ticket):
    for _ in range(40):
        last = ticket.operations.filter(craft="inspect").last()
        actions.send_back(failed=last, to_stage="assembly")
    crafts = [operation.craft for operation in ticket.operations.all()]
    positions = [operation.position for operation in ticket.operations.all()]
    assert crafts.count("inspect") == 41
    assert crafts[-1] == "pack"
    assert len(set(positions)) == len(positions)
    assert crafts[-6:-1] == ["clean", "set", "polish", "engrave", "inspect"]
