"""What people do with metal. Every action names its own `key`: a second call with it changes nothing.

Weights are gross milligrams of metal alone: stones and whatever else is not metal are taken off before.
"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.house.models import Site
from foundation.people.models import User
from foundation.reference.alloys import alloy as find_alloy
from production.metal import books, ledger
from production.metal.allowances import must_be_witnessed
from production.metal.books import Metal, Place, Side
from production.metal.models import ORIGINS, AccountKind, Entry, Lot


class NotALot(Exception):
    """Why this delivery cannot be written down, in a sentence."""


class NotReversible(Exception):
    """Why this entry cannot be taken back."""


def metal_of(alloy: str) -> Metal:
    """The alloy as the books know it. Refuses an alloy that is not in the table."""
    row = find_alloy(alloy)
    return Metal(alloy=row.code, metal=row.metal, fineness_ppt10=row.fineness_ppt10)


@transaction.atomic
def receive_lot(
    *,
    number: str,
    site: Site,
    alloy: str,
    gross_mg: int,
    supplier: str,
    received_on: date,
    by: User | None,
    document: str = "",
    origin_bp: Mapping[str, int] | None = None,
    key: str = "",
) -> Lot:
    """Write down a delivery: SUPPLIER → VAULT. `origin_bp` splits it by where the metal is from; unsaid is unknown.

    The same lot number again gives the lot that was written first. Refuses base metal, a split that is not whole,
    and no weight.
    """
    _must_weigh(gross_mg)
    of = metal_of(alloy)
    if not of.fineness_ppt10:
        raise NotALot(_("%(alloy)s is not a precious metal: it is not kept in the metal books.") % {"alloy": alloy})
    lot, made = Lot.objects.get_or_create(
        number=number.strip(),
        defaults={
            "site": site,
            "alloy": of.alloy,
            "metal": of.metal,
            "fineness_ppt10": of.fineness_ppt10,
            "supplier": supplier,
            "document": document,
            "received_on": received_on,
            **_origin(origin_bp or {}),
        },
    )
    if made:
        sides = [Side(books.SUPPLIER, of, -gross_mg), Side(books.vault(lot.number), of, gross_mg)]
        books.post(kind=Entry.Kind.RECEIVED, key=key or f"lot:{lot.number}", sides=sides, by=by)
    return lot


def _origin(origin_bp: Mapping[str, int]) -> dict[str, int]:
    if set(origin_bp) - set(ORIGINS) or any(part < 0 for part in origin_bp.values()):
        raise NotALot(_("The origin names a part that the house does not keep."))
    known = sum(part for name, part in origin_bp.items() if name != "unknown_bp")
    if known > 10_000:
        raise NotALot(_("The parts of the origin come to more than the whole lot."))
    return {**origin_bp, "unknown_bp": 10_000 - known}


def issue_to_ticket(*, lot: Lot, ticket: str, gross_mg: int, by: User | None, key: str) -> Entry:
    """Give metal from a lot to a job bag: VAULT → TICKET."""
    return _hand_over(books.vault(lot.number), books.ticket(ticket), metal_of_lot(lot), gross_mg, by=by, key=key)


def issue_to_tree(*, lot: Lot, tree: str, gross_mg: int, by: User | None, key: str) -> Entry:
    """Give metal from a lot to a tree: VAULT → TREE."""
    return _hand_over(books.vault(lot.number), books.tree(tree), metal_of_lot(lot), gross_mg, by=by, key=key)


def issue_returns_to_tree(*, alloy: str, tree: str, gross_mg: int, by: User | None, key: str) -> Entry:
    """Give clean returns of the same alloy to a tree: SCRAP → TREE."""
    return _hand_over(books.scrap(alloy), books.tree(tree), metal_of(alloy), gross_mg, by=by, key=key)


def issue_returns_to_ticket(*, alloy: str, ticket: str, gross_mg: int, by: User | None, key: str) -> Entry:
    """Give clean returns of the same alloy to a job bag: SCRAP → TICKET."""
    return _hand_over(books.scrap(alloy), books.ticket(ticket), metal_of(alloy), gross_mg, by=by, key=key)


def metal_of_lot(lot: Lot) -> Metal:
    """What a lot is made of, at the fineness it was received with."""
    return Metal(alloy=lot.alloy, metal=lot.metal, fineness_ppt10=lot.fineness_ppt10)


def return_metal(
    *, account: Place, alloy: str, gross_mg: int, by: User | None, key: str, lot: Lot | None = None
) -> Entry:
    """Take metal back from a ticket, tree or bench: into its lot when it is untouched, else to the returns of its alloy."""
    to = books.vault(lot.number) if lot else books.scrap(alloy)
    return _hand_over(account, to, metal_of(alloy), gross_mg, by=by, key=key, kind=Entry.Kind.RETURNED)


def move_to_bag(*, ticket: str, into: str, alloy: str, gross_mg: int, by: User | None, key: str) -> Entry | None:
    """So much metal from one job bag into another: TICKET → TICKET. None where nothing is to be moved."""
    if not gross_mg:
        return None
    places = books.ticket(ticket), books.ticket(into)
    return _hand_over(*places, metal_of(alloy), gross_mg, by=by, key=key, kind=Entry.Kind.MOVED)


def _hand_over(
    out_of: Place,
    into: Place,
    of: Metal,
    gross_mg: int,
    *,
    by: User | None,
    key: str,
    kind: Entry.Kind = Entry.Kind.ISSUED,
) -> Entry:
    _must_weigh(gross_mg)
    return books.post(kind=kind, key=key, sides=[Side(out_of, of, -gross_mg), Side(into, of, gross_mg)], by=by)


def _must_weigh(gross_mg: int) -> None:
    if gross_mg <= 0:
        raise ledger.NotAWeight(_("The weight has to be more than nothing."))


@transaction.atomic
def book_loss(
    *,
    account: Place,
    stage: str,
    gross_mg: int,
    alloy: str,
    key: str,
    by: User | None = None,
    witness: User | None = None,
) -> Entry:
    """Book what a stage lost: account → LOSS. Refuses more than the stage's allowance without a second person."""
    _must_weigh(gross_mg)
    must_be_witnessed(stage, lost_mg=gross_mg, went_in_mg=books.held(account, alloy=alloy), by=by, witness=witness)
    of = metal_of(alloy)
    sides = [Side(account, of, -gross_mg), Side(books.loss(stage), of, gross_mg)]
    return books.post(kind=Entry.Kind.WEIGHED, key=key, sides=sides, by=by, witness=witness)


@transaction.atomic
def book_stage_loss(
    *,
    ticket: str,
    stage: str,
    alloy: str,
    metal_mg: int,
    by: User | None,
    key: str,
    filings_mg: int = 0,
    witness: User | None = None,
) -> Entry | None:
    """Make the books of a ticket say what was weighed after a stage: filings to the returns, the rest to LOSS.

    `metal_mg` is the metal in the piece now, stones off. Answers None when the books said so already. Refuses a piece
    that outweighs the metal issued to it, and a loss beyond the stage's allowance without a second person.
    """
    if entry := Entry.objects.filter(key=key).first():
        return entry
    place = books.ticket(ticket)
    went_in = books.held(place, alloy=alloy)
    _must_weigh(metal_mg)
    lost = ledger.lost_mg(went_in, [metal_mg, filings_mg])
    must_be_witnessed(stage, lost_mg=lost, went_in_mg=went_in, by=by, witness=witness)
    if went_in == metal_mg and not filings_mg:
        return None
    of = metal_of(alloy)
    sides = [
        Side(place, of, metal_mg - went_in),
        Side(books.scrap(alloy), of, filings_mg),
        Side(books.loss(stage), of, lost),
    ]
    return books.post(kind=Entry.Kind.WEIGHED, key=key, sides=sides, by=by, witness=witness)


@transaction.atomic
def cast(
    *,
    tree: str,
    alloy: str,
    pieces_mg: Mapping[str, int],
    sprue_and_button_mg: int,
    scrap_mg: int,
    by: User | None,
    key: str,
    witness: User | None = None,
) -> Entry:
    """Divide a tree's charge: TREE → each ticket's pieces, the returns (sprue, button, scrap), and the rest to LOSS/casting.

    The rest is worked out, never weighed, so that charge = pieces + returns + loss holds exactly. Refuses an outturn that
    outweighs the charge.
    """
    charge = books.held(books.tree(tree), alloy=alloy)
    outturn = ledger.Outturn(alloy, charge, sum(pieces_mg.values()), sprue_and_button_mg, scrap_mg, dust_mg=0)
    returns, lost = sprue_and_button_mg + scrap_mg, outturn.loss_mg
    must_be_witnessed("casting", lost_mg=lost, went_in_mg=charge, by=by, witness=witness)
    of = metal_of(alloy)
    sides = [
        Side(books.tree(tree), of, -charge),
        *(Side(books.ticket(number), of, weight) for number, weight in pieces_mg.items()),
        Side(books.scrap(alloy), of, returns),
        Side(books.loss("casting"), of, lost),
    ]
    return books.post(kind=Entry.Kind.CAST, key=key, sides=sides, by=by, witness=witness)


@transaction.atomic
def finish_piece(
    *, ticket: str, alloy: str, metal_mg: int, by: User | None, key: str, witness: User | None = None
) -> Entry:
    """Close a ticket's books: TICKET → FINISHED at the last weight, what is missing to LOSS/quality. Nothing is left in the bag."""
    if entry := Entry.objects.filter(key=key).first():
        return entry
    place = books.ticket(ticket)
    held = books.held(place, alloy=alloy)
    _must_weigh(metal_mg)
    lost = ledger.lost_mg(held, [metal_mg])
    must_be_witnessed("quality", lost_mg=lost, went_in_mg=held, by=by, witness=witness)
    of = metal_of(alloy)
    sides = [
        Side(place, of, -held),
        Side(books.FINISHED, of, metal_mg),
        Side(books.loss("quality"), of, lost),
    ]
    return books.post(kind=Entry.Kind.FINISHED, key=key, sides=sides, by=by, witness=witness)


@transaction.atomic
def scrap_ticket(*, ticket: str, alloy: str, by: User | None, key: str) -> Entry | None:
    """Send all the metal in a job bag to the returns of its alloy: TICKET → SCRAP. None when the bag holds none."""
    held = books.held(books.ticket(ticket), alloy=alloy)
    if not held:
        return Entry.objects.filter(key=key).first()
    return return_metal(account=books.ticket(ticket), alloy=alloy, gross_mg=held, by=by, key=key)


@transaction.atomic
def melt_stock(*, alloy: str, gross_mg: int, by: User | None, key: str) -> Entry:
    """A piece from the tray goes into the pot, as it was weighed: to the returns of its alloy."""
    return return_metal(account=books.STOCK, alloy=alloy, gross_mg=gross_mg, by=by, key=key)


@transaction.atomic
def reverse_entry(*, entry: Entry, reason: str, by: User) -> Entry:
    """Correct an entry by its mirror, with the reason. The first one stays written; each can be reversed once."""
    if not reason.strip():
        raise NotReversible(_("Say why: a correction without a reason explains nothing."))
    if entry.kind == Entry.Kind.REVERSED:
        raise NotReversible(_("This is itself a correction. Write what is right as a new entry."))
    if Entry.objects.filter(reverses=entry).exists():
        raise NotReversible(_("This entry was reversed already."))
    legs = entry.legs.select_related("account")
    sides = [
        Side(
            Place(AccountKind(leg.account.kind), leg.account.code),
            Metal(leg.alloy, leg.account.metal, leg.fineness_ppt10),
            -leg.gross_mg,
        )
        for leg in legs
    ]
    return books.post(
        kind=Entry.Kind.REVERSED, key=f"reverse:{entry.pk}", sides=sides, by=by, reason=reason.strip(), reverses=entry
    )
