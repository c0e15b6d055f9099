"""What lies in a parcel, as the packers are told: the piece from the tray, or as the workshop says it became."""

from foundation.reference.hallmarks import needs_hallmark
from packing.intake import Content
from store.catalogue.models import Variant
from store.orders import wording
from store.orders.models import OrderLine, WorkOrder


def from_tray(line: OrderLine) -> Content:
    """A line that was sold from the tray."""
    alloy = wording.alloy_of(line.alloy)
    status, marks = _marked(line)
    return Content(
        reference=line.reference, serial="", name=line.piece_name, sku=line.sku, quantity=line.quantity,
        alloy=line.alloy, fineness=alloy.fineness if alloy else "", hallmark_status=status, marks=marks,
        gross_mg=None, stones="; ".join(wording.stone_in_words(stone) for stone in line.stones),
        ring_size=wording.ring_size(line.ring_inner_um), engraving=line.engraving, care=line.care, picture=line.picture,
    )  # fmt: skip


def as_made(work: WorkOrder) -> Content:
    """The piece as the workshop says it became."""
    line, made = work.line, work.made or {}
    return Content(
        reference=work.reference, serial=made.get("serial", ""), name=line.piece_name, sku=line.style_code,
        quantity=line.quantity, alloy=made.get("alloy", line.alloy),
        fineness=str(made.get("fineness_ppt10", 0) // 10), hallmark_status=made.get("hallmark_status", "not_described"),
        marks=made.get("marks", ""), gross_mg=made.get("gross_mg"),
        stones="; ".join(wording.stone_in_words(stone) for stone in line.stones),
        ring_size=wording.ring_size(made.get("ring_inner_um", line.ring_inner_um)),
        engraving=made.get("engraving", line.engraving), care=line.care, picture=line.picture,
    )  # fmt: skip


def _marked(line: OrderLine) -> tuple[str, str]:
    """How a piece from the tray stands to the hallmark, and its marks: only what the catalogue has of it is claimed."""
    variant = Variant.objects.filter(sku=line.sku).first()
    alloy = wording.alloy_of(line.alloy)
    if variant is None or alloy is None:
        return "not_described", ""
    if variant.marks:
        return "marked", variant.marks
    markets = {line.order.country, line.order.seller.country}
    needed = any(needs_hallmark(market, alloy.metal, variant.metal_mg) for market in markets)
    return ("not_described" if needed or not variant.metal_mg else "exempt"), ""
