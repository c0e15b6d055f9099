"""What has happened in the demo house before you come: orders placed, paid and worked on, each by the product's own actions."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from demo.bench import Bench
from demo.owed import do_what_is_owed
from demo.people import GUESTS
from demo.pieces import LARGE, MEDIUM, SMALL_SIZE
from foundation.house.models import Brand
from foundation.people.models import User
from foundation.people.roles import Role
from packing import actions as packing
from packing.models import Parcel
from production.tickets.actions import hold
from production.tickets.models import Ticket
from store.baskets.actions import add_made_to_order, add_variant, close_basket, open_basket
from store.baskets.models import Basket
from store.baskets.offer import contents, draft_lines
from store.catalogue.models import Piece, Variant
from store.orders import actions as orders
from store.orders.drafts import Address, OrderDraft
from store.orders.models import Order
from store.pricing.choices import Choice
from store.pricing.offer import prices_today, quote_piece


@dataclass(frozen=True)
class Story:
    """Somebody orders a piece to be made. `stone` is its place in the piece's list; `reach` the craft it waits at now."""

    guest: int
    piece: str
    alloy: str
    size_um: int | None
    reach: str
    stone: int | None = None
    engraving: str = ""
    wish: str = ""
    note: str = ""


MADE_TO_ORDER = (
    Story(1, "sill", "AU750Y", MEDIUM, "draw", stone=2, wish="As low on the finger as the stone allows, please."),
    Story(2, "lintel", "AU750R", LARGE, "draw", wish="The letters PN, upright."),
    Story(3, "clerestory", "PT950Ru", SMALL_SIZE, "approve", stone=1, engraving="Lyon 14.02.2026"),
    Story(4, "eave", "AU750W-Pd", LARGE, "pattern", engraving="Astrid"),
    Story(5, "jamb", "AU750R", MEDIUM, "cast"),
    Story(6, "eave", "AU750R", MEDIUM, "cast", engraving="until the light goes"),
    Story(1, "lucarne", "AU750R", SMALL_SIZE, "clean", stone=1),
    Story(
        2,
        "mullion",
        "AU750Y",
        MEDIUM,
        "set",
        stone=1,
        note="The emerald’s corner is thin: the setter asks for a second look.",
    ),
    Story(3, "hearth", "AU750Y", LARGE, "polish", engraving="Tout ce qui brille"),
    Story(4, "clerestory", "AU750W-Pd", MEDIUM, "engrave", stone=1, engraving="H & A"),
    Story(6, "sill", "PT950Ru", MEDIUM, "inspect", stone=2),
    Story(2, "sill", "AU750W-Pd", SMALL_SIZE, "sent back", stone=2, engraving="always"),
    Story(0, "lucarne", "PT950Ru", MEDIUM, "pack", stone=1, engraving="toujours"),
    Story(0, "jamb", "AU750Y", LARGE, "delivered", engraving="Mara & Finn"),
)
READY_MADE = ((1, "AJ-104-AU750R-{size}", True), (5, "AJ-302-AG925", True), (6, "AJ-401-AU750Y", False))
"""(guest, stock number, paid)"""


def play(story: Story, *, brand: Brand, people: dict[str, User], now: datetime) -> None:
    """From the basket to wherever this ticket is now."""
    order = _order(_basket_with(story, brand=brand, people=people, now=now), story.guest, people=people, now=now)
    _pay(order, people=people, now=now)
    bench = Bench(Ticket.objects.get(reference=order.lines.get().work_orders.get().reference), people, order.name)
    bench.until({"sent back": "inspect", "delivered": "pack"}.get(story.reach, story.reach))
    if story.reach == "sent back" and (operation := bench.current):
        bench.send_back(operation)
    if story.reach == "delivered":
        _pack_and_send(order, people=people, now=now)
    if story.note:
        hold(ticket=bench.ticket, reason=story.note, by=people[Role.SETTER])
    do_what_is_owed()


def buy_ready_made(guest: int, sku: str, *, paid: bool, brand: Brand, people: dict[str, User], now: datetime) -> None:
    """Somebody buys what lies in the tray; one has not paid yet."""
    variant = Variant.objects.select_related("piece").get(sku=sku.format(size=MEDIUM))
    basket = _open(guest, brand=brand, people=people)
    add_variant(basket=basket, variant=variant, quantity=1, now=now, by=None)
    order = _order(basket, guest, people=people, now=now)
    if paid:
        _pay(order, people=people, now=now)


def _basket_with(story: Story, *, brand: Brand, people: dict[str, User], now: datetime) -> Basket:
    piece = Piece.objects.prefetch_related("metals", "stones").select_related("brand__seller").get(slug=story.piece)
    stone = None if story.stone is None else list(piece.stones.all())[story.stone]
    place = "inside" if story.engraving else ""
    choice = Choice(piece, story.alloy, story.size_um, stone, story.engraving, place)
    agreed = quote_piece(choice, today=prices_today(brand)).gross_minor
    basket = _open(story.guest, brand=brand, people=people)
    add_made_to_order(basket=basket, choice=choice, agreed_minor=agreed, wish=story.wish, now=now, by=None)
    return basket


def _open(guest: int, *, brand: Brand, people: dict[str, User]) -> Basket:
    language = GUESTS[guest][2]
    return open_basket(token=secrets.token_urlsafe(16), brand=brand, language=language, user=_account(guest, people))


def _account(guest: int, people: dict[str, User]) -> User | None:
    return people[Role.CUSTOMER] if guest == 0 else None


def _order(basket: Basket, guest: int, *, people: dict[str, User], now: datetime) -> Order:
    name, email, language, (line1, city, country, postcode) = GUESTS[guest]
    found = contents(basket, brand=basket.brand, now=now)
    if found.problems:
        raise ValueError(f"the demo's basket for {name}: {found.problems[0].text}")
    delivery = {"GB": "special", "FR": "europe", "SE": "europe"}.get(country, "world")
    user = _account(guest, people)
    draft = OrderDraft(
        reference=uuid4(), brand=basket.brand.code, channel="web", language=language, currency=basket.currency, email=email,
        name=name, phone="", address=Address(name, line1, city, country, postcode=postcode), delivery=delivery,
        lines=draft_lines(found), basket=basket.reference, user_id=user.pk if user else None, consented_at=now,
    )  # fmt: skip
    order = orders.place_order(draft=draft, now=now, by=user)
    close_basket(basket=basket, now=now)
    return order


def _pay(order: Order, *, people: dict[str, User], now: datetime) -> None:
    """The next thing owed comes by bank transfer; sales writes it down."""
    due = order.dues.filter(state__in=["owed", "asked"]).earliest("pk")
    orders.record_for_order(
        order=order, due=due, method="transfer", amount_minor=due.amount_minor, note="Seen on the bank statement",
        at=now, by=people[Role.SALES],
    )  # fmt: skip
    do_what_is_owed()
    order.refresh_from_db()


def _pack_and_send(order: Order, *, people: dict[str, User], now: datetime) -> None:
    """Scanned, boxed, sealed; the balance paid; handed to the carrier; arrived."""
    packer = people[Role.PACKER]
    parcel = Parcel.objects.get(order_number=order.number)
    packing.start_packing(parcel=parcel, by=packer)
    do_what_is_owed()
    for content in parcel.contents.all():
        packing.scan(parcel=parcel, code=content.code, by=packer)
    for taken in parcel.supplies.select_related("parcel"):
        packing.take_supply(taken=taken, by=packer)
    packing.seal_parcel(parcel=parcel, by=packer, now=now)
    do_what_is_owed()
    _pay(order, people=people, now=now)
    parcel.refresh_from_db()
    packing.dispatch_parcel(parcel=parcel, tracking_number="AJ123456789GB", by=packer)
    do_what_is_owed()
    packing.note_arrival(parcel=parcel, by=packer)
