"""What the tickets answer to whoever plans."""

from django.db.models import Sum

from foundation.house.models import Site
from production.tickets.flow import TicketState
from production.tickets.models import Operation
from production.tickets.models.operations import CLOSED


def open_minutes(site: Site) -> dict[str, int]:
    """Standard minutes of work that lies open at a site, by stage: tickets in the workshop, operations not yet ended."""
    rows = Operation.objects.filter(ticket__site=site, ticket__state__in=[TicketState.OPEN, TicketState.ON_HOLD])
    summed = rows.exclude(state__in=CLOSED).values_list("stage").annotate(minutes=Sum("minutes")).order_by("stage")
    return dict(summed)
