"""What the trade pays."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.pricing.trade import Break, Terms, next_break, reached_break, trade_price

LIST = Terms(4000, (Break(12, 4500), Break(48, 5000)), {"AJ-1": 9_900})


def net(pieces, sku="AJ-2", retail=100_000):
    return trade_price(sku=sku, retail_net_minor=retail, pieces_of_style=pieces, terms=LIST).net_minor


@pytest.mark.parametrize(("pieces", "each"), [(1, 60_000), (11, 60_000), (12, 55_000), (47, 55_000), (48, 50_000)])
def test_a_break_is_reached_exactly_where_it_begins(pieces, each):
    assert net(pieces) == each


def test_a_price_by_name_stands_whatever_the_breaks_say():
    assert net(100, sku="AJ-1") == 9_900


def test_the_next_break_is_the_nearest_that_gives_more():
    assert next_break(3, LIST) == Break(12, 4500)
    assert next_break(12, LIST) == Break(48, 5000)
    assert next_break(48, LIST) is None


shares = st.integers(0, 9_999)
terms = st.builds(
    Terms, shares, st.lists(st.builds(Break, st.integers(2, 500), shares), max_size=5).map(tuple), st.just({})
)


@given(terms, st.integers(1, 600), st.integers(1, 10_000_000))
def test_more_pieces_never_cost_more_each_and_a_price_never_leaves_its_bounds(list_, pieces, retail):
    one = trade_price(sku="x", retail_net_minor=retail, pieces_of_style=pieces, terms=list_)
    more = trade_price(sku="x", retail_net_minor=retail, pieces_of_style=pieces + 1, terms=list_)
    assert more.net_minor <= one.net_minor
    assert 1 <= one.net_minor <= max(retail, 1)
    exact = Fraction(retail * (10_000 - one.discount_bp), 10_000)
    assert abs(one.net_minor - exact) <= Fraction(1, 2) or one.net_minor == 1


@given(terms, st.integers(1, 600))
def test_the_share_that_is_reached_is_the_best_within_reach(list_, pieces):
    have = reached_break(pieces, list_).discount_bp
    within = [list_.discount_bp, *(one.discount_bp for one in list_.breaks if one.from_pieces <= pieces)]
    assert have == max(within)
