"""Whoever a quote is for approves it, and it becomes an order; or asks again once it has run out."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.mail.actions import send_letter
from store.orders.actions import CannotOrder, give_way, place_order
from store.orders.actions.placing import HOLD_OUTLASTS, PAY_WITHIN
from store.orders.drafts import Address, DraftLine, OrderDraft
from store.orders.flow import OrderState
from store.orders.models import Order
from store.quotes.actions.sharing import CannotShare, hold_lines
from store.quotes.flow import QuoteState
from store.quotes.frozen import thaw
from store.quotes.models import Quote
from store.quotes.promising import day_of
from store.quotes.sums import sums_of


class CannotApprove(Exception):
    """Why this quote cannot be approved as it was seen, in a sentence."""


@dataclass(frozen=True)
class Answer:
    """What whoever approves says, and what they saw: the total, and the day it leaves."""

    name: str
    email: str
    phone: str
    address: Address
    consented: bool
    agreed_minor: int
    promised_on: date


@transaction.atomic
def approve(*, quote: Quote, answer: Answer, now: datetime) -> Order:
    """Make an order of the quote, once: pressed twice, from two telephones, it is one order.

    Refuses with CannotApprove where it is over, off, or no longer what was seen: a price that staff changed, a later day.
    """
    quote = _locked(quote)
    if quote.order is not None and quote.state in (QuoteState.APPROVED, QuoteState.PAID):
        return quote.order
    if quote.state != QuoteState.SHARED or quote.is_over(now=now):
        raise CannotApprove(_("This quote has run out, or was taken back. Ask us again."))
    lines = lines_now(quote, now=now)
    _must_be_as_seen(quote, lines, answer)
    give_way(basket=quote.reference)  # orders are locked before stock, here as everywhere
    try:
        hold_lines(quote, until=now + PAY_WITHIN["conversation"] + HOLD_OUTLASTS)
        order = place_order(draft=_draft(quote, lines, answer, now=now), now=now, by=None)
    except (CannotShare, CannotOrder) as refusal:
        raise CannotApprove(str(refusal)) from refusal
    quote.order = order
    quote.save(update_fields=["order"])
    quote.move(QuoteState.APPROVED, by=None)
    return order


@transaction.atomic
def ask_again(*, quote: Quote, now: datetime) -> Quote:
    """Whoever it was for would still like it: tell the office, once for each time it runs out."""
    quote = _locked(quote)
    if quote.asked_again_at or not (quote.state == QuoteState.EXPIRED or quote.is_over(now=now)):
        return quote
    quote.asked_again_at = now
    quote.save(update_fields=["asked_again_at"])
    url = settings.SITE_URL + reverse("quotes:quote", args=[quote.number])
    send_letter(
        to=quote.brand.contact_email, language="en", template="quotes/mail/asked_again",
        context={"quote": quote, "url": url}, brand=quote.brand, key=f"quote:{quote.pk}:{quote.steps.count()}",
    )  # fmt: skip
    return quote


@transaction.atomic
def note_order(*, order: UUID) -> None:
    """Its order was confirmed, or is off: the quote follows. Of two orders of one quote the one that is kept counts."""
    found = Order.objects.get(reference=order)
    quotes = Quote.objects.select_for_update()
    quote = quotes.filter(reference=found.basket).first() if found.basket else None
    if quote is None:
        return
    found.refresh_from_db()
    kept, off = (OrderState.CONFIRMED, OrderState.COMPLETED), (OrderState.CANCELLED, OrderState.EXPIRED)
    if found.state in kept and quote.state in (QuoteState.APPROVED, QuoteState.EXPIRED):
        quote.order = found
        quote.save(update_fields=["order"])
        quote.move(QuoteState.PAID, by=None)
    elif found.state in off and quote.state == QuoteState.APPROVED and quote.order_id == found.pk:
        quote.move(QuoteState.EXPIRED, by=None, note="its order was not paid, or is off")


def lines_now(quote: Quote, *, now: datetime) -> tuple[DraftLine, ...]:
    """Its lines at their frozen prices, each with the day it would leave if it were ordered now. Refuses with
    CannotApprove where no day can be named.
    """
    found = []
    for row in quote.lines.select_related("variant"):
        line = thaw(row.frozen)
        day = day_of(line, variant=row.variant, now=now)
        if day is None:
            raise CannotApprove(
                _("We can name no day for %(name)s now. Write to us, and we answer.") % {"name": row.name}
            )
        found.append(thaw(row.frozen, promise_on=day))
    return tuple(found)


def _locked(quote: Quote) -> Quote:
    """The quote as it is once nobody else has it. Joined rows are read after the lock: while it was waited for, an order
    may have come.
    """
    Quote.objects.select_for_update().get(pk=quote.pk)
    return Quote.objects.select_related("brand__seller", "delivery", "order").get(pk=quote.pk)


def _must_be_as_seen(quote: Quote, lines: tuple[DraftLine, ...], answer: Answer) -> None:
    if answer.address.country != quote.country:
        raise CannotApprove(_("This quote is for another country. Ask us, and we work it out anew."))
    if sums_of(quote, lines).total_minor != answer.agreed_minor:
        raise CannotApprove(
            _("The price has changed since you opened this page. Look at it and press the button again.")
        )
    if max(line.promise_on for line in lines) > answer.promised_on:
        raise CannotApprove(_("It would leave later than this page said. Look at the day and press the button again."))


def _draft(quote: Quote, lines: tuple[DraftLine, ...], answer: Answer, *, now: datetime) -> OrderDraft:
    return OrderDraft(
        reference=uuid5(NAMESPACE_URL, f"{quote.reference}:{quote.steps.count()}"), brand=quote.brand.code,
        channel="conversation", language=quote.language, currency=quote.currency, email=answer.email or quote.email,
        name=answer.name, phone=answer.phone or quote.phone, address=answer.address, delivery=quote.delivery.code,
        lines=lines, basket=quote.reference, consented_at=now if answer.consented else None,
        deposit_percent=quote.deposit_percent, delivery_minor=quote.delivery_minor,
    )  # fmt: skip
