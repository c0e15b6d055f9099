"""Sums of an order: exact, whatever the amounts."""

from hypothesis import given
from hypothesis import strategies as st

from store.orders.totals import Amount, part_of, rest_of

amounts = st.lists(
    st.builds(lambda net, rate: Amount(net, net * rate // 10_000, rate), st.integers(0, 10**8), st.sampled_from([0, 500, 700, 2000])),
    min_size=1, max_size=12,
)  # fmt: skip


@given(amounts, st.integers(0, 100))
def test_the_first_and_the_last_invoice_come_to_the_order_exactly(whole, percent):
    gross = sum(a.gross_minor for a in whole)
    part = gross * percent // 100
    first = part_of(whole, part)
    rest = rest_of(whole, first)
    assert sum(a.gross_minor for a in first) == part
    for one, two, all_of_it in zip(first, rest, whole, strict=True):
        assert one.net_minor + two.net_minor == all_of_it.net_minor
        assert one.tax_minor + two.tax_minor == all_of_it.tax_minor
        assert 0 <= one.tax_minor <= max(all_of_it.tax_minor, 0) + 1
