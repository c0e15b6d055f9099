"""What the metal books answer."""

from datetime import datetime
from fractions import Fraction

from django.db.models import F, Q, Sum

from production.metal.books import Place
from production.metal.models import Account, AccountKind, Leg, Lot


def balance(place: Place, *, metal: str | None = None) -> int:
    """Fine metal held, in decimicrograms (of one metal, or of all that the place holds)."""
    rows = Account.objects.filter(code=place.code)
    rows = rows.filter(metal=metal) if metal else rows
    return rows.aggregate(sum=Sum("fine_dug"))["sum"] or 0


def gross(place: Place, *, alloy: str | None = None) -> int:
    """Gross milligrams held (of one alloy, or of all)."""
    rows = Leg.objects.filter(account__code=place.code)
    rows = rows.filter(alloy=alloy) if alloy else rows
    return rows.aggregate(sum=Sum("gross_mg"))["sum"] or 0


def totals() -> dict[str, int]:
    """The whole of the books by metal: nothing, always."""
    rows = Leg.objects.values_list("account__metal").annotate(sum=Sum("fine_dug")).order_by("account__metal")
    return dict(rows)


def drifted() -> list[str]:
    """Accounts whose kept balance is not the sum of their legs: none, always."""
    rows = Account.objects.annotate(sum=Sum("legs__fine_dug", default=0)).exclude(fine_dug=F("sum"))
    return [str(row) for row in rows]


def lots_held(*, site: str | None = None, alloy: str | None = None) -> list[tuple[Lot, int]]:
    """Lots that still hold metal, oldest first, each with its gross milligrams."""
    rows = Lot.objects.order_by("received_on", "pk")
    rows = rows.filter(site__code=site) if site else rows
    rows = rows.filter(alloy=alloy) if alloy else rows
    held = dict(Account.objects.filter(kind=AccountKind.VAULT, fine_dug__gt=0).values_list("code", "fine_dug"))
    return [(lot, held[lot.account_code] // lot.fineness_ppt10) for lot in rows if lot.account_code in held]


def alloys_in_stock() -> frozenset[str]:
    """The codes of alloys of which some lot still holds metal."""
    return frozenset(lot.alloy for lot, _mg in lots_held())


def bags_with_metal() -> dict[str, int]:
    """Tickets that hold metal, each with its fine metal in decimicrograms: a closed ticket is not among them."""
    rows = Account.objects.filter(kind=AccountKind.TICKET, fine_dug__gt=0).values_list("code", "fine_dug")
    return {code.removeprefix("TICKET/"): fine for code, fine in rows}


def lost_since(since: datetime) -> Fraction | None:
    """Fine metal lost at all stages since a moment, as a share of what was charged for casting; None where nothing was charged.

    Entries that were taken back are left out, with what took them back.
    """
    lost = Sum("fine_dug", filter=Q(account__kind=AccountKind.LOSS), default=0)
    charged = Sum("fine_dug", filter=Q(account__kind=AccountKind.TREE, fine_dug__gt=0), default=0)
    stands = Leg.objects.filter(entry__at__gte=since, entry__reverses=None, entry__reversed_by=None)
    sums = stands.aggregate(lost=lost, charged=charged)
    return Fraction(sums["lost"], sums["charged"]) if sums["charged"] else None
