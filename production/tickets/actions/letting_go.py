"""When whoever ordered a piece does not want it any more: how far it is, and what becomes of a piece that is made."""

from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from foundation.mass import format_mass
from foundation.people.models import User
from production.metal import books
from production.metal.actions import return_metal
from production.metal.models import Entry, Leg
from production.metal.questions import balance
from production.routes.stages import Stage
from production.stones.actions import return_stones, unset_stones
from production.stones.dividing import give_back
from production.tickets.flow import OperationState, TicketState
from production.tickets.made import OVER, finished_mg, live_bags
from production.tickets.models import Ticket


class CannotMelt(Exception):
    """Why so much of a piece cannot go into the pot, in a sentence."""


class Far(StrEnum):
    """How far the work is. `made`: it has passed its inspection, and a piece is there."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    CAST = "cast"
    FINISHED = "finished"
    MADE = "made"


UNTOUCHED = (OperationState.PENDING, OperationState.READY)
ORDER = list(Far)


def how_far(reference: UUID) -> Far:
    """How far a work order is: as far as its least advanced bag. Not begun where nothing is in the workshop."""
    bags = live_bags(reference)
    return min((_far(bag) for bag in bags), key=ORDER.index) if bags else Far.NOT_BEGUN


def _far(bag: Ticket) -> Far:
    """By the operation whose turn it is, and by the metal in the bag: what is poured is cast, whoever still weighs it."""
    current = bag.current
    if current is None or current.stage == Stage.PACKAGING:
        return Far.MADE
    if current.stage == Stage.QUALITY:
        return Far.FINISHED
    if current.stage in (Stage.ASSEMBLY, Stage.FINISHING) or balance(books.ticket(bag.number)):
        return Far.CAST
    untouched = not bag.operations.exclude(state__in=UNTOUCHED).exists()
    return Far.NOT_BEGUN if untouched else Far.BEGUN


@transaction.atomic
def lay_aside(*, reference: UUID) -> None:
    """Nobody waits for this piece any more, and it is made: it is not packed, its ticket is finished. Safe to repeat."""
    for bag in Ticket.objects.of_work(reference).select_for_update():
        if bag.state == TicketState.OPEN and _far(bag) == Far.MADE:
            bag.purpose = "stock"
            bag.save(update_fields=["purpose"])
            for operation in bag.operations.filter(state__in=UNTOUCHED):
                operation.move(OperationState.SKIPPED, by=None)
            bag.move(TicketState.FINISHED, by=None)


@transaction.atomic
def melt_made(*, reference: UUID, by: User | None) -> None:
    """A made piece is given up: its metal goes to the returns of its alloy, its stones to where they came from. Once."""
    for bag in live_bags(reference):
        held = finished_mg(bag)
        if held:
            return_metal(account=books.FINISHED, alloy=bag.alloy, gross_mg=held, by=by, key=f"melted:{bag.number}")
        unset_stones(ticket=bag.number, by=None)  # the office may say so, and no bench has it
        return_stones(ticket=bag.number, by=None)


@transaction.atomic
def melt_part(*, reference: UUID, pieces: int, gross_mg: int, by: User, key: str) -> None:
    """Some of the pieces that a work order made are given up, as they were weighed without their stones. Once per `key`.

    The metal goes to the returns of its alloy, their share of the stones to where they came from. Refuses, with
    CannotMelt, more than all its pieces weigh less what was melted of them before.
    """
    name = f"melted-part:{reference}:"
    bags = list(
        Ticket.objects.of_work(reference).exclude(state__in=OVER).select_for_update(of=("self",)).order_by("pk")
    )
    gone = Leg.objects.filter(entry__key__startswith=name, gross_mg__gt=0).exclude(entry__key=name + key)
    left_mg = sum(finished_mg(bag) for bag in bags) - (gone.aggregate(sum=Sum("gross_mg"))["sum"] or 0)
    if gross_mg > left_mg:
        raise CannotMelt(
            _("All that is left of its pieces weighs %(mass)s without stones. Take the stones out and weigh it again.")
            % {"mass": format_mass(left_mg)}
        )
    if Entry.objects.filter(key=name + key).exists():
        return
    return_metal(account=books.FINISHED, alloy=bags[0].alloy, gross_mg=gross_mg, by=by, key=name + key)
    for bag in bags:
        out = min(pieces, bag.quantity)
        give_back(ticket=bag.number, pieces=out, of=bag.quantity, by=None)  # the office may say so, and no bench has it
        pieces -= out
