"""How far a piece is when nobody wants it any more, and what becomes of it: metal and stones always go somewhere."""

from uuid import uuid4

import pytest
from django.utils import timezone

from config.reconcile import closed_with_metal, finished_without_parcel, ledger_not_zero, stones_not_conserved
from foundation.outbox.actions import drain
from production.casting.actions import build_tree, cancel_tree, plan_tree
from production.casting.models import Place, Tree
from production.intake import (
    CannotMelt,
    CannotStop,
    Far,
    StoneWanted,
    cancel_ticket,
    lay_aside,
    melt_made,
    melt_part,
    melt_stock,
    open_ticket,
    where,
)
from production.metal import books
from production.metal.models import Account
from production.metal.questions import balance, totals
from production.quality.actions import Seen, pass_piece
from production.stones.models import Allotment, StoneParcel
from production.tickets.models import Ticket
from tests.production.conftest import Bench

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()


def nothing_is_lost():
    for ask in (ledger_not_zero, stones_not_conserved, closed_with_metal, finished_without_parcel):
        assert list(ask(NOW)) == []


def far(bench):
    return where(reference=bench.ticket.reference).far


def test_it_is_as_far_as_the_operation_whose_turn_it_is(bench):
    assert far(bench) == Far.NOT_BEGUN
    bench.start(bench.until("draw"))
    assert far(bench) == Far.BEGUN
    bench.show_another(bench.current)
    bench.until("cast")
    assert far(bench) == Far.BEGUN
    bench.until("clean")
    assert far(bench) == Far.CAST
    bench.until("inspect")
    assert far(bench) == Far.FINISHED


@pytest.mark.parametrize("craft", ["draw", "cast", "clean", "polish", "inspect"])
def test_called_off_at_any_point_everything_goes_back(bench, craft):
    bench.until(craft)
    in_bag = balance(books.ticket(bench.ticket.number))
    before = balance(books.scrap("AU750Y"))
    cancel_ticket(reference=bench.ticket.reference, reason="changed her mind")
    drain()
    assert Ticket.objects.get(pk=bench.ticket.pk).state == "cancelled"
    assert balance(books.ticket(bench.ticket.number)) == 0
    assert balance(books.scrap("AU750Y")) == before + in_bag
    assert not Allotment.objects.of_ticket(bench.ticket.number).live().exists()
    nothing_is_lost()


def test_a_bag_on_a_planned_tree_leaves_it(bench, staff):
    operation = bench.until("cast")
    tree = plan_tree(site=bench.ticket.site, operations=[operation], on=timezone.localdate(), by=staff["caster"])
    cancel_ticket(reference=bench.ticket.reference, reason="no")
    assert Tree.objects.get(pk=tree.pk).state == "cancelled"
    assert not Place.objects.exists()


def test_a_bag_whose_wax_is_built_waits_until_it_is_weighed_back(bench, staff):
    operation = bench.until("cast")
    tree = plan_tree(site=bench.ticket.site, operations=[operation], on=timezone.localdate(), by=staff["caster"])
    patterns = {bench.ticket.number: 250}
    build_tree(tree=tree, patterns_mg=patterns, tree_mg=5000, base_mg=4000, flask="7", by=staff["caster"])
    assert "being cast" in where(reference=bench.ticket.reference).why_not
    with pytest.raises(CannotStop, match="being cast"):
        cancel_ticket(reference=bench.ticket.reference, reason="no")
    assert Ticket.objects.get(pk=bench.ticket.pk).state == "open"
    cancel_tree(tree=Tree.objects.get(pk=tree.pk), by=staff["caster"])
    assert where(reference=bench.ticket.reference).why_not == ""
    cancel_ticket(reference=bench.ticket.reference, reason="no")


def inspected(bench):
    operation = bench.until("inspect")
    bench.start(operation)
    seen = Seen(
        gross_mg=bench.gross_mg, ring_inner_um=17_350, stones_tight=True, surface_clean=True,
        engraving_read="until the light goes", hallmark="marked",
    )  # fmt: skip
    pass_piece(operation=operation, seen=seen, by=bench.staff["inspector"], action_id=str(uuid4()))
    drain()
    return bench


@pytest.fixture
def made(bench):
    """A piece that has passed its inspection: only its packing is left."""
    return inspected(bench)


@pytest.fixture
def two_made(order, staff, lot):
    """Two rings of one bag, made and laid aside."""
    number = open_ticket(order(quantity=2, stones=(StoneWanted("ruby", "round", 6500, 6500, 1200),)))
    drain()
    bench = inspected(Bench(Ticket.objects.get(number=number), staff, lot))
    lay_aside(reference=bench.ticket.reference)
    return bench


def test_a_piece_that_is_made_is_not_called_off_but_laid_aside(made):
    reference = made.ticket.reference
    assert far(made) == Far.MADE
    with pytest.raises(CannotStop, match="passed its inspection"):
        cancel_ticket(reference=reference, reason="no")
    assert Ticket.objects.get(pk=made.ticket.pk).state == "open"
    for _ in range(2):
        lay_aside(reference=reference)
        drain()
    ticket = Ticket.objects.get(pk=made.ticket.pk)
    assert (ticket.state, ticket.purpose) == ("finished", "stock")
    assert not ticket.operations.filter(state__in=["ready", "pending"]).exists()
    nothing_is_lost()


def test_a_made_piece_is_melted_once_and_its_metal_and_stones_are_back(made, staff):
    reference, by = made.ticket.reference, staff["production_manager"]
    lay_aside(reference=reference)
    before = balance(books.scrap("AU750Y"))
    for _ in range(2):
        melt_made(reference=reference, by=by)
    fine_dug = (made.gross_mg - 240) * 7500
    assert balance(books.scrap("AU750Y")) - before == fine_dug
    assert Account.objects.get(code="FINISHED").fine_dug == 0
    assert not Allotment.objects.of_ticket(made.ticket.number).live().exists()
    nothing_is_lost()


def test_one_of_two_is_melted_as_it_weighs_and_its_stone_is_free_again(two_made, staff):
    reference, by = two_made.ticket.reference, staff["production_manager"]
    before, parcel = balance(books.scrap("AU750Y")), StoneParcel.objects.get(number="R-65")
    whole_mg = two_made.gross_mg - two_made.stones_mg
    for _ in range(2):
        melt_part(reference=reference, pieces=1, gross_mg=3_000, by=by, key="1")
    assert balance(books.scrap("AU750Y")) - before == 3_000 * 7500
    assert Account.objects.get(code="FINISHED").fine_dug == (whole_mg - 3_000) * 7500
    assert [row.pcs for row in Allotment.objects.of_ticket(two_made.ticket.number).live()] == [1]
    assert StoneParcel.objects.get(pk=parcel.pk).pcs == parcel.pcs + 1
    nothing_is_lost()


def test_no_more_is_melted_than_was_made_and_nothing_is_written_when_it_is_tried(two_made, staff):
    reference, by = two_made.ticket.reference, staff["production_manager"]
    whole_mg = two_made.gross_mg - two_made.stones_mg
    melt_part(reference=reference, pieces=1, gross_mg=3_000, by=by, key="1")
    with pytest.raises(CannotMelt, match="weigh it again"):
        melt_part(reference=reference, pieces=1, gross_mg=whole_mg - 2_999, by=by, key="2")
    assert [row.pcs for row in Allotment.objects.of_ticket(two_made.ticket.number).live()] == [1]
    melt_part(reference=reference, pieces=1, gross_mg=whole_mg - 3_000, by=by, key="2")
    assert Account.objects.get(code="FINISHED").fine_dug == 0
    assert not Allotment.objects.of_ticket(two_made.ticket.number).live().exists()
    nothing_is_lost()


def test_what_is_not_made_is_not_laid_aside(bench):
    bench.until("polish")
    lay_aside(reference=bench.ticket.reference)
    assert Ticket.objects.get(pk=bench.ticket.pk).state == "open"


def test_a_piece_from_the_tray_is_melted_as_it_was_weighed(staff, lot):
    for _ in range(2):
        melt_stock(alloy="AU750Y", gross_mg=3_210, by=staff["production_manager"], key="left:1")
    assert balance(books.scrap("AU750Y")) == 3_210 * 7500
    assert set(totals().values()) == {0}
