"""Inspecting a piece: measured by somebody other than its makers, passed or sent back with the reason."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.house.models import Brand
from foundation.people.models import User
from foundation.reference.alloys import alloy as find_alloy
from foundation.reference.hallmarks import needs_hallmark
from production.metal.actions import finish_piece
from production.quality.defects import defect as find_defect
from production.quality.limits import ring_fault, text_fault, weight_fault
from production.quality.models import Inspection
from production.routes.stages import Stage
from production.tickets.actions import fail_operation, finish_operation, record, send_back, start_operation
from production.tickets.actions.working import metal_mg
from production.tickets.flow import OperationState
from production.tickets.models import Evidence, Operation, OperationStep, Ticket

MARKET = "GB"
"""The market whose hallmarking law a piece meets where neither its buyer's country nor its seller's is known."""


class InspectsOwnWork(Exception):
    """The inspector is one of the makers."""


class DoesNotPass(Exception):
    """A measured value or a look that a pass may not overrule."""


class NotUnderInspection(Exception):
    """The piece is not at the inspector's bench."""


@dataclass(frozen=True)
class Seen:
    """What the inspector measured and saw. Weight in mg with the stones, diameter in µm, text as it reads."""

    gross_mg: int
    ring_inner_um: int | None
    stones_tight: bool
    surface_clean: bool
    engraving_read: str
    hallmark: str


def faults(ticket: Ticket, seen: Seen) -> list[str]:
    """Everything that stands against passing, in sentences."""
    found = [
        weight_fault(measured_mg=metal_mg(ticket, seen.gross_mg), predicted_mg=ticket.predicted_mg)
        if ticket.predicted_mg
        else "",
        ring_fault(measured_um=seen.ring_inner_um, asked_um=ticket.ring_inner_um) if ticket.ring_inner_um else "",
        text_fault(read=seen.engraving_read, approved=ticket.engraving),
        "" if seen.stones_tight or not ticket.stones else _("A stone is loose."),
        "" if seen.surface_clean else _("The surface is not clean."),
        _hallmark_fault(ticket, seen),
    ]
    return [fault for fault in found if fault]


def _hallmark_fault(ticket: Ticket, seen: Seen) -> str:
    mass = metal_mg(ticket, seen.gross_mg) // ticket.quantity  # the law weighs each article by itself
    metal = find_alloy(ticket.alloy).metal
    needed = any(needs_hallmark(market, metal, mass) for market in markets(ticket))
    if needed and seen.hallmark == Inspection.Hallmark.EXEMPT:
        return _("At this weight it needs a hallmark; it is not exempt.")
    return ""


def markets(ticket: Ticket) -> tuple[str, ...]:
    """The countries whose hallmarking law a piece must meet: where it is sent, and where its seller is."""
    seller = Brand.objects.filter(code=ticket.brand).values_list("seller__country", flat=True).first()
    known = (ticket.country, seller or "")
    return tuple(dict.fromkeys(country for country in known if country)) or (MARKET,)


@transaction.atomic
def take_to_the_loupe(*, ticket: Ticket, by: User) -> Operation:
    """The inspection that a ticket waits for, begun. Refuses a ticket that does not wait for one."""
    operation = ticket.current
    if operation is None or operation.craft != "inspect":
        raise NotUnderInspection(_("This ticket does not wait for an inspection. Look again."))
    if operation.state == OperationState.READY:
        start_operation(operation=operation, by=by)
    return operation


@transaction.atomic
def pass_piece(
    *, operation: Operation, seen: Seen, by: User, action_id: str, witness: User | None = None
) -> Inspection:
    """It is right: the ticket's metal is finished at its last weight, and the piece goes to be packed.

    Refuses one's own work, and any fault, in a sentence each; with LossNeedsWitness a loss since the last weighing
    that a second person must sign for.
    """
    if done := Inspection.objects.filter(operation=operation).first():
        return done
    _must_be_at_hand(operation, by)
    if found := faults(operation.ticket, seen):
        raise DoesNotPass(" ".join(found))
    inspection = _written(operation, seen, Inspection.Verdict.PASS, by=by)
    ticket = operation.ticket
    finish_piece(
        ticket=ticket.number, alloy=ticket.alloy, metal_mg=metal_mg(ticket, seen.gross_mg), by=by,
        key=f"finished:{ticket.number}", witness=witness,
    )  # fmt: skip
    record(operation=operation, kind=Evidence.Kind.INSPECTION, by=by, action_id=action_id, text=seen.hallmark)
    finish_operation(operation=operation, by=by, action_id=action_id)
    return inspection


@transaction.atomic
def send_piece_back(
    *, operation: Operation, seen: Seen, defect: str, words: str, by: User, back_to: str = ""
) -> Inspection:
    """It is not right: it goes back, with the defect and the words, as new operations. Refuses one's own work.

    `back_to` is a stage; where none is said, the defect's usual one.
    """
    if done := Inspection.objects.filter(operation=operation).first():
        return done
    _must_be_at_hand(operation, by)
    fault = find_defect(defect)
    stage = back_to if back_to in Stage.values else fault.back_to
    inspection = _written(operation, seen, Inspection.Verdict.REWORK, by=by, defect=defect, back_to=stage, words=words)
    failed = fail_operation(operation=operation, fault=fault.code, reason=words, by=by)
    send_back(failed=failed, to_stage=stage)
    return inspection


def makers(ticket: Ticket) -> set[int]:
    """The people who made it, in whichever bag of its work order: whoever started, finished or weighed anything between casting and finishing."""
    made = (Stage.CASTING, Stage.ASSEMBLY, Stage.FINISHING)
    moved = OperationStep.objects.filter(
        owner__ticket__reference=ticket.reference, owner__stage__in=made, by__isnull=False
    )
    left = Evidence.objects.filter(
        operation__ticket__reference=ticket.reference, operation__stage__in=made, by__isnull=False
    )
    return {*moved.values_list("by", flat=True), *left.values_list("by", flat=True)}


def _must_be_at_hand(operation: Operation, by: User) -> None:
    if by.pk in makers(operation.ticket):
        raise InspectsOwnWork(_("You worked on this piece yourself. Somebody else has to inspect it."))
    if operation.craft != "inspect" or operation.state != OperationState.RUNNING:
        raise NotUnderInspection(_("Start the inspection first: the piece is not at your bench."))


def _written(operation: Operation, seen: Seen, verdict: str, *, by: User, **found: str) -> Inspection:
    return Inspection.objects.create(operation=operation, verdict=verdict, by=by, **vars(seen), **found)
