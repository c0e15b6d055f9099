"""Companies of the trade as tests tell of them: approved with a list, ordering, shipped to."""

from uuid import uuid4

from django.utils import timezone

from foundation.outbox.actions import drain
from foundation.people.models import User
from packing.models import Parcel
from packing.signals import parcel_delivered, parcel_dispatched, parcel_sealed
from production.signals import ready_to_pack
from store.buyers import actions as buyers
from store.catalogue.models import Variant
from store.orders.drafts import Address
from store.orders.models import ParcelNote, WorkOrder
from store.pricing.actions import give_list, write_list
from store.trade import actions
from store.trade.offer import price_lines, terms_of
from tests.store import cast, ordering

LIMIT = 5_000_000


def clerk():
    """Somebody of the sales desk."""
    return User.objects.filter(email="desk@ajour.example").first() or ordering.member("desk@ajour.example", "sales")


def application(name="Halden & Co", email="", **more):
    facts = {
        "name": name, "vat_number": "", "contact_name": "Oliver Brandt", "email": email or f"{uuid4().hex[:8]}@trade.example",
        "line1": "8 Minster Yard", "city": "York", "country": "GB", "postcode": "YO1 7HH",
    }  # fmt: skip
    return buyers.Application(**(facts | more))


def price_list(name="Retailers", discount_bp=4000, breaks=None, prices=None):
    brand, _site = cast.house()
    return write_list(
        seller=brand.seller, name=name, discount_bp=discount_bp, breaks=breaks or {12: 4500}, prices=prices or {}
    )


def company(name="Halden & Co", *, limit=LIMIT, lists=None, **more):
    """An approved company; its one buyer is `buyer_of`."""
    brand = ordering.house_of(cast)
    made = buyers.apply_for_account(seller=brand.seller, said=application(name, **more), by=None)
    give_list(company=made, price_list=lists or price_list(f"List of {name}"))
    return buyers.open_account(company=made, terms_days=30, credit_limit_minor=limit, by=clerk())


def buyer_of(company):
    return company.people.get().user


def order(company, quantities, *, po="", now=None, reference=None, terms=None):
    """The company orders {variant: quantity}."""
    brand, _site = cast.house()
    now = now or timezone.now()
    lines = price_lines(quantities, terms=terms or terms_of(company), brand=brand, now=now, dated=True)
    made = actions.order_on_account(
        reference=reference or uuid4(), company=company, lines=lines, po_number=po,
        address=Address(company.name, "8 Minster Yard", "York", "GB", postcode="YO1 7HH"), delivery="post",
        brand=brand.code, currency="GBP", now=now, by=buyer_of(company),
    )  # fmt: skip
    drain()
    made.refresh_from_db()
    return made


def make_all(order):
    """The workshop makes everything that is asked of it."""
    for work in WorkOrder.objects.filter(line__order=order, state="opened"):
        make(work)


def make(work):
    ready_to_pack.send(
        None, reference=work.reference, made={"serial": f"S-{work.number}", "alloy": work.line.alloy, "fineness_ppt10": 7500,
        "gross_mg": 3400 * work.line.quantity, "hallmark_status": "marked", "marks": "AJR 750"},
    )  # fmt: skip
    drain()


def send(parcel: ParcelNote, *, at=None, arrive=False):
    """Seal it and hand it to the carrier."""
    at = at or timezone.now()
    parcel_sealed.send(Parcel, reference=parcel.reference, contents=[], at=at)
    drain()
    parcel_dispatched.send(
        Parcel, reference=parcel.reference, carrier="Royal Mail", tracking_number="AJ1", tracking_url="", at=at
    )
    drain()
    if arrive:
        parcel_delivered.send(Parcel, reference=parcel.reference, at=at)
        drain()


def two_sizes(on_hand=(4, 0)) -> tuple[Variant, Variant]:
    """One plain band in two sizes, so many of each in the tray."""
    piece = cast.ring("eave")
    piece.kind, piece.family = "plain_ring", "band"
    piece.save()
    sizes = ((15_700, "S"), (17_200, "N"))
    return tuple(
        cast.variant(piece, sku=f"EAVE-{label}", on_hand=n, ring_inner_um=um)
        for (um, label), n in zip(sizes, on_hand, strict=True)
    )
