"""What the workshop's pages show: finished values, read off tickets and operations."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from foundation.length import format_mm, nearest
from foundation.mass import format_mass
from foundation.people.models import User
from foundation.reference.alloys import alloy as find_alloy
from foundation.reference.stones import species as find_species
from production.quality.defects import in_words
from production.routes.stages import Stage
from production.stones.flow import AT_THE_BENCH, AllotmentState
from production.stones.models import Loss
from production.stones.questions import held_by, unsigned
from production.tickets.actions.dividing import castings_missing, why_not_merged, why_not_split
from production.tickets.flow import DIVIDERS, HANDS, OperationState, TicketState
from production.tickets.made import OVER
from production.tickets.models import Hold, Operation, Ticket
from production.tickets.models.operations import CLOSED

FINISHES = {
    "polished": gettext_lazy("polished"),
    "hammered": gettext_lazy("hammered"),
    "satin": gettext_lazy("satin"),
    "matt": gettext_lazy("matt"),
}
"""The surfaces the house knows by name; another is shown as the catalogue writes it."""
SYSTEMS = ("UK", "US", "EU")


def ring_size(ticket: Ticket) -> str:
    """The ring size on every chart, or ""."""
    if not ticket.ring_inner_um:
        return ""
    return " · ".join(f"{system} {nearest(system, ticket.ring_inner_um).label}" for system in SYSTEMS)


def alloy_name(code: str) -> str:
    """A metal as the bench calls it, in the reader's language."""
    row = find_alloy(code)
    return row.name_th if _in_thai() else row.name


def shown_in(ticket: Ticket) -> str:
    """Which metal the picture on the bag shows, in a sentence, where it is not the one to work in; else ""."""
    if ticket.picture_alloy in ("", ticket.alloy):
        return ""
    said = {"shown": alloy_name(ticket.picture_alloy), "metal": alloy_name(ticket.alloy)}
    return _("The picture shows %(shown)s. This one is %(metal)s.") % said


def facts(ticket: Ticket) -> list[dict[str, str]]:
    """What the bench must know, as words and values."""
    found = [
        (_("Metal"), f"{alloy_name(ticket.alloy)} · {find_alloy(ticket.alloy).fineness}"),
        (_("Ring size"), ring_size(ticket)),
        (_("Inside"), format_mm(ticket.ring_inner_um) if ticket.ring_inner_um else ""),
        (_("Stones"), stones_in_words(ticket)),
        (_("Engraving"), f"“{ticket.engraving}”" if ticket.engraving else ""),
        (_("Finish"), str(FINISHES.get(ticket.finish, ticket.finish))),
        (_("Plating"), ticket.plating),
        (_("Weight by design"), format_mass(ticket.predicted_mg) if ticket.predicted_mg else ""),
        (_("For"), ticket.customer),
        (_("Order"), ticket.order_number),
    ]
    return [{"label": label, "value": value} for label, value in found if value]


def _in_thai() -> bool:
    return (get_language() or "").startswith("th")


def stones_in_words(ticket: Ticket) -> str:
    """Its stones, counted and named."""
    return ", ".join(_stone(stone) for stone in ticket.stones)


def _stone(stone: Mapping[str, Any]) -> str:
    size = f"{stone['length_um'] / 1000:g} × {stone['width_um'] / 1000:g} mm"
    count = f"{stone['count']} × " if stone.get("count", 1) > 1 else ""
    row = find_species(stone["species"])
    name = row.name_th if _in_thai() else row.name
    return f"{count}{name} {size} {stone.get('label', '')}".strip()


def stones_here(ticket: Ticket) -> list[dict[str, Any]]:
    """The stones that are at the bench or set, to choose from."""
    if ticket.state not in (TicketState.OPEN, TicketState.ON_HOLD):
        return []
    return [
        {"pk": row.pk, "words": f"{row.pcs} × {row.stone or row.parcel} · {_stone(vars(row.wanted) | {'count': 1})}"}
        for row in held_by(ticket.number)
        if row.state != AllotmentState.RESERVED
    ]


def losses(ticket: Ticket, reader: User) -> list[dict[str, Any]]:
    """What is reported lost and neither signed for nor found."""
    rows = unsigned(ticket.number).select_related("allotment__stone", "allotment__parcel", "reported_by")
    return [
        {
            "pk": row.pk, "stone": f"{row.pcs} × {row.allotment.stone or row.allotment.parcel}", "note": row.note,
            "by": str(row.reported_by), "at": row.reported_at, "why": _why_not_sign(row, reader),
        }
        for row in rows
    ]  # fmt: skip


def _why_not_sign(loss: Loss, reader: User) -> str:
    if loss.reported_by_id == reader.pk:
        return _("You reported it: somebody else signs.")
    return "" if reader.has_role(*AT_THE_BENCH) else _("A setter, a bench jeweller or the production manager signs.")


def holds(ticket: Ticket, reader: User, now: datetime) -> dict[str, Any]:
    """Why it rests now and has rested before: cause, words, who, since when, until when, how long."""
    rows = list(ticket.holds.all())
    return {
        "open": [_hold(row, now) | {"why": _why_not_ended(row, reader)} for row in rows if row.ended_at is None],
        "past": [_hold(row, now) for row in rows if row.ended_at],
        "rested": timesince(now - ticket.rested(now), now) if rows else "",
    }


def _why_not_ended(hold: Hold, reader: User) -> str:
    return hold.why_not_ended(reader) if reader.has_role(*HANDS) else _("Whoever works on it lets it go on.")


def _hold(row: Hold, now: datetime) -> dict[str, Any]:
    return {
        "pk": row.pk, "cause": row.get_cause_display(), "reason": row.reason, "by": str(row.by or ""), "since": row.since,
        "until": row.until, "ended_at": row.ended_at, "ended_by": str(row.ended_by or ""),
        "lasted": timesince(row.since, row.ended_at or now),
    }  # fmt: skip


def bags(ticket: Ticket, reader: User) -> dict[str, Any]:
    """The other bags of its work order, and whether this one can be split or put together with one of them."""
    rows = Ticket.objects.of_work(ticket.reference).exclude(pk=ticket.pk)
    others = list(rows.select_related("merged_into").prefetch_related("operations"))
    mine = reader.has_role(*DIVIDERS)
    return {
        "others": [_bag(row) | {"why": _why_apart(ticket, row, reader) if mine else "-"} for row in others],
        "may_split": mine and ticket.quantity > 1 and ticket.state == TicketState.OPEN,
        "why": why_not_split(ticket, reader) if mine and ticket.quantity > 1 else "",
        "short": castings_missing(ticket) if ticket.quantity > 1 else 0, "into": ticket.merged_into,
    }  # fmt: skip


def _bag(row: Ticket) -> dict[str, Any]:
    current = next((o for o in row.operations.all() if o.state not in CLOSED), None)
    where = current.title if current and row.state == TicketState.OPEN else row.get_state_display()
    return {"number": row.number, "pieces": row.quantity, "where": where, "live": row.state not in OVER}


def _why_apart(ticket: Ticket, other: Ticket, reader: User) -> str:
    into, bag = sorted((ticket, other), key=lambda one: one.pk)
    return why_not_merged(into, bag, reader)


def ribbon(operations: Sequence[Operation]) -> list[dict[str, str]]:
    """The six stops, done, now or to come."""
    current = next((o for o in operations if o.state not in CLOSED), None)
    order = list(Stage.values)
    now_at = order.index(current.stage) if current else len(order)
    states = ["done" if n < now_at else "now" if n == now_at else "" for n in range(len(order))]
    return [
        {"name": str(Stage(stage).label), "note": "", "state": state}
        for stage, state in zip(order, states, strict=True)
    ]


def steps(operations: Sequence[Operation]) -> dict[str, list[dict[str, Any]]]:
    """Its operations as a list to tick, with what each left behind: those that are done apart from those that are ahead."""
    rows = [_step(operation) | {"n": n} for n, operation in enumerate(operations, start=1)]
    first = next((at for at, row in enumerate(rows) if row["state"] != "done"), len(rows))
    return {"done": rows[:first], "ahead": rows[first:]}


def _step(operation: Operation) -> dict[str, Any]:
    closed = operation.state in CLOSED
    at_hand = operation.state in (OperationState.READY, OperationState.RUNNING, OperationState.PAUSED)
    left = [_evidence(row) for row in operation.evidence_left().all()]
    return {
        "title": operation.title, "state": "done" if closed else "now" if at_hand else "", "word": operation.get_state_display(),
        "reason": in_words(operation.fault, operation.reason), "minutes": operation.minutes, "attempt": operation.attempt, "left": left,
        "by": str(operation.done_by) if operation.done_by else "", "at": operation.done_at,
    }  # fmt: skip


def _evidence(row: Any) -> str:
    value = format_mass(row.mg) if row.mg else row.text[:80]
    return f"{row.get_kind_display()}{': ' if value else ''}{value}"
