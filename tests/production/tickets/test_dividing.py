"""A bag of several pieces is split and put together again: no milligram, no stone and no piece comes or goes."""

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from foundation.flow import WrongTurn
from foundation.outbox.actions import drain
from foundation.people.models import User
from packing.signals import parcel_sealed
from production import intake
from production.casting.actions import CannotPlan, Outcome, build_tree, charge_tree, plan_tree, pour, weigh_back
from production.intake import Asked, StoneWanted, cancel_ticket, open_ticket
from production.metal import books, questions
from production.metal.actions import finish_piece, issue_to_ticket, receive_lot
from production.metal.models import Leg
from production.planning.models import StageCapacity
from production.routes.stages import STAGES
from production.signals import ready_to_pack, ticket_scrapped
from production.stones.actions import receive_parcel
from production.stones.models import Allotment, Wanted
from production.stones.questions import not_conserved
from production.tickets import actions
from production.tickets.models import News, Operation, Ticket

RUBY = (StoneWanted("ruby", "round", 6500, 6500, 1200),)


@pytest.fixture
def twelve(order, lot, staff):
    """A bag of seven rings, approved and printed, that waits to be cast."""
    number = open_ticket(order(quantity=7, stones=RUBY, engraving="", needs_approval=False))
    drain()
    bag = Ticket.objects.get(number=number)
    for operation in bag.operations.filter(craft__in=["draw", "pattern"]):
        skip(operation, staff)
    return again(bag)


def skip(operation, staff):
    operation.refresh_from_db()
    actions.skip_operation(operation=operation, reason="as agreed", by=staff["production_manager"])
    drain()


def again(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def cast(bag, staff, lot, *, good, mg):
    by = staff["caster"]
    tree = plan_tree(site=bag.site, operations=[bag.current], on=timezone.localdate(), by=by)
    build_tree(tree=tree, patterns_mg={bag.number: 1750}, tree_mg=9000, base_mg=4000, flask="7", by=by)
    charge_tree(tree=tree, lots={lot: 2 * mg}, by=by)
    pour(tree=tree, flask_c=540, pour_c=1020, at=timezone.now(), by=by)
    weigh_back(tree=tree, outcome={bag.number: Outcome(good, mg)}, sprue_and_button_mg=mg - 20, by=by)
    drain()
    return again(bag)


def held(bag):
    return books.held(books.ticket(bag.number), alloy=bag.alloy)


def test_metal_and_stones_follow_the_pieces_exactly(twelve, staff, lot):
    bag = cast(twelve, staff, lot, good=7, mg=30_001)
    new = actions.split(ticket=bag, pieces=3, by=staff["caster"])
    bag = again(bag)
    assert (new.number, new.quantity, bag.quantity) == (f"{bag.number}-2", 3, 4)
    assert (held(new), held(bag)) == (12_858, 17_143)
    assert new.predicted_mg + bag.predicted_mg == twelve.predicted_mg
    assert [w.count for w in Wanted.objects.filter(ticket=new.number)] == [3]
    assert sum(a.pcs for a in Allotment.objects.live().filter(ticket=new.number)) == 3
    assert sum(a.pcs for a in Allotment.objects.live().filter(ticket=bag.number)) == 4
    assert (new.current.craft, new.current.state) == (bag.current.craft, "ready")
    assert new.reference == bag.reference
    assert set(questions.totals().values()) == {0}
    assert not_conserved() == []


def test_the_new_bag_knows_what_was_done_before_and_whoever_did_it_may_not_inspect_it(twelve, staff, lot):
    bag = cast(twelve, staff, lot, good=7, mg=30_001)
    new = actions.split(ticket=bag, pieces=3, by=staff["caster"])
    done = new.operations.get(craft="cast")
    assert (done.state, done.done_by) == ("done", staff["caster"])
    assert [row.mg for row in done.evidence_left().all() if row.kind == "cast_weight"] == [30_001]
    assert not done.evidence.exists()


def test_put_together_again_it_is_as_it_was(twelve, staff, lot):
    bag = cast(twelve, staff, lot, good=7, mg=30_001)
    minutes = bag.current.minutes
    new = actions.split(ticket=bag, pieces=3, by=staff["caster"])
    one = actions.merge(ticket=new, other=again(bag), by=staff["production_manager"])
    assert (one.pk, one.quantity, held(one), held(new)) == (bag.pk, 7, 30_001, 0)
    assert (one.current.minutes, one.predicted_mg) == (minutes, twelve.predicted_mg)
    merged = again(new)
    assert (merged.state, merged.merged_into_id) == ("merged", bag.pk)
    row = Wanted.objects.get(ticket=bag.number)
    assert (row.count, sum(a.pcs for a in Allotment.objects.live().filter(wanted=row))) == (7, 7)
    assert not Wanted.objects.filter(ticket=new.number).exists()
    assert not_conserved() == []


def test_a_change_is_not_taken_while_the_pieces_lie_in_two_bags_and_is_again_when_they_lie_in_one(twelve, staff, lot):
    for stage in STAGES:
        StageCapacity.objects.create(site=twelve.site, stage=stage, minutes_per_day=480)
    bag = cast(twelve, staff, lot, good=7, mg=30_001)
    asked = {"reference": bag.reference, "wanted": Asked(bag.ring_inner_um, "always", "inside"), "now": timezone.now()}
    new = actions.split(ticket=bag, pieces=3, by=staff["caster"])
    with pytest.raises(intake.CannotChange, match="several bags"):
        intake.look_at_change(**asked)
    actions.merge(ticket=new, other=again(bag), by=staff["production_manager"])
    assert intake.look_at_change(**asked).steps == ("Engrave",)


def test_failed_castings_are_split_off_and_cast_again_while_the_good_ones_go_on(twelve, staff, lot):
    bag = cast(twelve, staff, lot, good=5, mg=21_000)
    assert bag.current.craft == "cast"
    with pytest.raises(actions.CannotDivide, match="Only the castings that failed can be split off now: 2"):
        actions.split(ticket=bag, pieces=3, by=staff["caster"])
    new = actions.split(ticket=bag, pieces=2, by=staff["caster"])
    drain()
    assert (again(bag).current.craft, new.current.craft, new.current.state) == ("clean", "cast", "ready")
    assert (held(bag), held(new)) == (21_000, 0)
    new = cast(new, staff, lot, good=2, mg=8_400)
    one = actions.merge(ticket=bag, other=new, by=staff["caster"])
    assert (one.quantity, held(one)) == (7, 29_400)


@pytest.mark.parametrize("pieces", [0, 7, 8, -1])
def test_no_bag_is_left_empty(twelve, staff, pieces):
    with pytest.raises(actions.CannotDivide, match="Split off at least one piece, and leave one"):
        actions.split(ticket=twelve, pieces=pieces, by=staff["caster"])


def test_what_is_in_hands_on_hold_on_a_tree_or_with_the_packers_is_not_divided(twelve, staff, lot):
    tree = plan_tree(site=twelve.site, operations=[twelve.current], on=timezone.localdate(), by=staff["caster"])
    with pytest.raises(actions.CannotDivide, match="stands on a tree"):
        actions.split(ticket=twelve, pieces=1, by=staff["caster"])
    tree.move("cancelled", by=staff["caster"])
    tree.places.update(is_open=False)
    with pytest.raises(actions.CannotDivide, match="A caster or the production manager"):
        actions.split(ticket=twelve, pieces=1, by=staff["polisher"])
    actions.hold(ticket=twelve, reason="She thinks", by=staff["caster"])
    with pytest.raises(actions.CannotDivide, match="on hold or closed"):
        actions.split(ticket=twelve, pieces=1, by=staff["caster"])
    actions.resume(ticket=twelve, by=staff["caster"])
    bag = cast(again(twelve), staff, lot, good=7, mg=30_001)
    actions.start_operation(operation=bag.current, by=staff["bench_jeweller"])
    with pytest.raises(actions.CannotDivide, match="paused first"):
        actions.split(ticket=bag, pieces=1, by=staff["caster"])


def test_bags_of_two_orders_or_at_two_places_are_never_one(twelve, staff, lot, bag):
    other = bag("T-OTHER").ticket
    with pytest.raises(actions.CannotDivide, match="same order"):
        actions.merge(ticket=twelve, other=other, by=staff["caster"])
    new = actions.split(ticket=twelve, pieces=3, by=staff["caster"])
    first = cast(again(twelve), staff, lot, good=4, mg=17_000)
    with pytest.raises(actions.CannotDivide, match="not at the same place"):
        actions.merge(ticket=first, other=new, by=staff["caster"])


def test_the_store_hears_once_that_all_bags_are_made_and_of_every_stage_once(twelve, staff, lot):
    told = []
    ready_to_pack.connect(hear := lambda made, **_: told.append(made), weak=False)
    bag = cast(twelve, staff, lot, good=7, mg=30_001)
    new = actions.split(ticket=bag, pieces=3, by=staff["caster"])
    for one in (bag, new):
        for operation in one.operations.exclude(state__in=["done", "skipped"]).exclude(craft="pack"):
            skip(operation, staff)
        assert len(told) == (1 if one == new else 0)
    ready_to_pack.disconnect(hear)
    assert told[0]["serial"] == bag.number
    news = News.objects.filter(ticket__reference=bag.reference)
    assert sorted(news.values_list("sequence", flat=True)) == list(range(1, news.count() + 1))
    stages = [row.stage for row in news if row.headline not in ("opened", "on_hold")]
    assert len(stages) == len(set(stages))
    for one in (bag, new):
        issued = held(one)
        books_closed(one, issued, staff)
    parcel_sealed.send(None, reference=uuid4(), contents=[str(bag.reference)], at=timezone.now())
    drain()
    assert {row.state for row in Ticket.objects.of_work(bag.reference)} == {"finished"}


def books_closed(bag, mg, staff):
    finish_piece(ticket=bag.number, alloy=bag.alloy, metal_mg=mg, by=staff["inspector"], key=f"finished:{bag.number}")


def test_a_scrapped_bag_is_made_again_beside_the_others_and_the_order_stands(twelve, staff, lot):
    told = []
    ticket_scrapped.connect(hear := lambda **said: told.append(said), weak=False)
    bag = cast(twelve, staff, lot, good=7, mg=30_001)
    new = actions.split(ticket=bag, pieces=3, by=staff["caster"])
    actions.scrap(ticket=new, reason="dropped", by=staff["production_manager"])
    ticket_scrapped.disconnect(hear)
    third = Ticket.objects.of_work(bag.reference).last()
    assert (third.number, third.quantity, third.current.craft, third.current.attempt) == (
        f"{bag.number}-3", 3, "pattern", 2,
    )  # fmt: skip
    assert told == []
    assert [row.missing for row in Wanted.objects.filter(ticket=third.number)] == [3]
    cancel_ticket(reference=bag.reference, reason="called off")
    assert {row.state for row in Ticket.objects.of_work(bag.reference)} == {"cancelled", "scrapped"}
    assert set(questions.totals().values()) == {0}


@pytest.mark.django_db(transaction=True)
def test_two_hands_split_one_bag_and_no_piece_is_in_both(twelve, staff, lot):
    bag, refused = cast(twelve, staff, lot, good=7, mg=30_001), []

    def divide():
        try:
            actions.split(ticket=Ticket.objects.get(pk=bag.pk), pieces=3, by=User.objects.get(pk=staff["caster"].pk))
        except (actions.CannotDivide, WrongTurn) as refusal:
            refused.append(str(refusal))
        connection.close()

    hands = [threading.Thread(target=divide) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    bags = Ticket.objects.of_work(bag.reference)
    assert (sum(one.quantity for one in bags), sum(held(one) for one in bags)) == (7, 30_001)
    assert len(refused) == 2


@pytest.mark.django_db(transaction=True)
def test_a_bag_that_is_split_is_never_planned_with_all_its_pieces(twelve, staff):
    """The caster plans from a page that says seven while four stay: the tree gets as many patterns as the bag has pieces."""
    stale = Operation.objects.select_related("ticket").get(pk=twelve.current.pk)
    actions.split(ticket=twelve, pieces=3, by=staff["caster"])
    try:
        tree = plan_tree(site=twelve.site, operations=[stale], on=timezone.localdate(), by=staff["caster"])
    except CannotPlan:
        return
    assert [place.pieces for place in tree.places.all()] == [4]


deeds = st.tuples(
    st.sampled_from(["split", "merge", "set", "lose", "weigh", "scrap"]), st.integers(0, 5), st.integers(1, 9)
)


@pytest.mark.django_db
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(history=st.lists(deeds, min_size=1, max_size=12), mg=st.integers(7_001, 60_000))
def test_whatever_is_split_merged_and_scrapped_nothing_comes_or_goes(order, staff, lot, history, mg):
    by, n = staff["production_manager"], Ticket.objects.count()
    receive_parcel(
        number=f"R-{n}", site=lot.site, species="ruby", cut="round", length_um=6500, width_um=6500, pcs=14, mct=16_733,
        received_on=lot.received_on,
    )  # fmt: skip
    gold = receive_lot(
        number=f"L-{n}", site=lot.site, alloy="AU750Y", gross_mg=mg, supplier="R", received_on=lot.received_on, by=by
    )
    first = Ticket.objects.get(number=open_ticket(order(quantity=9, stones=RUBY, needs_approval=False)))
    drain()
    for operation in first.operations.filter(craft__in=["draw", "pattern", "cast"]):
        skip(operation, staff)
    issue_to_ticket(lot=gold, ticket=first.number, gross_mg=mg, by=by, key=f"first:{first.number}")
    for deed, n, pieces in history:
        bags = [row for row in Ticket.objects.of_work(first.reference) if row.state == "open"]
        bag, other = bags[n % len(bags)], bags[pieces % len(bags)]
        try:
            _do(deed, bag, other, pieces, by)
        except (actions.CannotDivide, WrongTurn):
            pass
        drain()
    bags = list(Ticket.objects.of_work(first.reference))
    live = [row for row in bags if row.state == "open"]
    assert sum(row.quantity for row in live) == 9
    here = sum(held(row) for row in bags)
    gone = sum(Leg.objects.filter(account__code__startswith="SCRAP", entry__key__startswith="emptied:" + first.number).values_list("gross_mg", flat=True))  # fmt: skip
    assert here + gone == mg
    assert all(held(row) == 0 for row in bags if row.state != "open")
    assert sum(w.count for w in Wanted.objects.filter(ticket__in=[row.number for row in live])) == 9
    for w in Wanted.objects.filter(ticket__startswith=first.number):
        assert w.count == w.missing + sum(a.pcs for a in Allotment.objects.live().filter(wanted=w)) or w.ticket not in [
            row.number for row in live
        ]
    assert set(questions.totals().values()) == {0}
    assert questions.drifted() == []
    assert not_conserved() == []


def _do(deed, bag, other, pieces, by):
    if deed == "split":
        actions.split(ticket=bag, pieces=pieces, by=by)
    elif deed == "merge":
        actions.merge(ticket=bag, other=other, by=by)
    elif deed == "scrap" and bag != other:
        actions.scrap(ticket=bag, reason="dropped", by=by)
    elif deed == "set" and bag.current.craft == "clean":
        actions.skip_operation(operation=bag.current, reason="x", by=by)
    elif deed == "weigh" and bag.current.state == "ready":
        actions.start_operation(operation=bag.current, by=by)
    elif deed == "lose" and bag.current.state == "running":
        actions.pause_operation(operation=bag.current, by=by)
