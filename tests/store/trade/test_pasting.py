"""Lines pasted from a spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.trade.pasting import read_lines

KNOWN = {"AJ-202-AU750Y-17200", "AJ-302-AG925"}


def quantities(text):
    return read_lines(text, known=KNOWN).quantities


@pytest.mark.parametrize(
    "line",
    [
        "AJ-302-AG925 3", "aj-302-ag925\t3", "AJ-302-AG925;3", "AJ-302-AG925, 3", "AJ-302-AG925 x 3", "3 × AJ-302-AG925",
        "  AJ-302-AG925   3  ", "AJ-302-AG925\tStuds, silver\t3",
    ],
)  # fmt: skip
def test_a_line_is_read_however_a_spreadsheet_gives_it(line):
    assert quantities(line) == {"AJ-302-AG925": 3}


def test_the_same_number_twice_is_added_up():
    assert quantities("AJ-302-AG925 3\nAJ-302-AG925 4") == {"AJ-302-AG925": 7}


def test_a_head_line_is_passed_over():
    found = read_lines("Stock number\tQuantity\nAJ-302-AG925\t2", known=KNOWN)
    assert (found.quantities, found.wrong) == ({"AJ-302-AG925": 2}, ())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("AJ-999-X 3", "no stock number AJ-999-X"), ("AJ-302-AG925", "stock number and a quantity"),
        ("AJ-302-AG925 three", "not a quantity"), ("AJ-302-AG925 0", "not a quantity"),
        ("AJ-302-AG925 -2", "not a quantity"), ("AJ-302-AG925 1000", "at most 999"), ("AJ-302-AG925 1.5", "not a quantity"),
        ("AJ-302-AG925 ٣", "not a quantity"), ("🙂 3", "no stock number"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_told_by_its_number_and_the_others_are_taken(line, reason):
    found = read_lines(f"AJ-202-AU750Y-17200 1\n\n{line}\n", known=KNOWN)
    assert found.quantities == {"AJ-202-AU750Y-17200": 1}
    assert [(one.row, reason in one.reason) for one in found.wrong] == [(3, True)]


def test_a_sum_over_the_most_is_refused_where_it_runs_over():
    found = read_lines("AJ-302-AG925 600\nAJ-302-AG925 600", known=KNOWN)
    assert found.quantities == {"AJ-302-AG925": 600}
    assert [one.row for one in found.wrong] == [2]


@given(st.text(max_size=400))
def test_no_text_breaks_it(text):
    found = read_lines(text, known=KNOWN)
    assert all(0 < many <= 999 for many in found.quantities.values())
