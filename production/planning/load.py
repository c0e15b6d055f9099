"""A site's workshop as the promise's sums take it: its calendar, what each stage can do, and when its slots are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from foundation.house.models import Calendar, Holiday, Site
from production.planning.models import StageCapacity, StageSlot
from production.planning.promise import CannotPromise, Operation, Promise, Slot, WorkingCalendar, Workshop, promise

DUE_SOON_DAYS = 2
"""Working days before the promised one in which a ticket is marked as due soon: a house default."""


@dataclass(frozen=True)
class StageLoad:
    """What lies before a stage: open standard minutes, what it does in a day, bags at once, and the wait behind it."""

    pk: int
    stage: str
    open_minutes: int
    minutes_per_day: int
    most_tickets: int
    wait_minutes: int

    @property
    def days(self) -> int:
        """Working days to clear what is open."""
        return -(-self.open_minutes // self.minutes_per_day)


def workshop_site(code: str = "") -> Site:
    """The site with this code, or the house's first workshop when none is named. Refuses where nobody works."""
    rows = Site.objects.filter(code=code) if code else Site.objects.workshops()
    if (site := rows.first()) is None:
        raise CannotPromise(_("There is no workshop called “%(code)s”.") % {"code": code})
    return site


def calendar_of(site: Site) -> WorkingCalendar:
    """When the site works. Refuses a site without a calendar."""
    row = Calendar.objects.filter(site=site).first()
    if row is None:
        raise CannotPromise(_("%(site)s has no working hours. Enter them before promising a day.") % {"site": site})
    holidays = Holiday.objects.filter(site=site).values_list("on", flat=True)
    return WorkingCalendar(
        weekdays=frozenset(row.weekdays),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        zone=ZoneInfo(site.time_zone),
        holidays=frozenset(holidays),
    )


def workshop_of(
    site: Site, *, open_minutes: Mapping[str, int], rows: Sequence[StageCapacity] | None = None
) -> Workshop:
    """All that the sums need of a site, with what is open there. `rows` are its capacities, where they are known."""
    slots: dict[str, list[Slot]] = {}
    for row in StageSlot.objects.filter(site=site):
        slots.setdefault(row.stage, []).append(Slot(weekday=row.weekday, at=row.at))
    capacity = {row.stage: row.minutes_per_day for row in rows or StageCapacity.objects.filter(site=site)}
    return Workshop(calendar=calendar_of(site), capacity_minutes=capacity, open_minutes=open_minutes, slots=slots)


def promise_at(site: Site, *, minutes: Mapping[str, int], open_minutes: Mapping[str, int], now: datetime) -> Promise:
    """When work of so many minutes a stage, in this order, can be ready. Waiting after a stage is the site's own."""
    rows = list(StageCapacity.objects.filter(site=site))
    waits = {row.stage: row.wait_minutes for row in rows}
    operations = [Operation(stage, needed, waits.get(stage, 0)) for stage, needed in minutes.items() if needed]
    return promise(
        workshop=workshop_of(site, open_minutes=open_minutes, rows=rows), operations=operations, start_at=now
    )


def loads(site: Site, *, open_minutes: Mapping[str, int]) -> Sequence[StageLoad]:
    """Every stage with what lies before it; the one with most days is the bottleneck."""
    rows = StageCapacity.objects.filter(site=site).order_by("pk")
    return [
        StageLoad(
            row.pk,
            row.stage,
            open_minutes.get(row.stage, 0),
            row.minutes_per_day,
            row.most_tickets,
            row.wait_minutes,
        )
        for row in rows
    ]


def standing(calendar: WorkingCalendar, *, promised_on: date, today: date) -> str:
    """How a ticket stands to its day: "late" once that is over, "due_soon" within two working days, else ""."""
    if today > promised_on:
        return "late"
    span = (promised_on - today).days
    working = sum(calendar.works_on(today + timedelta(days=n)) for n in range(1, span + 1))
    return "due_soon" if working <= DUE_SOON_DAYS else ""
