"""What a basket hands over when it becomes an order: frozen values, no rows.

All money is in minor units of the draft's currency. A line's amounts are for its whole quantity, and
net + tax = gross for each: a draft that does not add up cannot be made.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

Purpose = Literal["stock", "custom"]
"""From the tray, or made by the workshop."""

Channel = Literal["web", "trade", "counter", "conversation"]


class DoesNotAddUp(Exception):
    """Net and tax are not gross, or the parts are not the net."""


@dataclass(frozen=True)
class DraftStone:
    """A stone, or `count` like stones, that the piece is set with. Weight of each in thousandths of a carat."""

    species: str
    cut: str
    length_um: int
    width_um: int
    mct: int
    count: int = 1
    grown: str = "mined"
    colour: str = ""
    treatment: str = ""
    origin: str = ""
    report_lab: str = ""
    report_number: str = ""


@dataclass(frozen=True)
class DraftFixing:
    """The metal price a quote rests on: minor units per kilogram of fine metal, of which day, from where."""

    metal: str
    minor_per_kg: int
    on: date
    source: str


@dataclass(frozen=True)
class DraftLine:
    """One line. `reference` is the basket line's own; what it holds in stock is held under that key.

    `metal_minor`, `stones_minor` and `making_minor` take the net price apart; all three are 0 where the price is a
    fixed one. `trace` is how the price came about, kept for "explain this number".
    """

    reference: UUID
    purpose: Purpose
    piece_reference: UUID
    piece_slug: str
    piece_name: str
    style_code: str
    kind: str
    family: str
    alloy: str
    quantity: int
    net_minor: int
    tax_minor: int
    gross_minor: int
    tax_rate_bp: int
    promise_on: date
    parameters: dict[str, Any] = field(default_factory=dict)
    sku: str = ""
    ring_inner_um: int | None = None
    length_um: int | None = None
    stones: tuple[DraftStone, ...] = ()
    engraving: str = ""
    engraving_place: str = ""
    finish: str = ""
    plating: str = ""
    wish: str = ""
    files: tuple[UUID, ...] = ()
    metal_mg: int = 0
    metal_minor: int = 0
    stones_minor: int = 0
    making_minor: int = 0
    fixing: DraftFixing | None = None
    trace: dict[str, Any] = field(default_factory=dict)
    picture: UUID | None = None
    care: str = ""
    holds_stock: bool = False
    returnable: bool = True
    needs_approval: bool = False

    def __post_init__(self) -> None:
        if self.net_minor + self.tax_minor != self.gross_minor or self.gross_minor <= 0 or self.quantity < 1:
            raise DoesNotAddUp(f"{self.piece_name}: {self.net_minor} + {self.tax_minor} is not {self.gross_minor}")
        parts = self.metal_minor + self.stones_minor + self.making_minor
        if parts not in (0, self.net_minor):
            raise DoesNotAddUp(f"{self.piece_name}: the parts come to {parts}, the net price is {self.net_minor}")


@dataclass(frozen=True)
class Address:
    """Where the parcel goes, in the words of its country. `country` is ISO 3166-1, two letters."""

    recipient: str
    line1: str
    city: str
    country: str
    line2: str = ""
    region: str = ""
    postcode: str = ""

    def lines(self) -> tuple[str, ...]:
        """As they stand on a label, the country left out, empty ones dropped."""
        last = " ".join(part for part in (self.city, self.region, self.postcode) if part)
        return tuple(line for line in (self.line1, self.line2, last) if line)


@dataclass(frozen=True)
class OrderDraft:
    """An order to be placed. `reference` is the client's own id for placing it: the same twice is one order.

    `basket` names the basket it comes from: placing it again from the same basket takes the place of an order that
    was not paid. `company_id` is the trade company that orders on account, `po_number` its own number for it.
    `consented_at` is when the buyer accepted that made-to-order lines cannot be sent back. `deposit_percent` and
    `delivery_minor` are what was agreed otherwise than the brand's deposit and the delivery's price of the day.
    """

    reference: UUID
    brand: str
    channel: Channel
    language: str
    currency: str
    email: str
    name: str
    phone: str
    address: Address
    delivery: str
    lines: tuple[DraftLine, ...]
    basket: UUID | None = None
    user_id: int | None = None
    company_id: int | None = None
    po_number: str = ""
    gift: bool = False
    gift_note: str = ""
    hide_prices: bool = False
    consented_at: datetime | None = None
    deposit_percent: int | None = None
    delivery_minor: int | None = None
