"""The made piece, in facts: what the papers in the box and the owner's record will say."""

from typing import Any

from foundation.reference.alloys import alloy as find_alloy
from production.metal import books
from production.metal.models import Entry
from production.stones.questions import held_by, set_mct
from production.tickets.models import Evidence, Ticket


def made_of(ticket: Ticket) -> dict[str, Any]:
    """Weights in mg, stones in mct, fineness in tenths of a permille, marks in words. As plain data."""
    alloy = find_alloy(ticket.alloy)
    metal_mg = _finished_mg(ticket)
    status = _inspected(ticket)
    return {
        "serial": ticket.number,
        "alloy": alloy.code,
        "fineness_ppt10": alloy.fineness_ppt10,
        "gross_mg": metal_mg + set_mct(ticket.number) // 5,
        "metal_mg": metal_mg,
        "stones": [_stone(allotment) for allotment in held_by(ticket.number)],
        "hallmark_status": status,
        "marks": f"{alloy.fineness}" if status == "marked" else "",
        "ring_inner_um": ticket.ring_inner_um,
        "engraving": ticket.engraving,
    }


def _finished_mg(ticket: Ticket) -> int:
    entry = Entry.objects.filter(key=f"finished:{ticket.number}").first()
    if entry is None:
        return 0
    legs = entry.legs.filter(account__code=books.FINISHED.code)
    return sum(leg.gross_mg for leg in legs)


def _inspected(ticket: Ticket) -> str:
    """The hallmark's state as the inspector wrote it."""
    row = Evidence.objects.filter(operation__ticket=ticket, kind=Evidence.Kind.INSPECTION).last()
    return row.text if row else "not_described"


def _stone(allotment: Any) -> dict[str, Any]:
    wanted = allotment.wanted
    number = allotment.stone.number if allotment.stone_id else ""
    return {
        "species": wanted.species,
        "cut": wanted.cut,
        "count": allotment.pcs,
        "mct": allotment.mct,
        "serial": number,
    }
