"""Between trees and tickets: which bags wait for a pour, and what casting leaves on their operations."""

from collections.abc import Sequence

from django.db.models import QuerySet, Sum

from foundation.house.models import Site
from foundation.people.models import User
from production.casting.models import Place, Tree
from production.tickets import actions as tickets
from production.tickets.flow import OperationState, TicketState
from production.tickets.models import Evidence, Operation

AT_HAND = (OperationState.READY, OperationState.RUNNING, OperationState.PAUSED)


def waiting(site: Site) -> QuerySet[Operation]:
    """Casting operations that are at hand and stand on no open tree, by alloy and hour due."""
    on_a_tree = Place.objects.filter(is_open=True).values("operation")
    rows = Operation.objects.filter(ticket__site=site, ticket__state=TicketState.OPEN, craft="cast", state__in=AT_HAND)
    return rows.exclude(pk__in=on_a_tree).select_related("ticket").order_by("ticket__alloy", "ticket__due_at")


def pieces_wanted(operation: Operation) -> int:
    """How many good castings an operation still lacks: a misrun leaves it short, and it goes on another tree."""
    good = Place.objects.filter(operation=operation).aggregate(sum=Sum("cast_pieces", default=0))["sum"]
    return operation.ticket.quantity - int(good)


def take_up(tree: Tree, *, by: User) -> None:
    """Metal is issued: the casting of every bag on the tree is under way. Refuses a bag that rests."""
    for place in tree.places.select_related("operation__ticket"):
        if place.operation.state != OperationState.RUNNING:
            tickets.start_operation(operation=place.operation, by=by)


def hand_on(places: Sequence[Place], *, tree: Tree, by: User) -> None:
    """Write each bag's cast weight on its operation, and end the operations that have all their pieces."""
    poured = sum(place.pieces for place in places)
    for place in places:
        if not place.cast_mg:
            continue
        key = f"tree:{tree.number}:{place.ticket}"
        tickets.weigh(
            operation=place.operation, kind=Evidence.Kind.CAST_WEIGHT, mg=place.cast_mg, by=by, action_id=key,
            others=poured - place.pieces,
        )  # fmt: skip
        if pieces_wanted(place.operation) <= 0:
            tickets.finish_operation(operation=place.operation, by=by, action_id=f"{key}:done")
