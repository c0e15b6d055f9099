"""Stones: reserved, issued, set; broken, lost, given back. By count and by carat, what went in comes out."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.flow import WrongTurn
from foundation.outbox.actions import drain
from production.stones import actions, questions
from production.stones.actions import Need
from production.stones.flow import AllotmentState as S
from production.stones.models import Allotment, Stone, StoneParcel

SIZE = {"length_um": 6500, "width_um": 6500}
MELEE = {"length_um": 1300, "width_um": 1300}
CENTRE = Need(species="diamond", cut="round", mct=1000, position="centre", **SIZE)
PAVE = Need(species="diamond", cut="round", mct=8, count=10, position="pavé", **MELEE)


@pytest.fixture
def stone(site):
    return actions.receive_stone(number="D-1", site=site, species="diamond", cut="round", mct=1010, received_on=date(2026, 1, 2),
                                 **SIZE)  # fmt: skip


@pytest.fixture
def reported(site):
    return actions.receive_stone(number="D-2", site=site, species="diamond", cut="round", mct=1000, received_on=date(2026, 1, 2),
                                 facts={"lab": "GIA", "certificate": "2141438167"}, **SIZE)  # fmt: skip


@pytest.fixture
def parcel(site):
    return actions.receive_parcel(number="P-1", site=site, species="diamond", cut="round", pcs=100, mct=810,
                                  received_on=date(2026, 1, 2), **MELEE)  # fmt: skip


def want(site, *needs, ticket="A7K2-1"):
    actions.want_stones(ticket=ticket, site=site, needs=needs)
    drain()
    return questions.held_by(ticket)


def test_a_ticket_is_given_the_stone_that_fits(site, stone, parcel):
    centre, pave = want(site, CENTRE, PAVE)
    assert (centre.stone, centre.pcs, centre.mct) == (stone, 1, 1010)
    assert (pave.parcel, pave.pcs, pave.mct) == (parcel, 10, 81)
    assert questions.missing() == []


def test_asking_twice_reserves_once(site, stone):
    want(site, CENTRE)
    assert len(want(site, CENTRE)) == 1


def test_what_no_stone_is_found_for_stays_missing_and_is_found_when_one_comes(site):
    assert want(site, CENTRE) == []
    assert [row.missing for row in questions.missing(ticket="A7K2-1")] == [1]
    actions.receive_stone(
        number="D-9", site=site, species="diamond", cut="round", mct=990, received_on=date(2026, 1, 2), **SIZE
    )
    drain()
    assert [a.stone.number for a in questions.held_by("A7K2-1")] == ["D-9"]


def test_a_stone_a_tenth_of_a_millimetre_off_fits_and_more_does_not(site, stone):
    assert want(site, Need("diamond", "round", 6601, 6500, 1000), ticket="T-1") == []
    assert len(want(site, Need("diamond", "round", 6600, 6500, 1000), ticket="T-2")) == 1


def test_the_very_stone_a_customer_chose_is_kept_and_no_other(site, reported):
    other = Need("diamond", "round", 6500, 6500, 1000, asked_for="9999999999")
    chosen = Need("diamond", "round", 6500, 6500, 1000, asked_for="2141438167")
    assert want(site, other, ticket="T-1") == []
    assert [a.stone for a in want(site, chosen, ticket="T-2")] == [reported]


def test_a_stone_with_a_report_goes_to_nobody_who_did_not_choose_it(site, reported):
    """The shop sells it by its report: given to another bag, it would be sold and gone."""
    assert want(site, CENTRE) == []


def test_stones_are_issued_as_weighed_and_set_and_carats_are_conserved(site, parcel, setter):
    (pave,) = want(site, PAVE)
    actions.issue_stones(ticket="A7K2-1", by=setter, weighed_mct={pave.pk: 84})
    actions.set_stones(ticket="A7K2-1", by=setter)
    parcel.refresh_from_db()
    assert (parcel.pcs, parcel.mct) == (90, 810 - 84)
    assert questions.set_mct("A7K2-1") == 84
    assert questions.all_set("A7K2-1")
    assert questions.not_conserved() == []


@pytest.mark.parametrize("mct", [0, -84, 8_400])
def test_a_weight_that_these_stones_cannot_have_is_asked_about(site, parcel, setter, mct):
    (pave,) = want(site, PAVE)
    with pytest.raises(actions.StonesNotConserved, match=r"0\.081 ct was expected for 10 stones"):
        actions.issue_stones(ticket="A7K2-1", by=setter, weighed_mct={pave.pk: mct})
    assert questions.not_conserved() == []


def test_stones_that_were_not_issued_cannot_be_set(site, stone, setter):
    want(site, CENTRE)
    with pytest.raises(WrongTurn):
        actions.set_stones(ticket="A7K2-1", by=setter)


def test_a_piece_with_a_missing_stone_is_not_set(site, setter):
    want(site, CENTRE)
    with pytest.raises(actions.NothingToIssue, match="1 of 1 stones"):
        actions.set_stones(ticket="A7K2-1", by=setter)


def test_a_polisher_does_not_take_stones(site, stone, caster):
    want(site, CENTRE)
    with pytest.raises(WrongTurn):
        actions.issue_stones(ticket="A7K2-1", by=caster)


def test_what_is_given_back_is_free_again(site, stone, parcel, setter):
    want(site, CENTRE, PAVE)
    actions.issue_stones(ticket="A7K2-1", by=setter)
    actions.return_stones(ticket="A7K2-1", by=setter)
    parcel.refresh_from_db()
    assert (parcel.pcs, parcel.mct) == (100, 810)
    assert len(want(site, CENTRE, ticket="B-1")) == 1
    assert questions.not_conserved() == []


def test_a_broken_melee_is_written_off_and_another_is_found(site, parcel, setter):
    (pave,) = want(site, PAVE)
    actions.issue_stones(ticket="A7K2-1", by=setter)
    gone = actions.break_stone(allotment=pave, by=setter, note="Chipped under the pusher.", pcs=2, mct=15)
    drain()
    parcel.refresh_from_db()
    assert (gone.state, gone.pcs, gone.mct) == (S.BROKEN, 2, 15)
    assert parcel.pcs == 100 - 10 - 2
    assert sorted((a.pcs, a.state) for a in questions.held_by("A7K2-1")) == [(2, S.RESERVED), (8, S.ISSUED)]
    assert questions.not_conserved() == []


def test_a_broken_single_stone_never_comes_back(site, stone, setter):
    (centre,) = want(site, CENTRE)
    actions.issue_stones(ticket="A7K2-1", by=setter)
    actions.set_stones(ticket="A7K2-1", by=setter)
    actions.break_stone(allotment=centre, by=setter, note="Cleaved.")
    drain()
    assert questions.held_by("A7K2-1") == []
    assert [row.missing for row in questions.missing(ticket="A7K2-1")] == [1]
    with pytest.raises(IntegrityError), transaction.atomic():
        Allotment.objects.create(wanted=centre.wanted, ticket="X", stone=stone, pcs=1, mct=1010)


def test_a_loss_without_a_word_is_refused(site, stone, setter):
    (centre,) = want(site, CENTRE)
    actions.issue_stones(ticket="A7K2-1", by=setter)
    with pytest.raises(actions.StonesNotConserved):
        actions.break_stone(allotment=centre, by=setter, note=" ")


def test_more_stones_than_the_bench_has_cannot_break(site, parcel, setter):
    (pave,) = want(site, PAVE)
    actions.issue_stones(ticket="A7K2-1", by=setter)
    with pytest.raises(actions.StonesNotConserved):
        actions.break_stone(allotment=pave, by=setter, note="x", pcs=11)
    assert questions.not_conserved() == []


def test_a_stone_taken_out_for_rework_is_the_same_stone_set_again(site, stone, setter):
    want(site, CENTRE)
    actions.issue_stones(ticket="A7K2-1", by=setter)
    actions.set_stones(ticket="A7K2-1", by=setter)
    assert [a.stone for a in actions.unset_stones(ticket="A7K2-1", by=setter)] == [stone]
    actions.set_stones(ticket="A7K2-1", by=setter)
    steps = [step.new for step in Allotment.objects.get().steps.all()]
    assert steps == [S.ISSUED, S.SET, S.ISSUED, S.SET]


@pytest.mark.django_db(transaction=True)
def test_eight_tickets_ask_for_one_stone_and_one_gets_it(site, stone):
    start = threading.Barrier(8)
    for n in range(8):
        actions.want_stones(ticket=f"T-{n}", site=site, needs=[CENTRE])

    def ask(n):
        start.wait()
        actions.reserve_for_ticket(ticket=f"T-{n}")
        connection.close()

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert Allotment.objects.count() == 1
    assert len(questions.missing()) == 7


@pytest.mark.django_db(transaction=True)
def test_eight_tickets_share_a_parcel_and_take_no_stone_twice(site):
    parcel = actions.receive_parcel(number="P-2", site=site, species="diamond", cut="round", pcs=50, mct=405,
                                    received_on=date(2026, 1, 2), **MELEE)  # fmt: skip
    for n in range(8):
        actions.want_stones(ticket=f"T-{n}", site=site, needs=[PAVE])
    start = threading.Barrier(8)

    def ask(n):
        start.wait()
        actions.reserve_for_ticket(ticket=f"T-{n}")
        connection.close()

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert Allotment.objects.count() == 5
    assert StoneParcel.objects.get(pk=parcel.pk).pcs == 0
    assert questions.not_conserved() == []
    assert Stone.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_stone_is_either_issued_or_given_back_however_both_are_asked_at_once(site, stone, setter):
    for n in range(10):
        actions.want_stones(ticket=f"T-{n}", site=site, needs=[CENTRE])
        actions.reserve_for_ticket(ticket=f"T-{n}")
        start, won = threading.Barrier(2), []

        def ask(action, n=n, start=start, won=won):
            start.wait()
            try:
                if action(ticket=f"T-{n}", by=setter):
                    won.append(action.__name__)
            except (WrongTurn, actions.NothingToIssue):
                pass
            finally:
                connection.close()

        threads = [threading.Thread(target=ask, args=(a,)) for a in (actions.issue_stones, actions.return_stones)]
        [t.start() for t in threads]
        [t.join() for t in threads]
        steps = [step.new for step in Allotment.objects.get(ticket=f"T-{n}").steps.all()]
        assert steps in ([S.RETURNED], [S.ISSUED], [S.ISSUED, S.RETURNED])
        actions.return_stones(ticket=f"T-{n}", by=setter)
