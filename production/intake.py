"""The door for work: open a ticket, answer about its design, call it off."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from foundation.reference.alloys import alloy
from production.designs import actions as designs
from production.designs.models import Brief
from production.shapes.building import build
from production.stones.actions import Need
from production.tickets import actions as tickets
from production.tickets.flow import OperationState
from production.tickets.made import OVER
from production.tickets.models import Evidence, Ticket

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
    country: str = ""
    """Where it will be sent, where that is known: the country whose hallmarking law it meets there."""


MODELS_IN_A_PIECE = {"earrings": 2}
"""How many castings of the model make one piece, where it is not one."""

SAME = (
    "purpose", "kind", "piece_name", "style_code", "family", "parameters", "alloy", "ring_inner_um", "engraving",
    "engraving_place", "finish", "plating", "quantity", "channel", "brand", "language", "customer", "wish", "promise_on",
    "needs_approval", "picture", "country",
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
    one = build(order.family, order.parameters).finished_mg(alloy(order.alloy).density_mg_per_cm3)
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


@transaction.atomic
def cancel_ticket(*, reference: UUID, reason: str) -> None:
    """Call it off: metal and stones of all its bags go back to their accounts. Refuses a ticket that is finished."""
    bags = list(Ticket.objects.of_work(reference).select_for_update())
    for bag in [bag for bag in bags if bag.state not in OVER] or bags[:1]:
        tickets.cancel(ticket=bag, reason=reason, by=None)
