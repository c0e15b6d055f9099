"""What the demo's sales desk offers in conversation, and what becomes of it: shared by its link, approved and paid by card or
by a transfer with its slip, run out and asked for again, or declined.
"""

from datetime import date, datetime, timedelta
from random import Random

from django.core.cache import cache
from django.utils import timezone

from demo import buying, demand
from demo.dice import dice
from demo.guests import BESPOKE, DECLINED, EVERYBODY, LESS_FOR, SAID, Guest
from demo.owed import do_what_is_owed
from demo.pieces import MEDIUM
from demo.scene import Scene
from demo.slips import slip_of
from foundation.people.roles import Role
from store.catalogue.models import Piece, Stock
from store.orders import actions as orders
from store.orders.drafts import Address, DraftLine
from store.orders.flow import OrderState
from store.orders.models import Order
from store.pricing.choosing import with_ways
from store.quotes import actions, promising
from store.quotes.flow import QuoteState
from store.quotes.frozen import thaw
from store.quotes.models import Quote, QuoteLine
from store.quotes.offering import Bespoke, CannotOffer, Offered, Wish, for_price, offer_bespoke, offer_piece, today_of
from store.quotes.page import show

A_DAY = 0.42
"""How likely somebody writes or telephones on a working day of the office, and is offered something."""
STANDS_FOR = timedelta(days=14)
AMONG_SO_MANY = 20
"""Of so many quotes one after the other no two are for the same person."""
OVERNIGHT = timedelta(hours=16)
"""A quote that is not shared at once is looked over and shared the next day."""
CARD, TRANSFER, NOTHING, NO = "card", "transfer", "nothing", "no"
FATES, MADE_FATES = {NOTHING: 3, NO: 2}, {CARD: 8, TRANSFER: 5, NOTHING: 3, NO: 2}
"""What becomes of a bespoke piece's quote and of any other, and how often: what stands in no catalogue the demo's benches
cannot draw.
"""


def comes_up(scene: Scene, day: date) -> bool:
    """Whether somebody asks for something that day."""
    return dice(scene.seed, "talk", day).random() < A_DAY


def offer_something(scene: Scene, *, again: int = 0) -> Quote | None:
    """Somebody asks; sales draws a quote up. None where nothing could be offered; asked `again`, something else."""
    n = Quote.objects.count()
    odds = dice(scene.seed, "quote", n, again)
    offered = _offered(scene, odds)
    if offered is None:
        return None
    wanted = _wanted(scene, _somebody_else(odds), odds, deposit_percent=50 if offered.line.purpose == "custom" else 100)
    quote = actions.draw_up(wanted=wanted, offered=offered, by=scene.people[Role.SALES], now=scene.now)
    if odds.random() < 0.15 and (more := _offered(scene, odds)):
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
            orders.attach_slip(order=order, upload=slip_of(order))
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
        offered = _offered(scene, odds)
        if offered is None or (paid_for and offered.line.style_code == "BESPOKE"):
            continue
        wanted = _wanted(scene, _somebody_else(odds), odds, deposit_percent=50)
        return actions.draw_up(wanted=wanted, offered=offered, by=scene.people[Role.SALES], now=scene.now)
    return None


# What is offered


def _somebody_else(odds: Random) -> Guest:
    """Anybody but those who were offered something lately."""
    lately = set(Quote.objects.values_list("name", flat=True)[:AMONG_SO_MANY])
    return odds.choice([one for one in EVERYBODY[1:] if one.name not in lately])


def _wanted(scene: Scene, guest: Guest, odds: Random, *, deposit_percent: int) -> actions.Wanted:
    by_phone = bool(guest.phone) and odds.random() < 0.4
    return actions.Wanted(
        brand=scene.brand, name=guest.name, email="" if by_phone else guest.email, phone=guest.phone, language=guest.language,
        country=guest.country, delivery=guest.delivery, deposit_percent=deposit_percent,
        valid_until_at=_evening(scene.clock.at + STANDS_FOR),
        note=odds.choice(SAID) if guest.language == "en" and odds.random() < 0.6 else "",
    )  # fmt: skip


def _evening(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=23, minute=59, second=0, microsecond=0)


def _offered(scene: Scene, odds: Random) -> Offered | None:
    find = odds.choices((_bespoke, _from_the_tray, _to_be_made), (15, 25, 60))[0]
    try:
        offered = find(scene, odds)
    except CannotOffer:
        return None
    return _for_less(offered, scene, odds) if offered else None


def _to_be_made(scene: Scene, odds: Random) -> Offered | None:
    choice = demand.choose(odds)
    if choice is None:
        return None
    asked = {"metal": choice.alloy, "size": str(choice.ring_inner_um or ""), "engraving": choice.engraving}
    if choice.stone:
        asked["stone"] = str(choice.stone.pk)
    wish = Wish(_with_ways(choice.piece.pk), asked, made=True)
    buying.forget_promises(choice)
    stones = choice.stone.count if choice.stone else 0
    _forget_day(choice.piece.kind, stones, engraving=bool(choice.engraving), plating=bool(choice.piece.plating))
    return offer_piece(wish, today=today_of(scene.brand), now=scene.now)


def _from_the_tray(scene: Scene, odds: Random) -> Offered | None:
    free = Stock.objects.filter(site__code="london", variant__withdrawn_at=None, variant__isnull=False, on_hand__gte=2)
    lying = [row for row in free.select_related("variant").order_by("pk") if row.available > 1]
    if not lying or (variant := odds.choice(lying).variant) is None:
        return None
    asked = {"metal": variant.alloy, "size": str(variant.ring_inner_um or "")}
    return offer_piece(Wish(_with_ways(variant.piece_id), asked), today=today_of(scene.brand), now=scene.now)


def _bespoke(scene: Scene, _odds: Random) -> Offered | None:
    """Each of them once."""
    asked_for = set(QuoteLine.objects.values_list("name", flat=True))
    left = [one for one in BESPOKE if one[0] not in asked_for]
    if not left:
        return None
    name, kind, alloy, words, minor = left[0]
    _forget_day(kind, 0, engraving=False, plating=False)
    return offer_bespoke(
        Bespoke(name, kind, alloy, words, minor, MEDIUM if kind == "plain_ring" else None),
        brand=scene.brand,
        now=scene.now,
    )


def _for_less(offered: Offered, scene: Scene, odds: Random) -> Offered:
    """One in four costs a little less than it was worked out to, to whole pounds, with the reason."""
    if odds.random() > 0.25 or offered.line.style_code == "BESPOKE":
        return offered
    less = offered.line.gross_minor * odds.choice((93, 95, 97)) // 100 // 500 * 500
    currency = scene.brand.seller.currency
    return for_price(offered, less, reason=odds.choice(LESS_FOR), currency=currency) if less else offered


def _with_ways(pk: int) -> Piece:
    return with_ways(Piece.objects.filter(pk=pk)).get()


def _forget_day(kind: str, stones: int, *, engraving: bool, plating: bool) -> None:
    """A day is kept for a minute of the real clock; here that may be a week of the house's."""
    cache.delete(promising.key_of(kind=kind, stones=stones, engraving=engraving, plating=plating))


# What becomes of it


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
    if renewed and not bespoke:
        return CARD
    fates = FATES if bespoke else MADE_FATES
    return odds.choices(list(fates), list(fates.values()))[0]


def _approve(scene: Scene, quote: Quote) -> Order:
    """By its link, at the price and the day that its page says."""
    quote = Quote.objects.select_related("brand__seller", "delivery", "order").get(pk=quote.pk)
    for row in quote.lines.all():
        line = thaw(row.frozen)
        _forget_day(line.kind, _stones(line), engraving=bool(line.engraving), plating=bool(line.plating))
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
    odds = dice(scene.seed, "again", quote.pk)
    if quote.asked_again_at is None:
        over = scene.clock.at > quote.valid_until_at + timedelta(days=odds.choice((1, 2, 4)))
        if over and odds.random() < 0.5 and scene.clock.at < quote.valid_until_at + timedelta(days=6):
            actions.ask_again(quote=quote, now=scene.now)
    elif scene.clock.at > quote.asked_again_at + OVERNIGHT:
        try:
            until = _evening(scene.clock.at + STANDS_FOR)
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
            orders.attach_slip(order=order, upload=slip_of(order))
            do_what_is_owed()


def _record_transfers(scene: Scene) -> None:
    """Sales finds the money on the statement two days after the slip came."""
    for order in _unpaid():
        slips = list(order.slips.all())
        if slips and scene.clock.at > slips[0].sent_at + timedelta(hours=36):
            buying.pay_by_transfer(order, people=scene.people, now=scene.now)
