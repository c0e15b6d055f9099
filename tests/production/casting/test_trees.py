"""A tree's sums, against the worked example of the trade table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from production.casting.trees import NotATree, charge_for, returns_allowed_mg


def test_twenty_four_waxes_in_18_carat_take_482_98_grams():
    charge = charge_for(
        tree_mg=14_880 + 9_500 + 50_000, base_mg=50_000, patterns_mg={"wax": 14_880}, density_mg_per_cm3=15_580
    )
    assert round(charge.cast_mg, -1) == 395_670
    assert round(charge.charge_mg, -1) == 482_980
    assert round(charge.button_mg, -1) == 87_310  # the feed rule, more than 10 %


def test_a_printed_pattern_is_taken_at_its_own_density():
    wax = charge_for(tree_mg=20_000, base_mg=5_000, patterns_mg={"wax": 10_000}, density_mg_per_cm3=15_580)
    resin = charge_for(tree_mg=20_000, base_mg=5_000, patterns_mg={"resin": 10_000}, density_mg_per_cm3=15_580)
    assert resin.charge_mg < wax.charge_mg


@pytest.mark.parametrize(
    ("tree", "base", "pattern"),
    [(10_000, 5_000, 5_000), (4_000, 5_000, 1), (10_000, -1, 5), (10_000, 1, 0), (10_000_000, 1, 5)],
)
def test_a_tree_lighter_than_its_parts_is_refused(tree, base, pattern):
    with pytest.raises(NotATree):
        charge_for(tree_mg=tree, base_mg=base, patterns_mg={"wax": pattern}, density_mg_per_cm3=15_580)


@given(st.integers(1, 200_000), st.integers(1, 200_000), st.sampled_from([10_360, 15_580, 20_700]))
def test_button_and_trunk_always_outweigh_the_pieces(patterns, trunk, density):
    charge = charge_for(tree_mg=patterns + trunk, base_mg=0, patterns_mg={"wax": patterns}, density_mg_per_cm3=density)
    pieces = patterns * density // 960
    assert 2 * pieces <= charge.charge_mg + 2
    assert charge.charge_mg * 10 >= charge.cast_mg * 11 - 10


def test_half_of_a_charge_may_be_returns():
    assert returns_allowed_mg(charge_mg=10_001, remelt_limit_percent=50) == 5_000
