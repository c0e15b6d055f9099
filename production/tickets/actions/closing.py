"""The ends of a ticket: packed and sealed, called off, scrapped."""

from uuid import UUID

from django.db import transaction

from foundation.people.models import User
from production.metal.actions import scrap_ticket
from production.signals import ticket_finished, ticket_scrapped
from production.stones.actions import return_stones
from production.tickets.actions.holding import end_holds
from production.tickets.actions.telling import tell
from production.tickets.actions.working import finish_by_house
from production.tickets.flow import TicketState
from production.tickets.models import Evidence, Ticket


@transaction.atomic
def note_sealed(*, reference: UUID) -> Ticket | None:
    """The parcel with this piece is sealed: the last operation is done and the ticket finished. Once. None: not ours."""
    ticket = Ticket.objects.select_for_update().filter(reference=reference).first()
    if ticket is None or ticket.state == TicketState.FINISHED:
        return ticket
    last = ticket.operations.filter(craft="pack").last()
    if last:
        finish_by_house(operation=last, kind=Evidence.Kind.SEALED, action_id=f"sealed:{reference}")
    ticket.move(TicketState.FINISHED, by=None)
    news = tell(ticket=ticket, headline="packed")
    ticket_finished.send(Ticket, reference=reference, sequence=news.sequence)
    return ticket


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
    """Give the piece up: metal and stones go back, and whoever ordered it is told, so that another can be made."""
    _empty_the_bag(ticket, by)
    ticket.move(TicketState.SCRAPPED, by=by, note=reason)
    news = tell(ticket=ticket, headline="scrapped")
    ticket_scrapped.send(Ticket, reference=ticket.reference, sequence=news.sequence, reason=reason)
    return ticket


def _empty_the_bag(ticket: Ticket, by: User | None) -> None:
    scrap_ticket(ticket=ticket.number, alloy=ticket.alloy, by=by, key=f"emptied:{ticket.number}")
    return_stones(ticket=ticket.number, by=by)
    end_holds(ticket=ticket, by=by)
