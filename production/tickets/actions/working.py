"""Work at the benches: starting, finishing, sending back; and what Celery opens next."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.people.models import User
from production.designs.flow import RevisionState
from production.designs.models import Revision
from production.metal.actions import book_stage_loss, issue_returns_to_ticket
from production.routes.stages import Stage
from production.signals import ready_to_pack
from production.stones.actions import issue_stones, set_stones, unset_stones
from production.stones.flow import AllotmentState
from production.stones.questions import all_set, held_by, set_mct
from production.tickets.actions.evidence import record
from production.tickets.actions.telling import tell, untold_photos
from production.tickets.done import done_before
from production.tickets.flow import OperationState
from production.tickets.made import live_bags, made_of
from production.tickets.models import Evidence, News, Operation, Ticket
from production.tickets.models.operations import SPACING

MCT_PER_MG = 5
HEADLINES = {
    Stage.DESIGN: "drawing", Stage.CASTING: "casting", Stage.ASSEMBLY: "assembly", Stage.FINISHING: "finishing",
    Stage.QUALITY: "inspecting", Stage.PACKAGING: "passed",
}  # fmt: skip


@transaction.atomic
def start_operation(*, operation: Operation, by: User, now: datetime | None = None) -> Operation:
    """Take the bag to the bench. Refuses, at the start, what is not its turn, not this person's craft, or on hold."""
    operation.ticket = Ticket.objects.select_for_update().get(pk=operation.ticket_id)
    operation.move(OperationState.RUNNING, by=by)
    operation.started_at = operation.started_at or now or timezone.now()
    operation.save(update_fields=["started_at"])
    Ticket.objects.filter(pk=operation.ticket_id).update(with_person=by)
    if Evidence.Kind.STONES_SET in operation.evidence_needed:
        _bring_stones(operation.ticket, by)
    return operation


def _bring_stones(ticket: Ticket, by: User) -> None:
    """Stones that are kept for the ticket go to the bench; ones already set are loosened to be set again."""
    states = {allotment.state for allotment in held_by(ticket.number)}
    if AllotmentState.RESERVED in states:
        issue_stones(ticket=ticket.number, by=by)
    elif all_set(ticket.number):
        unset_stones(ticket=ticket.number, by=by)


@transaction.atomic
def pause_operation(*, operation: Operation, by: User) -> Operation:
    """Put it down for a while; nothing is asked for."""
    operation.move(OperationState.PAUSED, by=by)
    return operation


@transaction.atomic
def finish_operation(
    *, operation: Operation, by: User, action_id: str, witness: User | None = None, now: datetime | None = None
) -> Operation:
    """The work is done: its evidence is complete, its stones set, its loss booked. Celery opens what follows.

    Refuses with WrongTurn what is missing; with LossNeedsWitness a loss that a second person must sign for.
    """
    if operation.state == OperationState.DONE and operation.done_by_id == by.pk:
        return operation
    if Evidence.Kind.STONES_SET in operation.missing():
        set_stones(ticket=operation.ticket.number, by=by)
        record(operation=operation, kind=Evidence.Kind.STONES_SET, by=by, action_id=f"{action_id}:set")
    _close(operation, by=by, now=now)
    _book_loss(operation, by=by, witness=witness)
    return operation


def _close(operation: Operation, *, by: User | None, now: datetime | None) -> None:
    operation.move(OperationState.DONE, by=by)
    operation.done_at, operation.done_by = now or timezone.now(), by
    operation.save(update_fields=["done_at", "done_by"])


def _book_loss(operation: Operation, *, by: User, witness: User | None) -> None:
    """The books follow the scale: what the piece lost at this bench leaves the bag's account."""
    weighed = operation.evidence.filter(kind=Evidence.Kind.WEIGHT_OUT).last()
    if weighed is None or weighed.mg is None:
        return
    _add_metal(operation, by=by)
    filings = operation.evidence.filter(kind=Evidence.Kind.FILINGS).values_list("mg", flat=True)
    book_stage_loss(
        ticket=operation.ticket.number, stage=operation.stage, alloy=operation.ticket.alloy,
        metal_mg=metal_mg(operation.ticket, weighed.mg), filings_mg=sum(mg or 0 for mg in filings),
        by=by, witness=witness, key=f"operation:{operation.pk}",
    )  # fmt: skip


def _add_metal(operation: Operation, *, by: User) -> None:
    """A piece let into a shank comes out of the clean returns of its alloy: SCRAP → TICKET."""
    rows = operation.evidence.filter(kind=Evidence.Kind.ADDED).values_list("mg", flat=True)
    if added := sum(mg or 0 for mg in rows):
        ticket = operation.ticket
        key = f"added:{operation.pk}"
        issue_returns_to_ticket(alloy=ticket.alloy, ticket=ticket.number, gross_mg=added, by=by, key=key)


def metal_mg(ticket: Ticket, gross_mg: int) -> int:
    """The metal of a piece that weighs so much: its set stones taken off, rounded to the milligram."""
    return gross_mg - (2 * set_mct(ticket.number) + MCT_PER_MG) // (2 * MCT_PER_MG)


@transaction.atomic
def finish_by_house(*, operation: Operation, kind: str, action_id: str, text: str = "") -> Operation:
    """An operation that nobody at a bench does is done: the customer approved, the parcel is sealed. Once."""
    if operation.state == OperationState.DONE:
        return operation
    record(operation=operation, kind=kind, by=None, action_id=action_id, text=text)
    _close(operation, by=None, now=None)
    return operation


@transaction.atomic
def open_next(*, operation: Operation) -> Operation | None:
    """What Celery does when an operation ends: make the next one ready, and tell of a new stage."""
    ticket = _with_its_sisters(operation.ticket_id)
    following = ticket.current
    if following is None:
        return None
    if following.state == OperationState.PENDING:
        following.move(OperationState.READY, by=None)
        _tell_if_new(ticket, following)
        _end_if_approved(ticket, following)
    return following


def _with_its_sisters(pk: int) -> Ticket:
    """The ticket, every bag of its work order taken in their order: the last of them to be made is told once."""
    bags = Ticket.objects.of_work(Ticket.objects.values_list("reference", flat=True).get(pk=pk)).select_for_update()
    return next(bag for bag in bags if bag.pk == pk)


def _end_if_approved(ticket: Ticket, operation: Operation) -> None:
    """She may have approved before the approval was her turn: news travels unordered."""
    if operation.craft != "approve":
        return
    agreed = Revision.objects.filter(brief__reference=ticket.reference, state=RevisionState.APPROVED).first()
    if agreed:
        key = f"approved:{ticket.reference}:{agreed.number}"
        finish_by_house(operation=operation, kind=Evidence.Kind.APPROVAL, action_id=key, text=agreed.approved_by_name)


def _tell_if_new(ticket: Ticket, operation: Operation) -> None:
    if operation.craft == "approve":
        return
    if _is_news(ticket, operation.stage):
        tell(
            ticket=ticket,
            headline=HEADLINES[Stage(operation.stage)],
            photos=untold_photos(ticket),
            facts=done_before(ticket),
        )
    if operation.stage == Stage.PACKAGING and all(made(bag) for bag in live_bags(ticket.reference)):
        ready_to_pack.send(Ticket, reference=ticket.reference, made=made_of(ticket))


def _is_news(ticket: Ticket, stage: str) -> bool:
    """Whether this stage is worth telling: where several bags of a work order follow each other, the first one's."""
    told = News.objects.filter(ticket__reference=ticket.reference).order_by("sequence")
    if ticket.split_from_id or ticket.split_off.exists():
        return not told.filter(stage=stage).exists()
    last = told.last()
    return last is None or last.stage != stage


def made(bag: Ticket) -> bool:
    """Whether nothing is left to do on it but to pack it."""
    current = bag.current
    return current is None or current.stage == Stage.PACKAGING


@transaction.atomic
def skip_operation(*, operation: Operation, reason: str, by: User) -> Operation:
    """Leave an operation out, with the reason and the name of who decided."""
    operation.move(OperationState.SKIPPED, by=by, note=reason)
    return operation


@transaction.atomic
def fail_operation(*, operation: Operation, fault: str, reason: str, by: User) -> Operation:
    """An inspection that was not passed: the fault's code, and what was said of it."""
    operation.move(OperationState.FAILED, by=by, note=f"{fault} {reason}".strip())
    operation.done_at, operation.done_by = timezone.now(), by
    operation.fault, operation.reason = fault, reason[:300]
    operation.save(update_fields=["done_at", "done_by", "fault", "reason"])
    return operation


@transaction.atomic
def send_back(*, failed: Operation, to_stage: str) -> list[Operation]:
    """Send the piece back to a stage: its operations from there to the inspection are added anew, with what it failed for.

    Old operations stay as they are. The failed one must have been failed before; its fault is told.
    """
    ticket = failed.ticket
    again = _to_repeat(ticket, failed, to_stage)
    _make_room(ticket, behind=failed.position, places=len(again))
    added = [
        Operation(
            ticket=ticket, position=failed.position + n, stage=old.stage, craft=old.craft, name=old.name, name_th=old.name_th,
            roles=old.roles, minutes=old.minutes, evidence_needed=old.evidence_needed, attempt=failed.attempt + 1,
            fault=failed.fault, reason=failed.reason,
        )
        for n, old in enumerate(again, start=1)
    ]  # fmt: skip
    Operation.objects.bulk_create(added)
    tell(ticket=ticket, headline="sent_back", facts={"fault": failed.fault, "again": to_stage})
    return added


def _make_room(ticket: Ticket, *, behind: int, places: int) -> None:
    """Move what is still to come further back, last first, so that so many new operations fit before it."""
    to_come = list(ticket.operations.filter(position__gt=behind).order_by("-position"))
    if not to_come or to_come[-1].position > behind + places:
        return
    for operation in to_come:
        Operation.objects.filter(pk=operation.pk).update(position=operation.position + SPACING + places)


def _to_repeat(ticket: Ticket, failed: Operation, to_stage: str) -> list[Operation]:
    """The newest attempt of each craft from `to_stage` up to and with the failed inspection, in order."""
    newest: dict[str, Operation] = {}
    for operation in ticket.operations.filter(position__lte=failed.position):
        newest[operation.craft] = operation
    order = list(Stage.values)
    first = order.index(to_stage)
    rows = sorted(newest.values(), key=lambda row: (order.index(row.stage), row.position))
    return [row for row in rows if order.index(row.stage) >= first]
