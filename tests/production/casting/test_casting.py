"""From bags on a tree to weights that come back: one alloy, exact metal, and no bag on two trees."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.flow import WrongTurn
from production.casting import actions
from production.casting.actions import Outcome
from production.casting.bags import waiting
from production.casting.flow import TreeState
from production.casting.models import Place, Tree
from production.metal import books, ledger, questions
from production.metal.actions import receive_lot
from production.metal.allowances import LossNeedsWitness
from production.tickets.actions import hold
from production.tickets.flow import OperationState
from production.tickets.models import Evidence, Ticket

ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.fixture
def bags(bag):
    return [bag("A-1"), bag("B-1", pieces=2)]


@pytest.fixture
def plan(site, caster):
    def plan(*operations):
        return actions.plan_tree(site=site, operations=operations, on=ON, by=caster)

    return plan


@pytest.fixture
def tree(plan, bags):
    return plan(*bags)


@pytest.fixture
def built(tree, caster):
    return actions.build_tree(
        tree=tree, patterns_mg={"A-1": 400, "B-1": 800}, tree_mg=8_000, base_mg=5_000, flask="F3", by=caster
    )


@pytest.fixture
def poured(built, lot, caster):
    actions.charge_tree(tree=built, lots={lot: 50_000}, by=caster)
    return actions.pour(tree=built, flask_c=550, pour_c=1030, at=AT, by=caster)


def weigh(tree, by, a=6_100, b=12_300, sprue=31_000, scrap=500, **more):
    outcome = {"A-1": Outcome(1, a), "B-1": Outcome(2, b)}
    return actions.weigh_back(tree=tree, outcome=outcome, sprue_and_button_mg=sprue, scrap_mg=scrap, by=by, **more)


def test_a_tree_is_divided_to_the_milligram(poured, caster, lot):
    tree = weigh(poured, caster)
    assert (tree.state, tree.charge_mg, tree.pieces_mg, tree.loss_mg) == (TreeState.RECONCILED, 50_000, 18_400, 100)
    assert questions.gross(books.ticket("A-1")) == 6_100
    assert questions.gross(books.ticket("B-1")) == 12_300
    assert questions.gross(books.scrap("AU750Y")) == 31_500
    assert questions.gross(books.loss("casting")) == 100
    assert questions.balance(books.tree(tree.number)) == 0
    assert questions.totals() == {"gold": 0}


def test_what_was_lost_is_a_share_of_what_was_charged(poured, caster):
    weigh(poured, caster)
    assert questions.lost_since(timezone.now() - timedelta(days=30)) == Fraction(100, 50_000)
    assert questions.lost_since(timezone.now() + timedelta(seconds=1)) is None


def test_one_ticket_alone_is_still_a_tree(plan, bag):
    assert plan(bag("A-1")).places.count() == 1


def test_the_charge_is_worked_out_from_patterns_and_trunk(built):
    # 1.2 g of resin at 1.09 and 1.8 g of wax at 0.96 in 15.58: 17.153 + 29.213 g, and a tenth of it as button
    assert built.wanted_mg == 51_002


def test_two_alloys_never_share_a_tree(plan, bag):
    with pytest.raises(actions.CannotPlan, match="one alloy"):
        plan(bag("A-1"), bag("C-1", alloy="AG925"))


def test_a_bag_stands_on_one_open_tree(tree, plan, bags, caster):
    with pytest.raises(actions.CannotPlan, match="A-1 does not wait for a pour"):
        plan(bags[0])
    actions.cancel_tree(tree=tree, by=caster)
    assert plan(bags[0]).number == "261123-2"


def test_the_database_itself_keeps_a_bag_off_a_second_open_tree(tree, bags):
    place = tree.places.first()
    other = Tree.objects.create(number="x", site=tree.site, alloy="AU750Y")
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(tree=other, operation=place.operation, ticket=place.ticket, pieces=1)


def test_what_waits_for_a_pour_is_listed_by_alloy_and_hour(site, bag, plan):
    late, silver, early = bag("A-1"), bag("S-1", alloy="AG925"), bag("B-1", due_at=datetime(2026, 11, 25, tzinfo=UTC))
    assert list(waiting(site)) == [silver, early, late]
    plan(early)
    assert list(waiting(site)) == [silver, late]


def test_weighing_back_ends_the_castings_of_the_bags(poured, bags, caster):
    weigh(poured, caster)
    for operation in bags:
        operation.refresh_from_db()
    assert [operation.state for operation in bags] == [OperationState.DONE, OperationState.DONE]
    assert Evidence.objects.get(operation=bags[1]).mg == 12_300


def test_each_casting_knows_how_many_pieces_were_poured_with_it(poured, bags, caster):
    weigh(poured, caster)
    assert [Evidence.objects.get(operation=operation).others for operation in bags] == [2, 1]


def test_a_bag_that_rests_is_not_charged(built, lot, bags, caster):
    hold(ticket=bags[0].ticket, reason="The customer thinks.", by=caster)
    with pytest.raises(WrongTurn, match="The customer thinks"):
        actions.charge_tree(tree=built, lots={lot: 50_000}, by=caster)
    assert questions.gross(books.vault(lot.number)) == 100_000


def test_a_lot_of_another_alloy_is_refused(built, site, caster):
    silver = receive_lot(
        number="L-AG", site=site, alloy="AG925", gross_mg=99_000, supplier="R", received_on=ON, by=caster
    )
    with pytest.raises(actions.WrongCharge, match="this tree is AU750Y"):
        actions.charge_tree(tree=built, lots={silver: 10_000}, by=caster)
    assert built.charges.count() == 0


def test_more_than_the_lot_holds_charges_nothing(built, lot, caster):
    with pytest.raises(books.NotEnoughMetal):
        actions.charge_tree(tree=built, lots={lot: 100_001}, by=caster)
    assert Tree.objects.get().state == TreeState.BUILT
    assert questions.gross(books.vault(lot.number)) == 100_000


def test_returns_are_charged_up_to_half(poured, plan, bag, lot, caster):
    weigh(poured, caster)
    again = plan(bag("C-1"))
    actions.build_tree(tree=again, patterns_mg={"C-1": 400}, tree_mg=8_000, base_mg=5_000, flask="F3", by=caster)
    with pytest.raises(actions.WrongCharge, match="At most 50 %"):
        actions.charge_tree(tree=again, lots={lot: 10_000}, returns_mg=10_001, by=caster)
    actions.charge_tree(tree=again, lots={lot: 10_000}, returns_mg=10_000, by=caster)
    assert questions.gross(books.tree(again.number)) == 20_000


def test_an_outturn_heavier_than_the_charge_is_refused(poured, caster):
    with pytest.raises(ledger.MoreThanCharged):
        weigh(poured, caster, sprue=32_000)
    assert Tree.objects.get().state == TreeState.POURED
    assert questions.gross(books.tree(poured.number)) == 50_000


def test_a_great_loss_takes_a_second_person(poured, caster, manager):
    with pytest.raises(LossNeedsWitness):
        weigh(poured, caster, sprue=29_000)
    poured.refresh_from_db()
    assert weigh(poured, caster, sprue=29_000, witness=manager).loss_mg == 2_100


@pytest.mark.parametrize("outcome", [
    {"A-1": Outcome(1, 6_000)},
    {"A-1": Outcome(1, 6_000), "B-1": Outcome(2, 12_000), "C-1": Outcome(1, 1)},
    {"A-1": Outcome(2, 6_000), "B-1": Outcome(2, 12_000)},
    {"A-1": Outcome(0, 6_000), "B-1": Outcome(2, 12_000)},
    {"A-1": Outcome(1, -6_000), "B-1": Outcome(2, 12_000)},
])  # fmt: skip
def test_every_bag_is_counted_and_weighed_and_no_other(poured, caster, outcome):
    with pytest.raises(actions.WrongOutturn):
        actions.weigh_back(tree=poured, outcome=outcome, sprue_and_button_mg=30_000, by=caster)


def test_a_charge_of_less_than_a_tenth_of_what_the_tree_takes_is_a_slip_of_the_unit(built, lot, caster):
    with pytest.raises(actions.WrongCharge, match=r"0\.051.g is less than a tenth of what this tree takes, 51\.002.g"):
        actions.charge_tree(tree=built, lots={lot: 51}, by=caster)
    assert Tree.objects.get().state == TreeState.BUILT
    assert actions.charge_tree(tree=built, lots={lot: 5_101}, by=caster).charge_mg == 5_101


def test_a_casting_of_less_than_half_its_design_is_a_slip_of_the_unit(poured, caster):
    Ticket.objects.filter(number="B-1").update(predicted_mg=10_800)
    outcome = {"A-1": Outcome(1, 6_000), "B-1": Outcome(2, 12)}
    with pytest.raises(actions.WrongOutturn, match=r"B-1: 0\.012.g is too little, the design says 10\.800.g"):
        actions.weigh_back(tree=poured, outcome=outcome, sprue_and_button_mg=31_000, scrap_mg=12_888, by=caster)
    assert Tree.objects.get().state == TreeState.POURED


def test_a_misrun_piece_is_counted_as_none_and_its_bag_waits_for_another_tree(poured, plan, bags, caster):
    outcome = {"A-1": Outcome(0, 0), "B-1": Outcome(2, 12_300)}
    tree = actions.weigh_back(tree=poured, outcome=outcome, sprue_and_button_mg=31_000, scrap_mg=6_600, by=caster)
    assert tree.loss_mg == 100
    assert Place.objects.get(ticket="A-1").cast_pieces == 0
    assert plan(bags[0]).places.get().pieces == 1


def test_a_failed_pour_sends_all_metal_to_the_returns_and_frees_the_bags(poured, plan, bags, caster):
    actions.fail_tree(tree=poured, note="Flask cracked.", by=caster)
    assert questions.gross(books.scrap("AU750Y")) == 50_000
    assert questions.gross(books.tree(poured.number)) == 0
    assert plan(*bags).places.count() == 2


def test_a_setter_does_not_pour(built, lot, setter):
    with pytest.raises(WrongTurn):
        actions.charge_tree(tree=built, lots={lot: 50_000}, by=setter)


def test_a_stale_page_pours_nothing_twice(poured, caster):
    stale = Tree.objects.get(pk=poured.pk)
    weigh(poured, caster)
    with pytest.raises(WrongTurn, match="Somebody moved it"):
        weigh(stale, caster)
    assert questions.gross(books.ticket("A-1")) == 6_100


@pytest.mark.parametrize(("flask", "crucible"), [(5000, 1000), (500, 10_300), (-5, 1000)])
def test_temperatures_that_cannot_be_are_refused(built, lot, caster, flask, crucible):
    actions.charge_tree(tree=built, lots={lot: 50_000}, by=caster)
    with pytest.raises(actions.WrongOutturn):
        actions.pour(tree=built, flask_c=flask, pour_c=crucible, at=AT, by=caster)


def test_the_database_itself_refuses_an_outturn_that_is_not_its_charge(poured, caster):
    tree = weigh(poured, caster)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tree.objects.filter(pk=tree.pk).update(loss_mg=0)
