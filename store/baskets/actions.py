"""Filling a basket, changing it, and making one of two when a buyer signs in."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.asked import asked
from foundation.files.actions import keep_image
from foundation.files.models import File
from foundation.house.models import Brand
from foundation.joined import joined
from foundation.people.models import User, new_reference
from foundation.written import rewritten, written
from store.baskets.models import Basket, BasketLine
from store.baskets.tokens import hashed
from store.catalogue.actions import OutOfStock, extend_holds, hold_stock, release_hold
from store.catalogue.models import Hold, Stock, StoneChoice, Variant
from store.orders.actions import give_way
from store.pricing.choices import CannotBeMade, Choice, check

HELD_FOR = timedelta(minutes=45)
"""How long a ready-made piece is kept for a basket. Checkout makes it outlast the payment page."""

MOST_OF_ONE = 20
LONGEST_WISH = 2000


class NotForSale(Exception):
    """It is not on show, was withdrawn, or cannot be had in this way."""


class TooMany(Exception):
    """More of one thing than a basket takes."""


@joined
def open_basket(*, token: str, brand: Brand, language: str, user: User | None) -> Basket:
    """The open basket of this secret, or of this person; made where there is none."""
    found = find_basket(token=token, user=user)
    return found or start_basket(token=token, brand=brand, language=language, user=user)


def start_basket(*, token: str, brand: Brand, language: str, user: User | None) -> Basket:
    """A basket under a secret that is new, for a guest or for a person who has none open."""
    return written(
        Basket(token_hash=hashed(token), user=user, brand=brand, currency=brand.seller.currency, language=language)
    )


def find_basket(*, token: str, user: User | None) -> Basket | None:
    """The open basket of this person, or else of this secret. A person's basket opens for that person only."""
    if user is not None and (own := _of_person.first(user.pk)):
        return own
    return _of_guest.first(hashed(token)) if token else None


@asked
def _of_person(user_id: int) -> QuerySet[Basket]:
    return Basket.objects.open().filter(user_id=user_id).order_by("pk").select_related("brand__seller")


@asked
def _of_guest(token_hash: str) -> QuerySet[Basket]:
    return Basket.objects.open().filter(token_hash=token_hash, user=None).select_related("brand__seller")


@asked
def lines_of(basket_id: int) -> QuerySet[BasketLine]:
    """The lines of a basket, by themselves."""
    return BasketLine.objects.filter(basket_id=basket_id)


@joined
def add_variant(*, basket: Basket, variant: Variant, quantity: int, now: datetime, by: User | None) -> BasketLine:
    """Lay a ready-made variant into the basket and hold it. The same variant twice is one line of two.

    Refuses with NotForSale, TooMany, OutOfStock.
    """
    if variant.withdrawn_at or not variant.piece.is_on_show:
        raise NotForSale(_("%(name)s is no longer sold.") % {"name": variant.piece.name})
    lock(basket)
    line = _line_of.first(basket.pk, variant.pk)
    if line is None:
        line = BasketLine(
            basket=basket, piece=variant.piece, variant=variant, alloy=variant.alloy,
            ring_inner_um=variant.ring_inner_um, quantity=0, agreed_minor=variant.price_minor,
        )  # fmt: skip
    else:
        give_way(basket=basket.reference)
    line.variant = variant
    return _hold_and_save(line, quantity=line.quantity + quantity, now=now, by=by)


@asked
def _line_of(basket_id: int, variant_id: int) -> QuerySet[BasketLine]:
    return BasketLine.objects.filter(basket_id=basket_id, variant_id=variant_id)


@transaction.atomic
def add_made_to_order(
    *,
    basket: Basket,
    choice: Choice,
    agreed_minor: int,
    wish: str = "",
    sketch: UploadedFile | File | None = None,
    now: datetime,
    by: User | None,
) -> BasketLine:
    """Lay a piece to be made into the basket, with all that was chosen. A stone of which there is one is held.

    Refuses with NotForSale, CannotBeMade, OutOfStock, or the files' NotTaken.
    """
    if not choice.piece.is_on_show or not choice.piece.made_to_order:
        raise NotForSale(_("%(name)s cannot be ordered.") % {"name": choice.piece.name})
    check(choice)
    if len(wish) > LONGEST_WISH:
        raise CannotBeMade(_("Keep your wish under %(most)d letters.") % {"most": LONGEST_WISH})
    lock(basket)
    line = BasketLine(
        basket=basket, piece=choice.piece, alloy=choice.alloy, ring_inner_um=choice.ring_inner_um, stone=choice.stone,
        engraving=choice.engraving, engraving_place=choice.engraving_place, wish=wish, agreed_minor=agreed_minor,
        sketch=_keep_sketch(sketch, by=by),
    )  # fmt: skip
    return _hold_and_save(line, quantity=1, now=now, by=by)


@transaction.atomic
def change_line(
    *, line: BasketLine, now: datetime, by: User | None, quantity: int | None = None, variant: Variant | None = None
) -> BasketLine:
    """Another number of it, or the same piece in another size or metal. Nothing changes where it cannot be had.

    An order of this basket that was not paid gives way, here as in `remove_line`: it sells what the line holds.
    """
    lock(line.basket)
    give_way(basket=line.basket.reference)
    if variant is not None and line.variant_id != variant.pk:
        if line.variant_id is None or variant.piece_id != line.piece_id or variant.withdrawn_at:
            raise NotForSale(_("This cannot be had in that way."))
        line.variant, line.alloy, line.ring_inner_um = variant, variant.alloy, variant.ring_inner_um
        line.agreed_minor = variant.price_minor
    return _hold_and_save(line, quantity=line.quantity if quantity is None else quantity, now=now, by=by)


@transaction.atomic
def remove_line(*, line: BasketLine, by: User | None) -> None:
    """Take a line out and put back what it held."""
    lock(line.basket)
    give_way(basket=line.basket.reference)
    release_hold(key=line.reference, by=by)
    line.delete()


def lock(basket: Basket) -> None:
    """Two tabs that change one basket, or order it, wait for each other. Refuses, with NotForSale, one that was ordered."""
    if not _open_locked(basket.pk):
        raise NotForSale(_("This basket has become an order. Start a new one."))


@asked
def _open_locked(pk: int) -> QuerySet[Basket]:
    return Basket.objects.open().filter(pk=pk).only("pk").select_for_update()


@transaction.atomic
def note_gift(*, basket: Basket, gift: bool, note: str, hide_prices: bool) -> Basket:
    """Whether it is a gift, what the card says, and whether the parcel names prices."""
    basket.gift, basket.gift_note, basket.hide_prices = gift, note.strip()[:240] if gift else "", gift and hide_prices
    basket.save(update_fields=["gift", "gift_note", "hide_prices", "changed_at"])
    return basket


@joined
def hold_again(*, basket: Basket, until: datetime, by: User | None) -> list[BasketLine]:
    """Hold every line until then, afresh where its hold has run out. Answers the lines that can't be had any more."""
    lost: list[BasketLine] = []
    references = [line.reference for line in lines_of(basket.pk)]
    gone = extend_holds(keys=references, until=until)
    if not gone:
        return []
    ran_out = basket.lines.filter(reference__in=gone)
    for line, item in _in_stock_order(ran_out.select_related("variant__piece", "stone__piece", "piece")):
        try:
            with transaction.atomic():
                hold_stock(item=item, quantity=line.quantity, key=line.reference, until=until, by=by)
        except OutOfStock:
            lost.append(line)
    return lost


@transaction.atomic
def accept_price(*, line: BasketLine, agreed_minor: int) -> BasketLine:
    """The buyer has seen the new price and keeps the line."""
    line.agreed_minor = agreed_minor
    line.save(update_fields=["agreed_minor"])
    return line


@transaction.atomic
def merge_baskets(*, guest: Basket, user: User, now: datetime) -> Basket:
    """Make one basket of a guest's and their own, as they sign in. What can't be had twice is kept once.

    Two that become one are changed: an order of either that was not paid gives way, as in `change_line`.
    """
    own = Basket.objects.open().filter(user=user, brand=guest.brand).select_for_update().first()
    if own is None:
        guest.user = user
        guest.save(update_fields=["user", "changed_at"])
        return guest
    give_way(basket=guest.reference)  # orders are locked before stock, here as everywhere
    give_way(basket=own.reference)
    for line in guest.lines.select_related("variant__piece").order_by("pk"):
        _carry_over(line, to=own, now=now, by=user)
    guest.closed_at = now
    guest.save(update_fields=["closed_at", "changed_at"])
    return own


@joined
def close_basket(*, reference: UUID, placed_at: datetime, now: datetime) -> None:
    """It has become an order: its lines and holds go on there. What was laid in since stays, in a basket that begins anew."""
    basket = _open_of.first(reference)
    if basket is None:
        return
    basket.changed_at = now
    if _laid_in_since(basket.pk, placed_at):
        basket.lines.filter(made_at__lte=placed_at).delete()
        basket.reference = new_reference()
    else:
        basket.closed_at = now
    rewritten(basket, "reference", "closed_at", "changed_at")


@asked
def _open_of(reference: UUID) -> QuerySet[Basket]:
    return Basket.objects.open().filter(reference=reference).select_for_update()


@asked
def _laid_in_since(basket_id: int, at: datetime) -> QuerySet[BasketLine]:
    return BasketLine.objects.filter(basket_id=basket_id, made_at__gt=at).only("pk")


def _carry_over(line: BasketLine, *, to: Basket, now: datetime, by: User) -> None:
    twin = to.lines.filter(variant_id=line.variant_id).first() if line.variant_id else None
    if twin is None:
        line.basket = to
        line.save(update_fields=["basket"])
        return
    release_hold(key=line.reference, by=by)
    wanted = min(twin.quantity + line.quantity, MOST_OF_ONE)
    line.delete()
    try:
        with transaction.atomic():
            _hold_and_save(twin, quantity=wanted, now=now, by=by)
    except OutOfStock:
        twin.refresh_from_db()


def _hold_and_save(line: BasketLine, *, quantity: int, now: datetime, by: User | None) -> BasketLine:
    if not 1 <= quantity <= MOST_OF_ONE:
        raise TooMany(_("A basket takes 1 to %(most)d of one piece.") % {"most": MOST_OF_ONE})
    line.quantity = quantity
    item = held_item(line)
    if item is not None:
        hold_stock(item=item, quantity=quantity, key=line.reference, until=now + HELD_FOR, by=by)
    if line.pk is None:
        return written(line)
    line.save()
    return line


def held_item(line: BasketLine) -> Variant | StoneChoice | None:
    """What this line holds: the variant, the stone if it is the only one, or nothing."""
    if line.variant_id is not None:
        return line.variant
    if line.stone_id is not None and Stock.objects.filter(stone_id=line.stone_id).exists():
        return line.stone
    return None


def _in_stock_order(lines: Iterable[BasketLine]) -> list[tuple[BasketLine, Any]]:
    """Lines that hold something, lowest stock row first: the order in which every basket takes its rows."""
    held = [(line, held_item(line)) for line in lines]
    firsts = {line.pk: Stock.objects.of(item).values_list("pk", flat=True).first() or 0 for line, item in held if item}
    return sorted(((line, item) for line, item in held if item), key=lambda pair: firsts[pair[0].pk])


def _keep_sketch(upload: UploadedFile | File | None, *, by: User | None) -> File | None:
    """Keep what was sent; what is kept already stays as it is."""
    if isinstance(upload, File):
        return upload
    return keep_image(upload=upload, by=by, purpose="sketch") if upload else None


def holds_of(lines: Iterable[BasketLine]) -> dict[UUID, Hold]:
    """The live hold of each line that has one, by the line's reference."""
    return {hold.key: hold for hold in _live([line.reference for line in lines])}


@asked
def _live(keys: list[UUID]) -> QuerySet[Hold]:
    return Hold.objects.live().filter(key__among=keys).select_related("stock__site")
