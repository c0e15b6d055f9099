"""How values are set on a page."""

from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from foundation.money import Money
from foundation.ui.templatetags.ui import bar, carats, in_language, languages, mass, mm, money, money_change, share


@pytest.fixture(autouse=True)
def read_in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("minor", "currency", "set_as"),
    [
        (326000, "GBP", "£3,260"),
        (326050, "GBP", "£3,260.50"),
        (14500000, "THB", "฿145,000"),
        (-34000, "GBP", "−£340"),
        (1200, "JPY", "JP¥1,200"),
        (0, "GBP", "£0"),
    ],
)
def test_a_whole_amount_is_set_without_pence_and_others_with_them(minor, currency, set_as):
    assert money(minor, currency) == set_as
    assert money(Money(minor, currency)) == set_as


def test_baht_keeps_its_sign_in_thai():
    with translation.override("th"):
        assert money(14500025, "THB") == "฿145,000.25"


def test_a_difference_carries_its_sign_and_no_difference_says_nothing():
    assert [money_change(minor, "GBP") for minor in (12000, -34000, 0, None)] == ["+£120", "−£340", "", ""]


def test_weights_carats_and_lengths_carry_their_units():
    assert (mass(7040), carats(1400), mm(17130)) == ("7.04\xa0g", "1.40\xa0ct", "17.1\xa0mm")
    assert (mass(None), carats(None), mm(None)) == ("", "", "")


@given(st.lists(st.integers(min_value=0, max_value=10**9), max_size=8))
def test_the_parts_of_a_bar_never_overlap_nor_leave_it(amounts):
    slices = bar([{"part": "metal", "minor": minor} for minor in amounts])
    assert len(slices) == sum(minor > 0 for minor in amounts)
    if sum(amounts) and min(m for m in amounts if m) * 300 > sum(amounts):  # no sliver thinner than its gap
        for left, right in pairwise(slices):
            assert left.x + left.width <= right.x
        assert slices[-1].x + slices[-1].width <= 1000


def test_a_share_is_in_thousandths_and_never_over_the_whole():
    assert [share(5000, 20000), share(3, 2), share(1, 0)] == [250, 1000, 0]


def test_an_address_is_offered_in_the_other_language():
    with translation.override("en"):
        assert in_language("/en/styleguide/", "th") == "/th/styleguide/"
        assert in_language("/healthz", "th") == "/healthz"


def test_a_page_is_linked_in_every_language_and_says_which_is_read():
    links = languages("/en/search/?q=<ruby>")
    assert 'href="/en/search/?q=&lt;ruby&gt;" hreflang="en" lang="en" aria-current="true">English</a>' in links
    assert (
        'href="/th/search/?q=&lt;ruby&gt;" hreflang="th" lang="th">ภาษาไทย</a>' in links or 'lang="th">ไทย</a>' in links
    )
