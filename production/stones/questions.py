"""What the stone store answers."""

from django.db.models import F, QuerySet, Sum

from production.stones.flow import AllotmentState as S
from production.stones.models import Allotment, Loss, StoneParcel, Wanted


def missing(*, ticket: str | None = None) -> list[Wanted]:
    """What tickets want and nobody has found yet."""
    rows = Wanted.objects.filter(missing__gt=0)
    return list(rows.filter(ticket=ticket) if ticket else rows)


def held_by(ticket: str) -> list[Allotment]:
    """The stones a ticket has: reserved, at the bench or set."""
    return list(Allotment.objects.of_ticket(ticket).live())


def unsigned(ticket: str) -> QuerySet[Loss]:
    """Losses on a ticket that nobody has signed for and nobody has found."""
    return Loss.objects.filter(allotment__ticket=ticket, signed_at=None, found_at=None)


def all_set(ticket: str) -> bool:
    """Whether every stone that a ticket wants is in its place."""
    waiting = Allotment.objects.filter(ticket=ticket, state__in=[S.RESERVED, S.ISSUED])
    return not waiting.exists() and not missing(ticket=ticket)


def set_mct(ticket: str) -> int:
    """Milli-carats set in a ticket's piece."""
    rows = Allotment.objects.filter(ticket=ticket, state=S.SET)
    return rows.aggregate(sum=Sum("mct", default=0))["sum"]


def not_conserved() -> list[str]:
    """Parcels whose stones do not come out as they went in, by count or by carat: none, always."""
    out = Allotment.objects.exclude(state=S.RETURNED).values("parcel").order_by()
    gone = {row["parcel"]: (row["n"], row["w"]) for row in out.annotate(n=Sum("pcs"), w=Sum("mct"))}
    rows = StoneParcel.objects.annotate(used_pcs=F("received_pcs") - F("pcs"), used_mct=F("received_mct") - F("mct"))
    return [row.number for row in rows if (row.used_pcs, row.used_mct) != gone.get(row.pk, (0, 0))]
