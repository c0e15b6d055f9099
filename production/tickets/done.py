"""What was done to a piece at a stage, in figures that its buyer may read: plain data, which the store puts into words."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet, Sum

from production.routes.stages import Stage
from production.stones.questions import held_by
from production.tickets.made import made_of
from production.tickets.models import Evidence, Ticket
from production.tickets.models.operations import CLOSED


def done_before(ticket: Ticket) -> dict[str, Any]:
    """What its last stage did to the piece it leaves: `done` names the stage, `pieces` how many lie in the bag, `mg` what they
    weighed together.

    Of casting also `others`, the pieces on the same tree; of assembly `stones` (species, count, mct of them together, width_um of each); of finishing `engraving`
    and `plating`; of quality `ring_inner_um` and `hallmark`. Empty where nothing was weighed or seen.
    """
    last = ticket.operations.filter(state__in=CLOSED).order_by("position").last()
    told = _TOLD.get(Stage(last.stage)) if last else None
    found = told(ticket) if told else {}
    return {"done": last.stage, "pieces": ticket.quantity, **found} if last and found else {}


def _evidence(ticket: Ticket, stage: Stage, kind: str) -> QuerySet[Evidence]:
    return Evidence.objects.filter(operation__ticket=ticket, operation__stage=stage, kind=kind)


def _cast(ticket: Ticket) -> dict[str, Any]:
    rows = _evidence(ticket, Stage.CASTING, Evidence.Kind.CAST_WEIGHT)
    mg = rows.aggregate(sum=Sum("mg"))["sum"]
    last = rows.last()
    return {"mg": mg, "alloy": ticket.alloy, "others": last.others or 0} if last else {}


def _weighed(ticket: Ticket, stage: Stage) -> dict[str, Any]:
    row = _evidence(ticket, stage, Evidence.Kind.WEIGHT_OUT).last()
    return {"mg": row.mg} if row else {}


def _assembled(ticket: Ticket) -> dict[str, Any]:
    weighed = _weighed(ticket, Stage.ASSEMBLY)
    stones = [
        {"species": one.wanted.species, "count": one.pcs, "mct": one.mct, "width_um": one.wanted.width_um}
        for one in held_by(ticket.number)
    ]
    return {**weighed, "stones": stones} if weighed else {}


def _finished(ticket: Ticket) -> dict[str, Any]:
    weighed = _weighed(ticket, Stage.FINISHING)
    return {**weighed, "engraving": ticket.engraving, "plating": ticket.plating} if weighed else {}


def _passed(ticket: Ticket) -> dict[str, Any]:
    made = made_of(ticket)
    wanted = ("ring_inner_um", "hallmark_status")
    return {"mg": made["gross_mg"], **{name: made[name] for name in wanted}} if made["metal_mg"] else {}


_TOLD: dict[Stage, Callable[[Ticket], dict[str, Any]]] = {
    Stage.CASTING: _cast,
    Stage.ASSEMBLY: _assembled,
    Stage.FINISHING: _finished,
    Stage.QUALITY: _passed,
}
