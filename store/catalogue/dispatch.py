"""When a ready-made piece leaves the house."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from foundation.asked import asked
from foundation.house.models import Calendar, Holiday, Site

LONGEST_CLOSED = timedelta(days=30)


def leaves_on(site: Site, *, now: datetime) -> date:
    """The day a piece paid for now leaves this site: the next working day there after today, in the site's zone."""
    today = now.astimezone(ZoneInfo(site.time_zone)).date()
    calendar: Any = _calendar.first(site.pk, after=today, until=today + LONGEST_CLOSED)
    if calendar is None:
        return next_working_day(today, weekdays=[1, 2, 3, 4, 5], holidays=set())
    return next_working_day(today, weekdays=calendar.weekdays, holidays=set(calendar.closed))


@asked
def _calendar(site_id: int, after: date, until: date) -> QuerySet[Calendar]:
    closed = Holiday.objects.filter(site=OuterRef("site"), on__gt=after, on__lte=until)
    return Calendar.objects.filter(site_id=site_id).annotate(closed=ArraySubquery(closed.values("on")))


def next_working_day(after: date, *, weekdays: list[int], holidays: set[date]) -> date:
    """The first day after this one on which work is done; `weekdays` counts from Monday as 1."""
    day = after + timedelta(days=1)
    while weekdays and (day.isoweekday() not in weekdays or day in holidays):
        day += timedelta(days=1)
    return day
