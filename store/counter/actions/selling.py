"""A piece from the showroom's tray is sold: paid, written into the books, and put into somebody's hands, all at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.house.models import Brand, DeliveryMethod, Site
from foundation.people.models import User
from store.baskets.models import BasketLine
from store.baskets.offer import draft_one
from store.catalogue.actions import OutOfStock, hold_stock
from store.catalogue.models import Stock, Variant
from store.counter.models import Taken
from store.orders import actions as orders
from store.orders import wording
from store.orders.actions.cash import WALK_IN
from store.orders.drafts import Address, DraftLine, OrderDraft
from store.orders.models import Due, Order
from store.payments import actions as payments
from store.payments.models import Method, Payment
from store.pricing.offer import price_of

HELD_WHILE_SOLD = timedelta(minutes=5)


class CannotSell(Exception):
    """Why this cannot be sold here and now, in a sentence."""


@dataclass(frozen=True)
class Item:
    """So many of one variant, by stock number."""

    sku: str
    quantity: int = 1


@dataclass(frozen=True)
class Sale:
    """What is sold, to whom, and how it is paid. `reference` is the till's own id for it: the same twice is one sale.

    `tendered_minor` is the cash that was handed over, `slip` the card terminal's reference; `agreed_minor` is the sum
    that stood on the screen.
    """

    reference: UUID
    items: tuple[Item, ...]
    method: str
    language: str
    tendered_minor: int = 0
    slip: str = ""
    agreed_minor: int | None = None
    name: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def sell(*, sale: Sale, site: Site, now: datetime, by: User) -> Taken:
    """Sell, once per `sale.reference`: stock down, money and invoice in the books, order completed.

    Refuses, with CannotSell, what is not in this showroom's tray, money that does not fit, and cash over the limit;
    then nothing at all was written.
    """
    if found := Taken.objects.filter(order__placed_as=sale.reference).first():
        return found
    try:
        order = _place(sale, site, now=now, by=by)
        due = order.dues.get()
        _check_money(sale, due, order)
        if sale.method == Method.CASH:
            orders.must_be_takeable(order=order, amount_minor=due.amount_minor, at=now)
    except (OutOfStock, orders.CannotOrder, orders.TooMuchCash) as refusal:
        raise CannotSell(str(refusal)) from refusal
    taken = _take(sale, site, order, due, now=now, by=by)
    order = orders.note_payment(due=due.reference, payment=taken.payment.reference, now=now).order
    orders.hand_over(order=order, to=order.name, at=now, by=by)
    return taken


def _place(sale: Sale, site: Site, *, now: datetime, by: User) -> Order:
    """The order, everything in it held in this showroom."""
    brand = Brand.objects.select_related("seller").filter(seller=site.seller).order_by("pk").first()
    way = DeliveryMethod.objects.filter(seller=site.seller, collected_at=site).first()
    if not site.is_showroom or brand is None or way is None:
        raise CannotSell(_("%(site)s has no counter yet: an admin opens it under Office, House.") % {"site": site})
    lines = tuple(_hold(variant, many, brand, site, now=now) for variant, many in _variants(sale.items, site))
    name = sale.name.strip() or WALK_IN
    with override(sale.language):
        address = Address(name, _("Handed over at %(site)s") % {"site": site.name}, "", site.seller.country)
    draft = OrderDraft(
        reference=sale.reference, brand=brand.code, channel="counter", language=sale.language,
        currency=brand.seller.currency, email=sale.email.strip(), name=name, phone=sale.phone.strip(), address=address,
        delivery=way.code, lines=lines, delivery_minor=0,
    )  # fmt: skip
    return orders.place_order(draft=draft, now=now, by=by)


def _variants(items: Iterable[Item], site: Site) -> list[tuple[Variant, int]]:
    """What is asked for, in the order in which stock rows are taken."""
    wanted = Counter[str]()
    for item in items:
        if item.quantity < 1:
            raise CannotSell(_("Sell at least one."))
        wanted[item.sku] += item.quantity
    rows = Stock.objects.filter(site=site, variant__sku__in=wanted, variant__withdrawn_at=None).order_by("pk")
    found = [row.variant for row in rows.select_related("variant__piece") if row.variant]
    if missing := sorted(set(wanted) - {variant.sku for variant in found}):
        raise CannotSell(_("%(sku)s is not in this showroom’s tray.") % {"sku": ", ".join(missing)})
    if not found:
        raise CannotSell(_("Add a piece first."))
    return [(variant, wanted[variant.sku]) for variant in found]


def _hold(variant: Variant, many: int, brand: Brand, site: Site, *, now: datetime) -> DraftLine:
    row = BasketLine(
        piece=variant.piece, variant=variant, alloy=variant.alloy, ring_inner_um=variant.ring_inner_um, quantity=many,
        agreed_minor=variant.price_minor,
    )  # fmt: skip
    line = draft_one(row, price=price_of(variant=variant, brand=brand), promise_on=now.date())
    hold_stock(item=variant, quantity=many, key=line.reference, until=now + HELD_WHILE_SOLD, site=site)
    return line


def _check_money(sale: Sale, due: Due, order: Order) -> None:
    total = due.amount_minor
    if sale.agreed_minor is not None and sale.agreed_minor != total:
        raise CannotSell(_("It comes to %(sum)s now. Look again.") % {"sum": wording.money(total, order.currency)})
    if sale.method not in (Method.CASH, Method.TERMINAL):
        raise CannotSell(_("A counter takes cash, or a card by its terminal."))
    if sale.method == Method.TERMINAL and not sale.slip.strip():
        raise CannotSell(_("Write down the reference on the terminal’s slip."))
    if sale.method == Method.CASH and sale.tendered_minor < total:
        missing = wording.money(total - sale.tendered_minor, order.currency)
        raise CannotSell(_("%(missing)s is missing.") % {"missing": missing})


def _take(sale: Sale, site: Site, order: Order, due: Due, *, now: datetime, by: User) -> Taken:
    cash = sale.method == Method.CASH
    payment: Payment = payments.record_payment(
        due=due.reference, seller=order.seller, method=sale.method, amount_minor=due.amount_minor,
        currency=order.currency, note=sale.slip.strip(), at=now, by=by, tell=False,
    )  # fmt: skip
    return Taken.objects.create(
        order=order, payment=payment, site=site, tendered_minor=sale.tendered_minor if cash else None,
        slip="" if cash else sale.slip.strip()[:60],
    )  # fmt: skip
