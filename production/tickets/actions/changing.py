"""The customer changes a size or the words while the piece is being made: looked at, held for, made, or dropped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.people.roles import Role
from foundation.reference.alloys import alloy as find_alloy
from production.designs.actions import revise_agreed
from production.metal.actions import scrap_ticket
from production.routes.defaults import ENGRAVE, Line
from production.routes.stages import Stage
from production.shapes.asking import NotMeasuredYet, measures
from production.shapes.parameters import Refused
from production.tickets.actions.holding import hold, resume
from production.tickets.actions.telling import tell
from production.tickets.changing import ALL_ROUND, ORDER, RESIZED_MOST_UM, Asked, Standing, Verdict, judge
from production.tickets.flow import OperationState as S
from production.tickets.flow import TicketState
from production.tickets.made import OVER
from production.tickets.models import HoldCause, Operation, Ticket
from production.tickets.models.operations import CLOSED, SPACING

ADAPT = Line(Stage.DESIGN, "adapt", "Adapt the drawing", "ปรับแบบตามที่เปลี่ยน", (Role.DESIGNER,), (15, 0, 0), ("photo",))
RESIZE = Line(
    Stage.ASSEMBLY, "resize", "Resize the ring", "แก้ขนาดแหวน", (Role.BENCH_JEWELLER,), (10, 35, 0),
    ("weight_in", "weight_out", "photo"),
)  # fmt: skip
TIGHTEN = Line(
    Stage.ASSEMBLY, "tighten", "Tighten the stones", "ตรวจและหนีบพลอยให้แน่น", (Role.SETTER,), (5, 10, 0), ("photo",)
)
NEW = {line.craft: line for line in (ADAPT, RESIZE, TIGHTEN, ENGRAVE)}
"""Steps that a route may not have. Minutes are house defaults."""


class CannotChange(Exception):
    """Why this piece cannot be changed so, in a sentence."""


@dataclass(frozen=True)
class Looked:
    """What a change takes: steps by name, their minutes by stage, metal that the piece is heavier or lighter by. Not the price.

    `left_out` are the steps, by name, that nobody has begun and nobody needs any more; `spared_minutes` what they would take.

    `seen` is the same as long as the workshop has not gone on in a way that matters.
    """

    steps: tuple[str, ...]
    left_out: tuple[str, ...]
    minutes: Mapping[str, int]
    spared_minutes: int
    more_mg: int
    less_mg: int
    recast: bool
    seen: str


def bag_of(reference: UUID) -> Ticket:
    """The first bag of a work order. Refuses, with CannotChange, one that is not opened yet."""
    ticket = Ticket.objects.filter(reference=reference, split_from=None).select_related("site").first()
    if ticket is None:
        raise CannotChange(_("The workshop is just opening it. Look again in a minute."))
    return ticket


def look(ticket: Ticket, wanted: Asked) -> Looked:
    """What it would take now. Refuses, with CannotChange, what is too late or cannot be made. Changes nothing."""
    verdict = _judged(ticket, wanted)
    added = [_step(ticket, craft) for craft in verdict.again]
    minutes: dict[str, int] = {}
    for row in added:
        minutes[row.stage] = minutes.get(row.stage, 0) + row.minutes
    spared = list(_not_needed(ticket, verdict.left_out))
    more = _predicted(ticket, wanted) - (ticket.predicted_mg or 0) if ticket.predicted_mg else 0
    return Looked(
        steps=tuple(row.title for row in added), left_out=tuple(row.title for row in spared), minutes=minutes,
        spared_minutes=sum(row.minutes for row in spared), more_mg=max(0, more), less_mg=max(0, -more),
        recast=verdict.recast, seen="-".join((*verdict.again, "without", *verdict.left_out, str(more))),
    )  # fmt: skip


def too_late(ticket: Ticket) -> tuple[str, ...]:
    """What cannot be changed on a piece any more, in sentences, before anybody has asked: a little larger, much larger, other words."""
    at = standing(ticket)
    inner, words = at.asked.ring_inner_um, (at.asked.engraving, at.asked.engraving_place)
    sizes = [inner + RESIZED_MOST_UM // 2, inner + 2 * RESIZED_MOST_UM] if inner else []
    probes = [*(Asked(um, *words) for um in sizes), Asked(inner, f"{at.asked.engraving}.", "inside")]
    return tuple(dict.fromkeys(why for probe in probes for why in judge(at, probe).too_late))


def _judged(ticket: Ticket, wanted: Asked) -> Verdict:
    if ticket.state not in (TicketState.OPEN, TicketState.ON_HOLD):
        raise CannotChange(_("It is finished: it cannot be changed any more."))
    if Ticket.objects.of_work(ticket.reference).exclude(pk=ticket.pk).exclude(state__in=OVER).exists():
        raise CannotChange(_("It is being made in several bags. Write to us, and we see what can be done."))
    verdict = judge(standing(ticket), wanted)
    if verdict.too_late:
        raise CannotChange(" ".join(verdict.too_late))
    return verdict


def standing(ticket: Ticket) -> Standing:
    """Where a ticket's piece is, as the rule sees it: the newest operation of each craft counts."""
    rows = list(ticket.operations.order_by("position"))
    newest = {row.craft: row for row in rows}
    begun = frozenset(craft for craft, row in newest.items() if row.state in (S.RUNNING, S.PAUSED, S.DONE, S.FAILED))
    return Standing(
        asked=Asked(ticket.ring_inner_um, ticket.engraving, ticket.engraving_place), begun=begun - {"inspect"} if _sent_back(newest) else begun,
        running=next((row.craft for row in rows if row.state == S.RUNNING), ""),
        design_is_over=all(row.state in CLOSED for row in rows if row.stage == Stage.DESIGN),
        all_round=ticket.family in ALL_ROUND,
    )  # fmt: skip


def _sent_back(newest: Mapping[str, Operation]) -> bool:
    return "inspect" in newest and newest["inspect"].state == S.FAILED


def _predicted(ticket: Ticket, wanted: Asked) -> int:
    parameters = _measures(ticket, wanted)
    if parameters == ticket.parameters:
        return ticket.predicted_mg or 0
    try:
        each_mg = measures(ticket.family, parameters).finished_mg(find_alloy(ticket.alloy).density_mg_per_cm3)
    except (Refused, NotMeasuredYet) as refusal:
        raise CannotChange(str(refusal)) from refusal
    return each_mg * ticket.quantity


def _measures(ticket: Ticket, wanted: Asked) -> dict[str, Any]:
    if wanted.ring_inner_um == ticket.ring_inner_um:
        return dict(ticket.parameters)
    return dict(ticket.parameters) | {"inner_diameter_um": wanted.ring_inner_um}


def _step(ticket: Ticket, craft: str) -> Operation:
    """The operation of this craft once more, or a new one; not saved."""
    old = ticket.operations.filter(craft=craft).order_by("position").last()
    if old is None:
        line = NEW[craft]
        setup, piece, _stone = line.minutes
        return Operation(
            ticket=ticket, stage=line.stage, craft=craft, name=line.name, name_th=line.name_th, roles=[str(r) for r in line.roles],
            minutes=setup + piece * ticket.quantity, evidence_needed=list(line.evidence),
        )  # fmt: skip
    return Operation(
        ticket=ticket, stage=old.stage, craft=craft, name=old.name, name_th=old.name_th, roles=old.roles, minutes=old.minutes,
        evidence_needed=old.evidence_needed, attempt=old.attempt + (old.state != S.SKIPPED),
    )  # fmt: skip


@transaction.atomic
def hold_for_change(*, ticket: Ticket, wanted: Asked, seen: str, words: str, until: date | None) -> Ticket:
    """The customer said yes to what was seen: nothing is begun on the piece until the change is made or dropped.

    Refuses, with CannotChange, where the workshop has gone on since, so that it takes something else now.
    """
    ticket = _taken(ticket)
    if any(one.cause == HoldCause.CHANGE for one in ticket.open_holds):
        raise CannotChange(_("Another change of this piece waits for its payment."))
    if look(ticket, wanted).seen != seen:
        raise CannotChange(_("The workshop has gone on since you looked. Look again what it takes now."))
    if (current := ticket.current) and current.state == S.RUNNING and current.craft != "cast":
        current.move(S.PAUSED, by=None, note=words)
    return hold(ticket=ticket, reason=words, by=None, cause=HoldCause.CHANGE, until=until)


@transaction.atomic
def drop_change(*, ticket: Ticket) -> Ticket:
    """The change is not to be after all: the piece goes on as it was."""
    ticket = _taken(ticket)
    held = next((one for one in ticket.open_holds if one.cause == HoldCause.CHANGE), None)
    return resume(ticket=ticket, by=None, hold=held) if held else ticket


@transaction.atomic
def make_change(*, ticket: Ticket, wanted: Asked, words: str, by_name: str) -> Ticket:
    """The change is paid, or costs nothing: new facts, a new revision of the design, new operations; the old ones stay.

    The hold for it ends. The day that was promised is looked at again.
    """
    ticket = _taken(ticket)
    verdict, predicted = _judged(ticket, wanted), _predicted(ticket, wanted)
    added = [_step(ticket, craft) for craft in verdict.again]
    if verdict.recast:
        scrap_ticket(
            ticket=ticket.number, alloy=ticket.alloy, by=None, key=f"changed:{ticket.number}:{wanted.ring_inner_um}"
        )
    _leave_out(ticket, verdict.left_out)
    _insert(ticket, [_with_reason(row, words) for row in added])
    ticket.parameters, ticket.predicted_mg = _measures(ticket, wanted), predicted or None
    ticket.ring_inner_um, ticket.engraving = wanted.ring_inner_um, wanted.engraving
    ticket.engraving_place = wanted.engraving_place if wanted.engraving else ""
    ticket.save(update_fields=["parameters", "predicted_mg", "ring_inner_um", "engraving", "engraving_place"])
    revise_agreed(reference=ticket.reference, note=words, by_name=by_name, predicted_mg=ticket.predicted_mg)
    ticket = drop_change(ticket=ticket)
    tell(ticket=ticket, headline="changed", words=words)
    return ticket


def _with_reason(row: Operation, words: str) -> Operation:
    """The operation with why it is there."""
    row.reason = words[:300]
    return row


def _taken(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_for_update(of=("self",)).select_related("site").get(pk=ticket.pk)


def _not_needed(ticket: Ticket, crafts: tuple[str, ...]) -> QuerySet[Operation]:
    return ticket.operations.filter(craft__in=crafts).exclude(state__in=CLOSED)


def _leave_out(ticket: Ticket, crafts: tuple[str, ...]) -> None:
    for row in _not_needed(ticket, crafts):
        row.move(S.SKIPPED, by=None)


def _insert(ticket: Ticket, added: list[Operation]) -> None:
    """Put new operations among those that are left, in the benches' order, behind all that is closed; the first is ready."""
    left = list(ticket.operations.exclude(state__in=CLOSED).order_by("position"))
    missing = [row for row in added if row.craft not in {one.craft for one in left}]
    for row in left if missing else []:
        if row.state in (S.READY, S.PAUSED):
            row.move(S.PENDING, by=None)
    last = ticket.operations.order_by("position").last()
    first = (last.position if last else 0) + SPACING
    for n, row in enumerate(sorted([*left, *missing], key=lambda one: (ORDER.index(one.craft), one.position or 0))):
        row.position = first + n * SPACING
        row.save(update_fields=["position"] if row.pk else None)
    if (current := ticket.current) and current.state == S.PENDING:
        current.move(S.READY, by=None)
