"""A written-down house moves in time by whole weeks: its dates, wherever they stand, and nothing else."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from demo.shift import Shift

BY_TWO = Shift(weeks=2, written_on=date(2026, 11, 23))


def test_dates_move_as_tables_trees_and_letters_write_them():
    assert (
        BY_TWO('7\t2026-11-23 09:15:02.5+00\t{"on": "2026-11-30"}')
        == '7\t2026-12-07 09:15:02.5+00\t{"on": "2026-12-14"}'
    )
    assert BY_TWO("TREE/261123-1 charge:261123-12:L-AU750Y-1") == "TREE/261207-1 charge:261207-12:L-AU750Y-1"
    assert BY_TWO("ready by 23 December 2026.") == "ready by 6 January 2027."
    assert BY_TWO("ภายใน 23 พฤศจิกายน 2026") == "ภายใน 7 ธันวาคม 2026"


def test_what_is_no_date_of_the_house_stays():
    for text in (
        "D26-041127",
        "Lyon 14.02.2026",
        "2019-04-01",
        "0105500000000",
        "2026-13-40",
        "155-0031",
        "P-SILL-3/2",
        "+44 20 7946 0000",
    ):
        assert BY_TWO(text) == text


@given(st.dates(date(2026, 1, 1), date(2027, 10, 1)), st.integers(0, 300))
def test_a_weekday_stays_what_it_was(on, weeks):
    moved = date.fromisoformat(Shift(weeks=weeks, written_on=date(2026, 11, 23))(on.isoformat()))
    assert (moved - on).days == 7 * weeks
    assert moved.weekday() == on.weekday()
