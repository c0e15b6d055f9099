"""Holds, hand-overs and problems."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.people.models import User
from production.tickets.actions.evidence import NotEvidence, record
from production.tickets.actions.telling import tell
from production.tickets.flow import TicketState
from production.tickets.models import Evidence, Operation, Ticket


@transaction.atomic
def hold(*, ticket: Ticket, reason: str, by: User | None) -> Ticket:
    """Let it rest, with the reason. Refuses a hold without one."""
    said = reason.strip()[:200]
    if not said:
        raise NotEvidence(_("Say why it is on hold: the next person has to know."))
    ticket.move(TicketState.ON_HOLD, by=by, note=said)
    ticket.hold_reason = said
    ticket.save(update_fields=["hold_reason"])
    tell(ticket=ticket, headline="on_hold")
    return ticket


@transaction.atomic
def resume(*, ticket: Ticket, by: User | None) -> Ticket:
    """Go on."""
    ticket.move(TicketState.OPEN, by=by)
    ticket.hold_reason = ""
    ticket.save(update_fields=["hold_reason"])
    tell(ticket=ticket, headline="resumed")
    return ticket


@transaction.atomic
def hand_over(*, ticket: Ticket, to: User) -> None:
    """Whoever scans the bag has it."""
    Ticket.objects.filter(pk=ticket.pk).update(with_person=to)


@transaction.atomic
def report_problem(*, operation: Operation, text: str, by: User, action_id: str) -> Evidence:
    """Say what is wrong; the ticket rests until a manager has looked."""
    said = text.strip()[:2000]
    if not said:
        raise NotEvidence(_("Say what is wrong."))
    row = record(operation=operation, kind=Evidence.Kind.PROBLEM, text=said, by=by, action_id=action_id)
    ticket = operation.ticket
    if ticket.state == TicketState.OPEN:
        hold(ticket=ticket, reason=said, by=by)
    return row
