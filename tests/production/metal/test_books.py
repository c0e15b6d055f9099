"""The metal books: double entry in fine weight, exact, append-only, never below nothing."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import F

from production.metal import actions, books, ledger, questions
from production.metal.allowances import LossNeedsWitness
from production.metal.models import Account, AccountKind, Entry, Leg, Lot

TICKET = "TICKET/A7K2-1"


def give(lot, mg, key="issue-1", ticket="A7K2-1"):
    return actions.issue_to_ticket(lot=lot, ticket=ticket, gross_mg=mg, by=None, key=key)


def fine(place):
    return questions.balance(place)


def test_a_lot_comes_from_the_supplier_and_the_books_sum_to_nothing(lot):
    assert fine(books.vault(lot.number)) == 100_000 * 7500
    assert fine(books.SUPPLIER) == -100_000 * 7500
    assert questions.totals() == {"gold": 0}


def test_a_lot_received_twice_is_one_lot(lot, site, manager):
    again = actions.receive_lot(number=lot.number, site=site, alloy="AU750Y", gross_mg=100_000, supplier="Refiner",
                                received_on=date(2026, 11, 2), by=manager)  # fmt: skip
    assert again == lot
    assert fine(books.vault(lot.number)) == 100_000 * 7500


def test_a_lot_keeps_the_split_of_its_origin_and_the_rest_is_unknown(site, manager):
    lot = actions.receive_lot(number="L-2", site=site, alloy="AG925", gross_mg=1, supplier="R", received_on=date(2026, 1, 2),
                              by=manager, origin_bp={"recycled_post_bp": 6000})  # fmt: skip
    assert (lot.recycled_post_bp, lot.unknown_bp) == (6000, 4000)


@pytest.mark.parametrize("origin", [{"recycled_post_bp": 10_001}, {"fairy_dust_bp": 1}, {"unknown_bp": -1}])
def test_a_lot_whose_origin_is_not_a_whole_is_refused(site, manager, origin):
    with pytest.raises(actions.NotALot):
        actions.receive_lot(number="L-3", site=site, alloy="AG925", gross_mg=1, supplier="R", received_on=date(2026, 1, 2),
                            by=manager, origin_bp=origin)  # fmt: skip
    assert not Lot.objects.filter(number="L-3").exists()


def test_base_metal_is_not_kept_in_the_books(site, manager):
    with pytest.raises(actions.NotALot):
        actions.receive_lot(number="L-4", site=site, alloy="CUZN", gross_mg=1, supplier="R", received_on=date(2026, 1, 2),
                            by=manager)  # fmt: skip


def test_metal_issued_to_a_ticket_leaves_the_vault_to_the_milligram(lot):
    give(lot, 5_237)
    assert questions.gross(books.ticket("A7K2-1")) == 5_237
    assert questions.gross(books.vault(lot.number)) == 94_763


def test_the_same_issue_sent_twice_moves_metal_once(lot):
    first = give(lot, 5_000)
    assert give(lot, 5_000) == first
    assert questions.gross(books.ticket("A7K2-1")) == 5_000


def test_a_key_used_for_something_else_is_refused(lot):
    give(lot, 5_000)
    with pytest.raises(books.OtherEntry):
        give(lot, 6_000)


def test_more_than_a_lot_holds_is_refused_in_a_sentence_and_nothing_is_written(lot):
    with pytest.raises(
        books.NotEnoughMetal, match=r"Lot L-750Y-1 holds 100\.000.g of AU750Y; 100\.001.g was asked for"
    ):
        give(lot, 100_001)
    assert Entry.objects.count() == 1
    assert questions.drifted() == []


@pytest.mark.parametrize("mg", [0, -1])
def test_no_weight_is_refused(lot, mg):
    with pytest.raises(ledger.NotAWeight):
        give(lot, mg)


def test_a_stage_loss_is_the_difference_of_two_weighings_and_filings_go_to_the_returns(lot, manager):
    give(lot, 5_000)
    actions.book_stage_loss(
        ticket="A7K2-1", stage="assembly", alloy="AU750Y", metal_mg=4_800, filings_mg=150, by=manager, key="w1"
    )
    assert questions.gross(books.ticket("A7K2-1")) == 4_800
    assert questions.gross(books.scrap("AU750Y")) == 150
    assert questions.gross(books.loss("assembly")) == 50
    assert questions.totals() == {"gold": 0}


def test_a_piece_that_outweighs_its_metal_is_refused(lot, manager):
    give(lot, 5_000)
    with pytest.raises(ledger.MoreThanCharged, match=r"0\.500.g too much"):
        actions.book_stage_loss(ticket="A7K2-1", stage="assembly", alloy="AU750Y", metal_mg=5_500, by=manager, key="w1")


def test_a_loss_beyond_the_allowance_takes_a_second_person(lot, manager, caster):
    give(lot, 5_000)
    too_light = {
        "ticket": "A7K2-1",
        "stage": "assembly",
        "alloy": "AU750Y",
        "metal_mg": 4_000,
        "by": manager,
        "key": "w1",
    }
    with pytest.raises(LossNeedsWitness):
        actions.book_stage_loss(**too_light)
    with pytest.raises(LossNeedsWitness):
        actions.book_stage_loss(**too_light, witness=manager)
    entry = actions.book_stage_loss(**too_light, witness=caster)
    assert entry.witness == caster


def test_a_finished_piece_leaves_nothing_in_its_bag(lot, manager):
    give(lot, 5_000)
    actions.finish_piece(ticket="A7K2-1", alloy="AU750Y", metal_mg=4_980, by=manager, key="finish")
    assert fine(books.ticket("A7K2-1")) == 0
    assert questions.gross(books.FINISHED) == 4_980
    assert questions.totals() == {"gold": 0}


def test_a_correction_is_the_mirror_with_a_reason_and_happens_once(lot, manager):
    entry = give(lot, 5_000)
    mirror = actions.reverse_entry(entry=entry, reason="Wrong bag.", by=manager)
    assert questions.gross(books.ticket("A7K2-1")) == 0
    assert (mirror.reverses, mirror.reason) == (entry, "Wrong bag.")
    assert entry.legs.count() == mirror.legs.count() == 2
    with pytest.raises(actions.NotReversible):
        actions.reverse_entry(entry=entry, reason="Again.", by=manager)
    with pytest.raises(actions.NotReversible):
        actions.reverse_entry(entry=mirror, reason="Back.", by=manager)


def test_a_correction_without_a_reason_is_refused(lot, manager):
    with pytest.raises(actions.NotReversible):
        actions.reverse_entry(entry=give(lot, 5_000), reason=" ", by=manager)


def test_metal_that_was_used_on_cannot_be_taken_back_by_a_correction(lot, manager):
    entry = give(lot, 5_000)
    actions.finish_piece(ticket="A7K2-1", alloy="AU750Y", metal_mg=5_000, by=manager, key="finish")
    with pytest.raises(books.NotEnoughMetal):
        actions.reverse_entry(entry=entry, reason="Too late.", by=manager)


@pytest.mark.parametrize("model", [Entry, Leg])
def test_what_is_written_can_be_neither_changed_nor_deleted(lot, model):
    row = model.objects.first()
    field = {"reason": "x"} if model is Entry else {"gross_mg": 1}
    with pytest.raises(ProgrammingError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**field)
    with pytest.raises(ProgrammingError), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")


def _sabotage(lot, *, legs):
    """Write an entry past the one door, as a shell or a bug would."""
    with transaction.atomic():
        entry = Entry.objects.create(kind=Entry.Kind.ISSUED, key=f"sabotage-{legs}")
        account = Account.objects.get(code=f"VAULT/{lot.number}")
        for mg in legs:
            Leg.objects.create(
                entry=entry, account=account, alloy="AU750Y", gross_mg=mg, fineness_ppt10=7500, fine_dug=mg * 7500
            )
        connection.check_constraints()


@pytest.mark.parametrize("legs", [(), (5,), (5, -4), (1, 1, -1)])
def test_an_entry_that_does_not_sum_to_nothing_is_refused_at_commit(lot, legs):
    with pytest.raises(IntegrityError):
        _sabotage(lot, legs=legs)


def test_an_entry_that_sums_to_nothing_passes_the_same_door(lot):
    _sabotage(lot, legs=(5, -5))


def test_a_leg_whose_fine_weight_is_not_exact_is_refused(lot):
    leg = Leg.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Leg.objects.create(
            entry=leg.entry, account=leg.account, alloy="AU750Y", gross_mg=2, fineness_ppt10=7500, fine_dug=15_001
        )


def test_the_database_itself_keeps_a_vault_from_going_below_nothing(lot):
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(kind=AccountKind.VAULT).update(fine_dug=F("fine_dug") - 100_001 * 7500)
