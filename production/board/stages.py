"""A stage as the load's page shows it: what lies before it, beside what it can do."""

from typing import Any

from django.utils.translation import gettext as _

from production.planning.load import StageLoad
from production.routes.stages import Stage


def stage_facts(one: StageLoad, *, bags: int, most_days: int) -> dict[str, Any]:
    """A stage as the load's page shows it. `most_days`: those of the slowest, which is marked."""
    return {
        "pk": one.pk, "name": Stage(one.stage).label, "bags": bags, "most": one.most_tickets, "over": bags > one.most_tickets,
        "open": hours(one.open_minutes), "a_day": hours(one.minutes_per_day), "days": one.days,
        "slowest": one.days > 1 and one.days == most_days, "wait": hours(one.wait_minutes) if one.wait_minutes else "",
    }  # fmt: skip


def hours(minutes: int) -> str:
    """Minutes of work in words: 750 is 12 h 30 min."""
    whole, rest = divmod(minutes, 60)
    in_hours, in_minutes = _("%(n)d h") % {"n": whole}, _("%(n)d min") % {"n": rest}
    return f"{in_hours} {in_minutes}" if whole and rest else in_minutes if rest else in_hours
