"""When a ready-made piece leaves the house."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from foundation.house.models import Calendar, Holiday, Site

LONGEST_CLOSED = timedelta(days=30)


def leaves_on(site: Site, *, now: datetime) -> date:
    """The day a piece paid for now leaves this site: the next working day there after today, in the site's zone."""
    today = now.astimezone(ZoneInfo(site.time_zone)).date()
    calendar = Calendar.objects.filter(site=site).first()
    weekdays = calendar.weekdays if calendar else [1, 2, 3, 4, 5]
    holidays = set(
        Holiday.objects.filter(site=site, on__gt=today, on__lte=today + LONGEST_CLOSED).values_list("on", flat=True)
    )
    return next_working_day(today, weekdays=weekdays, holidays=holidays)


def next_working_day(after: date, *, weekdays: list[int], holidays: set[date]) -> date:
    """The first day after this one on which work is done; `weekdays` counts from Monday as 1."""
    day = after + timedelta(days=1)
    while weekdays and (day.isoweekday() not in weekdays or day in holidays):
        day += timedelta(days=1)
    return day
