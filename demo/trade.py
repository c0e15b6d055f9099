"""The demo's companies of the trade: two that buy, one that applies; orders sent, in the making and over a limit."""

from datetime import datetime
from uuid import uuid4

from django.db.models import F

from demo.bench import Bench, stand_on_tree
from demo.owed import do_what_is_owed
from demo.parcels import pack, send
from demo.people import PASSWORD
from foundation.house.models import Brand, Site
from foundation.people.models import User
from foundation.people.roles import Role
from packing.models import Parcel
from production.tickets.models import Operation, Ticket
from store.buyers import actions as buyers
from store.buyers.actions import Application
from store.buyers.models import TradeCompany
from store.catalogue.actions import receive_stock
from store.catalogue.models import Stock, Variant
from store.orders import actions as orders
from store.orders.drafts import Address
from store.orders.models import Order
from store.pricing.actions import give_list, write_list
from store.pricing.models import PriceList
from store.trade import actions
from store.trade.offer import price_lines, terms_of

HALDEN = Application(
    name="Halden & Co", vat_number="GB980780684", contact_name="Oliver Brandt", email="trade_buyer@ajour.example",
    line1="8 Minster Yard", city="York", country="GB", postcode="YO1 7HH", phone="+44 1904 000000",
    registration_number="00000000", website="https://halden.example", about="Two shops, in York and in Harrogate.",
)  # fmt: skip
CLAIRE = Application(
    name="Maison Claire", vat_number="FR40303265045", contact_name="Claire Aubert", email="claire@maison.example",
    line1="11 rue des Archers", city="Lyon", country="FR", postcode="69002", about="Rings and small gold, since 1974.",
)  # fmt: skip
BROOK = Application(
    name="Brook & Vane", vat_number="GB110305878", contact_name="June Vane", email="june@brook.example",
    line1="3 Well Court", city="Bath", country="GB", postcode="BA1 1AA",
    about="A new shop for handmade jewellery opposite the abbey. We would begin with silver under £100.",
)  # fmt: skip


def open_desk(*, brand: Brand, people: dict[str, User], now: datetime) -> None:
    """Price lists, companies, and what they ordered so far."""
    desk = people[Role.SALES]
    retail, small = write_lists(brand)
    halden = open_account(HALDEN, brand, retail, limit_minor=42_000_00, desk=desk, user=people[Role.TRADE_BUYER])
    claire = open_account(CLAIRE, brand, small, limit_minor=2_500_00, desk=desk, user=None)
    buyers.apply_for_account(seller=brand.seller, said=BROOK, by=None)
    _sent_in_part(
        order_on_account(halden, brand, {"AJ-203-AG925": 6, "AJ-302-AG925": 4}, po="HC-1187", now=now), people, now
    )
    _on_one_tree(order_on_account(halden, brand, {"AJ-202-AU750W-Pd": 5}, po="HC-1192", now=now, sizes=3), people)
    order_on_account(claire, brand, {"AJ-202-AU750Y": 2, "AJ-104-AU750R": 2}, po="2026-114", now=now)
    _lay_more(brand, by=people[Role.ADMIN])
    do_what_is_owed()


def _lay_more(brand: Brand, *, by: User) -> None:
    """The bench's next delivery: the shop keeps something of everything."""
    site = Site.objects.get(code="london")
    for stock in Stock.objects.filter(on_hand=F("held"), variant__isnull=False).select_related("variant"):
        if stock.variant is not None:
            receive_stock(item=stock.variant, site=site, quantity=3, by=by, note="second delivery from the bench")


def write_lists(brand: Brand) -> tuple[PriceList, PriceList]:
    """What retailers pay, and what a company pays in its first year."""
    retail = write_list(
        seller=brand.seller, name="Retailers", discount_bp=42_50, breaks={12: 45_00, 36: 48_00}, prices={}
    )
    small = write_list(seller=brand.seller, name="First year", discount_bp=38_00, breaks={12: 40_00}, prices={})
    return retail, small


def open_account(
    said: Application, brand: Brand, price_list: PriceList, *, limit_minor: int, desk: User, user: User | None
) -> TradeCompany:
    """A company whose account is open; its one buyer is `user`, or whoever applied."""
    company = buyers.apply_for_account(seller=brand.seller, said=said, by=user)
    give_list(company=company, price_list=price_list)
    company = buyers.open_account(company=company, terms_days=30, credit_limit_minor=limit_minor, by=desk)
    if user is None:
        person = company.people.get().user
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    return company


def order_on_account(
    company: TradeCompany, brand: Brand, styles: dict[str, int], *, po: str, now: datetime, sizes: int = 2
) -> Order:
    """So many of each of a style's first sizes."""
    wanted: dict[Variant, int] = {}
    for style, many in styles.items():
        rows = Variant.objects.filter(sku__startswith=style).select_related("piece").order_by("position")[:sizes]
        wanted |= dict.fromkeys(rows, many)
    terms = terms_of(company)
    if terms is None:
        raise ValueError(f"{company} has no price list")
    placed = actions.order_on_account(
        reference=uuid4(), company=company, lines=price_lines(wanted, terms=terms, brand=brand, now=now, dated=True),
        po_number=po, address=_home(company), delivery="special" if company.country == "GB" else "europe",
        brand=brand.code, currency=brand.seller.currency, now=now, by=company.people.get().user,
    )  # fmt: skip
    do_what_is_owed()
    return placed


def _home(company: TradeCompany) -> Address:
    return Address(company.name, company.line1, company.city, company.country, postcode=company.postcode)


def _sent_in_part(order: Order, people: dict[str, User], now: datetime) -> None:
    """What lay in the tray is packed and sent, and a part of its invoice is paid."""
    parcel = Parcel.objects.get(order_number=order.number)
    pack(parcel, people=people, now=now)
    send(parcel, people=people, tracking_number="AJ700100200GB")
    due = order.dues.get()
    orders.record_for_order(
        order=order, due=due, method="transfer", amount_minor=due.amount_minor // 2, note="Halden & Co, first half",
        at=now, by=people[Role.SALES],
    )  # fmt: skip
    do_what_is_owed()


def _on_one_tree(order: Order, people: dict[str, User]) -> None:
    """Its sizes are cast together: their bags stand on one tree, weighed and not charged yet."""
    references = [work.reference for line in order.lines.all() for work in line.work_orders.all()]
    benches = [Bench(ticket, people, order.name) for ticket in Ticket.objects.filter(reference__in=references)]
    waiting: list[Operation] = [op for bench in benches if (op := bench.until("cast")) is not None]
    if not waiting:
        return
    stand_on_tree(waiting, flask="9", by=people[Role.CASTER])
