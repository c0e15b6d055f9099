"""What the asker may do next with a ticket, read off its flows."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.moves import Choice
from foundation.people.models import User
from production.tickets.actions import not_a_designer
from production.tickets.flow import OperationState, TicketState
from production.tickets.models import Operation, Ticket

OPERATION_ACTS = {OperationState.RUNNING: "start", OperationState.PAUSED: "pause", OperationState.DONE: "finish"}
TICKET_ACTS = {TicketState.ON_HOLD: "hold", TicketState.OPEN: "resume"}
ELSEWHERE = {"draw": "api_ticket_designs", "approve": "api_ticket_designs", "inspect": "api_ticket_inspections", "cast": "api_trees"}  # fmt: skip
"""Crafts that are finished by something else than their own `finish`: a design shown, an inspection, a tree."""


def allowed(ticket: Ticket, current: Operation | None, user: User) -> list[dict[str, Any]]:
    """Every act that is offered now, with the reason where it is refused."""
    found = _of_operation(current, user) if current else []
    if current and current.craft in ELSEWHERE:
        found.append(_elsewhere(ticket, current, user))
    moves = [choice for choice in ticket.choices_for(user) if choice.to in TICKET_ACTS]
    return found + [_shown(TICKET_ACTS[TicketState(c.to)], c, "api_ticket", ticket.number) for c in moves]


def _of_operation(current: Operation, user: User) -> list[dict[str, Any]]:
    if current.is_by_the_house:
        return []
    here = {to: act for to, act in OPERATION_ACTS.items() if act != "finish" or current.craft not in ELSEWHERE}
    moves = [choice for choice in current.choices_for(user) if choice.to in here]
    return [_shown(here[OperationState(c.to)], c, "api_operation", current.pk) for c in moves]


def _shown(act: str, choice: Choice, door: str, named: str | int) -> dict[str, Any]:
    return {
        "act": act, "label": choice.label, "url": reverse(f"{door}_{act}", args=[named]),
        "allowed": not choice.hindrance, "reason": choice.hindrance,
    }  # fmt: skip


def _elsewhere(ticket: Ticket, current: Operation, user: User) -> dict[str, Any]:
    words = {"cast": _("Cast on a tree"), "inspect": _("Inspect")}
    door = ELSEWHERE[current.craft]
    by_a_designer = door == ELSEWHERE["draw"]
    hands = not_a_designer(user) if by_a_designer else current.not_your_craft(user)
    reason = hands if current.is_by_the_house else current.ticket_rests(user) or hands
    return {
        "act": current.craft, "label": words.get(current.craft, _("Show a design")),
        "url": reverse(door, args=[] if current.craft == "cast" else [ticket.number]),
        "allowed": not reason, "reason": reason,
    }  # fmt: skip
