"""Weights are exact, and what people type is read or refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.exact import NotExact
from foundation.mass import (
    DUG_PER_MG,
    NotAFineness,
    NotAMass,
    UnknownUnit,
    dug_to_mg,
    fine_dug,
    format_mass,
    in_unit,
    parse_mass,
    to_mg,
)


@given(st.lists(st.integers(0, 10**9), max_size=20), st.integers(0, 10_000))
def test_fine_weight_of_the_parts_is_fine_weight_of_the_whole(parts, fineness):
    assert sum(fine_dug(p, fineness) for p in parts) == fine_dug(sum(parts), fineness)


def test_a_gram_of_750_holds_three_quarters_of_a_gram():
    assert fine_dug(1000, 7500) == 750 * DUG_PER_MG
    assert dug_to_mg(fine_dug(1, 7500)) == Fraction(3, 4)


@given(st.integers(0, 10**10), st.sampled_from(["mg", "g", "kg", "ozt", "dwt", "ct", "mct", "baht", "baht_bar"]))
def test_there_and_back_again(mg, code):
    assert to_mg(in_unit(mg, code), code) == mg


def test_trade_units():
    assert to_mg(1, "ozt") == 31_103
    assert to_mg(1, "baht") == 15_160
    assert to_mg(1000, "mct") == to_mg(1, "ct") == 200
    assert in_unit(1_555_173_84, "dwt") == 100_000


@given(st.integers(0, 10**9))
def test_what_is_written_to_the_milligram_is_read_back(mg):
    assert parse_mass(format_mass(mg, "g", 3)) == mg


@pytest.mark.parametrize(("text", "mg"), [("3.52", 3520), (" 3.52 g ", 3520), ("0", 0), (".5", 500), ("12", 12_000)])
def test_typed_weights_are_read(text, mg):
    assert parse_mass(text) == mg


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("3,5", "after a point, not a comma: 3.5, not 3,5"),
        ("-1", "cannot be negative"),
        ("10 kg", "in g, not in kg"),
        ("", "not a weight"),
        ("abc", "not a weight"),
        ("3.5215", "finer than a milligram"),
        ("1e3", "not a weight"),
        ("٣", "not a weight"),
    ],
)
def test_unclear_weights_are_refused_in_a_sentence(text, sentence):
    with pytest.raises(NotAMass, match=sentence):
        parse_mass(text)


def test_floats_and_impossible_finenesses_are_refused():
    with pytest.raises(NotExact):
        fine_dug(1.5, 7500)
    with pytest.raises(NotExact):
        to_mg(1.5, "g")
    with pytest.raises(NotAFineness):
        fine_dug(1, 10_001)
    with pytest.raises(UnknownUnit, match="stone"):
        to_mg(1, "stone")
