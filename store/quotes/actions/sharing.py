"""A quote's one link: made, found again, taken back, run out, renewed. While it is shared, what it offers is held."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.people.models import User
from store.catalogue.actions import OutOfStock, hold_stock, release_hold
from store.catalogue.models import Stock
from store.orders.actions import cancel_order
from store.orders.flow import OrderState
from store.orders.models import Order
from store.orders.numbers import hashed, link_token
from store.quotes.flow import QuoteState
from store.quotes.models import Quote, QuoteLine

SERIAL = 1
"""A quote's link is never replaced: one that went to a stranger is withdrawn with its quote."""


class CannotShare(Exception):
    """Why a quote cannot be shared, in a sentence."""


@transaction.atomic
def share(*, quote: Quote, by: User) -> Quote:
    """Make the link, and keep what is offered from the tray until the quote runs out.

    Refuses with CannotShare what somebody else has by now, with WrongTurn a quote that has run out or is shared already.
    """
    if not quote.link_hashed:
        quote.link_hashed = hashed(token_of(quote))
        quote.save(update_fields=["link_hashed"])
    quote.move(QuoteState.SHARED, by=by)
    hold_lines(quote, until=quote.valid_until_at)
    return quote


@transaction.atomic
def renew(*, quote: Quote, valid_until_at: datetime, by: User) -> Quote:
    """The same offer at the same prices, until a later day, under the same link. What was asked is answered."""
    if quote.state != QuoteState.EXPIRED:
        raise CannotShare(_("Only a quote that has run out is renewed."))
    quote.valid_until_at, quote.asked_again_at = valid_until_at, None
    quote.save(update_fields=["valid_until_at", "asked_again_at"])
    return share(quote=quote, by=by)


@transaction.atomic
def withdraw(*, quote: Quote, reason: str, by: User) -> Quote:
    """Take it back. An order it became, and that nobody has paid, is called off with it. Refuses, with WrongTurn, a paid one."""
    locked = Quote.objects.select_for_update().get(pk=quote.pk)
    order = Order.objects.select_for_update().get(pk=locked.order_id) if locked.order_id else None
    quote.order = order
    was_approved = locked.state == QuoteState.APPROVED
    quote.move(QuoteState.WITHDRAWN, by=by, note=reason)
    if was_approved and order is not None and order.state == OrderState.AWAITING_PAYMENT:
        cancel_order(order=order, by=by, reason=reason or _("The quote was withdrawn."))
    release_lines(quote)
    return quote


def expire_overdue(*, now: datetime) -> int:
    """Quotes whose day is over. Answers how many. One that is being approved at this moment is left to whoever approves."""
    late = Quote.objects.overdue(now=now).order_by("pk").values_list("pk", flat=True)[:500]
    return sum(_expire(pk, now=now) for pk in late)


@transaction.atomic
def _expire(pk: int, *, now: datetime) -> int:
    quote = Quote.objects.overdue(now=now).filter(pk=pk).select_for_update(skip_locked=True).first()
    if quote is None:
        return 0
    quote.move(QuoteState.EXPIRED, by=None)
    release_lines(quote)
    return 1


def token_of(quote: Quote) -> str:
    """The secret of the quote's link. Only its hash is kept; the house's key makes it again."""
    return link_token(quote.reference, SERIAL)


def find_by_token(token: str) -> Quote | None:
    """The quote of this secret, while it is shared or after."""
    if not 16 <= len(token) <= 64:
        return None
    rows = Quote.objects.select_related("brand__seller", "delivery", "order")
    return rows.filter(link_hashed=hashed(token)).first()


def page_url(quote: Quote) -> str:
    """The whole address of the quote's page, in the language of whoever it is for."""
    with override(quote.language):
        return settings.SITE_URL + reverse("quotes:offer", args=[token_of(quote)])


def hold_lines(quote: Quote, *, until: datetime) -> None:
    """Keep everything that can be sold away: afresh where a hold has run out, lowest stock row first."""
    for line in _in_stock_order(quote):
        item = line.variant or line.stone
        if item is None:
            continue
        try:
            hold_stock(item=item, quantity=line.quantity, key=line.reference, until=until)
        except OutOfStock as gone:
            raise CannotShare(_("%(name)s is sold, or kept for somebody else.") % {"name": line.name}) from gone


def release_lines(quote: Quote) -> None:
    """What was kept for this quote is free again."""
    for line in _in_stock_order(quote):
        release_hold(key=line.reference)


def _in_stock_order(quote: Quote) -> list[QuoteLine]:
    rows = [row for row in quote.lines.select_related("variant__piece", "stone__piece") if row.variant or row.stone]
    firsts = {
        row.pk: Stock.objects.of(item).values_list("pk", flat=True).first() or 0
        for row in rows
        if (item := row.variant or row.stone)
    }
    return sorted(rows, key=lambda row: firsts[row.pk])
