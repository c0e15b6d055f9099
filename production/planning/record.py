"""How the workshop kept its word: bags finished, beside the day that was promised first."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, Subquery

from production.planning.models import Promise
from production.tickets.flow import TicketState
from production.tickets.models import TicketStep


@dataclass(frozen=True)
class Kept:
    """Bags that were finished, and how many of them by the first promised day."""

    bags: int
    on_time: int

    @property
    def percent(self) -> int:
        """Whole percent on time, rounded down: one late bag is never shown as none."""
        return 100 * self.on_time // self.bags if self.bags else 0


def kept_since(since: datetime) -> Kept:
    """Bags finished since a moment. Only the first promise counts: a day that was moved is a day that was missed.

    The day ends when it ends at the bag's own site.
    """
    first = Promise.objects.filter(reference=OuterRef("owner__reference")).order_by("sequence").values("on")[:1]
    steps = TicketStep.objects.filter(new=TicketState.FINISHED, at__gte=since).annotate(promised_on=Subquery(first))
    rows = steps.exclude(promised_on=None).annotate(zone=F("owner__site__time_zone"))
    kept = [
        at.astimezone(ZoneInfo(zone)).date() <= on for at, on, zone in rows.values_list("at", "promised_on", "zone")
    ]
    return Kept(len(kept), sum(kept))
