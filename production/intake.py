"""The door for work: open a ticket, answer about its design, call it off."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.people.models import User
from foundation.reference.alloys import alloy
from production.casting import actions as casting
from production.casting.models import Tree
from production.designs import actions as designs
from production.designs.models import Brief
from production.metal import actions as metal
from production.planning.open_work import forecast
from production.planning.promise import CannotPromise
from production.shapes.asking import measures
from production.stones.actions import Need
from production.tickets import actions as tickets
from production.tickets.actions import CannotChange, CannotMelt, Far
from production.tickets.changing import Asked
from production.tickets.flow import OperationState
from production.tickets.made import OVER
from production.tickets.models import Evidence, Ticket

__all__ = [
    "REFUSALS",
    "Asked",
    "CannotChange",
    "CannotMelt",
    "CannotStop",
    "ChangeLooked",
    "Far",
    "Stand",
    "StoneWanted",
    "WorkOrder",
    "approve_design",
    "cancel_ticket",
    "comment_on_design",
    "drop_change",
    "hold_for_change",
    "lay_aside",
    "look_at_change",
    "make_change",
    "melt_made",
    "melt_part",
    "melt_stock",
    "open_ticket",
    "too_late",
    "where",
]  # fmt: skip
REFUSALS = (designs.NotTheNewest, designs.NothingSaid)
"""Why an answer to a design was not taken, in a sentence."""


@dataclass(frozen=True)
class StoneWanted:
    """Equal stones that a piece needs: species and cut by code, size in µm, weight of each in mct. `label`: the very stone."""

    species: str
    cut: str
    length_um: int
    width_um: int
    mct: int
    count: int = 1
    label: str = ""


@dataclass(frozen=True)
class WorkOrder:
    """What is to be made. `reference` is the asker's own; production never looks into it."""

    reference: UUID
    number: str
    purpose: str
    kind: str
    piece_name: str
    style_code: str
    family: str
    parameters: dict[str, Any]
    alloy: str
    ring_inner_um: int | None
    stones: tuple[StoneWanted, ...]
    engraving: str
    engraving_place: str
    finish: str
    plating: str
    quantity: int
    channel: str
    brand: str
    site: str
    language: str
    customer: str
    wish: str
    files: tuple[UUID, ...]
    promise_on: date
    needs_approval: bool
    picture: UUID | None
    picture_alloy: str
    """The alloy that the picture shows; "" where that is not known."""
    country: str = ""
    """Where it will be sent, where that is known: the country whose hallmarking law it meets there."""


MODELS_IN_A_PIECE = {"earrings": 2}
"""How many castings of the model make one piece, where it is not one."""

SAME = (
    "purpose", "kind", "piece_name", "style_code", "family", "parameters", "alloy", "ring_inner_um", "engraving",
    "engraving_place", "finish", "plating", "quantity", "channel", "brand", "language", "customer", "wish", "promise_on",
    "needs_approval", "picture", "picture_alloy", "country",
)  # fmt: skip
"""What stands on the ticket as it stood on the order."""


def open_ticket(order: WorkOrder) -> str:
    """Open the ticket of a work order and answer its number. The same reference twice is one ticket.

    Refuses, with NoRoute, a kind that the workshop has no route for.
    """
    if opened := Ticket.objects.of_work(order.reference).first():
        return opened.number
    facts = {name: getattr(order, name) for name in SAME} | {
        "order_number": order.number,
        "files": list(order.files),
        "stones": [vars(stone) | {} for stone in order.stones],
        "predicted_mg": _finished_mg(order),
    }
    needs = [_need(stone, order.quantity) for stone in order.stones]
    return tickets.open_ticket(reference=order.reference, site=order.site, facts=facts, needs=needs).number


def _finished_mg(order: WorkOrder) -> int | None:
    """What all the pieces of the bag will weigh together, by the exact model; earrings are made in pairs. None of a
    bespoke piece that nobody has drawn yet.
    """
    if not order.family:
        return None
    one = measures(order.family, order.parameters).finished_mg(alloy(order.alloy).density_mg_per_cm3)
    return one * order.quantity * MODELS_IN_A_PIECE.get(order.kind, 1)


def _need(stone: StoneWanted, pieces: int) -> Need:
    return Need(
        species=stone.species, cut=stone.cut, length_um=stone.length_um, width_um=stone.width_um, mct=stone.mct,
        count=stone.count * pieces, asked_for=stone.label,
    )  # fmt: skip


@transaction.atomic
def approve_design(*, reference: UUID, revision: int, by_name: str) -> None:
    """The customer agrees to a version, by name; the ticket goes on. Refuses one that is not the newest shown."""
    brief = Brief.objects.get(reference=reference)
    agreed = designs.approve(brief=brief, number=revision, by_name=by_name)
    waiting = Ticket.objects.get(reference=reference, split_from=None).operations.filter(craft="approve").last()
    if waiting and waiting.state == OperationState.READY:
        key = f"approved:{reference}:{agreed.number}"
        tickets.finish_by_house(
            operation=waiting, kind=Evidence.Kind.APPROVAL, action_id=key, text=agreed.approved_by_name
        )


def comment_on_design(*, reference: UUID, revision: int, text: str, by_name: str) -> None:
    """The customer asks for something different; the designer draws a new version."""
    brief = Brief.objects.get(reference=reference)
    designs.comment(brief=brief, number=revision, text=text, by_name=by_name, from_customer=True)


class CannotStop(Exception):
    """Why the workshop cannot stop any more, in a sentence."""


@dataclass(frozen=True)
class Stand:
    """How far the work is, as far as its least advanced bag; `why_not`: why it cannot be stopped at this moment."""

    far: Far
    why_not: str = ""


def where(*, reference: UUID) -> Stand:
    """Where a work order stands; not begun where no ticket is open yet. Reads only."""
    numbers = [bag.number for bag in Ticket.objects.of_work(reference).exclude(state__in=OVER)]
    trees = Tree.objects.filter(places__ticket__in=numbers, places__is_open=True)
    return Stand(tickets.how_far(reference), next((why for tree in trees if (why := casting.why_not_off(tree))), ""))


@transaction.atomic
def cancel_ticket(*, reference: UUID, reason: str) -> None:
    """Call it off: metal and stones of all its bags go back to their accounts.

    Refuses, with CannotStop, a piece that is made, which is laid aside or melted, and one that is in the furnace.
    """
    bags = list(Ticket.objects.of_work(reference).select_for_update())
    if tickets.how_far(reference) == Far.MADE:
        raise CannotStop(_("This piece has passed its inspection: it is made. Look again at what that means."))
    for bag in [bag for bag in bags if bag.state not in OVER] or bags[:1]:
        try:
            casting.leave_tree(ticket=bag.number)
        except casting.InTheFurnace as refusal:
            raise CannotStop(str(refusal)) from refusal
        tickets.cancel(ticket=bag, reason=reason, by=None)


def lay_aside(*, reference: UUID) -> None:
    """Nobody waits for this piece any more: once it is made it is not packed, its ticket is finished. Safe to repeat."""
    tickets.lay_aside(reference=reference)


def melt_made(*, reference: UUID, by: User) -> None:
    """A made piece goes into the pot: metal and stones back to their accounts. Safe to repeat."""
    tickets.melt_made(reference=reference, by=by)


def melt_part(*, reference: UUID, pieces: int, gross_mg: int, by: User, key: str) -> None:
    """Some of the pieces that were made go into the pot, weighed without their stones. Once per key. Refuses, with CannotMelt."""
    tickets.melt_part(reference=reference, pieces=pieces, gross_mg=gross_mg, by=by, key=key)


def melt_stock(*, alloy: str, gross_mg: int, by: User, key: str) -> None:
    """A piece from the tray, weighed at `gross_mg` without its stones, goes into the pot. Once per key."""
    metal.melt_stock(alloy=alloy, gross_mg=gross_mg, by=by, key=key)


@dataclass(frozen=True)
class ChangeLooked:
    """What a change of a piece takes: steps in words, minutes, metal in mg, the day it could leave. `seen` goes back with the yes.

    `less_mg` is metal that it does not need any more; `left_out` are steps that nobody has begun, in words, and need not be.
    """

    steps: tuple[str, ...]
    minutes: int
    more_mg: int
    recast: bool
    promise_on: date
    seen: str
    less_mg: int = 0
    left_out: tuple[str, ...] = ()
    spared_minutes: int = 0


def look_at_change(*, reference: UUID, wanted: Asked, now: datetime) -> ChangeLooked:
    """What it would take now to make the piece as it is wanted. Refuses, with CannotChange, what is too late."""
    ticket = tickets.bag_of(reference)
    looked = tickets.look(ticket, wanted)
    try:
        later = forecast(ticket, now=now, more=looked.minutes) if looked.minutes else ticket.promise_on
    except CannotPromise as refusal:
        raise CannotChange(str(refusal)) from refusal
    return ChangeLooked(
        steps=looked.steps, minutes=sum(looked.minutes.values()), more_mg=looked.more_mg, recast=looked.recast,
        promise_on=max(ticket.promise_on, later), seen=looked.seen, less_mg=looked.less_mg, left_out=looked.left_out,
        spared_minutes=looked.spared_minutes,
    )  # fmt: skip


def too_late(*, reference: UUID) -> tuple[str, ...]:
    """What cannot be changed on a piece any more, in sentences."""
    return tickets.too_late(tickets.bag_of(reference))


def hold_for_change(*, reference: UUID, wanted: Asked, seen: str, words: str, until: date | None) -> None:
    """The customer said yes: nothing is begun until it is made or dropped. Refuses what is not as it was seen."""
    tickets.hold_for_change(ticket=tickets.bag_of(reference), wanted=wanted, seen=seen, words=words, until=until)


def make_change(*, reference: UUID, wanted: Asked, words: str, by_name: str) -> None:
    """Make it so: a new revision, new operations, the hold for it over."""
    tickets.make_change(ticket=tickets.bag_of(reference), wanted=wanted, words=words, by_name=by_name)


def drop_change(*, reference: UUID) -> None:
    """The piece goes on as it was."""
    tickets.drop_change(ticket=tickets.bag_of(reference))
