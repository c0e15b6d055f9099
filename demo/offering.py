"""What the demo's sales desk has to offer: a piece made to order, one of the tray, one that stands in no catalogue."""

from datetime import datetime, timedelta
from random import Random

from django.core.cache import cache
from django.utils import timezone

from demo import buying, demand
from demo.guests import BESPOKE, EVERYBODY, LESS_FOR, SAID, Guest
from demo.pieces import MEDIUM
from demo.scene import Scene
from store.catalogue.models import Piece, Stock
from store.pricing.choosing import with_ways
from store.quotes import actions, promising
from store.quotes.models import Quote, QuoteLine
from store.quotes.offering import Bespoke, CannotOffer, Offered, Wish, for_price, offer_bespoke, offer_piece, today_of

STANDS_FOR = timedelta(days=14)
AMONG_SO_MANY = 20
"""Of so many quotes one after the other no two are for the same person."""


def somebody_else(odds: Random) -> Guest:
    """Anybody but those who were offered something lately."""
    lately = set(Quote.objects.values_list("name", flat=True)[:AMONG_SO_MANY])
    return odds.choice([one for one in EVERYBODY[1:] if one.name not in lately])


def wanted(scene: Scene, guest: Guest, odds: Random, *, deposit_percent: int) -> actions.Wanted:
    """What is said of a quote for this guest, beside what is offered."""
    by_phone = bool(guest.phone) and odds.random() < 0.4
    return actions.Wanted(
        brand=scene.brand, name=guest.name, email="" if by_phone else guest.email, phone=guest.phone, language=guest.language,
        country=guest.country, delivery=guest.delivery, deposit_percent=deposit_percent,
        valid_until_at=evening(scene.clock.at + STANDS_FOR),
        note=odds.choice(SAID) if guest.language == "en" and odds.random() < 0.6 else "",
    )  # fmt: skip


def evening(at: datetime) -> datetime:
    """The end of that day, where the office is."""
    return timezone.localtime(at).replace(hour=23, minute=59, second=0, microsecond=0)


def offered(scene: Scene, odds: Random) -> Offered | None:
    """Something that can be offered today; None where the dice found nothing."""
    find = odds.choices((_bespoke, _from_the_tray, _to_be_made), (15, 25, 60))[0]
    try:
        found = find(scene, odds)
    except CannotOffer:
        return None
    return _for_less(found, scene, odds) if found else None


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
    forget_day(choice.piece.kind, stones, engraving=bool(choice.engraving), plating=bool(choice.piece.plating))
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
    forget_day(kind, 0, engraving=False, plating=False)
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


def forget_day(kind: str, stones: int, *, engraving: bool, plating: bool) -> None:
    """A day is kept for a minute of the real clock; here that may be a week of the house's."""
    cache.delete(promising.key_of(kind=kind, stones=stones, engraving=engraving, plating=plating))
