"""An order in plain words, in the language that is active."""

from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from foundation.countries import name_of
from foundation.length import nearest
from foundation.reference.alloys import ALLOYS, Alloy
from foundation.reference.stones import SPECIES
from foundation.ui.templatetags.ui import money as written_money
from store.catalogue.wording import how_big, treatment_name
from store.orders.models import Due, DueKind, Order, OrderLine
from store.orders.totals import EXPORT

STAGES = ("design", "casting", "assembly", "finishing", "quality", "packaging")

STAGE_NAMES = {
    "design": gettext_lazy("Design"),
    "casting": gettext_lazy("Casting"),
    "assembly": gettext_lazy("Assembly"),
    "finishing": gettext_lazy("Finishing"),
    "quality": gettext_lazy("Quality check"),
    "packaging": gettext_lazy("Packaging"),
}


def money(minor: int, currency: str) -> str:
    """An amount as the reader's language writes it."""
    return written_money(minor, currency)


def country(code: str) -> str:
    """A country's name in the reader's language."""
    return name_of(code)


def day(on: date) -> str:
    """A day in words: "14 March"."""
    return formats.date_format(on, "j F Y")


def tax_note(order: Order) -> str:
    """Why there is no VAT, where there is none."""
    if order.tax_reason == EXPORT:
        return str(_("Zero-rated export (%(code)s): no VAT is charged on goods sent out of the country.")) % {
            "code": EXPORT
        }
    return ""


def due_in_words(due: Due) -> str:
    """What a payment is for, as the payment page and the bank's letter name it."""
    words = {
        DueKind.DEPOSIT: _("Deposit on order %(number)s"), DueKind.BALANCE: _("Balance of order %(number)s"),
        DueKind.CHANGE: _("Change to order %(number)s"), DueKind.SHIPMENT: _("Shipment %(shipment)s of order %(number)s"),
    }.get(DueKind(due.kind), _("Order %(number)s"))  # fmt: skip
    return f"{due.order.brand.name}: {words % {'number': due.order.number, 'shipment': due.parcel.shipment if due.parcel else ''}}"


def short_name(name: str) -> str:
    """What the bench may read of a buyer: the first name and a letter."""
    first, *rest = name.split() or [""]
    return f"{first} {rest[-1][0]}." if rest else first


def alloy_of(code: str) -> Alloy | None:
    """The alloy in the house's table, if it is there."""
    return next((row for row in ALLOYS if row.code == code), None)


def alloy_name(code: str) -> str:
    """The alloy's name in the reader's language; the code where the table has none."""
    row = alloy_of(code)
    if row is None:
        return code
    return row.name_th if get_language() == "th" else row.name


def species_name(code: str) -> str:
    """A stone's kind in the reader's language; the code where the table has none."""
    row = next((row for row in SPECIES if row.code == code), None)
    if row is None:
        return code
    return row.name_th if get_language() == "th" else row.name


def stone_in_words(stone: dict[str, Any]) -> str:
    """A stone with what has to be said of it: weight, what it is, where it grew, treatment, report."""
    grown = _as_grown(species_name(stone["species"]), stone)
    count = f"{stone['count']} × " if stone.get("count", 1) > 1 else ""
    report = f"{stone.get('report_lab', '')} {stone.get('report_number', '')}".strip()
    parts = [
        f"{count}{grown} {how_big(stone['species'], mct=stone['mct'], um=stone.get('width_um'))}",
        treatment_name(stone.get("treatment", "")),
        stone.get("origin", ""),
        report,
    ]
    return ", ".join(part for part in parts if part)


def _as_grown(name: str, stone: dict[str, Any]) -> str:
    """A stone with what has to be said of where it grew; a pearl that says nothing of it is natural (CIBJO Pearl Book)."""
    if stone.get("grown") == "lab":
        return _("laboratory-grown %(stone)s") % {"stone": name}
    if stone["species"] != "pearl":
        return name
    return (
        _("cultured %(stone)s") % {"stone": name}
        if stone.get("grown") == "cultured"
        else _("natural %(stone)s") % {"stone": name}
    )


def ring_size(inner_um: int | None) -> str:
    """The finger size in the two systems most people know; "" for what is not worn on a finger."""
    if inner_um is None:
        return ""
    return f"UK {nearest('UK', inner_um).label}, EU {nearest('EU', inner_um).label}"


def choices_in_words(line: OrderLine) -> list[str]:
    """All that was chosen for a line, each in a few words."""
    size = ring_size(line.ring_inner_um)
    return [
        alloy_name(line.alloy),
        *([_("size %(size)s") % {"size": size}] if size else []),
        *[stone_in_words(stone) for stone in line.stones],
        *([_("engraved “%(text)s”") % {"text": line.engraving}] if line.engraving else []),
    ]


def line_in_words(line: OrderLine) -> str:
    """A line on one line, for invoices and letters."""
    return f"{line.piece_name}: {', '.join(choices_in_words(line))}"


def line_short(line: OrderLine) -> str:
    """A line told from the others of its order, in a few words: "Eave × 2, UK L"."""
    count = f" × {line.quantity}" if line.quantity > 1 else ""
    size = f", UK {nearest('UK', line.ring_inner_um).label}" if line.ring_inner_um else ""
    return f"{line.piece_name}{count}{size}"


def begun(stage: str, *, has_stones: bool) -> str:
    """What it means that a piece has come to a stage, as a whole sentence."""
    return {
        "design": str(_("A designer is drawing your piece.")),
        "casting": str(_("Your piece is being cast in metal.")),
        "assembly": str(
            _("Your piece is being filed and set.") if has_stones else _("Your piece is being filed and fitted.")
        ),
        "finishing": str(_("Your piece is being polished and finished.")),
        "quality": str(_("Your piece is being inspected.")),
        "packaging": str(_("Your piece has passed its inspection and is being packed.")),
    }.get(stage, "")


def weekday(on: date) -> str:
    """A day with its weekday: "Wednesday 16 December"."""
    return formats.date_format(on, "l j F")


def short_day(at: datetime) -> str:
    """A moment's day, short: "25 Nov"."""
    return formats.date_format(timezone.localtime(at), "j M")
