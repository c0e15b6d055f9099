"""Asking to send something back, and what the house answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.house.models import Site
from foundation.people.models import User
from store.orders.models import Order, OrderLine
from store.orders.numbers import new_number
from store.returns.actions.letters import write_letter
from store.returns.flow import ReturnState
from store.returns.models import Cause, Return, ReturnLine
from store.returns.rights import chances, is_within_the_law

FAULTS = (Cause.FAULTY, Cause.OTHER)
"""Causes that are the house's own: no day and no consent stands against them, and a person looks first."""


class CannotReturn(Exception):
    """Why this cannot be sent back, in a sentence."""


@dataclass(frozen=True)
class Wish:
    """So many of a line."""

    line: OrderLine
    quantity: int


@transaction.atomic
def ask_back(
    *, order: Order, wishes: Sequence[Wish], cause: str, words: str = "", is_withdrawal: bool = False, now: datetime,
    by: User | None,
) -> Return:  # fmt: skip
    """Ask to send these back. Within its days a piece that was not made for one buyer alone is awaited at once; what is wrong
    with a piece is read by a person first.

    The order is locked, so that no piece is sent back twice. Refuses, with CannotReturn, what has not arrived, is on its
    way back already, was made for this buyer alone, or whose days are over.
    """
    order = Order.objects.select_for_update(of=("self",)).select_related("seller", "brand").get(pk=order.pk)
    fault = cause in FAULTS
    _check(order, wishes, fault=fault, by=by, now=now)
    back = Return.objects.create(
        number=f"R-{new_number()}", order=order, cause=cause, words=" ".join(words.split())[:500], is_withdrawal=is_withdrawal,
        asked_at=now, asked_by=by,
    )  # fmt: skip
    ReturnLine.objects.bulk_create(ReturnLine(of=back, line=wish.line, quantity=wish.quantity) for wish in wishes)
    if fault and by is None:
        write_letter(back, "asked")
        return back
    return _await(back, by=by)


def _check(order: Order, wishes: Sequence[Wish], *, fault: bool, by: User | None, now: datetime) -> None:
    if not wishes:
        raise CannotReturn(_("Choose what you send back."))
    if len({wish.line.pk for wish in wishes}) < len(wishes):
        raise CannotReturn(_("Choose what you send back."))
    found = {chance.line.pk: chance for chance in chances(order, now=now)}
    for wish in wishes:
        chance = found.get(wish.line.pk)
        if chance is None:
            raise CannotReturn(
                _("%(piece)s has not arrived yet: it can be called off.") % {"piece": wish.line.piece_name}
            )
        if not 1 <= wish.quantity <= chance.left:
            raise CannotReturn(
                _("Of %(piece)s %(left)d can be sent back.")
                % {"piece": wish.line.piece_name, "left": max(chance.left, 0)}
            )
        if chance.why_not and not fault and (by is None or not wish.line.returnable):
            raise CannotReturn(chance.why_not)


def _await(back: Return, *, by: User | None) -> Return:
    back.move(ReturnState.AWAITED, by=by)
    write_letter(back, "awaited")
    return back


@transaction.atomic
def accept(*, back: Return, by: User) -> Return:
    """Let it come."""
    return _await(Return.objects.select_related("order__brand", "order__seller").get(pk=back.pk), by=by)


@transaction.atomic
def refuse(*, back: Return, answer: str, by: User) -> Return:
    """Say no, in words that the buyer reads. Refuses, with CannotReturn, to say nothing, and what the law lets come back."""
    back = Return.objects.select_related("order__brand").get(pk=back.pk)
    if not answer.strip():
        raise CannotReturn(_("Say why: the buyer reads it."))
    lines = [row.line for row in back.lines.select_related("line")]
    if is_within_the_law(back.order, lines, now=back.asked_at):
        raise CannotReturn(_("Its buyer has the right to send it back within fourteen days: it cannot be refused."))
    back.answer = " ".join(answer.split())[:300]
    back.save(update_fields=["answer"])
    back.move(ReturnState.REFUSED, by=by, note=back.answer)
    write_letter(back, "refused")
    return back


@transaction.atomic
def take_back_wish(*, back: Return, by: User | None) -> Return:
    """It does not come after all."""
    back.move(ReturnState.WITHDRAWN, by=by)
    return back


@transaction.atomic
def note_here(*, back: Return, site: Site, at: datetime, by: User) -> Return:
    """The parcel is here, at this site."""
    back = Return.objects.select_related("order__brand").get(pk=back.pk)
    back.site, back.arrived_at = site, at
    back.save(update_fields=["site", "arrived_at"])
    back.move(ReturnState.ARRIVED, by=by)
    write_letter(back, "arrived")
    return back
