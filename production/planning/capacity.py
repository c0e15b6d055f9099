"""What a new workshop can do in a day until it says otherwise. House defaults: replace them with what your people do."""

from foundation.house.models import Site
from production.planning.models import StageCapacity

MINUTES_PER_DAY = {"design": 480, "casting": 480, "assembly": 960, "finishing": 960, "quality": 240, "packaging": 240}
"""Eight hours of one person for most stages, two at the bench and at the wheel, half a day for inspecting and packing."""

WAITS = {"casting": 540, "assembly": 1080}
"""Burnout runs overnight: what is invested today is poured tomorrow. Hallmarking outside takes two working days."""

MOST_TICKETS = {"design": 8, "casting": 16, "assembly": 16, "finishing": 12, "quality": 8, "packaging": 12}
"""Bags before a stage at once; more are shown as too many on the board, none is refused. Replace them with your own."""


def seed_capacity(*, site: Site) -> None:
    """Write the defaults for stages that have none. What an admin has edited stays."""
    for stage, minutes in MINUTES_PER_DAY.items():
        StageCapacity.objects.get_or_create(
            site=site,
            stage=stage,
            defaults={
                "minutes_per_day": minutes,
                "wait_minutes": WAITS.get(stage, 0),
                "most_tickets": MOST_TICKETS[stage],
            },
        )
