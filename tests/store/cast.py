"""The people and things that tests of the store are told with. Plain functions: say what you need, get it."""

from django.utils import timezone

from foundation.house.models import Brand, Seller, Site
from store.catalogue.actions import receive_stock
from store.catalogue.models import Collection, MetalOffered, Piece, StoneChoice, Variant


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
