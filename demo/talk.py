"""What the demo's sales desk offers in conversation, and what becomes of it: shared by its link, approved and paid by card or
by a transfer with its slip, run out and asked for again, or declined.
"""

from datetime import date, timedelta
from random import Random

from demo import buying, offering
from demo.dice import dice
from demo.guests import DECLINED, EVERYBODY
from demo.owed import do_what_is_owed
from demo.scene import Scene
from demo.slips import slip_of
from foundation.people.roles import Role
from store.orders import actions as orders
from store.orders.drafts import Address, DraftLine
from store.orders.flow import OrderState
from store.orders.models import Order
from store.quotes import actions
from store.quotes.flow import QuoteState
from store.quotes.frozen import thaw
from store.quotes.models import Quote
from store.quotes.page import show

A_DAY = 0.42
"""How likely somebody writes or telephones on a working day of the office, and is offered something."""
OVERNIGHT = timedelta(hours=16)
"""A quote that is not shared at once is looked over and shared the next day."""
CARD, TRANSFER, NOTHING, NO = "card", "transfer", "nothing", "no"
FATES, MADE_FATES = {NOTHING: 3, NO: 2}, {CARD: 8, TRANSFER: 5, NOTHING: 3, NO: 2}
"""What becomes of a bespoke piece's quote and of any other, and how often: what stands in no catalogue the demo's benches
cannot draw.
"""


FORGOTTEN_EVERY = 6
"""Every so manyth quote is looked at and never answered."""


def comes_up(scene: Scene, day: date) -> bool:
    """Whether somebody asks for something that day."""
    return dice(scene.seed, "talk", day).random() < A_DAY


def offer_something(scene: Scene, *, again: int = 0) -> Quote | None:
    """Somebody asks; sales draws a quote up. None where nothing could be offered; asked `again`, something else."""
    n = Quote.objects.count()
    odds = dice(scene.seed, "quote", n, again)
    offered = offering.offered(scene, odds)
    if offered is None:
        return None
    wanted = offering.wanted(
        scene, offering.somebody_else(odds), odds, deposit_percent=50 if offered.line.purpose == "custom" else 100
    )
    quote = actions.draw_up(wanted=wanted, offered=offered, by=scene.people[Role.SALES], now=scene.now)
    if odds.random() < 0.15 and (more := offering.offered(scene, odds)):
        actions.add_line(quote=quote, offered=more, by=scene.people[Role.SALES])
    if odds.random() < 0.7:
        _share(scene, quote)
    return quote


def go_on(scene: Scene) -> None:
    """Everything about quotes that is due by now: drafts shared, answers given, slips sent, money found."""
    _record_transfers(scene)
    for quote in Quote.objects.filter(state=QuoteState.DRAFTED, made_at__lt=scene.clock.at - OVERNIGHT).order_by("pk"):
        _share(scene, quote)
    for quote in Quote.objects.filter(state=QuoteState.SHARED).order_by("pk"):
        _answer(scene, quote)
    for quote in Quote.objects.filter(state=QuoteState.EXPIRED, order=None).order_by("pk"):
        _ask_again_or_renew(scene, quote)
    _send_slips(scene)


def clear_up(scene: Scene) -> None:
    """Quotes run out at night."""
    actions.expire_overdue(now=scene.now)


def bring_to_rest(scene: Scene) -> None:
    """At the end one is being drawn up, one is out, and for one a slip has come whose money is not found yet."""
    if not Order.objects.filter(state=OrderState.AWAITING_PAYMENT).exclude(slips=None).exists():
        quote = _drawn_up(scene, paid_for=True)
        if quote is not None:
            _share(scene, quote)
            order = _approve(scene, quote)
            orders.attach_slip(order=order, upload=slip_of(order), now=scene.clock.at)
            do_what_is_owed()
    if not Quote.objects.filter(state=QuoteState.SHARED).exists() and (out := _drawn_up(scene)):
        _share(scene, out)
    if not Quote.objects.filter(state=QuoteState.DRAFTED).exists():
        _drawn_up(scene)


def _drawn_up(scene: Scene, *, paid_for: bool = False) -> Quote | None:
    """A draft; one that somebody pays for, where that is asked."""
    for again in range(100, 140):
        n = Quote.objects.count()
        odds = dice(scene.seed, "last", n, again)
        offered = offering.offered(scene, odds)
        if offered is None or (paid_for and offered.line.style_code == "BESPOKE"):
            continue
        wanted = offering.wanted(scene, offering.somebody_else(odds), odds, deposit_percent=50)
        return actions.draw_up(wanted=wanted, offered=offered, by=scene.people[Role.SALES], now=scene.now)
    return None


def _share(scene: Scene, quote: Quote) -> None:
    try:
        actions.share(quote=quote, by=scene.people[Role.SALES])
    except actions.CannotShare:
        _is_sold(scene, quote)
    do_what_is_owed()


def _is_sold(scene: Scene, quote: Quote) -> None:
    quote = Quote.objects.get(pk=quote.pk)
    actions.withdraw(quote=quote, reason="Sold in the shop meanwhile.", by=scene.people[Role.SALES])


def _answer(scene: Scene, quote: Quote) -> None:
    """They think about it for some hours or days."""
    shares = quote.steps.filter(new=QuoteState.SHARED)
    odds = dice(scene.seed, "fate", quote.pk, shares.count())
    fate = _fate(quote, odds, renewed=shares.count() > 1)
    if fate == NOTHING or scene.clock.at < shares.latest("pk").at + timedelta(hours=odds.choice((4, 9, 26, 50, 100))):
        return
    if fate == NO:
        actions.withdraw(quote=quote, reason=odds.choice(DECLINED), by=scene.people[Role.SALES])
        return
    order = _approve(scene, quote)
    if fate == CARD:
        buying.pay_by_card(order, now=scene.now)


def _fate(quote: Quote, odds: Random, *, renewed: bool) -> str:
    bespoke = any(row.frozen["style_code"] == "BESPOKE" for row in quote.lines.all())
    if _is_forgotten(quote):
        return NOTHING
    if renewed and not bespoke:
        return CARD
    fates = FATES if bespoke else MADE_FATES
    return odds.choices(list(fates), list(fates.values()))[0]


def _is_forgotten(quote: Quote) -> bool:
    return quote.pk % FORGOTTEN_EVERY == 2


def _approve(scene: Scene, quote: Quote) -> Order:
    """By its link, at the price and the day that its page says."""
    quote = Quote.objects.select_related("brand__seller", "delivery", "order").get(pk=quote.pk)
    for row in quote.lines.all():
        line = thaw(row.frozen)
        offering.forget_day(line.kind, _stones(line), engraving=bool(line.engraving), plating=bool(line.plating))
    page = show(quote, now=scene.now)
    guest = next(one for one in EVERYBODY if one.name == quote.name)
    answer = actions.Answer(
        name=guest.name, email=guest.email, phone=quote.phone,
        address=Address(guest.name, guest.line1, guest.city, guest.country, postcode=guest.postcode),
        consented=page.needs_consent, agreed_minor=page.sums.total_minor, promised_on=page.promise_on or date.max,
    )  # fmt: skip
    order = actions.approve(quote=quote, answer=answer, now=scene.now)
    do_what_is_owed()
    return order


def _stones(line: DraftLine) -> int:
    return sum(stone.count for stone in line.stones)


def _ask_again_or_renew(scene: Scene, quote: Quote) -> None:
    """One in two who let it run out asks again some days later; sales renews it the next day, at the same price."""
    if _is_forgotten(quote):
        return
    odds = dice(scene.seed, "again", quote.pk)
    if quote.asked_again_at is None:
        over = scene.clock.at > quote.valid_until_at + timedelta(days=odds.choice((1, 2, 4)))
        if over and odds.random() < 0.5 and scene.clock.at < quote.valid_until_at + timedelta(days=6):
            actions.ask_again(quote=quote, now=scene.now)
    elif scene.clock.at > quote.asked_again_at + OVERNIGHT:
        try:
            until = offering.evening(scene.clock.at + offering.STANDS_FOR)
            actions.renew(quote=quote, valid_until_at=until, by=scene.people[Role.SALES])
        except actions.CannotShare:
            _is_sold(scene, quote)
        do_what_is_owed()


def _unpaid() -> list[Order]:
    """Orders of quotes that wait for a transfer."""
    rows = Order.objects.filter(channel="conversation", state=OrderState.AWAITING_PAYMENT)
    return list(rows.select_related("seller", "brand").prefetch_related("slips").order_by("pk"))


def _send_slips(scene: Scene) -> None:
    """Who transfers sends the bank's slip the next day."""
    for order in _unpaid():
        hours = dice(scene.seed, "slip", order.pk).choice((5, 20, 30))
        if not order.slips.all() and scene.clock.at > order.placed_at + timedelta(hours=hours):
            orders.attach_slip(order=order, upload=slip_of(order), now=scene.clock.at)
            do_what_is_owed()


def _record_transfers(scene: Scene) -> None:
    """Sales finds the money on the statement two days after the slip came."""
    for order in _unpaid():
        slips = list(order.slips.all())
        if slips and scene.clock.at > slips[0].sent_at + timedelta(hours=36):
            buying.pay_by_transfer(order, people=scene.people, now=scene.now)
