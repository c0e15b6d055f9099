"""The demo house without orders, and what can happen in its shop: steps that histories are made of.

A step takes the house and a number that chooses among what is there. It is done, refused in a sentence, or finds nothing to do.
"""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from demo import buying, parcels, trade
from demo.clock import Clock
from demo.guests import EVERYBODY
from demo.people import hired
from demo.pieces import LARGE, MEDIUM, SMALL_SIZE
from foundation.house.models import Brand, Site
from packing import actions as packing
from packing.models import Parcel
from production.intake import Asked
from store.buyers.models import TradeCompany
from store.catalogue.actions import transfer_stock
from store.catalogue.models import Piece, Stock, Variant
from store.counter.actions import Item, Sale, sell
from store.orders import actions as orders
from store.orders.changes import look
from store.orders.models import Due, LeftPiece, LineChange, Order, OrderLine
from store.payments import actions as payments
from store.payments.models import Refund
from store.pricing.choices import Choice
from store.returns import actions as returns
from store.returns.models import Return

STYLES = ("AJ-202-AU750Y", "AJ-202-AU750W", "AJ-104-AU750R")


class NothingThere(Exception):
    """There is nothing that this step could be done with."""


class House:
    """The house, its people, its company of the trade, its clock."""

    def __init__(self) -> None:
        self.brand = Brand.objects.select_related("seller").get(code="ajour")
        self.people = hired()
        self.sites = {site.code: site for site in Site.objects.all()}
        self.clock = Clock(timezone.now(), end=timezone.now() + timedelta(days=400))

    @property
    def now(self):
        return self.clock.read()

    @property
    def company(self):
        return TradeCompany.objects.get(name=trade.HALDEN.name)

    def by(self, role):
        return self.people[role]


def pick(rows, n):
    """One of these rows, in their own order."""
    found = list(rows.order_by("pk"))
    if not found:
        raise NothingThere
    return found[n % len(found)]


# Buying


def order_made(here, n):
    piece = pick(Piece.objects.filter(made_to_order=True).select_related("brand__seller"), n)
    stones = [stone for stone in piece.stones.order_by("position") if buying.stones_left(stone)]
    if piece.stones.exists() and not stones:
        raise NothingThere
    stone = stones[n // 7 % len(stones)] if stones else None
    alloy = [metal.alloy for metal in piece.metals.all()][n // 3 % 2]
    choice = Choice(piece, alloy, (MEDIUM, LARGE)[n % 2], stone, "", "")
    buying.order_made(choice, EVERYBODY[n % 5], brand=here.brand, people=here.people, now=here.now)


def order_from_the_tray(here, n):
    """Whatever the tray is believed to hold: a basket with what is not there has its problem, and is not placed."""
    lying = Stock.objects.filter(site__code="london", on_hand__gt=0, variant__withdrawn_at=None)
    variant = pick(Variant.objects.filter(stock__in=lying).select_related("piece").distinct(), n)
    buying.order_ready(variant, EVERYBODY[n % 5], brand=here.brand, people=here.people, now=here.now)


def order_on_account(here, n):
    """A few of one style in two sizes: what lies there leaves at once, the rest is made on one ticket a size."""
    trade.order_on_account(
        here.company, here.brand, {STYLES[n % len(STYLES)]: 1 + n % 4}, po=f"PO-{n % 50}", now=here.now
    )


def accept_over_limit(here, n):
    orders.accept_over_limit(order=pick(Order.objects.filter(state="review"), n), by=here.by("sales"))


def sell_at_the_counter(here, n):
    """By cash or by the terminal, one or two of what lies in the showroom, for enough money or too little."""
    row = pick(Stock.objects.filter(site__code="showroom", variant__isnull=False, on_hand__gt=0), n)
    many, cash = 1 + (n % 4 == 3), n % 3 > 0
    total = row.variant.price_minor * many
    sale = Sale(
        reference=uuid4(), items=(Item(row.variant.sku, many),), method="cash" if cash else "terminal", language="en",
        tendered_minor=total - (n % 7 == 0) if cash else 0, slip="" if cash else f"T{n}", name="Ida Brook",
        phone="+44 7700 900321",
    )  # fmt: skip
    sell(sale=sale, site=here.sites["showroom"], now=here.now, by=here.by("sales"))


def move_between_sites(here, n):
    source, to = (here.sites["london"], here.sites["showroom"])[:: (1, -1)[n % 2]]
    row = pick(Stock.objects.filter(site=source, variant__isnull=False, on_hand__gt=0), n // 2)
    transfer_stock(item=row.variant, source=source, to=to, quantity=1 + n % 2, transfer=uuid4(), by=here.by("admin"))


# Money


def pay_by_card(here, n):
    order = pick(Order.objects.filter(dues__state__in=["owed", "asked"]).distinct(), n)
    buying.pay_by_card(order, now=here.now)


def pay_by_transfer(here, n):
    """All of it, half of it, or too much."""
    due = pick(Due.objects.filter(state__in=["owed", "asked"]).select_related("order"), n)
    sum_ = (due.amount_minor, due.amount_minor // 2, due.amount_minor + 500)[n // 5 % 3]
    told = {"method": "transfer", "amount_minor": sum_, "note": "", "at": here.now, "by": here.by("sales")}
    orders.record_for_order(order=due.order, due=due, **told)


def give_some_back(here, n):
    """A courtesy: a little of what was paid, or more than that."""
    order = pick(Order.objects.exclude(dues__paid_at=None).distinct(), n)
    told = {"reason": "A scratch.", "key": str(uuid4()), "by": here.by("sales"), "now": here.now}
    returns.give(order=order, minor=(500, 90_000)[n % 2], lines=[], **told)


def send_back_money(here, n):
    payments.mark_paid_back(pick(Refund.objects.waiting().exclude(payment__method="card"), n), by=here.by("sales"))


# Second thoughts


def call_off(here, n):
    orders.cancel_order(order=pick(Order.objects.all(), n), by=here.by("sales"), reason="They changed their mind.")


def call_off_a_line(here, n):
    line = pick(OrderLine.objects.filter(order__state="confirmed").select_related("order"), n)
    told = {"reason": "One too many.", "waive": n % 5 == 0, "by": here.by("sales")}
    orders.cancel_order(order=line.order, lines=[line], **told)


def decide_on_what_is_left(here, n):
    left = pick(LeftPiece.objects.filter(state="lying"), n)
    if n % 2:
        orders.shelve(left=left, price_minor=90_000, by=here.by("admin"))
    else:
        orders.melt(left=left, by=here.by("admin"), weighed_mg=2_000)


def change_a_ring(here, n):
    """A size up or down, a little or far, or words inside it: agreed to as it is shown."""
    rows = OrderLine.objects.filter(order__state="confirmed", purpose="custom", ring_inner_um__isnull=False)
    line = pick(rows.select_related("order__brand__seller"), n)
    um = (line.ring_inner_um, LARGE, MEDIUM)[n // 3 % 3]
    _change(here, line, Asked(um, "toujours" if n % 2 else line.engraving, "inside" if n % 2 else line.engraving_place))


def make_a_ring_smaller(here, n):
    """It needs less metal than was ordered: the difference is not asked for any more, or goes back."""
    rows = OrderLine.objects.filter(order__state="confirmed", purpose="custom", ring_inner_um__gt=SMALL_SIZE)
    line = pick(rows.select_related("order__brand__seller"), n)
    _change(here, line, Asked(SMALL_SIZE, line.engraving, line.engraving_place))


def _change(here, line, asked):
    agreed = look(line, asked, now=here.now).agreed
    told = {"agreed": agreed, "by": None, "by_name": "Mara Vogel", "now": here.now}
    orders.agree_change(order=line.order, line=line, asked=asked, **told)


def take_a_change_back(here, n):
    orders.withdraw_change(change=pick(LineChange.objects.filter(state="waiting"), n), by=here.by("sales"))


def ask_to_send_back(here, n):
    line = pick(OrderLine.objects.filter(order__state="completed").select_related("order"), n)
    wish = returns.Wish(line, 1 + n % 2)
    by = here.by("sales") if n % 3 else None
    returns.ask_back(order=line.order, wishes=[wish], cause=("mind", "faulty")[n // 2 % 2], now=here.now, by=by)


def find_fault_with_a_piece(here, n):
    """A buyer finds something wrong with what came: a person reads it first."""
    line = pick(OrderLine.objects.filter(order__state="completed").select_related("order"), n)
    returns.ask_back(order=line.order, wishes=[returns.Wish(line, 1)], cause="faulty", now=here.now, by=None)


def accept_a_return(here, n):
    returns.accept(back=pick(Return.objects.filter(state="asked"), n), by=here.by("sales"))


def note_a_return(here, n):
    back = pick(Return.objects.filter(state="awaited"), n)
    returns.note_here(back=back, site=here.sites["london"], at=here.now, by=here.by("packer"))


def decide_on_a_return(here, n):
    """As it was sold, into the tray, or worn, for less."""
    back = pick(Return.objects.filter(state="arrived").select_related("order"), n)
    worn = returns.Finding(condition="worn", deduction_minor=2_000, why="Worn.", becomes="left")
    findings = {row.pk: worn if n % 2 else returns.Finding() for row in back.lines.all()}
    agreed = returns.look(back, findings).agreed
    returns.decide(back=back, findings=findings, agreed=agreed, by=here.by("sales"), now=here.now)


# Packing, and time


def pack(here, n):
    parcels.pack(pick(Parcel.objects.filter(state="requested"), n), people=here.people, now=here.now)


def send(here, n):
    parcel = pick(Parcel.objects.filter(state="sealed"), n)
    parcels.send(parcel, people=here.people, tracking_number="AJ123456789GB")


def send_what_is_made(here, n):
    """A shipment of an order on account before all of it is made."""
    order = pick(
        Order.objects.filter(state="confirmed", lines__work_orders__state="made", channel="trade").distinct(), n
    )
    orders.send_what_is_made(order=order, by=here.by("sales"))


def arrive(here, n):
    packing.note_arrival(parcel=pick(Parcel.objects.filter(state="dispatched"), n), by=None)


def wait(here, n):
    """An hour or three days go by; what nobody paid runs out."""
    here.clock.set(here.clock.at + (timedelta(hours=1), timedelta(days=3))[n % 2])
    orders.expire_unpaid(now=here.now)
    orders.withdraw_unpaid_changes(now=here.now)
