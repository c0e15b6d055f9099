"""Promises: a day from capacity and calendar, kept as rows, moved only with a cause."""

from datetime import date, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, transaction

from foundation.house.models import Holiday
from production.planning import actions, load
from production.planning.capacity import seed_capacity
from production.planning.models import Promise, StageCapacity, StageSlot
from production.planning.promise import CannotPromise
from production.signals import promise_moved

BANGKOK = ZoneInfo("Asia/Bangkok")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=BANGKOK)
MINUTES = {"design": 120, "casting": 60, "assembly": 240}


@pytest.fixture
def staffed(site):
    for stage in MINUTES:
        StageCapacity.objects.create(site=site, stage=stage, minutes_per_day=540)
    return site


def ready_on(site, **open_minutes):
    return load.promise_at(site, minutes=MINUTES, open_minutes=open_minutes, now=MONDAY).on


def test_an_idle_workshop_makes_it_the_same_day(staffed):
    assert ready_on(staffed) == date(2026, 11, 23)


def test_open_work_before_a_stage_moves_the_day(staffed):
    assert ready_on(staffed, assembly=540 * 3) == date(2026, 11, 26)


def test_a_holiday_and_a_weekend_move_the_day(staffed):
    Holiday.objects.create(site=staffed, on=date(2026, 11, 26), name="Loy Krathong")
    assert ready_on(staffed, assembly=540 * 4) == date(2026, 11, 30)


def test_casting_waits_for_its_pour(staffed):
    StageSlot.objects.create(site=staffed, stage="casting", weekday=3, at=time(9))
    assert ready_on(staffed) == date(2026, 11, 25)


def test_waiting_after_a_stage_counts(staffed):
    StageCapacity.objects.filter(stage="casting").update(wait_minutes=540)
    assert ready_on(staffed) == date(2026, 11, 24)


def test_no_day_is_promised_where_nobody_works(site):
    with pytest.raises(CannotPromise, match="minutes a day"):
        ready_on(site)


def test_without_a_name_the_first_workshop_is_meant(site):
    assert load.workshop_site() == load.workshop_site("bangkok") == site
    with pytest.raises(CannotPromise):
        load.workshop_site("atlantis")


def test_days_of_open_work_are_rounded_up(staffed):
    rows = {row.stage: row.days for row in load.loads(staffed, open_minutes={"casting": 541, "assembly": 540})}
    assert rows == {"design": 0, "casting": 2, "assembly": 1}


@pytest.mark.parametrize(
    ("promised_on", "standing"),
    [
        (date(2026, 11, 20), "late"),
        (date(2026, 11, 23), "due_soon"),
        (date(2026, 11, 25), "due_soon"),
        (date(2026, 11, 26), ""),
    ],
)
def test_late_and_due_soon_count_working_days(site, promised_on, standing):
    found = load.standing(load.calendar_of(site), promised_on=promised_on, today=date(2026, 11, 23))
    assert found == standing


def test_on_a_friday_tuesday_is_soon(site):
    calendar = load.calendar_of(site)
    assert load.standing(calendar, promised_on=date(2026, 12, 1), today=date(2026, 11, 27)) == "due_soon"
    assert load.standing(calendar, promised_on=date(2026, 12, 2), today=date(2026, 11, 27)) == ""


@pytest.fixture
def news():
    heard = []

    def hear(**told):
        heard.append((told["sequence"], told["old_on"], told["new_on"], told["cause"]))

    promise_moved.connect(hear)
    yield heard
    promise_moved.disconnect(hear)


def test_a_promise_moves_with_its_cause_and_the_store_hears(db, news):
    reference = uuid4()
    first, second = date(2026, 12, 4), date(2026, 12, 8)
    actions.give_promise(reference=reference, ticket="A-1", on=first, cause="opened")
    actions.give_promise(reference=reference, ticket="A-1", on=first, cause="sent_back")
    actions.give_promise(reference=reference, ticket="A-1", on=second, cause="A stone was reset.")
    assert list(Promise.objects.values_list("sequence", "on")) == [(1, first), (2, second)]
    assert news == [(2, first, second, "A stone was reset.")]


def test_an_earlier_forecast_leaves_the_word_as_it_was(db, news):
    reference = uuid4()
    actions.give_promise(reference=reference, ticket="A-1", on=date(2026, 12, 4), cause="opened")
    assert actions.move_if_later(reference=reference, ticket="A-1", forecast_on=date(2026, 12, 3), cause="load") is None
    assert actions.move_if_later(reference=reference, ticket="A-1", forecast_on=date(2026, 12, 7), cause="load")
    assert len(news) == 1


def test_a_promise_never_moves_without_a_word_and_is_never_rewritten(db):
    reference = uuid4()
    row = actions.give_promise(reference=reference, ticket="A-1", on=date(2026, 12, 4), cause="opened")
    with pytest.raises(actions.NoCause):
        actions.give_promise(reference=reference, ticket="A-1", on=date(2026, 12, 5), cause=" ")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Promise.objects.filter(pk=row.pk).update(on=date(2027, 1, 1))


def test_a_new_workshop_has_defaults_and_keeps_what_was_edited(site):
    StageCapacity.objects.create(site=site, stage="casting", minutes_per_day=1)
    seed_capacity(site=site)
    seed_capacity(site=site)
    assert StageCapacity.objects.count() == 6
    assert StageCapacity.objects.get(stage="casting").minutes_per_day == 1
