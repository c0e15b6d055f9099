"""Holding, selling and counting what lies in the tray.

Two rules keep 200 buyers of 10 rings honest. A row changes by a guarded UPDATE that takes only what is free, never by
reading and then writing. And rows are always taken in one order, holds before stock and each by the stock's id, so
that two baskets with the same rings never wait for each other.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from foundation.asked import asked
from foundation.house.models import Site
from foundation.joined import joined
from foundation.outbox.actions import put
from foundation.people.models import User
from foundation.planned import planned
from foundation.written import rewritten, written
from store.catalogue.flow import HoldState
from store.catalogue.models import Hold, MovementKind, Piece, Stock, StockMovement, StoneChoice, Variant

RESERVE = """
    UPDATE catalogue_stock SET held = held + %(quantity)s
     WHERE id = %(stock)s AND on_hand >= held + %(quantity)s RETURNING id"""
SELL = """
    UPDATE catalogue_stock SET held = held - %(quantity)s, on_hand = on_hand - %(quantity)s
     WHERE id = %(stock)s"""
"""Written out: every basket and every sale says them."""


class OutOfStock(Exception):
    """Not enough of it is free. `available` says how many are."""

    def __init__(self, *, name: str, available: int) -> None:
        self.available = available
        if available:
            text = _("Only %(available)d of %(name)s can be had now.") % {"available": available, "name": name}
        else:
            text = _("%(name)s is in somebody else’s basket or sold.") % {"name": name}
        super().__init__(text)


@joined
def hold_stock(
    *,
    item: Variant | StoneChoice,
    quantity: int,
    key: UUID,
    until: datetime,
    site: Site | None = None,
    by: User | None = None,
) -> Hold:
    """Keep this many for the basket line `key` until then, instead of what that line held before; at `site` alone,
    where one is named.

    Refuses with OutOfStock; then what the line held before still stands.
    """
    before = _held_under.first(key)
    if before is not None and _is_the_same(before, item, quantity):
        return _prolong(before, until)
    if before is None:
        return _hold_free(item, quantity, key=key, until=until, site=site)
    with transaction.atomic():
        _take_rows_in_order({before.stock_id, *Stock.objects.of(item).values_list("pk", flat=True)})
        _end_hold(before, HoldState.RELEASED, by=by)
        return _hold_free(item, quantity, key=key, until=until, site=site)


@asked
def _held_under(key: UUID) -> QuerySet[Hold]:
    return Hold.objects.live().filter(key=key).select_related("stock").select_for_update(of=("self",))


@asked
def _live_locked(keys: list[UUID]) -> QuerySet[Hold]:
    return Hold.objects.live().filter(key__among=keys).order_by("stock_id", "pk").select_for_update()


@joined
def extend_holds(*, keys: Iterable[UUID], until: datetime) -> set[UUID]:
    """Let these lines' holds last at least until then. Answers the keys that hold nothing any more."""
    wanted = set(keys)
    holds = _live_locked(list(wanted))
    for hold in holds:
        _prolong(hold, until)
    return wanted - {hold.key for hold in holds}


@transaction.atomic
def release_hold(*, key: UUID, by: User | None = None) -> None:
    """Put back what this line holds, if it holds anything. Safe to repeat."""
    for hold in Hold.objects.live().of_key(key).select_for_update():
        _end_hold(hold, HoldState.RELEASED, by=by)


@joined
def take_stock(*, key: UUID, by: User | None = None) -> Hold:
    """Sell what this line holds, once, however often it is called. The pieces leave the tray.

    Where the hold has run out, it takes as many again if they are still free. Refuses with OutOfStock when not: then
    nothing has changed, and money that was paid for it has to go back.
    """
    ended = _newest_locked.first(key)
    if ended is None:
        raise OutOfStock(name=_("This"), available=0)
    # Only now look: whoever had the row before us may have held or sold afresh under this key.
    hold = _standing.first(key)
    if hold is None:
        hold = _hold_once_more(ended)
    if hold.state == HoldState.LIVE:
        _sell(hold, by=by)
    return hold


@asked
def _newest_locked(key: UUID) -> QuerySet[Hold]:
    return Hold.objects.filter(key=key).order_by("-pk")[:1].select_for_update()


@asked
def _standing(key: UUID) -> QuerySet[Hold]:
    return Hold.objects.filter(key=key, state__in=(HoldState.TAKEN, HoldState.LIVE))


@transaction.atomic
def take_all(*, keys: Iterable[UUID], by: User | None = None) -> list[Hold]:
    """Sell what all these lines hold, or nothing: rows are taken in the one order. Refuses with OutOfStock."""
    wanted = set(keys)
    in_order = dict.fromkeys(hold.key for hold in _in_order(list(wanted))) if len(wanted) > 1 else {}
    return [take_stock(key=key, by=by) for key in [*in_order, *sorted(wanted - set(in_order))]]


@asked
def _in_order(keys: list[UUID]) -> QuerySet[Hold]:
    return Hold.objects.filter(key__among=keys).order_by("stock_id", "pk")


@transaction.atomic
def return_stock(*, key: UUID, by: User | None = None) -> None:
    """Put back into the tray what this line took, once: it was cancelled, refunded or sent back."""
    for hold in Hold.objects.of_key(key).filter(state=HoldState.TAKEN).select_for_update():
        hold.move(HoldState.RETURNED, by=_actor(by))
        Stock.objects.filter(pk=hold.stock_id).update(on_hand=F("on_hand") + hold.quantity)
        movement = _note(hold.stock_id, MovementKind.RETURNED, hold.quantity, hold=hold, by=by)
        _tell_list(movement)


@transaction.atomic
def receive_stock(*, item: Variant | StoneChoice, site: Site, quantity: int, by: User | None, note: str = "") -> Stock:
    """Lay this many into the tray at a site."""
    if quantity < 1:
        raise ValueError(_("Receive at least one."))
    what = {"variant": item} if isinstance(item, Variant) else {"stone": item}
    stock, _made = Stock.objects.get_or_create(**what, site=site)
    Stock.objects.filter(pk=stock.pk).update(on_hand=F("on_hand") + quantity)
    movement = _note(stock.pk, MovementKind.RECEIVED, quantity, by=by, note=note)
    _tell_list(movement)
    stock.refresh_from_db()
    return stock


class CannotMove(Exception):
    """Why this cannot be moved to another site, in a sentence."""


@transaction.atomic
def transfer_stock(
    *, item: Variant | StoneChoice, source: Site, to: Site, quantity: int, transfer: UUID, by: User, note: str = ""
) -> list[StockMovement]:
    """Move this many from one site's tray to another's, once per `transfer`: one movement out and one in.

    Refuses, with CannotMove, nothing and one and the same site; with OutOfStock more than is free there.
    """
    if quantity < 1 or source == to:
        raise CannotMove(_("Move at least one, from one site to another."))
    what = {"variant": item} if isinstance(item, Variant) else {"stone": item}
    rows = {site.pk: Stock.objects.get_or_create(**what, site=site)[0].pk for site in (source, to)}
    _take_rows_in_order(set(rows.values()))
    if found := list(StockMovement.objects.filter(transfer=transfer).order_by("quantity")):
        return found
    free = Stock.objects.filter(pk=rows[source.pk], on_hand__gte=F("held") + quantity)
    if not free.update(on_hand=F("on_hand") - quantity):
        raise OutOfStock(name=item.piece.name, available=Stock.objects.get(pk=rows[source.pk]).available)
    Stock.objects.filter(pk=rows[to.pk]).update(on_hand=F("on_hand") + quantity)
    return [
        StockMovement.objects.create(
            stock_id=rows[site.pk], kind=MovementKind.MOVED, quantity=signed, transfer=transfer, by=by, note=note
        )
        for site, signed in ((source, -quantity), (to, quantity))
    ]


class HeldForBuyers(Exception):
    """A count found fewer than buyers' baskets hold."""


@transaction.atomic
def count_stock(*, item: Variant | StoneChoice, site: Site, found: int, by: User, note: str = "") -> Stock:
    """Write down that a count found this many at a site. Refuses a count below what is held for buyers."""
    what = {"variant": item} if isinstance(item, Variant) else {"stone": item}
    stock, _made = Stock.objects.get_or_create(**what, site=site)
    stock = Stock.objects.select_for_update().get(pk=stock.pk)
    if found < stock.held:
        raise HeldForBuyers(_("%(held)d are kept for buyers now. Count again, or wait.") % {"held": stock.held})
    if found != stock.on_hand:
        movement = _note(stock.pk, MovementKind.COUNTED, found - stock.on_hand, by=by, note=note)
        Stock.objects.filter(pk=stock.pk).update(on_hand=found)
        _tell_list(movement)
    stock.refresh_from_db()
    return stock


def expire_holds(*, now: datetime, most: int = 500) -> int:
    """Free what has run out. Answers how many holds ended. Several may run at once: each row is freed once."""
    ended = 0
    keys = list(Hold.objects.overdue(now=now).order_by("stock_id", "pk").values_list("pk", flat=True)[:most])
    for pk in keys:
        ended += _expire(pk, now=now)
    return ended


@transaction.atomic
def _expire(pk: int, *, now: datetime) -> int:
    hold = Hold.objects.overdue(now=now).filter(pk=pk).select_for_update(skip_locked=True).first()
    if hold is None:
        return 0
    _end_hold(hold, HoldState.EXPIRED, by=None)
    return 1


def _is_the_same(hold: Hold, item: Variant | StoneChoice, quantity: int) -> bool:
    held = hold.stock.variant_id if isinstance(item, Variant) else hold.stock.stone_id
    return held == item.pk and hold.quantity == quantity


def _hold_free(item: Variant | StoneChoice, quantity: int, *, key: UUID, until: datetime, site: Site | None) -> Hold:
    """Hold this many where they are free."""
    for stock in _trays(item, site):
        if _reserve(stock.pk, quantity):
            return written(Hold(key=key, stock=stock, quantity=quantity, expires_at=until))
    most = max((stock.available for stock in _trays(item, site)), default=0)
    raise OutOfStock(name=item.piece.name, available=most)


def _trays(item: Variant | StoneChoice, site: Site | None) -> list[Stock]:
    found = _of_variant(item.pk) if isinstance(item, Variant) else _of_stone(item.pk)
    return [stock for stock in found if site is None or stock.site_id == site.pk]


@asked
def _of_variant(variant_id: int) -> QuerySet[Stock]:
    return Stock.objects.filter(variant_id=variant_id).order_by("pk")


@asked
def _of_stone(stone_id: int) -> QuerySet[Stock]:
    return Stock.objects.filter(stone_id=stone_id).order_by("pk")


def _prolong(hold: Hold, until: datetime) -> Hold:
    if hold.expires_at < until:
        hold.expires_at = until
        rewritten(hold, "expires_at")
    return hold


def _take_rows_in_order(stock_ids: set[int]) -> None:
    """Going from one size to another touches two rows: take both, lowest id first, before changing either."""
    list(Stock.objects.filter(pk__in=stock_ids).order_by("pk").select_for_update().values_list("pk"))


def _actor(by: User | None) -> User | None:
    """A buyer's own basket is moved by the house; only staff sign a hold's step."""
    return by if by is not None and by.is_staff else None


def _reserve(stock_id: int, quantity: int) -> bool:
    """Take from what is free, in one guarded statement. Says whether it could."""
    return bool(planned(RESERVE, {"stock": stock_id, "quantity": quantity}))


def _hold_once_more(ended: Hold) -> Hold:
    if not _reserve(ended.stock_id, ended.quantity):
        stock = Stock.objects.get(pk=ended.stock_id)
        item = stock.variant or stock.stone
        raise OutOfStock(name=item.piece.name if item else "", available=stock.available)
    return written(Hold(key=ended.key, stock_id=ended.stock_id, quantity=ended.quantity, expires_at=ended.expires_at))


def _sell(hold: Hold, *, by: User | None) -> None:
    hold.move(HoldState.TAKEN, by=_actor(by))
    planned(SELL, {"stock": hold.stock_id, "quantity": hold.quantity})
    _tell_list(_note(hold.stock_id, MovementKind.SOLD, -hold.quantity, hold=hold, by=by))


def _end_hold(hold: Hold, state: HoldState, *, by: User | None) -> None:
    hold.move(state, by=_actor(by))
    Stock.objects.filter(pk=hold.stock_id).update(held=F("held") - hold.quantity)


def _note(
    stock_id: int, kind: MovementKind, quantity: int, *, by: User | None, hold: Hold | None = None, note: str = ""
) -> StockMovement:
    return written(StockMovement(stock_id=stock_id, kind=kind, quantity=quantity, hold=hold, by=by, note=note))


@asked
def _on_hand(stock_id: int) -> QuerySet[Stock]:
    return Stock.objects.filter(pk=stock_id).only("on_hand")


def _tell_list(movement: StockMovement) -> None:
    """Where the last one went or the first one came, the list pages are to show it."""
    stock = _on_hand.first(movement.stock_id)
    if stock is None or stock.on_hand != max(movement.quantity, 0):
        return
    pieces = Piece.objects.filter(variants__stock=movement.stock_id) | Piece.objects.filter(
        stones__stock=movement.stock_id
    )
    for pk in pieces.values_list("pk", flat=True).distinct():
        put("pricing.list_piece", key=f"pricing.list_piece:{pk}:movement:{movement.pk}", payload={"piece_id": pk})
