"""What lies in the demo's safe and stock room, and what its benches can do in a day."""

from collections.abc import Sequence
from datetime import date, timedelta

from demo.catalogue import DESIGNS
from demo.pieces import Choice, Design, P, R, S, W, Y
from foundation.house.models import Brand, Seller, Site
from foundation.people.models import User
from packing.models import PackSpec, PackSpecLine, Supply
from production.metal.actions import receive_lot
from production.metal.fixings import enter_fixing
from production.planning.models import StageCapacity
from production.routes.actions import seed_routes
from production.stones.actions import receive_parcel, receive_stone

SOURCE = "demo figure, not a market price"
FIXINGS = {  # pence per kilogram of fine metal, oldest of five days first
    "gold": (98_410_00, 98_760_00, 99_120_00, 98_940_00, 99_310_00),
    "silver": (1_212_00, 1_219_00, 1_226_00, 1_221_00, 1_230_00),
    "platinum": (37_150_00, 37_320_00, 37_080_00, 37_410_00, 37_560_00),
    "palladium": (34_020_00, 33_870_00, 34_110_00, 34_240_00, 34_180_00),
}
BAHT_PER_POUND = 43  # house figure of the demo
MINUTES_PER_DAY = {"design": 300, "casting": 180, "assembly": 360, "finishing": 300, "quality": 90, "packaging": 90}
"""One person at each bench, who also does repairs and stock: what is left of their day for orders."""
WAIT_MINUTES = {"design": 1_080, "casting": 1_080, "assembly": 1_620, "finishing": 1_080, "quality": 540}
"""Between benches: three pouring days a week, the assay office takes three days, nobody hurries the polish."""

LOTS = ((Y, 400_000), (R, 250_000), (W, 250_000), (P, 250_000), (S, 2_000_000))
IN_A_PARCEL = 12
ORIGIN_BP = {"recycled_post_bp": 6_000, "recycled_pre_bp": 2_500}
SUPPLIES: tuple[tuple[str, str, str, str, list[int], int], ...] = (
    ("ring-box", "box", "Ring box, verdigris", "กล่องแหวน", [44_000, 44_000, 38_000], 140),
    ("pendant-box", "box", "Pendant box, verdigris", "กล่องจี้", [70_000, 70_000, 32_000], 90),
    ("bangle-box", "box", "Bangle box, verdigris", "กล่องกำไล", [100_000, 100_000, 40_000], 45),
    ("pouch", "pouch", "Linen pouch", "ถุงผ้าลินิน", [], 300),
    ("care-card", "card", "Care card holder", "ซองการ์ดดูแล", [], 400),
    ("gift-card", "card", "Gift card", "การ์ดของขวัญ", [], 120),
    ("ribbon", "ribbon", "Grosgrain ribbon", "ริบบิ้น", [], 200),
    ("carton", "carton", "Posting carton", "กล่องไปรษณีย์", [160_000, 120_000, 70_000], 180),
)  # fmt: skip
BOXES = {
    "": "ring-box",
    "pendant": "pendant-box",
    "earrings": "pendant-box",
    "chain": "pendant-box",
    "bangle": "bangle-box",
}


def enter_fixings(*, today: date, by: User) -> None:
    """Five days of prices, in pounds and in baht."""
    for seller in Seller.objects.order_by("pk"):
        rate = 1 if seller.currency == "GBP" else BAHT_PER_POUND
        for metal, days in FIXINGS.items():
            for ago, price in zip(range(len(days) - 1, -1, -1), days, strict=True):
                enter_fixing(
                    seller=seller, metal=metal, minor_per_kg=price * rate, currency=seller.currency,
                    on=today - timedelta(days=ago), source=SOURCE, by=by, today=today,
                )  # fmt: skip


def stock_metal(*, site: Site, today: date, by: User) -> None:
    """One lot of each alloy."""
    for alloy, gross_mg in LOTS:
        receive_lot(
            number=f"L-{alloy}-1", site=site, alloy=alloy, gross_mg=gross_mg, supplier="Demo Refinery", by=by,
            document=f"DN-{alloy}", received_on=today - timedelta(days=20), origin_bp=ORIGIN_BP,
        )  # fmt: skip


def stock_stones(designs: Sequence[Design] = DESIGNS, *, site: Site, today: date) -> None:
    """Every stone that a piece to order can be set with: single ones with a report, the others in parcels of twelve."""
    on = today - timedelta(days=14)
    for design in designs:
        for n, choice in enumerate(design.choices, start=1):
            _stock_stone(choice, f"{design.slug.upper()}-{n}", site=site, on=on)


def _stock_stone(choice: Choice, number: str, *, site: Site, on: date) -> None:
    facts = {"origin": "lab_grown" if choice.grown == "lab" else choice.grown, "treatment": choice.treatment}
    if choice.report:
        facts |= {"lab": choice.lab, "certificate": choice.report, "colour": choice.colour, "clarity": choice.clarity}
        receive_stone(
            number=f"S-{number}", site=site, species=choice.species, cut=choice.cut, length_um=choice.length_um,
            width_um=choice.width_um, mct=choice.mct, received_on=on, facts=facts,
        )  # fmt: skip
        return
    receive_parcel(
        number=f"P-{number}", site=site, species=choice.species, cut=choice.cut, length_um=choice.length_um,
        width_um=choice.width_um, pcs=IN_A_PARCEL, mct=IN_A_PARCEL * choice.mct, received_on=on,
        facts=facts | {"supplier": "Demo Gems, Chanthaburi"},
    )  # fmt: skip


def set_benches(*, site: Site) -> None:
    """Routes and what each stage can do in a day."""
    seed_routes()
    for stage, minutes in MINUTES_PER_DAY.items():
        StageCapacity.objects.create(
            site=site, stage=stage, minutes_per_day=minutes, wait_minutes=WAIT_MINUTES.get(stage, 0)
        )


def stock_packing(*, brand: Brand) -> None:
    """Boxes, pouches and cards, and which of them go with which kind of piece."""
    supplies = {
        code: Supply.objects.create(
            brand=brand, code=code, kind=kind, name=name, name_th=name_th, inner_um=inner, on_hand=many
        )
        for code, kind, name, name_th, inner, many in SUPPLIES
    }
    for kind, box in BOXES.items():
        spec = PackSpec.objects.create(brand=brand, name=f"Ajour, {kind or 'rings'}", kind=kind)
        wanted = (
            (box, False),
            ("pouch", False),
            ("care-card", False),
            ("gift-card", True),
            ("ribbon", True),
            ("carton", False),
        )
        PackSpecLine.objects.bulk_create(
            [
                PackSpecLine(spec=spec, supply=supplies[code], for_gift=gift, position=n)
                for n, (code, gift) in enumerate(wanted)
            ]
        )
        spec.released = True
        spec.save(update_fields=["released"])
