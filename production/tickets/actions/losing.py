"""A stone that a bench cannot find, or that broke: the ticket rests until two people have signed, or it turns up."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.people.models import User
from production.stones import losses
from production.stones.actions import break_stone
from production.stones.models import Allotment, Loss
from production.stones.questions import unsigned
from production.tickets.actions.evidence import record
from production.tickets.actions.holding import hold, resume
from production.tickets.models import Evidence, HoldCause, Operation, Ticket


@transaction.atomic
def report_lost(*, operation: Operation, allotment: Allotment, pcs: int, note: str, by: User, action_id: str) -> Loss:
    """Report stones lost: written on the operation, and the ticket rests."""
    ticket = Ticket.objects.select_for_update().get(pk=operation.ticket_id)
    loss = losses.report(allotment=allotment, pcs=pcs, note=note, by=by, action_id=action_id)
    record(operation=operation, kind=Evidence.Kind.PROBLEM, text=_told(loss), by=by, action_id=f"{action_id}:lost")
    if not any(one.cause == HoldCause.STONE for one in ticket.open_holds):
        hold(ticket=ticket, reason=_told(loss), by=by, cause=HoldCause.STONE)
    return loss


@transaction.atomic
def report_broken(
    *, operation: Operation, allotment: Allotment, pcs: int, note: str, by: User, action_id: str
) -> Evidence:
    """Write broken stones off, once, and ask for others. The pieces of a stone are there to be seen: one name is enough."""
    Ticket.objects.select_for_update().get(pk=operation.ticket_id)
    key = f"{action_id}:broken"
    if written := Evidence.objects.filter(action_id=key).first():
        return written
    break_stone(allotment=allotment, by=by, note=note, pcs=pcs)
    text = _("%(count)s × %(stone)s broken: %(note)s") % {
        "count": pcs, "stone": allotment.stone or allotment.parcel, "note": note.strip(),
    }  # fmt: skip
    return record(operation=operation, kind=Evidence.Kind.PROBLEM, text=text, by=by, action_id=key)


@transaction.atomic
def sign_lost(*, loss: Loss, by: User, now: datetime) -> Loss:
    """The second name under a loss. The ticket goes on when it was the last one open."""
    ticket = _ticket(loss)
    return _and_go_on(ticket, losses.sign(loss=loss, by=by, now=now), by)


@transaction.atomic
def found_again(*, loss: Loss, by: User, now: datetime) -> Loss:
    """It lay under the bench after all. The ticket goes on."""
    ticket = _ticket(loss)
    return _and_go_on(ticket, losses.find(loss=loss, by=by, now=now), by)


def _ticket(loss: Loss) -> Ticket:
    return Ticket.objects.select_for_update().get(number=loss.allotment.ticket)


def _and_go_on(ticket: Ticket, loss: Loss, by: User) -> Loss:
    held = next((one for one in ticket.open_holds if one.cause == HoldCause.STONE), None)
    if held and not unsigned(ticket.number).exists():
        resume(ticket=ticket, by=by, hold=held)
    return loss


def _told(loss: Loss) -> str:
    return _("%(count)s × %(stone)s lost: %(note)s") % {
        "count": loss.pcs, "stone": loss.allotment.stone or loss.allotment.parcel, "note": loss.note,
    }  # fmt: skip
