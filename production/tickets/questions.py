"""What the tickets answer to whoever plans."""

from django.db.models import QuerySet, Sum

from foundation.house.models import Site
from foundation.people.models import RoleHeld, User
from production.tickets.flow import TicketState
from production.tickets.models import Operation
from production.tickets.models.operations import CLOSED


def crafts_people(operation: Operation) -> QuerySet[User]:
    """Everybody whose craft an operation takes, by name."""
    held = RoleHeld.objects.filter(role__in=operation.roles).values("user")
    return User.objects.filter(is_active=True, pk__in=held).order_by("name", "pk")


def open_minutes(site: Site) -> dict[str, int]:
    """Standard minutes of work that lies open at a site, by stage: tickets in the workshop, operations not yet ended."""
    rows = Operation.objects.filter(ticket__site=site, ticket__state__in=[TicketState.OPEN, TicketState.ON_HOLD])
    summed = rows.exclude(state__in=CLOSED).values_list("stage").annotate(minutes=Sum("minutes")).order_by("stage")
    return dict(summed)
