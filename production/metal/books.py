"""Writing in the metal books: the one way an entry comes to be."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from foundation import mass
from foundation.mass import format_mass
from foundation.people.models import User
from production.metal import ledger
from production.metal.models import HOLDING, Account, AccountKind, Entry, Leg


@dataclass(frozen=True)
class Place:
    """An account by its code: a lot's vault, a ticket, a tree, the scrap box of an alloy, the loss of a stage."""

    kind: AccountKind
    code: str


def vault(number: str) -> Place:
    """Where a lot lies."""
    return Place(AccountKind.VAULT, f"VAULT/{number}")


def ticket(number: str) -> Place:
    """The metal in a job bag."""
    return Place(AccountKind.TICKET, f"TICKET/{number}")


def tree(number: str) -> Place:
    """The metal in a tree, from charge to outturn."""
    return Place(AccountKind.TREE, f"TREE/{number}")


def scrap(alloy: str) -> Place:
    """Clean returns of one alloy."""
    return Place(AccountKind.SCRAP, f"SCRAP/{alloy}")


def loss(stage: str) -> Place:
    """What a stage lost: the only side of an entry that is worked out, never weighed."""
    return Place(AccountKind.LOSS, f"LOSS/{stage}")


SUPPLIER = Place(AccountKind.SUPPLIER, "SUPPLIER")
FINISHED = Place(AccountKind.FINISHED, "FINISHED")
STOCK = Place(AccountKind.ADJUST, "ADJUST/stock")
"""Pieces in the tray that no ticket of these books made: what is melted of them comes from here."""


@dataclass(frozen=True)
class Metal:
    """What moves: an alloy of a metal, at a fineness."""

    alloy: str
    metal: str
    fineness_ppt10: int


@dataclass(frozen=True)
class Side:
    """One side of a hand-over: `gross_mg` into the place, or out of it when below nothing."""

    place: Place
    of: Metal
    gross_mg: int

    @property
    def fine_dug(self) -> int:
        """Fine metal that moves, exact."""
        return mass.fine_dug(self.gross_mg, self.of.fineness_ppt10)


class NotEnoughMetal(Exception):
    """The account does not hold what was asked of it."""


class OtherEntry(Exception):
    """An entry with this key says something else."""


def held(place: Place, *, alloy: str) -> int:
    """Gross milligrams of an alloy in a place; whoever else weighs this place waits until this transaction ends.

    A lock of its own, not the account's row: rows are only ever locked in the order of their ids.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"metal:{place.code}"])
    total: int = Leg.objects.filter(account__code=place.code, alloy=alloy).aggregate(sum=Sum("gross_mg", default=0))[
        "sum"
    ]
    return total


@transaction.atomic
def post(
    *,
    kind: Entry.Kind,
    key: str,
    sides: Sequence[Side],
    by: User | None,
    witness: User | None = None,
    reason: str = "",
    reverses: Entry | None = None,
) -> Entry:
    """Write one hand-over. The same key again changes nothing and gives the entry that was written first.

    Refuses with NotEnoughMetal when a place would hold less than nothing, with ledger.DoesNotBalance when fine
    weight is made or lost, and with OtherEntry when the key was used for something else.
    """
    moved = [side for side in sides if side.gross_mg]
    ledger.Entry(tuple(ledger.Leg(side.place.code, side.of.metal, side.fine_dug) for side in moved))
    try:
        with transaction.atomic():
            entry = Entry.objects.create(kind=kind, key=key, by=by, witness=witness, reason=reason, reverses=reverses)
    except IntegrityError:
        return _written_before(key, moved)
    accounts = _accounts(moved)
    _shift(accounts, moved)
    Leg.objects.bulk_create([_leg(entry, accounts, side) for side in moved])
    return entry


def _written_before(key: str, sides: Sequence[Side]) -> Entry:
    entry = Entry.objects.filter(key=key).first()
    if entry is None:
        raise OtherEntry(_("This entry was reversed already, or its number clashes. Look at the books again."))
    written = sorted(entry.legs.values_list("account__code", "alloy", "gross_mg"))
    if written != sorted((side.place.code, side.of.alloy, side.gross_mg) for side in sides):
        raise OtherEntry(_("An entry with the same number says something else. Open the page again."))
    return entry


def _accounts(sides: Sequence[Side]) -> dict[tuple[str, str], Account]:
    places = {(side.place.code, side.of.metal): side.place.kind for side in sides}
    rows = [Account(code=code, metal=metal, kind=kind) for (code, metal), kind in sorted(places.items())]
    Account.objects.bulk_create(rows, ignore_conflicts=True)
    found = Account.objects.filter(code__in=[code for code, _metal in places])
    return {(row.code, row.metal): row for row in found if (row.code, row.metal) in places}


def _shift(accounts: dict[tuple[str, str], Account], sides: Sequence[Side]) -> None:
    """Move the balances, one guarded update an account, always in the order of their ids so that none waits for another."""
    changes: dict[tuple[str, str], int] = {}
    for side in sides:
        where = (side.place.code, side.of.metal)
        changes[where] = changes.get(where, 0) + side.fine_dug
    for where in sorted(changes, key=lambda where: accounts[where].pk):
        _shift_one(accounts[where], changes[where], sides)


def in_words(account: Account) -> str:
    """A place as people call it: "Lot L-AU750Y-1", "Bag T-5BL3H"."""
    words = {
        AccountKind.VAULT: _("Lot %(name)s"),
        AccountKind.TICKET: _("Bag %(name)s"),
        AccountKind.TREE: _("Tree %(name)s"),
        AccountKind.SCRAP: _("The box of returns of %(name)s"),
    }
    kind, _slash, name = account.code.partition("/")
    return words.get(AccountKind(account.kind), "%(name)s") % {"name": name or kind}


def _shift_one(account: Account, fine_dug: int, sides: Sequence[Side]) -> None:
    rows = Account.objects.filter(pk=account.pk)
    if fine_dug < 0 and account.kind in HOLDING:
        rows = rows.filter(fine_dug__gte=-fine_dug)
    if rows.update(fine_dug=F("fine_dug") + fine_dug):
        return
    account.refresh_from_db()
    side = next(side for side in sides if side.place.code == account.code)
    raise NotEnoughMetal(
        _("%(place)s holds %(held)s of %(alloy)s; %(asked)s was asked for.")
        % {
            "place": in_words(account),
            "held": _grams(account.fine_dug, side),
            "alloy": side.of.alloy,
            "asked": _grams(-fine_dug, side),
        }
    )


def _grams(fine_dug: int, side: Side) -> str:
    return format_mass(fine_dug // side.of.fineness_ppt10, places=3)


def _leg(entry: Entry, accounts: dict[tuple[str, str], Account], side: Side) -> Leg:
    return Leg(
        entry=entry,
        account=accounts[side.place.code, side.of.metal],
        alloy=side.of.alloy,
        gross_mg=side.gross_mg,
        fineness_ppt10=side.of.fineness_ppt10,
        fine_dug=side.fine_dug,
    )
