"""Buying in the demo house: from the basket to the money, by the product's own actions."""

import secrets
from datetime import datetime
from uuid import uuid4

from django.core.cache import cache
from django.utils import timezone

from demo.guests import Guest
from demo.owed import do_what_is_owed
from foundation.house.models import Brand, Site
from foundation.people.models import User
from foundation.people.roles import Role
from store.baskets.actions import add_made_to_order, add_variant, close_basket, note_gift, open_basket
from store.baskets.models import Basket
from store.baskets.offer import contents, draft_lines
from store.catalogue.actions import receive_stock
from store.catalogue.models import Stock, StoneChoice, Variant
from store.orders import actions as orders
from store.orders.drafts import Address, OrderDraft
from store.orders.models import Due, Order
from store.payments import actions as payments
from store.payments.models import Attempt
from store.payments.stripe_door import PageSeen
from store.pricing.choices import Choice
from store.pricing.offer import prices_today, quote_piece

People = dict[str, User]


def open_for(guest: Guest, *, brand: Brand, people: People) -> Basket:
    """A basket of this guest's own."""
    token = secrets.token_urlsafe(16)
    return open_basket(token=token, brand=brand, language=guest.language, user=account_of(guest, people))


def account_of(guest: Guest, people: People) -> User | None:
    """The guest's own login, where there is one."""
    return next((person for person in people.values() if person.email == guest.email), None)


def order_made(
    choice: Choice, guest: Guest, *, brand: Brand, people: People, now: datetime, wish: str = "", gift_note: str = "",
    delivery: str = "",
) -> Order:  # fmt: skip
    """A piece is ordered to be made."""
    forget_promises(choice)
    agreed = quote_piece(choice, today=prices_today(brand)).gross_minor
    basket = open_for(guest, brand=brand, people=people)
    add_made_to_order(basket=basket, choice=choice, agreed_minor=agreed, wish=wish, now=now, by=None)
    return place(basket, guest, people=people, now=now, gift_note=gift_note, delivery=delivery)


def order_ready(
    variant: Variant, guest: Guest, *, brand: Brand, people: People, now: datetime, gift_note: str = "",
    delivery: str = "",
) -> Order:  # fmt: skip
    """A piece from the tray is ordered."""
    basket = open_for(guest, brand=brand, people=people)
    add_variant(basket=basket, variant=variant, quantity=1, now=now, by=None)
    return place(basket, guest, people=people, now=now, gift_note=gift_note, delivery=delivery)


def forget_promises(choice: Choice) -> None:
    """Pages keep a promised day for a minute of the real clock; here that may be a week of the house's."""
    stones = choice.stone.count if choice.stone else 0
    piece = choice.piece
    kept = f"shop.promise:{piece.kind}:{stones}:{bool(choice.engraving)}:{bool(piece.plating)}"
    cache.delete_many([kept, *(f"offer:open:{pk}" for pk in Site.objects.values_list("pk", flat=True))])


def place(
    basket: Basket, guest: Guest, *, people: People, now: datetime, gift_note: str = "", delivery: str = ""
) -> Order:
    """The basket becomes an order that waits for its money. It goes by `delivery`, or as parcels go to this guest."""
    if gift_note:
        basket = note_gift(basket=basket, gift=True, note=gift_note, hide_prices=True)
    found = contents(basket, brand=basket.brand, now=now)
    if found.problems:
        raise ValueError(f"the demo's basket for {guest.name}: {found.problems[0].text}")
    user = account_of(guest, people)
    address = Address(guest.name, guest.line1, guest.city, guest.country, postcode=guest.postcode)
    draft = OrderDraft(
        reference=uuid4(), brand=basket.brand.code, channel="web", language=guest.language, currency=basket.currency,
        email=guest.email, name=guest.name, phone="", address=address, delivery=delivery or guest.delivery, lines=draft_lines(found),
        basket=basket.reference, user_id=user.pk if user else None, consented_at=now, gift=basket.gift,
        gift_note=basket.gift_note, hide_prices=basket.hide_prices,
    )  # fmt: skip
    order = orders.place_order(draft=draft, now=now, by=user)
    close_basket(reference=basket.reference, placed_at=timezone.now(), now=now)
    return order


def next_due(order: Order) -> Due | None:
    """What is owed next on an order."""
    return order.dues.filter(state__in=["owed", "asked"]).order_by("pk").first()


def pay_by_transfer(order: Order, *, people: People, now: datetime, method: str = "transfer") -> None:
    """The next thing owed comes to the bank; sales writes it down."""
    due = order.dues.filter(state__in=["owed", "asked"]).earliest("pk")
    orders.record_for_order(
        order=order, due=due, method=method, amount_minor=due.amount_minor, note="Seen on the bank statement",
        at=now, by=people[Role.SALES],
    )  # fmt: skip
    do_what_is_owed()
    order.refresh_from_db()


def pay_by_card(order: Order, *, now: datetime) -> None:
    """The next thing owed is paid on the hosted page: opened, then paid, each as Stripe would say it."""
    due = order.dues.filter(state__in=["owed", "asked"]).earliest("pk")
    attempt = orders.ask_for_payment(order=order, due=due, now=now)
    payments.settle(attempt, _seen(attempt, paid=False), now=now)
    payments.settle(attempt, _seen(attempt, paid=True), now=now)
    do_what_is_owed()
    order.refresh_from_db()


def _seen(attempt: Attempt, *, paid: bool) -> PageSeen:
    own = attempt.reference.hex
    return PageSeen(
        session_id=f"cs_test_{own}", url="", reference=str(attempt.reference), amount_minor=attempt.amount_minor,
        currency=attempt.currency, livemode=False, is_paid=paid, is_expired=False, intent_id=f"pi_{own}" if paid else "",
    )  # fmt: skip


def stones_left(stone: StoneChoice) -> bool:
    """Whether this stone can still be chosen: one with a report is the only one of its kind."""
    return not stone.report_number or stone.stock.filter(on_hand__gt=0, held=0).exists()


def restock(stock: Stock, *, many: int, by: User) -> None:
    """More of the same, laid where it lies."""
    item = stock.variant or stock.stone
    if item is not None:
        receive_stock(item=item, site=stock.site, quantity=many, by=by, note="made again")
