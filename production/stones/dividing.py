"""Stones follow the pieces when a bag is split, and come together when two bags are merged. Counts and carats stay whole."""

from django.db import transaction
from django.db.models import F

from foundation.exact import share
from foundation.outbox.actions import put
from foundation.people.models import User
from production.stones.actions import back, part_of
from production.stones.flow import AllotmentState as S
from production.stones.models import Allotment, Wanted

THE_WAY = {S.RESERVED: (), S.ISSUED: (S.ISSUED,), S.SET: (S.ISSUED, S.SET)}
"""How a new allotment comes to where the one it is taken from is."""


@transaction.atomic
def split_stones(*, ticket: str, into: str, pieces: int, of: int) -> None:
    """Give `into` the stones of `pieces` out of the `of` pieces in a bag: of what is wanted, of what is there, of what is missing.

    Whole stones, shared by largest remainder; the milli-carats of a parcel's stones by largest remainder too, exactly.
    """
    for row in Wanted.objects.select_for_update().filter(ticket=ticket).order_by("pk"):
        count = share(row.count, (pieces, of - pieces))[0]
        here = min(count, share(row.count - row.missing, (pieces, of - pieces))[0])
        theirs = Wanted.objects.get(pk=row.pk)
        theirs.pk, theirs.ticket, theirs.count, theirs.missing = None, into, count, count - here
        theirs.save(force_insert=True)
        Wanted.objects.filter(pk=row.pk).update(
            count=F("count") - count, missing=F("missing") - theirs.missing
        )  # fmt: skip
        _hand_on(row, theirs, here)
        if theirs.missing:
            put("stones.reserve_for_ticket", key=f"stones.reserve:{into}:split-{theirs.pk}", payload={"ticket": into})


def _hand_on(row: Wanted, theirs: Wanted, pcs: int) -> None:
    """So many of the stones that are kept, at the bench or set: those furthest on first."""
    order = [S.SET, S.ISSUED, S.RESERVED]
    rows = Allotment.objects.select_for_update().live().filter(wanted=row)
    for allotment in sorted(rows, key=lambda one: (order.index(S(one.state)), one.pk)):
        took = min(pcs, allotment.pcs)
        pcs -= took
        if took == allotment.pcs:
            Allotment.objects.filter(pk=allotment.pk).update(ticket=theirs.ticket, wanted=theirs)
        elif took:
            _part(allotment, theirs, took)


def _part(whole: Allotment, theirs: Wanted, pcs: int) -> None:
    mct = min(max(share(whole.mct, (pcs, whole.pcs - pcs))[0], 1), whole.mct - 1)
    Allotment.objects.filter(pk=whole.pk).update(pcs=F("pcs") - pcs, mct=F("mct") - mct)
    part = Allotment.objects.create(wanted=theirs, ticket=theirs.ticket, parcel=whole.parcel, pcs=pcs, mct=mct)
    for state in THE_WAY[S(whole.state)]:
        part.move(state, by=None, note=f"split from {whole.ticket}")


@transaction.atomic
def give_back(*, ticket: str, pieces: int, of: int, by: User | None) -> None:
    """The stones of `pieces` out of the `of` finished pieces of a bag go back to where they came from: whole stones, by share."""
    for row in Wanted.objects.select_for_update().filter(ticket=ticket).order_by("pk") if pieces else ():
        pcs = share(row.count, (pieces, of - pieces))[0]
        for allotment in Allotment.objects.select_for_update().live().filter(wanted=row, state=S.SET).order_by("pk"):
            took = min(pcs, allotment.pcs)
            pcs -= took
            if took:
                back(part_of(allotment, pcs=took, mct=None, by=by), by=by)


@transaction.atomic
def merge_stones(*, ticket: str, into: str) -> None:
    """Everything that a bag wants, has and had is the other's, who wants the same."""
    mine = {row.sequence: row for row in Wanted.objects.select_for_update().filter(ticket=into).order_by("pk")}
    for row in Wanted.objects.select_for_update().filter(ticket=ticket).order_by("pk"):
        ours = mine[row.sequence]
        Wanted.objects.filter(pk=ours.pk).update(count=F("count") + row.count, missing=F("missing") + row.missing)
        Allotment.objects.filter(wanted=row).update(ticket=into, wanted=ours)
        row.delete()
