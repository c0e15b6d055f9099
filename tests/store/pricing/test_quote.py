"""A price adds up, is rounded once per part, and tells neither cost nor margin."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.money import Money, TaxDoesNotAdd
from store.pricing.quote import CannotQuote, MetalLine, Quote, Rates, StoneLine, deposit, quote

RATES = Rates(currency="GBP", hour_minor=6000, house_fee_minor=4500, metal_markup_bp=1500, vat_bp=2000)
FIXINGS = {"gold": 6_000_000, "silver": 70_000, "platinum": 3_000_000}
alloys = st.sampled_from(["AU750Y", "AU375Y", "AG925", "PT950Ru", "CUZN"])
metals = st.lists(st.builds(MetalLine, alloys, st.integers(0, 10**6)), max_size=6)
stones = st.lists(st.builds(StoneLine, st.just("diamond"), st.integers(0, 10**7), st.integers(0, 60)), max_size=6)
minutes = st.dictionaries(st.sampled_from(["design", "casting", "assembly"]), st.integers(0, 5000))


def of(**changes):
    given_ = {
        "metals": [MetalLine("AU750Y", 4_000)],
        "minor_per_kg": FIXINGS,
        "minutes": {"casting": 50},
        "rates": RATES,
    }
    return quote(**(given_ | changes))


@given(metals, stones, minutes, st.integers(0, 3000))
def test_the_parts_add_up_to_what_is_paid(metals, stones, minutes, vat):
    q = of(metals=metals, stones=stones, minutes=minutes, rates=dataclasses.replace(RATES, vat_bp=vat))
    assert (q.metal + q.stones + q.making_and_house + q.tax).minor == q.gross.minor


@given(metals, stones, st.randoms())
def test_the_order_of_lines_never_changes_the_price(metals, stones, chance):
    before = of(metals=metals, stones=stones)
    chance.shuffle(metals)
    chance.shuffle(stones)
    assert of(metals=metals, stones=stones).gross == before.gross


def test_a_ring_worked_by_hand():
    # 4 g of 750 is 3 g fine; at £60,000.00 a kilogram that is £180.00, with 15 % handling £207.00
    q = of(
        minor_per_kg={"gold": 6_000_000},
        stones=[StoneLine("ruby", 12_000, 2)],
        minutes={"casting": 50, "finishing": 40},
    )
    assert [m.minor for m in (q.metal, q.stones, q.making_and_house, q.tax, q.gross)] == [
        20_700,
        24_000,
        13_500,
        11_640,
        69_840,
    ]


def test_why_names_alloy_fixing_and_minutes_but_no_rate_of_the_house():
    trace = of(stones=[StoneLine("ruby", 12_000)]).trace
    assert [t.code for t in trace] == ["metal_at_fixing", "stone", "stage_minutes", "tax"]
    assert trace[0].numbers["minor_per_kg"] == FIXINGS["gold"]
    said = {name for t in trace for name in t.numbers}
    assert not said & {"hour_minor", "metal_markup_bp", "house_fee_minor", "cost", "margin"}


def test_what_cannot_be_priced_is_refused_in_a_sentence():
    with pytest.raises(CannotQuote, match="no fixing for gold today"):
        of(minor_per_kg={})
    with pytest.raises(CannotQuote, match="fixing for gold must be more"):
        of(minor_per_kg={"gold": 0})
    with pytest.raises(CannotQuote, match="weight of metal is negative"):
        of(metals=[MetalLine("AU750Y", -1)])
    with pytest.raises(CannotQuote, match="standard time is negative"):
        of(minutes={"casting": -1})


def test_parts_that_do_not_add_up_cannot_exist():
    penny = Money(1, "GBP")
    with pytest.raises(TaxDoesNotAdd):
        Quote(penny, penny, penny, penny, penny, 2000)


@given(st.integers(0, 10**9), st.integers(0, 100))
def test_deposit_and_balance_are_the_whole(gross, percent):
    first, rest = deposit(Money(gross, "GBP"), percent)
    assert first + rest == Money(gross, "GBP")
    assert first.minor >= 0 <= rest.minor


def test_a_deposit_is_a_share():
    with pytest.raises(CannotQuote, match="between 0 and 100"):
        deposit(Money(1, "GBP"), 101)
