"""A promise keeps to the calendar, and more work never makes it earlier."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from production.planning.promise import CannotPromise, Operation, Slot, WorkingCalendar, Workshop, promise

BANGKOK = ZoneInfo("Asia/Bangkok")
CALENDAR = WorkingCalendar(frozenset({1, 2, 3, 4, 5}), time(8, 30), time(17, 30), BANGKOK)
SHOP = Workshop(
    CALENDAR,
    {"design": 480, "casting": 960, "assembly": 1000},
    {},
    {"casting": [Slot(2, time(10, 0)), Slot(4, time(10, 0))]},
)
JOB = [Operation("design", 240), Operation("casting", 60, 540), Operation("assembly", 180)]
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=BANGKOK)

loads = st.dictionaries(st.sampled_from(["design", "casting", "assembly"]), st.integers(0, 20_000))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
jobs = st.lists(
    st.builds(
        Operation, st.sampled_from(["design", "casting", "assembly"]), st.integers(0, 2000), st.integers(0, 2000)
    ),
    min_size=1,
    max_size=6,
)


def on(**changes):
    return promise(**({"workshop": SHOP, "operations": JOB, "start_at": MONDAY} | changes))


def test_an_empty_workshop_casts_at_the_next_pour():
    days = {s.stage: (s.from_on.day, s.to_on.day) for s in on().stages}
    assert days == {"design": (2, 2), "casting": (3, 4), "assembly": (4, 4)}


def test_a_missed_pour_waits_for_the_next():
    late = on(start_at=datetime(2026, 3, 3, 9, 0, tzinfo=BANGKOK))
    assert late.stages[1].from_on == date(2026, 3, 5)


def test_friday_evening_starts_on_monday_and_holidays_are_off():
    evening = datetime(2026, 3, 6, 18, 0, tzinfo=BANGKOK)
    one = [Operation("design", 60)]
    assert on(operations=one, start_at=evening).on == date(2026, 3, 9)
    off = replace(SHOP, calendar=replace(CALENDAR, holidays=frozenset({date(2026, 3, 9)})))
    assert on(workshop=off, operations=one, start_at=evening).on == date(2026, 3, 10)


def test_the_day_is_the_workshops_own():
    assert on(operations=[Operation("design", 60)], start_at=datetime(2026, 3, 2, 23, 0, tzinfo=UTC)).on == date(
        2026, 3, 3
    )


def test_work_that_ends_at_closing_time_is_ready_that_day():
    morning = datetime(2026, 3, 2, 8, 30, tzinfo=BANGKOK)
    assert on(operations=[Operation("assembly", 540)], start_at=morning).on == date(2026, 3, 2)
    assert on(operations=[Operation("assembly", 541)], start_at=morning).on == date(2026, 3, 3)


@given(loads, loads, moments, jobs)
def test_more_open_work_never_makes_a_promise_earlier(some, more, start, job):
    heavier = {stage: some.get(stage, 0) + more.get(stage, 0) for stage in ("design", "casting", "assembly")}
    before = on(workshop=replace(SHOP, open_minutes=some), operations=job, start_at=start)
    assert before.on <= on(workshop=replace(SHOP, open_minutes=heavier), operations=job, start_at=start).on


@given(loads, moments, moments, jobs)
def test_a_later_start_never_makes_a_promise_earlier(load, a, b, job):
    shop = replace(SHOP, open_minutes=load)
    assert (
        on(workshop=shop, operations=job, start_at=min(a, b)).on
        <= on(workshop=shop, operations=job, start_at=max(a, b)).on
    )


@given(loads, moments, jobs)
def test_stages_follow_each_other_on_working_days(load, start, job):
    days = [
        d
        for s in on(workshop=replace(SHOP, open_minutes=load), operations=job, start_at=start).stages
        for d in (s.from_on, s.to_on)
    ]
    assert days == sorted(days)
    assert all(CALENDAR.works_on(d) for d in days)


def test_what_cannot_be_promised_is_refused_in_a_sentence():
    with pytest.raises(CannotPromise, match="Nobody works at “plating”"):
        on(operations=[Operation("plating", 1)])
    with pytest.raises(CannotPromise, match="time zone"):
        on(start_at=datetime(2026, 3, 2))
    with pytest.raises(CannotPromise, match="at least one operation"):
        on(operations=[])
    with pytest.raises(CannotPromise, match="negative"):
        on(operations=[Operation("design", -1)])
    with pytest.raises(CannotPromise, match="three years"):
        on(workshop=replace(SHOP, open_minutes={"design": 10**7}))
    with pytest.raises(CannotPromise, match="fixed times"):
        on(workshop=replace(SHOP, slots={"casting": [Slot(7, time(10))]}))
    with pytest.raises(CannotPromise, match="at least one weekday"):
        replace(CALENDAR, weekdays=frozenset())
    with pytest.raises(CannotPromise, match="close after it opens"):
        replace(CALENDAR, closes_at=time(8, 0))
