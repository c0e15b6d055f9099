"""Orders as tests tell of them: a draft of this and that, placed, asked for, paid."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from foundation.house.models import DeliveryMethod, Site
from foundation.outbox.actions import drain
from foundation.people.models import User
from store.catalogue.actions import hold_stock
from store.orders import actions
from store.orders.drafts import Address, DraftFixing, DraftLine, DraftStone, OrderDraft
from store.payments import actions as payments


def house_of(cast):
    """The house with a workshop and a way to send."""
    brand, _site = cast.house()
    Site.objects.get_or_create(
        code="bangkok", defaults={"name": "Bangkok", "seller": brand.seller, "address": "", "country": "TH",
                                  "time_zone": "Asia/Bangkok", "is_workshop": True},
    )  # fmt: skip
    DeliveryMethod.objects.get_or_create(
        seller=brand.seller, code="post", defaults={"name": "Royal Mail Special", "price_minor": 1200, "days": 1,
                                                    "carrier": "Royal Mail", "tracking_url": "https://track.example/{number}"},
    )  # fmt: skip
    return brand


def ready_made(variant, *, quantity=1, hold=True):
    """A line of what lies in the tray, held."""
    reference = uuid4()
    if hold:
        hold_stock(item=variant, quantity=quantity, key=reference, until=timezone.now() + timedelta(minutes=45))
    gross = variant.price_minor * quantity
    tax = gross // 6
    return DraftLine(
        reference=reference, purpose="stock", piece_reference=variant.piece.reference, piece_slug=variant.piece.slug,
        piece_name=variant.piece.name, style_code=variant.piece.style_code, kind=variant.piece.kind,
        family=variant.piece.family, alloy=variant.alloy, quantity=quantity, net_minor=gross - tax, tax_minor=tax,
        gross_minor=gross, tax_rate_bp=2000, promise_on=timezone.localdate(), sku=variant.sku,
        ring_inner_um=variant.ring_inner_um, holds_stock=True,
    )  # fmt: skip


def made_to_order(piece, *, net=250_001):
    """A line that the workshop makes: platinum, a sapphire, engraved."""
    tax = net // 5
    return DraftLine(
        reference=uuid4(), purpose="custom", piece_reference=piece.reference, piece_slug=piece.slug, piece_name=piece.name,
        style_code=piece.style_code, kind=piece.kind, family=piece.family, alloy="PT950Ru", quantity=1, net_minor=net,
        tax_minor=tax, gross_minor=net + tax, tax_rate_bp=2000, promise_on=timezone.localdate() + timedelta(days=21),
        ring_inner_um=17_200, stones=(DraftStone("sapphire", "oval", 7_900, 5_900, 1_400, report_lab="GIT", report_number="GIT-1"),),
        engraving="toujours", engraving_place="inside", metal_mg=7_000, metal_minor=50_001, stones_minor=100_000,
        making_minor=net - 150_001, fixing=DraftFixing("platinum", 3_100_000, timezone.localdate(), "the day's fixing"),
        wish="A little lower.", returnable=False, needs_approval=True,
    )  # fmt: skip


def draft(*lines, **more):
    """An order's draft from Mara in Bath."""
    told = {
        "reference": uuid4(), "brand": "ajour", "channel": "web", "language": "en", "currency": "GBP",
        "email": "mara@example.com", "name": "Mara Vogel", "phone": "", "delivery": "post", "lines": lines,
        "address": Address("Mara Vogel", "3 Lansdown Road", "Bath", "GB", postcode="BA1 5LR"),
        "basket": uuid4(), "consented_at": timezone.now(),
    }  # fmt: skip
    return OrderDraft(**(told | more))


def place(*lines, **more):
    return actions.place_order(draft=draft(*lines, **more), now=timezone.now(), by=None)


def ask(order, kind=None):
    """The payment page of the order's first due, or of the kind that is named, open."""
    due = order.dues.get(kind=kind) if kind else order.dues.earliest("pk")
    attempt = actions.ask_for_payment(order=order, due=due, now=timezone.now())
    payments.open_page(attempt)
    attempt.refresh_from_db()
    return attempt


def settle(attempt):
    """The browser comes back from the page, and all that is owed is done."""
    payments.look_again(attempt, now=timezone.now())
    drain()


def member(email, *roles):
    user = User.objects.create_user(email, "correct horse battery", name=email.split("@")[0].title())
    for role in roles:
        user.roles_held.create(role=role)
    return user
