"""What a caster does, from a planned tree to the weights that come back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.house.models import Site
from foundation.mass import format_mass
from foundation.people.models import User
from foundation.reference.alloys import alloy as find_alloy
from production.casting.bags import hand_on, pieces_wanted, take_up, waiting
from production.casting.flow import TreeState
from production.casting.models import Charged, Pattern, Place, Tree
from production.casting.trees import charge_for, returns_allowed_mg
from production.metal import actions as metal
from production.metal import books
from production.metal.ledger import Outturn
from production.metal.models import Entry, Lot
from production.metal.questions import gross
from production.tickets.models import Operation, Ticket


class CannotPlan(Exception):
    """Why these bags cannot stand on one tree."""


class WrongCharge(Exception):
    """Why this metal cannot be charged."""


class WrongOutturn(Exception):
    """Weights or counts after the cast that cannot be."""


@dataclass(frozen=True)
class Outcome:
    """What came off the tree for one ticket: good pieces, and what they weigh."""

    pieces: int
    mg: int


@transaction.atomic
def plan_tree(*, site: Site, operations: Sequence[Operation], on: date, by: User, pattern: str = Pattern.RESIN) -> Tree:
    """Put bags, by their casting operations, on a new tree. Refuses none, two alloys, and a bag on another open tree."""
    alloys = {operation.ticket.alloy for operation in operations}
    if len(alloys) != 1:
        raise CannotPlan(_("A tree is cast in one alloy: choose bags of one alloy, at least one."))
    Site.objects.select_for_update().get(pk=site.pk)
    bags = Ticket.objects.filter(operations__in=operations).order_by("pk").select_for_update(of=("self",)).in_bulk()
    for operation in operations:
        operation.ticket = bags[operation.ticket_id]  # as it is now: a bag may have been split since the page was read
    tree = Tree.objects.create(number=_next_number(on), site=site, alloy=alloys.pop())
    _put_on(tree, operations, pattern)
    return tree


def _put_on(tree: Tree, operations: Sequence[Operation], pattern: str) -> None:
    free = set(waiting(tree.site).values_list("pk", flat=True))
    if lost := next((operation for operation in operations if operation.pk not in free), None):
        raise CannotPlan(
            _("%(ticket)s does not wait for a pour, or already stands on another tree. Look again.")
            % {"ticket": lost.ticket.number}
        )
    Place.objects.bulk_create(
        [
            Place(
                tree=tree,
                operation=operation,
                ticket=operation.ticket.number,
                pieces=pieces_wanted(operation),
                pattern=pattern,
            )
            for operation in operations
        ]
    )


def _next_number(on: date) -> str:
    day = f"{on:%y%m%d}"
    return f"{day}-{Tree.objects.filter(number__startswith=day).count() + 1}"


@transaction.atomic
def build_tree(*, tree: Tree, patterns_mg: Mapping[str, int], tree_mg: int, base_mg: int, flask: str, by: User) -> Tree:
    """Weigh the tree with its base, and each ticket's patterns; the charge is worked out from them. PLANNED → BUILT."""
    places = list(tree.places.all())
    if set(patterns_mg) != {place.ticket for place in places}:
        raise WrongCharge(_("Weigh the patterns of every bag on this tree, and of no other."))
    by_material: dict[str, int] = {}
    for place in places:
        place.pattern_mg = patterns_mg[place.ticket]
        by_material[place.pattern] = by_material.get(place.pattern, 0) + place.pattern_mg
    charge = charge_for(
        tree_mg=tree_mg,
        base_mg=base_mg,
        patterns_mg=by_material,
        density_mg_per_cm3=find_alloy(tree.alloy).density_mg_per_cm3,
    )
    Place.objects.bulk_update(places, ["pattern_mg"])
    tree.move(TreeState.BUILT, by=by)
    return _note(tree, tree_mg=tree_mg, base_mg=base_mg, flask=flask.strip(), wanted_mg=charge.charge_mg)


@transaction.atomic
def charge_tree(*, tree: Tree, lots: Mapping[Lot, int], by: User, returns_mg: int = 0) -> Tree:
    """Issue metal to the tree, so many milligrams of each lot and of the alloy's clean returns. BUILT → CHARGED.

    Refuses another alloy, another site, more returns than the alloy bears, more than there is, and less than a tenth of
    what the tree takes.
    """
    _must_be_chargeable(tree, lots, returns_mg)
    take_up(tree, by=by)
    tree.move(TreeState.CHARGED, by=by)
    for lot, mg in lots.items():
        metal.issue_to_tree(lot=lot, tree=tree.number, gross_mg=mg, by=by, key=f"charge:{tree.number}:{lot.number}")
        Charged.objects.create(tree=tree, lot=lot, gross_mg=mg)
    if returns_mg:
        key = f"charge:{tree.number}:returns"
        metal.issue_returns_to_tree(alloy=tree.alloy, tree=tree.number, gross_mg=returns_mg, by=by, key=key)
        Charged.objects.create(tree=tree, lot=None, gross_mg=returns_mg)
    return _note(tree, charge_mg=sum(lots.values()) + returns_mg)


def _must_be_chargeable(tree: Tree, lots: Mapping[Lot, int], returns_mg: int) -> None:
    charge = sum(lots.values()) + returns_mg
    if charge <= 0 or returns_mg < 0 or any(mg <= 0 for mg in lots.values()):
        raise WrongCharge(_("The charge has to weigh more than nothing."))
    if wrong := next((lot for lot in lots if lot.alloy != tree.alloy or lot.site_id != tree.site_id), None):
        raise WrongCharge(
            _("Lot %(lot)s is %(alloy)s at another tree or place; this tree is %(wanted)s.")
            % {"lot": wrong.number, "alloy": wrong.alloy, "wanted": tree.alloy}
        )
    if charge * 10 < (tree.wanted_mg or 0):
        raise WrongCharge(
            _("%(charge)s is less than a tenth of what this tree takes, %(wanted)s. Look at the unit and weigh again.")
            % {"charge": format_mass(charge, places=3), "wanted": format_mass(tree.wanted_mg or 0, places=3)}
        )
    limit = find_alloy(tree.alloy).remelt_limit_percent
    most = returns_allowed_mg(charge_mg=charge, remelt_limit_percent=limit)
    if returns_mg > most:
        raise WrongCharge(
            _("At most %(limit)s %% of a charge may be returns: here %(most)s.")
            % {"limit": limit, "most": format_mass(most, places=3)}
        )


@transaction.atomic
def pour(*, tree: Tree, flask_c: int, pour_c: int, at: datetime, by: User) -> Tree:
    """The metal is in the flask. CHARGED → POURED. Temperatures as measured, in °C; the alloy's own are only proposed."""
    if not (20 <= flask_c <= 1200 and 200 <= pour_c <= 2300):
        raise WrongOutturn(_("These temperatures cannot be: the flask is 20 to 1200 °C, the pour 200 to 2300 °C."))
    tree.move(TreeState.POURED, by=by)
    return _note(tree, flask_c=flask_c, pour_c=pour_c, poured_at=at)


@transaction.atomic
def weigh_back(
    *,
    tree: Tree,
    outcome: Mapping[str, Outcome],
    sprue_and_button_mg: int,
    by: User,
    scrap_mg: int = 0,
    witness: User | None = None,
) -> Tree:
    """Divide the tree: each ticket's pieces, sprue and button, clean scrap; what is missing is the loss. POURED → RECONCILED.

    Charge = pieces + sprue and button + scrap + loss, exactly; only the loss is worked out. Refuses a ticket that is not on
    the tree or is left out, more pieces than patterns, castings of less than half what their design weighs, more metal than
    was charged, and a loss beyond the allowance without a second person. The castings' operations are ended with it.
    """
    places = list(tree.places.select_related("operation__ticket").select_for_update(of=("self",)))
    _must_match(places, outcome)
    pieces = {ticket: came.mg for ticket, came in outcome.items()}
    outturn = Outturn(tree.alloy, tree.charged_mg(), sum(pieces.values()), sprue_and_button_mg, scrap_mg, dust_mg=0)
    _note(
        tree,
        pieces_mg=outturn.pieces_mg,
        sprue_and_button_mg=sprue_and_button_mg,
        scrap_mg=scrap_mg,
        loss_mg=outturn.loss_mg,
    )
    _close(places, outcome)
    tree.move(TreeState.RECONCILED, by=by)
    metal.cast(
        tree=tree.number,
        alloy=tree.alloy,
        pieces_mg=pieces,
        sprue_and_button_mg=sprue_and_button_mg,
        scrap_mg=scrap_mg,
        by=by,
        witness=witness,
        key=f"outturn:{tree.number}",
    )
    hand_on(places, tree=tree, by=by)
    return tree


def _close(places: Sequence[Place], outcome: Mapping[str, Outcome]) -> None:
    for place in places:
        came = outcome[place.ticket]
        place.cast_pieces, place.cast_mg, place.is_open = came.pieces, came.mg, False
    Place.objects.bulk_update(places, ["cast_pieces", "cast_mg", "is_open"])


def _must_match(places: Sequence[Place], outcome: Mapping[str, Outcome]) -> None:
    if set(outcome) != {place.ticket for place in places}:
        raise WrongOutturn(_("Weigh the pieces of every bag on this tree, and of no other."))
    for place in places:
        came = outcome[place.ticket]
        if not 0 <= came.pieces <= place.pieces or (came.pieces == 0) != (came.mg == 0) or came.mg < 0:
            raise WrongOutturn(
                _("%(ticket)s has %(pieces)s patterns on this tree: count and weigh its pieces again.")
                % {"ticket": place.ticket, "pieces": place.pieces}
            )
        _must_weigh_what_it_can(place, came)


def _must_weigh_what_it_can(place: Place, came: Outcome) -> None:
    """Refuses a casting of less than half what its design weighs: a slip of the unit, which no later bench could put right."""
    ticket = place.operation.ticket
    designed_mg = came.pieces * (ticket.predicted_mg or 0) // ticket.quantity
    if came.mg * 2 < designed_mg:
        raise WrongOutturn(
            _("%(ticket)s: %(weighed)s is too little, the design says %(designed)s. Look at the unit and weigh again.")
            % {
                "ticket": place.ticket,
                "weighed": format_mass(came.mg, places=3),
                "designed": format_mass(designed_mg, places=3),
            }
        )


@transaction.atomic
def fail_tree(*, tree: Tree, note: str, by: User) -> Tree:
    """The pour or the cast failed: all its metal goes to the returns, its bags wait for another tree."""
    if not note.strip():
        raise WrongOutturn(_("Say what went wrong."))
    tree.move(TreeState.FAILED, by=by, note=note.strip())
    held = gross(books.tree(tree.number))
    metal.return_metal(
        account=books.tree(tree.number), alloy=tree.alloy, gross_mg=held, by=by, key=f"failed:{tree.number}"
    )
    _places_of(tree).update(is_open=False)
    return tree


@transaction.atomic
def cancel_tree(*, tree: Tree, by: User | None) -> Tree:
    """Take a tree apart before any metal was issued; its bags wait for another."""
    tree.move(TreeState.CANCELLED, by=by)
    _places_of(tree).update(is_open=False)
    return tree


class InTheFurnace(Exception):
    """Why a bag cannot leave its tree now, in a sentence."""


@transaction.atomic
def leave_tree(*, ticket: str) -> None:
    """Take a bag that is called off from the tree it is planned on; the last one's tree is taken apart.

    Refuses, with InTheFurnace, once the wax is built: its patterns are counted in the charge.
    """
    place = Place.objects.filter(ticket=ticket, is_open=True).select_related("tree").first()
    if place is None:
        return
    tree = Tree.objects.select_for_update().get(pk=place.tree_id)
    if why := why_not_off(tree):
        raise InTheFurnace(why)
    place.delete()
    if not tree.places.exists():
        tree.move(TreeState.CANCELLED, by=None)


def why_not_off(tree: Tree) -> str:
    """Why nothing can leave this tree now; "" where it can."""
    if tree.state == TreeState.PLANNED:
        return ""
    return _("It is being cast just now. Look again when tree %(tree)s is weighed back.") % {"tree": tree.number}


def _places_of(tree: Tree) -> QuerySet[Place]:
    return Place.objects.filter(tree=tree)


def _note(tree: Tree, **facts: object) -> Tree:
    for name, value in facts.items():
        setattr(tree, name, value)
    tree.save(update_fields=list(facts))
    return tree


def entry_of(tree: Tree) -> Entry | None:
    """The entry that divided the tree's metal, once it was weighed back."""
    return Entry.objects.filter(key=f"outturn:{tree.number}").first()
