"""What is said when a parcel is asked for."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Content:
    """One piece to pack. `reference` is the work order's, or the stock line's; `care` a code of packing.care."""

    reference: UUID
    serial: str
    name: str
    sku: str
    quantity: int
    alloy: str
    fineness: str
    hallmark_status: str
    marks: str
    gross_mg: int | None
    stones: str
    ring_size: str
    engraving: str
    care: str
    picture: UUID | None = None


@dataclass(frozen=True)
class ParcelRequest:
    """One parcel to pack. `reference` is the asker's own; `kind` chooses the pack spec with brand and channel."""

    reference: UUID
    order_number: str
    brand: str
    channel: str
    language: str
    site: str
    contents: tuple[Content, ...]
    recipient: str
    address_lines: tuple[str, ...]
    country: str
    delivery: str
    gift: bool = False
    gift_note: str = ""
    hide_prices: bool = False
    piece_url: str = ""
    kind: str = ""
