"""A ticket from its work order to the sealed parcel."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from foundation.flow import WrongTurn
from foundation.outbox.actions import drain
from production import signals
from production.designs.actions import NotTheNewest
from production.intake import approve_design, cancel_ticket, comment_on_design, open_ticket
from production.metal.questions import totals
from production.quality.actions import makers
from production.stones.questions import all_set, not_conserved
from production.tickets import actions
from production.tickets.models import Evidence, News, Operation, Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_work_order_twice_is_one_ticket(order):
    asked = order()
    assert open_ticket(asked) == open_ticket(asked)
    assert Ticket.objects.count() == 1


def test_ten_at_once_open_one_ticket(order):
    asked, numbers = order(), []

    def ask():
        numbers.append(open_ticket(asked))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers) == 10
    assert len(set(numbers)) == 1
    assert Operation.objects.filter(craft="cast").count() == 1


def test_the_route_is_copied_with_only_what_this_ring_asks_for(ticket):
    assert [o.craft for o in ticket.operations.all()] == [
        "draw", "approve", "pattern", "cast", "clean", "set", "polish", "engrave", "inspect", "pack",
    ]  # fmt: skip


def test_a_plain_ring_without_approval_skips_what_it_does_not_ask_for(order):
    number = open_ticket(order(kind="plain_ring", family="band", stones=(), engraving="", needs_approval=False))
    crafts = [o.craft for o in Ticket.objects.get(number=number).operations.all()]
    assert crafts == ["draw", "pattern", "cast", "clean", "polish", "inspect", "pack"]


def test_an_operation_out_of_turn_is_refused_at_its_start(ticket, staff):
    with pytest.raises(WrongTurn, match="Not yet cannot become At the bench"):
        actions.start_operation(operation=ticket.operations.get(craft="polish"), by=staff["polisher"])


def test_an_operation_of_another_craft_is_refused_with_the_craft_it_takes(ticket, staff):
    with pytest.raises(WrongTurn, match="This takes: Designer"):
        actions.start_operation(operation=ticket.current, by=staff["polisher"])


def test_an_operation_is_not_done_while_its_evidence_is_missing(bench):
    operation = bench.until("clean")
    bench.start(operation)
    with pytest.raises(
        WrongTurn, match="Still missing: the weight before the work, the weight after the work, a photo"
    ):
        bench.finish(operation)


def test_two_benches_move_one_operation_once(bench, staff):
    operation, refused = bench.until("clean"), []

    def take():
        try:
            actions.start_operation(operation=Operation.objects.get(pk=operation.pk), by=staff["bench_jeweller"])
        except WrongTurn as refusal:
            refused.append(str(refusal))
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 7
    assert Operation.objects.get(pk=operation.pk).steps.filter(new="running").count() == 1


def test_a_second_tap_writes_no_second_weight(bench, staff):
    operation = bench.until("clean")
    bench.start(operation)
    for _ in range(2):
        actions.weigh(operation=operation, kind="weight_out", mg=4100, by=staff["bench_jeweller"], action_id="tap-1")
    assert operation.evidence.filter(kind="weight_out").count() == 1


@pytest.mark.parametrize(
    ("mg", "why"), [(0, "more than nothing"), (-1, "more than nothing"), (10_000_000, "two kilograms")]
)
def test_a_weight_that_cannot_be_is_refused(bench, staff, mg, why):
    operation = bench.until("clean")
    bench.start(operation)
    with pytest.raises(actions.NotEvidence, match=why):
        actions.weigh(operation=operation, kind="weight_out", mg=mg, by=staff["bench_jeweller"], action_id="w")


def test_a_ticket_on_hold_says_why_and_goes_on_when_it_is_lifted(bench, staff):
    operation = bench.until("clean")
    ticket = actions.hold(ticket=Ticket.objects.get(pk=bench.ticket.pk), reason="stone in transit", by=staff["setter"])
    with pytest.raises(WrongTurn, match="on hold: stone in transit"):
        bench.start(Operation.objects.get(pk=operation.pk))
    actions.resume(ticket=ticket, by=staff["production_manager"])
    bench.start(Operation.objects.get(pk=operation.pk))


def test_the_customer_comments_gets_a_second_version_and_the_first_can_no_longer_be_approved(bench):
    operation = bench.until("approve")
    reference = bench.ticket.reference
    comment_on_design(reference=reference, revision=1, text="Could the claws be finer?", by_name="Mara")
    bench.show_another(operation)
    with pytest.raises(NotTheNewest):
        approve_design(reference=reference, revision=1, by_name="Mara Voss")
    approve_design(reference=reference, revision=2, by_name="Mara Voss")
    approve_design(reference=reference, revision=2, by_name="Mara Voss")
    drain()
    assert bench.current.craft == "pattern"


def test_news_is_numbered_without_gaps_and_told_as_it_was_written(bench):
    heard = []

    def hear(sender, **facts):
        heard.append((facts["sequence"], facts["headline"], facts["stage"]))

    signals.ticket_moved.connect(hear)
    bench.until("inspect")
    signals.ticket_moved.disconnect(hear)
    written = list(News.objects.order_by("sequence").values_list("sequence", "headline", "stage"))
    assert [n for n, _, _ in written] == list(range(1, len(written) + 1))
    assert written[1:] == heard
    assert [headline for _, headline, _ in written] == ["opened", "casting", "assembly", "finishing", "inspecting"]


def test_what_was_written_down_cannot_be_changed(bench):
    bench.until("clean")
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        Evidence.objects.update(mg=1)
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        News.objects.all().delete()


def test_a_state_is_not_changed_past_its_table_even_by_a_bulk_update(ticket):
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Operation.objects.filter(craft="pack").update(state="done")


def test_a_cancelled_ticket_gives_metal_and_stones_back(bench):
    bench.until("polish")
    cancel_ticket(reference=bench.ticket.reference, reason="changed her mind")
    ticket = Ticket.objects.get(pk=bench.ticket.pk)
    assert ticket.state == "cancelled"
    assert not ticket.metal_is_left(None)
    assert not all_set(ticket.number) or not_conserved() == []
    assert set(totals().values()) == {0}


def test_an_approval_that_comes_before_its_turn_is_not_lost(bench):
    """What tells the customer and what opens her turn travel unordered: she may answer first."""
    operation = bench.until("draw")
    bench.do_draw(operation)
    approve_design(reference=bench.ticket.reference, revision=1, by_name="Mara Voss")
    drain()
    assert bench.current.craft == "pattern"


def test_whoever_only_began_a_piece_is_one_of_its_makers(bench, staff):
    operation = bench.until("clean")
    actions.start_operation(operation=operation, by=staff["production_manager"])
    assert staff["production_manager"].pk in makers(bench.ticket)
