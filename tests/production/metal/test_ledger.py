"""Not a tenth of a microgram of metal is made or lost by the books."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.exact import NotExact
from production.metal.ledger import (
    DoesNotBalance,
    Entry,
    Leg,
    MoreThanCharged,
    NotAWeight,
    Outturn,
    balances,
    fine_by_metal,
    hand_over,
    lost_mg,
    with_loss,
)

accounts = st.sampled_from(["vault", "bench/nok", "ticket/1", "scrap"])
alloys = st.sampled_from(["AU750Y", "AU585W-Ni", "AG925", "PT950Ru"])
weights = st.integers(1, 10**7)
entries = st.builds(
    lambda a, mg, x, y: hand_over(alloy_code=a, gross_mg=mg, giver=x, taker=y), alloys, weights, accounts, accounts
)


@given(st.lists(entries, max_size=30), st.randoms())
def test_all_accounts_together_hold_nothing_in_whatever_order(done, chance):
    held = balances(done)
    for metal in {m for _, m in held}:
        assert sum(fine for (_, m), fine in held.items() if m == metal) == 0
    chance.shuffle(done)
    assert balances(done) == held


@given(st.lists(st.integers(-(10**12), 10**12), min_size=2, max_size=6))
def test_an_entry_exists_only_if_it_sums_to_nothing(fines):
    legs = tuple(Leg("vault", "gold", f) for f in fines)
    if sum(fines):
        with pytest.raises(DoesNotBalance, match="gold does not balance"):
            Entry(legs)
    else:
        assert fine_by_metal(Entry(legs).legs) == {"gold": 0}


def test_one_metal_cannot_pay_for_another():
    with pytest.raises(DoesNotBalance):
        Entry((Leg("vault", "gold", -5), Leg("bench", "silver", 5)))
    with pytest.raises(DoesNotBalance, match="two sides"):
        Entry((Leg("vault", "gold", 0),))


outturns = st.tuples(weights, weights, st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**5), alloys)


@given(outturns)
def test_a_charge_is_what_came_out_and_the_loss(weighed):
    *parts, loss, alloy = weighed
    cast = Outturn(alloy, sum(parts) + loss, *parts)
    assert cast.loss_mg == loss
    entry = cast.entry(
        melt="melt/1", pieces="ticket/1", returns="returns", scrap="scrap", dust="sweeps", loss="loss/casting"
    )
    assert set(fine_by_metal(entry.legs).values()) == {0}


def test_the_tree_of_the_textbook():
    cast = Outturn("AU750Y", 482_980, 241_490, 241_000, 300, 100)
    assert cast.loss_mg == 90


def test_metal_does_not_grow():
    with pytest.raises(MoreThanCharged, match=r"0\.026\xa0g too much\. Weigh again"):
        Outturn("AU750Y", 100_000, 60_000, 40_000, 26, 0)
    assert Outturn("AU750Y", 100_000, 60_000, 40_000, 25, 0).loss_mg == -25


def test_a_negative_loss_within_the_scale_still_balances():
    entry = with_loss(
        alloy_code="AG925", issued_mg=1000, giver="bench", returned=[("ticket/1", 1005)], loss="loss/bench"
    )
    assert fine_by_metal(entry.legs) == {"silver": 0}


def test_impossible_weighings_are_refused():
    with pytest.raises(NotAWeight, match="cannot be negative"):
        lost_mg(10, [-1])
    with pytest.raises(NotAWeight, match="more than nothing"):
        hand_over(alloy_code="AG925", gross_mg=0, giver="a", taker="b")
    with pytest.raises(NotExact):
        Leg("vault", "gold", 1.5)
