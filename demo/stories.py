"""One order played at one moment, from the basket to wherever its ticket is to wait: for trials that need a single bag."""

from dataclasses import dataclass
from datetime import datetime

from demo.bench import Bench
from demo.buying import People, order_made, pay_by_transfer
from demo.guests import EVERYBODY
from demo.owed import do_what_is_owed
from demo.parcels import pack, send
from foundation.house.models import Brand
from foundation.people.roles import Role
from packing import actions as packing
from packing.models import Parcel
from production.tickets.actions import hold
from production.tickets.models import HoldCause, Ticket
from store.catalogue.models import Piece
from store.orders.models import Order
from store.pricing.choices import Choice


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


def play(story: Story, *, brand: Brand, people: People, now: datetime) -> None:
    """From the basket to wherever this ticket is now."""
    order = _order(story, brand=brand, people=people, now=now)
    pay_by_transfer(order, people=people, now=now)
    bench = Bench(Ticket.objects.get(reference=order.lines.get().work_orders.get().reference), people, order.name)
    bench.until({"sent back": "inspect", "delivered": "pack"}.get(story.reach, story.reach))
    if story.reach == "sent back" and (operation := bench.current):
        bench.send_back(operation)
    if story.reach == "delivered":
        _pack_and_send(order, people=people, now=now)
    if story.note:
        hold(ticket=bench.ticket, cause=HoldCause.PROBLEM, reason=story.note, by=people[Role.SETTER])
    do_what_is_owed()


def _order(story: Story, *, brand: Brand, people: People, now: datetime) -> Order:
    piece = Piece.objects.prefetch_related("metals", "stones").select_related("brand__seller").get(slug=story.piece)
    stone = None if story.stone is None else list(piece.stones.all())[story.stone]
    place = "inside" if story.engraving else ""
    choice = Choice(piece, story.alloy, story.size_um, stone, story.engraving, place)
    guest = EVERYBODY[story.guest]
    return order_made(choice, guest, brand=brand, people=people, now=now, wish=story.wish)


def _pack_and_send(order: Order, *, people: People, now: datetime) -> None:
    """Packed; the balance paid; handed to the carrier; arrived."""
    parcel = Parcel.objects.get(order_number=order.number)
    pack(parcel, people=people, now=now)
    pay_by_transfer(order, people=people, now=now)
    send(parcel, people=people, tracking_number="AJ123456789GB")
    packing.note_arrival(parcel=parcel, by=people[Role.PACKER])
