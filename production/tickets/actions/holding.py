"""Holds, hand-overs and problems."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.flow import WrongTurn
from foundation.people.models import User
from production.tickets.actions.evidence import NotEvidence, record
from production.tickets.actions.telling import tell
from production.tickets.flow import OperationState, TicketState
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
def hand_over(*, ticket: Ticket, to: User, by: User, action_id: str) -> Ticket:
    """Give a bag that is at the bench to somebody of the craft; who had it is written down.

    Refuses whoever neither has it nor manages, another craft, and a bag that nobody is working on.
    """
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("with_person").get(pk=ticket.pk)
    operation = ticket.current
    if operation is None or operation.state != OperationState.RUNNING:
        raise WrongTurn(_("Nobody is working on this bag. Start it instead."))
    if reason := operation.in_other_hands(by) or operation.not_your_craft(to):
        raise WrongTurn(reason)
    said = _("Handed over by %(person)s to %(other)s.") % {"person": ticket.with_person or by, "other": to}
    record(operation=operation, kind=Evidence.Kind.NOTE, text=said, by=by, action_id=action_id)
    ticket.with_person = to
    ticket.save(update_fields=["with_person"])
    return ticket


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
