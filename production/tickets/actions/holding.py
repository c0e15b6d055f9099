"""Holds, hand-overs and problems."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.flow import WrongTurn
from foundation.people.models import User
from production.tickets.actions.evidence import NotEvidence, record
from production.tickets.actions.telling import tell
from production.tickets.flow import OperationState, TicketState
from production.tickets.models import Evidence, Hold, HoldCause, Operation, Ticket


@transaction.atomic
def hold(
    *,
    ticket: Ticket,
    reason: str,
    by: User | None,
    cause: str = HoldCause.OTHER,
    until: date | None = None,
    now: datetime | None = None,
) -> Ticket:
    """Let it rest for a cause, with the reason in words. It may rest for several causes, for each of them once.

    `until` is the day on which it is expected to go on. Refuses a hold without words, a day that is over, a cause it
    rests for already, and a ticket that is closed.
    """
    said, at = reason.strip()[:200], now or timezone.now()
    if not said:
        raise NotEvidence(_("Say why it is on hold: the next person has to know."))
    if until and until < timezone.localdate(at):
        raise NotEvidence(_("The day on which it goes on is over already."))
    held = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    _must_be_new(held, cause)
    if held.state == TicketState.ON_HOLD:
        held.may_be_held(by)
    else:
        held.move(TicketState.ON_HOLD, by=by, note=said)
    Hold.objects.create(ticket=held, cause=cause, reason=said, by=by, since=at, until=until)
    tell(ticket=held, headline="on_hold", facts={"cause": str(cause)})
    return held


def _must_be_new(ticket: Ticket, cause: str) -> None:
    if already := next((one for one in ticket.open_holds if one.cause == cause), None):
        raise WrongTurn(_("It rests for this already: %(reason)s") % {"reason": already.reason})


@transaction.atomic
def resume(*, ticket: Ticket, by: User | None, hold: Hold | None = None, now: datetime | None = None) -> Ticket:
    """End a hold, or every hold that this person may end; with the last of them the ticket goes on.

    Refuses where the hold is ended already, or is not theirs to end.
    """
    held = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    chosen = [one for one in held.open_holds if hold is None or one.pk == hold.pk]
    if not chosen and (hold or held.state != TicketState.ON_HOLD):
        raise WrongTurn(_("Nobody holds it any more. Look again."))
    whys = [one.why_not_ended(by) for one in chosen]
    if chosen and all(whys):
        raise WrongTurn(whys[0])
    held.may_be_held(by)
    _end([one for one, why in zip(chosen, whys, strict=True) if not why], by=by, at=now or timezone.now())
    if held.state == TicketState.ON_HOLD and not Hold.objects.open().filter(ticket=held).exists():
        held.move(TicketState.OPEN, by=by)
        tell(ticket=held, headline="resumed")
    return held


def _end(holds: Sequence[Hold], *, by: User | None, at: datetime) -> None:
    for one in holds:
        one.ended_by, one.ended_at = by, max(at, one.since)
        one.save(update_fields=["ended_by", "ended_at"])


def end_holds(*, ticket: Ticket, by: User | None) -> None:
    """The ticket is over: nothing holds it any more."""
    _end(ticket.open_holds, by=by, at=timezone.now())


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
        hold(ticket=ticket, reason=said, by=by, cause=HoldCause.PROBLEM)
    return row
