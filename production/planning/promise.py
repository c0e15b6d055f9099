"""The promise: when a piece can be ready, from standard minutes, the work already open and the workshop's calendar.

Time is counted in working minutes since the start. A stage clears its open work at its daily capacity, then does this
job, one person at a time. So more open work, or less capacity, can only move a promise later, never earlier.
A customer's own time to approve is left out: that clock stands while the house waits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from foundation.exact import whole

FURTHEST_DAYS = 3 * 366


class CannotPromise(ValueError):
    """No date can be given from what is known."""


@dataclass(frozen=True)
class WorkingCalendar:
    """When a site works: ISO weekdays (Monday 1), from opening to closing in its own zone, holidays off."""

    weekdays: frozenset[int]
    opens_at: time
    closes_at: time
    zone: ZoneInfo
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a calendar on which nobody works."""
        if not self.weekdays or not self.weekdays <= set(range(1, 8)):
            raise CannotPromise(_("The workshop's calendar needs at least one weekday, Monday 1 to Sunday 7."))
        if self.minutes_a_day <= 0:
            raise CannotPromise(_("The workshop must close after it opens."))

    @property
    def minutes_a_day(self) -> int:
        """Working minutes in a day."""
        return _minute(self.closes_at) - _minute(self.opens_at)

    def works_on(self, day: date) -> bool:
        """Whether the workshop is open."""
        return day.isoweekday() in self.weekdays and day not in self.holidays


@dataclass(frozen=True)
class Slot:
    """A fixed time at which a stage starts, such as the flasks' pour: ISO weekday and time of day."""

    weekday: int
    at: time


@dataclass(frozen=True)
class Operation:
    """A step of this job: its stage, its standard minutes, and working minutes of fixed waiting after it (plating outside, cooling)."""

    stage: str
    minutes: int
    wait_minutes: int = 0


@dataclass(frozen=True)
class StageDates:
    """From which day to which a stage has the piece."""

    stage: str
    from_on: date
    to_on: date


@dataclass(frozen=True)
class Promise:
    """The day on which the piece is ready, and how the stages get there."""

    on: date
    stages: tuple[StageDates, ...]


@dataclass(frozen=True)
class Workshop:
    """What the workshop can do: minutes a day per stage, open minutes per stage, and the slots of stages that have fixed times."""

    calendar: WorkingCalendar
    capacity_minutes: Mapping[str, int]
    open_minutes: Mapping[str, int]
    slots: Mapping[str, Sequence[Slot]]


def promise(*, workshop: Workshop, operations: Sequence[Operation], start_at: datetime) -> Promise:
    """The promised day for a job whose operations run in this order from `start_at` (with a zone).

    Refuses no operations, negative minutes, a stage without capacity, a start without a zone, and a calendar that
    never reaches the work within three years.
    """
    _check(workshop, operations, start_at)
    days = _Days(workshop.calendar, start_at)
    at, stages = days.first_minute, []
    for operation in operations:
        begins = _begins(workshop, days, operation.stage, at)
        at = begins + _takes(workshop, operation) + operation.wait_minutes
        stages.append(StageDates(operation.stage, days.day_of_start(begins), days.day_of_end(begins, at)))
    return Promise(stages[-1].to_on, _joined(stages))


def _begins(workshop: Workshop, days: "_Days", stage: str, ready: int) -> int:
    """When the stage can take the piece: it is ready, the open work is done, and the slot, if any, has come."""
    a_day = workshop.calendar.minutes_a_day
    cleared = days.first_minute + _ceil(workshop.open_minutes.get(stage, 0) * a_day, workshop.capacity_minutes[stage])
    begins = max(ready, cleared)
    return days.next_slot(begins, workshop.slots[stage]) if workshop.slots.get(stage) else begins


def _takes(workshop: Workshop, operation: Operation) -> int:
    """Working minutes this job keeps the stage: one person at a time, slower where the stage is staffed for part of the day."""
    a_day = workshop.calendar.minutes_a_day
    return max(operation.minutes, _ceil(operation.minutes * a_day, workshop.capacity_minutes[operation.stage]))


def _joined(stages: Sequence[StageDates]) -> tuple[StageDates, ...]:
    """Neighbouring operations of one stage as one span."""
    joined: list[StageDates] = []
    for row in stages:
        if joined and joined[-1].stage == row.stage:
            joined[-1] = StageDates(row.stage, joined[-1].from_on, row.to_on)
        else:
            joined.append(row)
    return tuple(joined)


def _check(workshop: Workshop, operations: Sequence[Operation], start_at: datetime) -> None:
    if start_at.tzinfo is None:
        raise CannotPromise(_("A promise needs a start with its time zone."))
    if not operations:
        raise CannotPromise(_("A promise needs at least one operation."))
    minutes = [m for o in operations for m in (o.minutes, o.wait_minutes)]
    if any(whole(m, "Minutes") < 0 for m in (*minutes, *workshop.open_minutes.values())):
        raise CannotPromise(_("Minutes of work cannot be negative."))
    for operation in operations:
        if workshop.capacity_minutes.get(operation.stage, 0) <= 0:
            raise CannotPromise(
                _("Nobody works at “%s”, so no date can be promised. Give the stage its minutes a day.")
                % operation.stage
            )


class _Days:
    """The working days from a start on, counted in working minutes."""

    def __init__(self, calendar: WorkingCalendar, start_at: datetime) -> None:
        """Begin at `start_at`, or at the next opening when the workshop is closed then."""
        local = start_at.astimezone(calendar.zone)
        today = calendar.works_on(local.date()) and _minute(local) < _minute(calendar.closes_at)
        self.calendar = calendar
        self.from_on = local.date() if today else local.date() + timedelta(days=1)
        self.first_minute = max(0, _minute(local) - _minute(calendar.opens_at)) if today else 0
        self.days = [d for n in range(FURTHEST_DAYS) if calendar.works_on(d := self.from_on + timedelta(days=n))]

    def day(self, number: int) -> date:
        """The working day of that number; refuses what lies beyond three years."""
        if number >= len(self.days):
            raise CannotPromise(_("The open work reaches further than three years; no date can be promised."))
        return self.days[number]

    def day_of_start(self, at: int) -> date:
        """The day on which something that starts `at` starts: at closing time that is the next morning."""
        return self.day(at // self.calendar.minutes_a_day)

    def day_of_end(self, begins: int, at: int) -> date:
        """The day on which it ends: at closing time that is still the same day."""
        return self.day((max(at, begins + 1) - 1) // self.calendar.minutes_a_day)

    def next_slot(self, at: int, slots: Sequence[Slot]) -> int:
        """The first slot that is not before `at`."""
        a_day = self.calendar.minutes_a_day
        for number in range(at // a_day, len(self.days)):
            opens = _minute(self.calendar.opens_at)
            minutes = (_minute(s.at) - opens for s in slots if s.weekday == self.days[number].isoweekday())
            open_ones = [number * a_day + m for m in minutes if 0 <= m < a_day and number * a_day + m >= at]
            if open_ones:
                return min(open_ones)
        raise CannotPromise(_("None of the fixed times of this stage falls into working hours."))


def _minute(at: time | datetime) -> int:
    return at.hour * 60 + at.minute


def _ceil(n: int, d: int) -> int:
    return -(-n // d)
