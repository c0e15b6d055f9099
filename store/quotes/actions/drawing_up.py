"""A quote is drawn up: for whom, what, until when. Its prices stand from now on."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.house.models import Brand, DeliveryMethod
from foundation.people.models import User
from store.orders.actions import find_delivery
from store.orders.numbers import new_number
from store.quotes.flow import QuoteState
from store.quotes.frozen import freeze, thaw
from store.quotes.models import PriceChange, Quote, QuoteLine
from store.quotes.offering import CannotOffer, Offered, for_price

MOST_LINES = 20
CHANGEABLE = (QuoteState.DRAFTED, QuoteState.SHARED, QuoteState.EXPIRED)


class CannotChange(Exception):
    """Why a quote cannot be changed now, in a sentence."""


@dataclass(frozen=True)
class Wanted:
    """Whom a quote is for and what holds for all of it. An e-mail or a telephone number: either is enough."""

    brand: Brand
    name: str
    email: str
    phone: str
    language: str
    country: str
    delivery: str
    deposit_percent: int
    valid_until_at: datetime
    note: str = ""


@transaction.atomic
def draw_up(*, wanted: Wanted, offered: Offered, by: User, now: datetime) -> Quote:
    """Write a quote down with its first line. Refuses with CannotChange a day that is past, and nobody to answer to; with
    the orders' CannotOrder a delivery that does not go there.
    """
    if wanted.valid_until_at <= now:
        raise CannotChange(_("Choose a day that is still to come."))
    if not wanted.email and not wanted.phone:
        raise CannotChange(_("Give an e-mail address or a telephone number: one of them is enough."))
    delivery = find_delivery(brand=wanted.brand, code=wanted.delivery, country=wanted.country)
    quote = _write(wanted, delivery, by=by)
    add_line(quote=quote, offered=offered, by=by)
    return quote


@transaction.atomic
def add_line(*, quote: Quote, offered: Offered, by: User) -> QuoteLine:
    """One thing more, while nobody has seen the quote. A price other than the one worked out is written down with why."""
    quote = Quote.objects.select_for_update().get(pk=quote.pk)
    if quote.state != QuoteState.DRAFTED:
        raise CannotChange(_("This quote was shared: what it offers stands. Make another one."))
    count = quote.lines.count()
    if count >= MOST_LINES:
        raise CannotChange(_("A quote takes %(most)d lines.") % {"most": MOST_LINES})
    line = offered.line
    row = QuoteLine.objects.create(
        quote=quote, reference=line.reference, position=count + 1, name=line.piece_name, variant=offered.variant,
        stone=offered.stone, quantity=line.quantity, listed_minor=offered.listed_minor, gross_minor=line.gross_minor,
        frozen=freeze(line),
    )  # fmt: skip
    if offered.listed_minor != line.gross_minor:
        _note_change(row, offered.listed_minor, line.gross_minor, reason=offered.reason, by=by)
    return row


@transaction.atomic
def change_price(*, line: QuoteLine, gross_minor: int, reason: str, by: User) -> QuoteLine:
    """Another price for a line, VAT included, with the reason for it. Whoever approves has to have seen it.

    Refuses with CannotChange once it is approved, without a reason, and a price that is none.
    """
    quote = Quote.objects.select_for_update().get(pk=line.quote_id)
    if quote.state not in CHANGEABLE:
        raise CannotChange(_("This quote is %(state)s: its price stands.") % {"state": quote.get_state_display()})
    line = quote.lines.get(pk=line.pk)
    before = line.gross_minor
    if gross_minor == before:
        return line
    try:
        draft = for_price(Offered(thaw(line.frozen)), gross_minor, reason=reason, currency=quote.currency).line
    except CannotOffer as refusal:
        raise CannotChange(str(refusal)) from refusal
    line.gross_minor, line.frozen = gross_minor, freeze(draft)
    line.save(update_fields=["gross_minor", "frozen"])
    _note_change(line, before, gross_minor, reason=reason, by=by)
    return line


def _note_change(line: QuoteLine, old: int, new: int, *, reason: str, by: User) -> None:
    PriceChange.objects.create(line=line, old_minor=old, new_minor=new, reason=reason.strip()[:200], by=by)


def _write(wanted: Wanted, delivery: DeliveryMethod, *, by: User) -> Quote:
    """Write the quote under a number that is free."""
    same = ("brand", "name", "email", "phone", "language", "country", "deposit_percent", "valid_until_at", "note")
    facts = {name: getattr(wanted, name) for name in same}
    for _attempt in range(5):
        try:
            with transaction.atomic():
                return Quote.objects.create(
                    number=f"Q-{new_number()}", currency=wanted.brand.seller.currency, delivery=delivery,
                    delivery_minor=delivery.price_minor, made_by=by, **facts,
                )  # fmt: skip
        except IntegrityError as error:
            if "number" not in str(error):
                raise
    raise CannotChange(_("No quote number is free. Try again."))
