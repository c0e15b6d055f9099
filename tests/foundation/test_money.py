"""Money adds up, always, and refuses what would make it not."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.exact import CannotShare, NotExact, rounded, share
from foundation.money import (
    MixedCurrencies,
    Money,
    NotAnAmount,
    TaxDoesNotAdd,
    Taxed,
    UnknownCurrency,
    format_money,
    parse_money,
)

minor = st.integers(-(10**12), 10**12)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any)


def gbp(value):
    return Money(value, "GBP")


@given(minor, weights)
def test_shares_sum_to_the_whole(total, parts):
    shares = share(total, parts)
    assert sum(shares) == total
    assert all(abs(s * sum(parts) - total * w) < sum(parts) for s, w in zip(shares, parts, strict=True))


@given(minor, weights, st.randoms())
def test_the_order_of_lines_never_changes_what_a_line_gets(total, parts, chance):
    mixed = sorted(parts, key=lambda _: chance.random())
    before = sorted(zip(parts, share(total, parts), strict=True))
    assert before == sorted(zip(mixed, share(total, mixed), strict=True))


def test_a_tie_of_remainders_goes_to_the_larger_line_wherever_it_stands():
    assert share(2, [1, 3]) == (0, 2)
    assert share(2, [3, 1]) == (2, 0)
    assert share(-2, [1, 3]) == (0, -2)


@given(st.integers(), st.integers(1, 10**6))
def test_rounding_is_to_the_nearest_and_mirrors(n, d):
    value = Fraction(n, d)
    assert abs(rounded(value) - value) <= Fraction(1, 2)
    assert rounded(-value) == -rounded(value)


def test_a_half_goes_away_from_zero():
    assert [rounded(Fraction(n, 2)) for n in (-3, -1, 1, 3, 5)] == [-2, -1, 1, 2, 3]


@given(minor, st.integers(0, 10_000))
def test_net_and_tax_always_make_gross(amount, rate):
    for taxed in (Taxed.from_gross(gbp(amount), rate), Taxed.from_net(gbp(amount), rate)):
        assert taxed.net + taxed.tax == taxed.gross


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20), st.integers(0, 3000))
def test_the_lines_of_a_document_add_up_to_it(lines, rate):
    for sign in (1, -1):
        amounts = [gbp(sign * line) for line in lines]
        document = Taxed.from_gross(gbp(sign * sum(lines)), rate)
        parts = document.over(amounts)
        assert sum(p.tax.minor for p in parts) == document.tax.minor
        assert sum(p.net.minor for p in parts) == document.net.minor
        assert [p.gross for p in parts] == amounts


def test_uk_vat_of_a_ring():
    taxed = Taxed.from_gross(gbp(124_900), 2000)
    assert (taxed.net.minor, taxed.tax.minor) == (104_083, 20_817)


def test_amounts_that_do_not_add_up_cannot_exist():
    with pytest.raises(TaxDoesNotAdd, match="do not make gross"):
        Taxed(gbp(100), gbp(20), gbp(121), 2000)
    with pytest.raises(TaxDoesNotAdd, match="lines do not add up"):
        Taxed.from_gross(gbp(100), 2000).over([gbp(99)])


@pytest.mark.parametrize("bad", [1.0, "1", True, None])
def test_money_refuses_what_is_not_whole(bad):
    with pytest.raises(NotExact):
        Money(bad, "GBP")
    with pytest.raises(NotExact):
        gbp(1) * bad


def test_currencies_do_not_mix():
    with pytest.raises(MixedCurrencies, match="GBP and THB"):
        gbp(1) + Money(1, "THB")
    with pytest.raises(MixedCurrencies):
        assert gbp(1) < Money(1, "THB")
    with pytest.raises(UnknownCurrency, match="XAU"):
        Money(1, "XAU")


def test_nothing_cannot_be_shared_over_nothing():
    assert share(0, [0, 0]) == (0, 0)
    with pytest.raises(CannotShare):
        share(1, [])
    with pytest.raises(CannotShare):
        share(1, [1, -1])


@pytest.mark.parametrize(
    ("money", "language", "text"),
    [
        (Money(123_450, "GBP"), "en-GB", "£1,234.50"),
        (Money(123_450, "THB"), "en-GB", "฿1,234.50"),
        (Money(123_450, "THB"), "th", "฿1,234.50"),
        (Money(1_234, "JPY"), "en-GB", "JP¥1,234"),
        (Money(-50, "GBP"), "en-GB", "-£0.50"),
    ],
)
def test_money_is_written_as_the_language_writes_it(money, language, text):
    assert format_money(money, language) == text


@pytest.mark.parametrize(
    ("text", "currency", "value"),
    [
        ("1,234.50", "GBP", 123_450),
        (" £1234.5 ", "GBP", 123_450),
        ("฿ 90", "THB", 9_000),
        ("1,234", "JPY", 1_234),
        ("12 THB", "THB", 1_200),
    ],
)
def test_typed_amounts_are_read(text, currency, value):
    assert parse_money(text, currency) == Money(value, currency)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("-5", "cannot be negative"),
        ("12,50", "comma between thousands"),
        ("1.234,50", "comma between"),
        ("1.005", "more decimals"),
        ("", "not an amount"),
        ("five", "not an amount"),
        ("£-5", "negative"),
        ("1,23,456", "not an amount"),
    ],
)
def test_unclear_amounts_are_refused_in_a_sentence(text, sentence):
    with pytest.raises(NotAnAmount, match=sentence):
        parse_money(text, "GBP")
