"""What people do with stones. Counts and carats are both conserved, whatever happens at the bench."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from foundation.exact import share, written
from foundation.house.models import Site
from foundation.outbox.actions import put
from foundation.people.models import User
from production.stones.flow import AllotmentState as S
from production.stones.matching import parcel_for, stone_for
from production.stones.models import Allotment, Stone, StoneParcel, Wanted


class StonesNotConserved(Exception):
    """Counts or carats that do not come out as they went in."""


class NothingToIssue(Exception):
    """No stone is kept for this ticket."""


@dataclass(frozen=True)
class Need:
    """What one position group of a piece needs: so many stones of a kind, each of about this weight.

    `asked_for` is the number or certificate of the very stone, where the customer chose one.
    """

    species: str
    cut: str
    length_um: int
    width_um: int
    mct: int
    count: int = 1
    position: str = ""
    asked_for: str = ""


@transaction.atomic
def receive_parcel(
    *,
    number: str,
    site: Site,
    species: str,
    cut: str,
    length_um: int,
    width_um: int,
    pcs: int,
    mct: int,
    received_on: date,
    facts: Mapping[str, str] | None = None,
) -> StoneParcel:
    """Write down a parcel, counted and weighed. `facts` may give origin, treatment, supplier. The number again: the same parcel."""
    if pcs <= 0 or mct <= 0:
        raise StonesNotConserved(_("Count and weigh the parcel: both have to be more than nothing."))
    given = {"species": species, "cut": cut, "length_um": length_um, "width_um": width_um, "received_on": received_on}
    kept = {"site": site, "received_pcs": pcs, "received_mct": mct, "pcs": pcs, "mct": mct, **given, **(facts or {})}
    parcel, made = StoneParcel.objects.get_or_create(number=number.strip(), defaults=kept)
    if made:
        ask_again(species=species, site=site, cause=f"parcel-{parcel.pk}")
    return parcel


@transaction.atomic
def receive_stone(
    *,
    number: str,
    site: Site,
    species: str,
    cut: str,
    length_um: int,
    width_um: int,
    mct: int,
    received_on: date,
    facts: Mapping[str, str] | None = None,
) -> Stone:
    """Write down a single stone with its papers. `facts`: lab, certificate, colour, clarity, treatment, origin, country."""
    if mct <= 0:
        raise StonesNotConserved(_("A stone weighs more than nothing."))
    given = {"species": species, "cut": cut, "length_um": length_um, "width_um": width_um, "received_on": received_on}
    stone, made = Stone.objects.get_or_create(
        number=number.strip(), defaults={"site": site, "mct": mct, **given, **(facts or {})}
    )
    if made:
        ask_again(species=species, site=site, cause=f"stone-{stone.pk}")
    return stone


def ask_again(*, species: str, site: Site, cause: str) -> None:
    """Owe another look to every ticket that still misses stones of this kind."""
    tickets = Wanted.objects.filter(missing__gt=0, species=species, site=site).values_list("ticket", flat=True)
    for ticket in sorted(set(tickets)):
        put("stones.reserve_for_ticket", key=f"stones.reserve:{ticket}:{cause}", payload={"ticket": ticket})


@transaction.atomic
def want_stones(*, ticket: str, site: Site, needs: Sequence[Need]) -> list[Wanted]:
    """Note what a ticket needs and owe the reservation. Called when the ticket is opened; again changes nothing."""
    wanted = [
        Wanted.objects.get_or_create(ticket=ticket, sequence=sequence, defaults=_as_wanted(need, site))[0]
        for sequence, need in enumerate(needs, start=1)
    ]
    if wanted:
        put("stones.reserve_for_ticket", key=f"stones.reserve:{ticket}", payload={"ticket": ticket})
    return wanted


def _as_wanted(need: Need, site: Site) -> dict[str, Any]:
    asked = {"position": need.position, "asked_for": need.asked_for}
    size = {"length_um": need.length_um, "width_um": need.width_um, "mct": need.mct}
    return {
        "site": site,
        "species": need.species,
        "cut": need.cut,
        "count": need.count,
        "missing": need.count,
        **size,
        **asked,
    }


@transaction.atomic
def reserve_for_ticket(*, ticket: str, by: User | None = None) -> list[Allotment]:
    """Keep stones for everything that a ticket still misses, as far as there are any. What is not found stays missing."""
    rows = Wanted.objects.select_for_update().filter(ticket=ticket, missing__gt=0).order_by("pk")
    return [allotment for wanted in rows for allotment in _reserve(wanted)]


def _reserve(wanted: Wanted) -> list[Allotment]:
    found = []
    while wanted.missing and (stone := stone_for(wanted)):
        found.append(_allot(wanted, pcs=1, mct=stone.mct, stone=stone))
    if wanted.missing and (parcel := parcel_for(wanted)):
        pcs = min(wanted.missing, parcel.pcs)
        mct = _share_of(parcel, pcs)
        _take(parcel, pcs=pcs, mct=mct)
        found.append(_allot(wanted, pcs=pcs, mct=mct, parcel=parcel))
    return found


def _allot(wanted: Wanted, *, pcs: int, mct: int, **of: Any) -> Allotment:
    wanted.missing -= pcs
    wanted.save(update_fields=["missing"])
    return Allotment.objects.create(wanted=wanted, ticket=wanted.ticket, pcs=pcs, mct=mct, **of)


def _share_of(parcel: StoneParcel, pcs: int) -> int:
    """The carats that go with some of a parcel's stones until they are weighed: their share, at least one each way."""
    if pcs == parcel.pcs:
        return parcel.mct
    return min(max(share(parcel.mct, [pcs, parcel.pcs - pcs])[0], 1), parcel.mct - 1)


def _take(parcel: StoneParcel, *, pcs: int, mct: int) -> None:
    """Guarded: takes nothing unless both pieces and carats are there (less than nothing puts back)."""
    rows = StoneParcel.objects.filter(pk=parcel.pk, pcs__gte=pcs, mct__gte=mct)
    if not rows.update(pcs=F("pcs") - pcs, mct=F("mct") - mct):
        raise StonesNotConserved(_("Parcel %(number)s does not hold that many.") % {"number": parcel.number})
    parcel.refresh_from_db()


@transaction.atomic
def issue_stones(*, ticket: str, by: User | None, weighed_mct: Mapping[int, int] | None = None) -> list[Allotment]:
    """Hand what is reserved to the bench. `weighed_mct` gives, by allotment, what the stones weighed when they were counted out.

    A parcel keeps what the weighing left it, so carats stay conserved. Refuses a ticket for which nothing is kept.
    """
    rows = list(Allotment.objects.of_ticket(ticket).filter(state=S.RESERVED))
    if not rows:
        raise NothingToIssue(_("No stones are kept for ticket %(ticket)s.") % {"ticket": ticket})
    for allotment in rows:
        _weigh_out(allotment, (weighed_mct or {}).get(allotment.pk, allotment.mct))
        allotment.move(S.ISSUED, by=by)
    return rows


def _weigh_out(allotment: Allotment, mct: int) -> None:
    if mct == allotment.mct:
        return
    if allotment.parcel is None:
        raise StonesNotConserved(_("A single stone keeps the weight it was received with."))
    if not allotment.mct <= 2 * mct <= 4 * allotment.mct:
        raise StonesNotConserved(
            _("About %(expected)s ct was expected for %(pcs)s stones. Count and weigh again, in carats.")
            % {"expected": written(Fraction(allotment.mct, 1000), 3), "pcs": allotment.pcs}
        )
    _take(allotment.parcel, pcs=0, mct=mct - allotment.mct)
    allotment.mct = mct
    allotment.save(update_fields=["mct"])


@transaction.atomic
def set_stones(*, ticket: str, by: User | None) -> list[Allotment]:
    """Everything that the bench has of this ticket is in its place. Refuses while any stone is missing or not issued."""
    if missing := Wanted.objects.filter(ticket=ticket, missing__gt=0).first():
        raise NothingToIssue(
            _("%(missing)s of %(count)s stones (%(position)s) are still missing.")
            % {"missing": missing.missing, "count": missing.count, "position": missing.position or missing.species}
        )
    rows = list(Allotment.objects.of_ticket(ticket).live().exclude(state=S.SET))
    for allotment in rows:
        allotment.move(S.SET, by=by)
    return rows


@transaction.atomic
def unset_stones(*, ticket: str, by: User | None) -> list[Allotment]:
    """Take the stones out again for rework: the same stones, back at the bench."""
    rows = list(Allotment.objects.of_ticket(ticket).filter(state=S.SET))
    for allotment in rows:
        allotment.move(S.ISSUED, by=by)
    return rows


@transaction.atomic
def return_stones(*, ticket: str, by: User | None, note: str = "") -> list[Allotment]:
    """Give back what a ticket has and has not set: its number free again, its parcel whole again."""
    rows = list(Allotment.objects.of_ticket(ticket).filter(state__in=[S.RESERVED, S.ISSUED]))
    for allotment in rows:
        back(allotment, by=by, note=note)
    return rows


def back(allotment: Allotment, *, by: User | None, note: str = "") -> None:
    """One allotment goes back: a single stone is free again, a parcel has so many more."""
    allotment.move(S.RETURNED, by=by, note=note)
    if allotment.parcel:
        _take(allotment.parcel, pcs=-allotment.pcs, mct=-allotment.mct)


@transaction.atomic
def break_stone(
    *, allotment: Allotment, by: User, note: str, pcs: int = 1, mct: int | None = None, lost: bool = False
) -> Allotment:
    """Write off stones at the bench, broken or lost, with the reason; the ticket misses as many again and is owed others.

    `mct` is what they weighed (their share when it cannot be weighed any more). Answers the allotment of what went.
    """
    if not note.strip():
        raise StonesNotConserved(_("Say what happened to the stone."))
    gone = part_of(allotment, pcs=pcs, mct=mct, by=by)
    gone.move(S.LOST if lost else S.BROKEN, by=by, note=note.strip())
    Wanted.objects.filter(pk=gone.wanted_id).update(missing=F("missing") + pcs)
    put(
        "stones.reserve_for_ticket", key=f"stones.reserve:{gone.ticket}:gone-{gone.pk}", payload={"ticket": gone.ticket}
    )
    return gone


def part_of(allotment: Allotment, *, pcs: int, mct: int | None, by: User | None) -> Allotment:
    """Some stones of an allotment as an allotment of their own, at the bench like it. `mct`: what they weigh, or their share."""
    whole = Allotment.objects.select_for_update(of=("self",)).select_related("stone", "parcel").get(pk=allotment.pk)
    if pcs == whole.pcs:
        if whole.state == S.SET:
            whole.move(S.ISSUED, by=by)
        return whole
    if whole.state == S.RESERVED or not 0 < pcs < whole.pcs:
        raise StonesNotConserved(_("The bench does not have that many stones of this ticket."))
    weight = share(whole.mct, [pcs, whole.pcs - pcs])[0] if mct is None else mct
    if not 0 < weight < whole.mct:
        raise StonesNotConserved(_("That is not what these stones can weigh."))
    whole.pcs, whole.mct = whole.pcs - pcs, whole.mct - weight
    whole.save(update_fields=["pcs", "mct"])
    part = Allotment.objects.create(
        wanted_id=whole.wanted_id, ticket=whole.ticket, parcel=whole.parcel, pcs=pcs, mct=weight
    )
    part.move(S.ISSUED, by=by)
    return part
