"""A part of the money goes back though the piece stays: a scratch, a late parcel. Shown before the yes."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.people.models import User
from store.orders import actions as orders
from store.orders import wording
from store.orders.models import Cause, Credit, Order, OrderLine
from store.orders.shares import Share, left_of
from store.returns.sums import parts_of


class CannotGive(Exception):
    """Why this much cannot be given back, in a sentence."""


def look_at_gift(order: Order, *, minor: int, lines: Collection[OrderLine]) -> list[Share]:
    """Out of which shares this much would go back: of these lines, or of everything. Of what was paid alone.

    Refuses, with CannotGive, nothing, and more than was paid.
    """
    wanted = {line.pk for line in lines}
    paid = [
        share for share in left_of(order) if share.is_paid and (not wanted or (share.line and share.line.pk in wanted))
    ]
    most = sum(share.amount.gross_minor for share in paid)
    if not 1 <= minor <= most:
        raise CannotGive(_("Between a penny and %(most)s can go back.") % {"most": wording.money(most, order.currency)})
    return parts_of(paid, minor)


@transaction.atomic
def give(
    *, order: Order, minor: int, lines: Collection[OrderLine], reason: str, key: str, by: User, now: datetime
) -> Credit:
    """Give this much back, once per `key`, with a credit note. Refuses, with CannotGive, what cannot be, and silence."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    if found := Credit.objects.filter(key=f"goodwill:{key}").first():
        return found
    if not reason.strip():
        raise CannotGive(_("Say what it is for: the buyer reads it."))
    credit = orders.take_back(
        order=order, shares=look_at_gift(order, minor=minor, lines=lines), cause=Cause.GOODWILL, key=f"goodwill:{key}",
        reason=" ".join(reason.split()), by=by, now=now,
    )  # fmt: skip
    orders.note_standing(order)
    return credit
