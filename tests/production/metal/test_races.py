"""Eight benches ask one lot at once: it never goes below nothing. Without the guard it does, or the test proves nothing."""

import threading

import pytest
from django.db import connection

from production.metal import actions, books, ledger, questions
from production.metal.models import Account, Entry, Leg, Lot

BENCHES = 8
ASKS = 6
HELD_MG = 100_000
ASKED_MG = 4_000  # 48 asks of 4 g against 100 g: 25 can be met


def _run(work):
    start = threading.Barrier(BENCHES)
    met = []

    def bench(number):
        start.wait()
        try:
            for ask in range(ASKS):
                try:
                    work(number, ask)
                    met.append(1)
                except books.NotEnoughMetal:
                    pass
        finally:
            connection.close()

    threads = [threading.Thread(target=bench, args=(n,)) for n in range(BENCHES)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    return len(met)


@pytest.mark.django_db(transaction=True)
def test_eight_benches_never_take_more_than_the_lot_holds(lot):
    def issue(bench, ask):
        actions.issue_to_ticket(
            lot=Lot.objects.get(pk=lot.pk), ticket=f"T-{bench}", gross_mg=ASKED_MG, by=None, key=f"{bench}-{ask}"
        )

    assert _run(issue) == HELD_MG // ASKED_MG
    assert questions.balance(books.vault(lot.number)) == 0
    assert questions.totals() == {"gold": 0}
    assert questions.drifted() == []


@pytest.mark.django_db(transaction=True)
def test_the_same_hand_over_from_eight_benches_happens_once(lot):
    def issue(bench, ask):
        actions.issue_to_ticket(lot=Lot.objects.get(pk=lot.pk), ticket="T-1", gross_mg=ASKED_MG, by=None, key="one")

    _run(issue)
    assert questions.gross(books.ticket("T-1")) == ASKED_MG
    assert Entry.objects.filter(key="one").count() == 1
    assert Leg.objects.filter(entry__key="one").count() == 2


@pytest.mark.django_db(transaction=True)
def test_negative_control_reading_first_and_writing_after_gives_out_metal_that_is_not_there(lot):
    code = f"VAULT/{lot.number}"
    looked = threading.Barrier(BENCHES)

    def careless(bench, ask):
        account = Account.objects.get(code=code)
        if ask == 0:
            looked.wait()
        if account.fine_dug < 30_000 * 7500:
            raise books.NotEnoughMetal
        account.fine_dug -= 30_000 * 7500
        account.save(update_fields=["fine_dug"])

    assert _run(careless) * 30_000 > HELD_MG


@pytest.mark.django_db(transaction=True)
def test_two_benches_that_weigh_one_bag_at_once_leave_what_the_second_weighed(lot):
    for n in range(8):
        ticket = f"T-{n}"
        actions.issue_to_ticket(lot=lot, ticket=ticket, gross_mg=5_000, by=None, key=f"issue-{n}")
        start = threading.Barrier(2)

        def weigh(mg, n=n, ticket=ticket, start=start):
            start.wait()
            try:
                actions.book_stage_loss(
                    ticket=ticket, stage="finishing", alloy="AU750Y", metal_mg=mg, by=None, key=f"{n}-{mg}"
                )
            except ledger.MoreThanCharged:
                pass
            finally:
                connection.close()

        threads = [threading.Thread(target=weigh, args=(mg,)) for mg in (4_800, 4_700)]
        [t.start() for t in threads]
        [t.join() for t in threads]
        assert questions.gross(books.ticket(ticket)) in (4_800, 4_700)
    assert questions.totals() == {"gold": 0}
