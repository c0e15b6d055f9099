"""A line of an order, kept as plain data until it is ordered, and the same line at another price. No rows, no clock."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any
from uuid import UUID

from foundation.money import Money, Taxed
from store.orders.drafts import DraftFixing, DraftLine, DraftStone


def freeze(line: DraftLine) -> dict[str, Any]:
    """The line as it can be kept in a column."""
    return {name: _plain(value) for name, value in asdict(line).items()}


def thaw(kept: dict[str, Any], *, promise_on: date | None = None) -> DraftLine:
    """The line that was kept; with `promise_on` as it would leave if it were ordered now."""
    fixing = kept["fixing"]
    known = kept | {
        "reference": UUID(kept["reference"]), "piece_reference": UUID(kept["piece_reference"]),
        "promise_on": promise_on or date.fromisoformat(kept["promise_on"]),
        "stones": tuple(DraftStone(**stone) for stone in kept["stones"]),
        "files": tuple(UUID(file) for file in kept["files"]), "picture": UUID(kept["picture"]) if kept["picture"] else None,
        "fixing": DraftFixing(**(fixing | {"on": date.fromisoformat(fixing["on"])})) if fixing else None,
    }  # fmt: skip
    return DraftLine(**known)


def at_price(line: DraftLine, gross_minor: int, currency: str) -> DraftLine:
    """The same line for another price, VAT included. Metal and stones cost what they cost: the change falls on making
    and house. Where that would be less than nothing, the price stands whole.
    """
    taxed = Taxed.from_gross(Money(gross_minor, currency), line.tax_rate_bp)
    making = line.making_minor + taxed.net.minor - line.net_minor
    apart = line.fixing is not None and making >= 0
    return replace(
        line, net_minor=taxed.net.minor, tax_minor=taxed.tax.minor, gross_minor=gross_minor,
        metal_minor=line.metal_minor if apart else 0, stones_minor=line.stones_minor if apart else 0,
        making_minor=making if apart else 0, fixing=line.fixing if apart else None,
    )  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, (list, tuple)) else value
