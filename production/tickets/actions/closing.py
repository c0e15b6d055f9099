"""The ends of a ticket: packed and sealed, called off, scrapped."""

from uuid import UUID

from django.db import transaction

from foundation.people.models import User
from production.metal.actions import scrap_ticket
from production.signals import ticket_finished, ticket_scrapped
from production.stones.actions import return_stones, unset_stones
from production.tickets.actions.dividing import make_again
from production.tickets.actions.holding import end_holds
from production.tickets.actions.telling import tell
from production.tickets.actions.working import finish_by_house
from production.tickets.flow import TicketState
from production.tickets.made import OVER
from production.tickets.models import Evidence, Ticket


@transaction.atomic
def note_sealed(*, reference: UUID) -> Ticket | None:
    """The parcel with this piece is sealed: the last operation is done and the ticket finished. Once. None: not ours."""
    bags = list(Ticket.objects.of_work(reference).select_for_update())
    packed = [bag for bag in bags if bag.state not in OVER]
    left = [bag for bag in packed if bag.state != TicketState.FINISHED]
    if not left:
        return next(iter(packed or bags), None)
    for bag in left:
        _finish(bag)
    news = tell(ticket=left[0], headline="packed")
    ticket_finished.send(Ticket, reference=reference, sequence=news.sequence)
    return left[0]


def _finish(bag: Ticket) -> None:
    last = bag.operations.filter(craft="pack").last()
    if last:
        key = f"sealed:{bag.reference}:{bag.pk}" if bag.split_from_id else f"sealed:{bag.reference}"
        finish_by_house(operation=last, kind=Evidence.Kind.SEALED, action_id=key)
    bag.move(TicketState.FINISHED, by=None)


@transaction.atomic
def cancel(*, ticket: Ticket, reason: str, by: User | None) -> Ticket:
    """Call it off: metal to the returns of its alloy, stones to their parcels. Refuses, with WrongTurn, after the end."""
    if ticket.state == TicketState.CANCELLED:
        return ticket
    _empty_the_bag(ticket, by)
    ticket.move(TicketState.CANCELLED, by=by, note=reason)
    tell(ticket=ticket, headline="cancelled")
    return ticket


@transaction.atomic
def scrap(*, ticket: Ticket, reason: str, by: User) -> Ticket:
    """Give the piece up: metal and stones go back, and whoever ordered it is told, so that another can be made.

    Where other bags of the same work order go on, its pieces are made again beside them, in a bag of their own.
    """
    bags = list(Ticket.objects.of_work(ticket.reference).select_for_update())
    _empty_the_bag(ticket, by)
    ticket.move(TicketState.SCRAPPED, by=by, note=reason)
    if any(bag.state not in OVER for bag in bags if bag.pk != ticket.pk):
        make_again(ticket=ticket, reason=reason)
        return ticket
    news = tell(ticket=ticket, headline="scrapped")
    ticket_scrapped.send(Ticket, reference=ticket.reference, sequence=news.sequence, reason=reason)
    return ticket


def _empty_the_bag(ticket: Ticket, by: User | None) -> None:
    scrap_ticket(ticket=ticket.number, alloy=ticket.alloy, by=by, key=f"emptied:{ticket.number}")
    unset_stones(ticket=ticket.number, by=by)
    return_stones(ticket=ticket.number, by=by)
    end_holds(ticket=ticket, by=by)
