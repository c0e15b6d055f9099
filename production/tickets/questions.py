"""What the tickets answer to whoever plans."""

from collections import Counter

from django.db.models import QuerySet, Sum

from foundation.house.models import Site
from foundation.people.models import RoleHeld, User
from production.routes.stages import Stage
from production.tickets.flow import TicketState
from production.tickets.models import Operation, Ticket
from production.tickets.models.operations import CLOSED


def crafts_people(operation: Operation) -> QuerySet[User]:
    """Everybody whose craft an operation takes, by name."""
    held = RoleHeld.objects.filter(role__in=operation.roles).values("user")
    return User.objects.filter(is_active=True, pk__in=held).order_by("name", "pk")


def bags_by_stage(site: Site) -> dict[str, int]:
    """How many tickets in the workshop lie before or at each stage of a site, as the board's columns have them."""
    rows = Ticket.objects.filter(site=site).in_the_workshop().with_stage()
    return dict(Counter(ticket.stage or str(Stage.PACKAGING) for ticket in rows.only("pk")))


def open_minutes(site: Site) -> dict[str, int]:
    """Standard minutes of work that lies open at a site, by stage: tickets in the workshop, operations not yet ended."""
    rows = Operation.objects.filter(ticket__site=site, ticket__state__in=[TicketState.OPEN, TicketState.ON_HOLD])
    summed = rows.exclude(state__in=CLOSED).values_list("stage").annotate(minutes=Sum("minutes")).order_by("stage")
    return dict(summed)
