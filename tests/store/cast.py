"""The people and things that tests of the store are told with. Plain functions: say what you need, get it."""

from datetime import date

from django.utils import timezone

from foundation.house.models import Brand, Calendar, Seller, Site
from production.metal.models import Fixing
from production.planning.capacity import seed_capacity
from store.baskets.actions import open_basket
from store.baskets.models import Basket
from store.catalogue.actions import receive_stock
from store.catalogue.models import Collection, MetalOffered, Piece, StoneChoice, Variant
from store.pricing.actions import list_piece


def house() -> tuple[Brand, Site]:
    """The UK seller, its brand, and a tray in London."""
    seller, _ = Seller.objects.get_or_create(
        code="uk", defaults={"legal_name": "Ajour Ltd", "address": "1 Bench Row", "country": "GB", "currency": "GBP",
                             "invoice_prefix": "A", "email": "office@ajour.example", "vat_rate_bp": 2000},
    )  # fmt: skip
    brand, _ = Brand.objects.get_or_create(
        code="ajour", defaults={"name": "Ajour", "seller": seller, "contact_email": "bench@ajour.example"}
    )
    site, _ = Site.objects.get_or_create(
        code="london",
        defaults={"name": "London", "seller": seller, "address": "", "country": "GB", "time_zone": "Europe/London"},
    )
    return brand, site


def ring(slug: str = "sill", **fields) -> Piece:
    """A published ring with a stone that is made to order in two metals."""
    brand, _ = house()
    piece = Piece.objects.create(
        brand=brand, slug=slug, name=slug.title(), style_code=slug.upper(), kind="ring_with_stone", family="solitaire",
        ring_from_um=14_000, ring_to_um=21_000, published_at=timezone.now(), **fields,
    )  # fmt: skip
    shelf, _ = Collection.objects.get_or_create(brand=brand, slug="rings", defaults={"name": "Rings"})
    piece.collections.add(shelf)
    for position, alloy in enumerate(["AU750Y", "PT950Ru"]):
        MetalOffered.objects.create(piece=piece, alloy=alloy, position=position)
    return piece


def variant(piece: Piece, *, sku: str = "", on_hand: int = 0, **fields) -> Variant:
    """A ready-made variant with this many in the tray."""
    _, site = house()
    fields = {"alloy": "AU750Y", "ring_inner_um": 17_200, "price_minor": 120_000, "metal_mg": 3_400} | fields
    made = Variant.objects.create(piece=piece, sku=sku or f"{piece.style_code}-{piece.variants.count() + 1}", **fields)
    if on_hand:
        receive_stock(item=made, site=site, quantity=on_hand, by=None)
    return made


def single_stone(piece: Piece, **fields) -> StoneChoice:
    """A sapphire with a report, of which there is one."""
    _, site = house()
    stone = StoneChoice.objects.create(
        piece=piece, species="sapphire", cut="oval", length_um=7_900, width_um=5_900, mct=1_400, price_minor=90_000,
        report_lab="GIT", report_number="GIT-0418", **fields,
    )  # fmt: skip
    receive_stock(item=stone, site=site, quantity=1, by=None)
    return stone


def fixings() -> None:
    """The day's metal prices, and a workshop with a calendar."""
    brand, _ = house()
    for metal, minor_per_kg in {"gold": 10_200_000, "silver": 120_000, "platinum": 3_800_000}.items():
        Fixing.objects.get_or_create(
            metal=metal, currency="GBP", on=date(2026, 11, 23),
            defaults={"minor_per_kg": minor_per_kg, "source": "LBMA PM", "seller": brand.seller},
        )  # fmt: skip
    workshop, _ = Site.objects.get_or_create(
        code="bangkok",
        defaults={"name": "Bangkok", "seller": brand.seller, "address": "", "country": "TH",
                  "time_zone": "Asia/Bangkok", "is_workshop": True},
    )  # fmt: skip
    Calendar.objects.get_or_create(site=workshop, defaults={"weekdays": [1, 2, 3, 4, 5, 6]})
    seed_capacity(site=workshop)


def listed(*pieces: Piece) -> None:
    """These pieces stand on the list pages."""
    for piece in pieces:
        list_piece(piece_id=piece.pk)


def basket(token: str = "a" * 40, user=None) -> Basket:
    """A guest's basket, or this person's."""
    brand, _ = house()
    return open_basket(token=token, brand=brand, language="en", user=user)
