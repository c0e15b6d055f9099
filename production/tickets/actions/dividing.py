"""A bag of several pieces is split in two, and two bags of one work order are merged. Metal and stones follow to the milligram."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.exact import share
from foundation.people.models import User
from production.metal import books
from production.metal.actions import move_to_bag
from production.routes.stages import Stage
from production.stones.actions import Need, want_stones
from production.stones.dividing import merge_stones, split_stones
from production.stones.models import Wanted
from production.stones.questions import unsigned
from production.tickets.actions.working import finish_operation
from production.tickets.flow import DIVIDERS, OperationState, TicketState
from production.tickets.models import Operation, Ticket
from production.tickets.models.operations import CLOSED, SPACING

DONE = ("started_at", "done_at", "done_by")


class CannotDivide(Exception):
    """Why this bag cannot be split, or these two cannot be one, in a sentence."""


@transaction.atomic
def split(*, ticket: Ticket, pieces: int, by: User) -> Ticket:
    """Put so many of its pieces into a bag of their own: the same work order, the route as far as it came, and their
    share of stones and metal, by largest remainder. Answers the new bag.

    Where some castings failed, only these can be split off: they are cast again while the good ones go on.
    Refuses a bag that is closed, on hold, being worked on, drawn, packed or on a tree, and a split that leaves one empty.
    """
    bag = _taken(ticket)[ticket.pk]
    if why := why_not_split(bag, by):
        raise CannotDivide(why)
    if not 0 < pieces < bag.quantity:
        raise CannotDivide(_("Split off at least one piece, and leave one: there are %(n)s.") % {"n": bag.quantity})
    short = castings_missing(bag)
    if short and pieces != short:
        raise CannotDivide(_("Only the castings that failed can be split off now: %(n)s.") % {"n": short})
    return _split(bag, pieces, short=bool(short), by=by)


def _split(bag: Ticket, pieces: int, *, short: bool, by: User) -> Ticket:
    parts = (pieces, bag.quantity - pieces)
    mine, left = share(bag.predicted_mg or 0, parts)
    new = _sister(bag, pieces, predicted_mg=mine or None)
    _copy_operations(bag, new, parts)
    split_stones(ticket=bag.number, into=new.number, pieces=pieces, of=bag.quantity)
    held = books.held(books.ticket(bag.number), alloy=bag.alloy)
    mg = 0 if short else share(held, parts)[0]
    move_to_bag(ticket=bag.number, into=new.number, alloy=bag.alloy, gross_mg=mg, by=by, key=f"split:{new.number}")
    bag.quantity, bag.predicted_mg = bag.quantity - pieces, left or None
    bag.save(update_fields=["quantity", "predicted_mg"])
    _open_first(new)
    if short and (cast := bag.current):
        finish_operation(operation=cast, by=by, action_id=f"split:{new.number}")
    return new


def _open_first(bag: Ticket) -> None:
    if first := bag.current:
        first.move(OperationState.READY, by=None)


def _taken(ticket: Ticket) -> dict[int, Ticket]:
    """Every bag of the work order, locked in their order, by key."""
    return {bag.pk: bag for bag in Ticket.objects.of_work(ticket.reference).select_for_update()}


def _sister(bag: Ticket, pieces: int, *, predicted_mg: int | None) -> Ticket:
    """A bag of the same work order with everything that was asked for, under the first bag's number and its own."""
    bags = Ticket.objects.of_work(bag.reference)
    number = f"{bags[0].number}-{bags.count() + 1}"
    same = {field.attname: getattr(bag, field.attname) for field in Ticket._meta.concrete_fields}  # noqa: SLF001  Django's own name for it
    own = {
        "id": None,
        "number": number,
        "quantity": pieces,
        "split_from_id": bag.pk,
        "with_person_id": None,
        "state": TicketState.OPEN,
    }
    none = {"warned_at": None, "merged_into_id": None}
    return Ticket.objects.create(**same | own | none | {"predicted_mg": predicted_mg})


def _copy_operations(bag: Ticket, new: Ticket, parts: tuple[int, int]) -> None:
    """What is done is done for both, its evidence lying where it was left; what is to come is shared, minutes and all."""
    for old in bag.operations.order_by("position"):
        open_ = old.state not in CLOSED
        mine, theirs = share(old.minutes, parts) if open_ else (old.minutes, old.minutes)
        done = {"copied_from": old.copied_from or old} | {name: getattr(old, name) for name in DONE}
        Operation.objects.bulk_create([_like(old, new, minutes=mine, **({} if open_ else done))])
        Operation.objects.filter(pk=old.pk).update(minutes=theirs)


def _like(old: Operation, bag: Ticket, **facts: Any) -> Operation:
    """The same step for another bag: ended where it is ended, else not yet begun."""
    said = {
        "position": old.position, "stage": old.stage, "craft": old.craft, "name": old.name, "name_th": old.name_th,
        "roles": old.roles, "minutes": old.minutes, "evidence_needed": old.evidence_needed, "attempt": old.attempt,
        "fault": old.fault, "reason": old.reason, "state": old.state if old.state in CLOSED else OperationState.PENDING,
    }  # fmt: skip
    return Operation(ticket=bag, **said | facts)


@transaction.atomic
def merge(*, ticket: Ticket, other: Ticket, by: User) -> Ticket:
    """Put two bags of one work order together, in the older one, with all their metal and stones. Answers it.

    Refuses bags of different orders, at different places in the route, on hold, being worked on or on a tree.
    """
    if ticket.reference != other.reference or ticket.pk == other.pk:
        raise CannotDivide(_("Only two bags of the same order can be put together."))
    taken = _taken(ticket)
    into, bag = sorted((taken[ticket.pk], taken[other.pk]), key=lambda one: one.pk)
    if why := why_not_merged(into, bag, by):
        raise CannotDivide(why)
    for same, left in zip(_left(into), _left(bag), strict=True):
        Operation.objects.filter(pk=same.pk).update(minutes=same.minutes + left.minutes)
    merge_stones(ticket=bag.number, into=into.number)
    held = books.held(books.ticket(bag.number), alloy=bag.alloy)
    move_to_bag(ticket=bag.number, into=into.number, alloy=bag.alloy, gross_mg=held, by=by, key=f"merged:{bag.number}")
    bag.move(TicketState.MERGED, by=by, note=into.number)
    bag.merged_into = into
    bag.save(update_fields=["merged_into"])
    into.quantity, into.predicted_mg = into.quantity + bag.quantity, (into.predicted_mg or 0) + (bag.predicted_mg or 0)
    into.save(update_fields=["quantity", "predicted_mg"])
    return into


@transaction.atomic
def make_again(*, ticket: Ticket, reason: str) -> Ticket:
    """The pieces of a scrapped bag begin again in a new one, from the casting on; its design is the agreed one."""
    new = _sister(ticket, ticket.quantity, predicted_mg=ticket.predicted_mg)
    newest = {old.craft: old for old in ticket.operations.order_by("position")}
    rows = [old for old in newest.values() if old.stage != Stage.DESIGN]
    again = {"state": OperationState.PENDING, "fault": "", "reason": reason[:300]}
    Operation.objects.bulk_create(
        [
            _like(old, new, position=n * SPACING, attempt=old.attempt + 1, **again)
            for n, old in enumerate(sorted(rows, key=_place), start=1)
        ]
    )
    wanted = Wanted.objects.filter(ticket=ticket.number).order_by("sequence")
    want_stones(ticket=new.number, site=ticket.site, needs=[_need(row) for row in wanted])
    _open_first(new)
    return new


def _place(operation: Operation) -> tuple[int, int]:
    return list(Stage.values).index(operation.stage), operation.position


def _need(row: Wanted) -> Need:
    return Need(
        species=row.species, cut=row.cut, length_um=row.length_um, width_um=row.width_um, mct=row.mct, count=row.count,
        position=row.position, asked_for=row.asked_for,
    )  # fmt: skip


def _left(bag: Ticket) -> list[Operation]:
    return list(bag.operations.exclude(state__in=CLOSED).order_by("position"))


def castings_missing(bag: Ticket) -> int:
    """How many castings of a bag failed while others are good; 0 where none or all of them came out."""
    current = bag.current
    if current is None or current.craft != "cast":
        return 0
    good = sum(place.cast_pieces or 0 for place in current.places.all())
    return bag.quantity - good if good else 0


def why_not_split(bag: Ticket, by: User) -> str:
    """Why this bag cannot be split now by this person; "" when it can."""
    if bag.quantity < 2:
        return _("There is one piece in this bag.")
    return _why_not_moved(bag, by)


def why_not_merged(into: Ticket, bag: Ticket, by: User) -> str:
    """Why these two bags cannot be one now; "" when they can."""
    if why := _why_not_moved(into, by) or _why_not_moved(bag, by):
        return why
    if castings_missing(into) or castings_missing(bag):
        return _("Castings of one of the bags are still missing.")
    here, there = ([one.craft for one in _left(each)] for each in (into, bag))
    return "" if here == there else _("The two bags are not at the same place of their route.")


def _why_not_moved(bag: Ticket, by: User) -> str:
    """Why pieces can neither leave a bag nor come into it."""
    current = bag.current
    if not by.has_role(*DIVIDERS):
        return _("A caster or the production manager does this.")
    if bag.state != TicketState.OPEN or current is None:
        return _("%(bag)s is on hold or closed.") % {"bag": bag}
    if current.stage == Stage.DESIGN:
        return _("Every piece is made from the same design: wait until it is approved.")
    if current.stage == Stage.PACKAGING:
        return _("%(bag)s is with the packers.") % {"bag": bag}
    if current.places.filter(is_open=True).exists():
        return _("%(bag)s stands on a tree. Weigh it back or take the tree apart first.") % {"bag": bag}
    if current.state == OperationState.RUNNING and not castings_missing(bag):
        return _("Somebody is working on %(bag)s. It has to be paused first.") % {"bag": bag}
    return _("A stone of %(bag)s is reported lost.") % {"bag": bag} if unsigned(bag.number).exists() else ""
