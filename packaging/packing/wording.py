"""What the label and the care card say, as plain data for the paper's template."""

from typing import Any

import segno
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.mass import format_mass
from foundation.reference.alloys import alloy
from packing.care import advice
from packing.models import Content, Parcel


def data(parcel: Parcel) -> dict[str, Any]:
    """Everything the templates print, in the language that is active: words, figures with units, the QR code as SVG."""
    contents = list(parcel.contents.all())
    return {
        "language": parcel.language,
        "brand": parcel.brand.name,
        "strapline": parcel.brand.strapline,
        "seller": parcel.brand.seller.legal_name,
        "seller_address": parcel.brand.seller.address.splitlines(),
        "contact": parcel.brand.contact_email,
        "order": parcel.order_number,
        "parcel": parcel.number,
        "recipient": parcel.recipient,
        "address": list(parcel.address_lines),
        "country": parcel.country,
        "gift_note": parcel.gift_note if parcel.gift else "",
        "url": parcel.piece_url,
        "qr": segno.make(parcel.piece_url or parcel.number, error="m").svg_inline(border=0),
        "pieces": [piece(content) for content in contents],
        "care": list(dict.fromkeys(line for one in contents for line in advice(one.care, one.alloy))) or advice("gold"),
        "words": _words(),
    }


def piece(content: Content) -> dict[str, Any]:
    """One piece's facts as rows of (word, value), leaving out what does not apply."""
    rows = [
        (_("Material"), _material(content)),
        (_("Hallmark"), _hallmark(content)),
        (_("Weight"), format_mass(content.gross_mg) if content.gross_mg else ""),
        (_("Stones"), content.stones),
        (_("Ring size"), content.ring_size),
        (_("Engraving"), f"“{content.engraving}”" if content.engraving else ""),
        (_("Number"), content.code),
    ]
    return {"name": content.name, "facts": [[word, value] for word, value in rows if value]}


def _material(content: Content) -> str:
    row = alloy(content.alloy)
    name = row.name_th if get_language() == "th" else row.name
    return f"{name} · {content.fineness}"


def _hallmark(content: Content) -> str:
    said = {
        "marked": _("Hallmarked"),
        "exempt": _("Exempt: below the weight that needs a hallmark"),
        "not_described": _("Not hallmarked"),
    }
    return " · ".join(part for part in (said.get(content.hallmark_status, ""), content.marks) if part)


def _words() -> dict[str, str]:
    return {
        "care": _("Looking after it"),
        "story": _("Its making, its stones, its papers"),
        "from": _("From"),
        "to": _("To"),
        "order": _("Order"),
        "parcel": _("Parcel"),
        "note": _("A note for you"),
    }
