"""The made piece, in facts: what the papers in the box and the owner's record will say."""

from typing import Any
from uuid import UUID

from foundation.reference.alloys import alloy as find_alloy
from production.metal import books
from production.metal.models import Entry
from production.stones.questions import held_by, set_mct
from production.tickets.flow import TicketState
from production.tickets.models import Evidence, Ticket

OVER = (TicketState.SCRAPPED, TicketState.CANCELLED, TicketState.MERGED)


def live_bags(reference: UUID) -> list[Ticket]:
    """The bags of a work order that are made or being made."""
    return list(Ticket.objects.of_work(reference).exclude(state__in=OVER))


def made_of(ticket: Ticket) -> dict[str, Any]:
    """Weights in mg, stones in mct, fineness in tenths of a permille, marks in words. As plain data.

    Of all its pieces, in however many bags they were made: the serial is the first bag's.
    """
    bags = live_bags(ticket.reference)
    alloy = find_alloy(ticket.alloy)
    metal_mg = sum(finished_mg(bag) for bag in bags)
    seen = {_inspected(bag) for bag in bags}
    status = seen.pop() if len(seen) == 1 else "not_described"
    return {
        "serial": bags[0].number,
        "alloy": alloy.code,
        "fineness_ppt10": alloy.fineness_ppt10,
        "gross_mg": metal_mg + sum(set_mct(bag.number) for bag in bags) // 5,
        "metal_mg": metal_mg,
        "stones": [_stone(allotment) for bag in bags for allotment in held_by(bag.number)],
        "hallmark_status": status,
        "marks": f"{alloy.fineness}" if status == "marked" else "",
        "ring_inner_um": ticket.ring_inner_um,
        "engraving": ticket.engraving,
    }


def finished_mg(ticket: Ticket) -> int:
    """Metal in the finished pieces of a bag, in mg: nothing before its inspection is passed."""
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
