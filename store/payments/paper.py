"""The invoice as a paper."""

from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import formats
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from foundation.exact import written
from foundation.money import Money, format_money
from foundation.paper.actions import make_pdf
from store.payments.models import Invoice, InvoiceKind


def invoice_pdf(invoice: Invoice) -> bytes:
    """The document as PDF, in the language it was written in. Made anew each time, from rows that never change."""
    with override(invoice.language):
        return make_pdf("store.payments:invoice", invoice_data(invoice))


def invoice_data(invoice: Invoice) -> dict[str, Any]:
    """All that stands on the document, in words of the language in force."""
    return {
        "language": invoice.language, "title": invoice.get_kind_display(), "about": invoice.title,
        "brand": invoice.brand_name, "number": invoice.number,
        "words": {
            "number": _("Number"), "issued": _("Date"), "paid": _("Paid on"), "order": _("Order"), "to": _("To"),
            "from": _("From"), "what": _("What"), "quantity": _("Quantity"), "rate": _("VAT"), "net": _("Net"), "tax": _("VAT amount"),
            "gross": _("Total"), "sum": _("Total"), "vat_number": _("VAT number"), "corrects": _("Corrects"),
            "due": _("To be paid by"), "po": _("Your order number"), "pay_to": _("Pay to"),
        },
        "issued": formats.date_format(invoice.issued_on, "j F Y"), "paid": _day(invoice.paid_on), "due": _day(invoice.due_on), "po": invoice.po_number, "pay_to": invoice.pay_to.splitlines(),
        "buyer_vat_number": invoice.buyer_vat_number,
        "order": invoice.order_number, "corrects": invoice.corrects.number if invoice.corrects else "",
        "seller": [invoice.seller_name, *invoice.seller_address.splitlines()],
        "vat_number": invoice.seller_vat_number, "buyer": [invoice.buyer_name, *invoice.buyer_address.splitlines()],
        "lines": [
            {
                "text": line.text, "quantity": str(line.quantity), "rate": _percent(line.rate_bp),
                "net": _money(line.net_minor, invoice), "tax": _money(line.tax_minor, invoice),
                "gross": _money(line.gross_minor, invoice),
            }
            for line in invoice.lines.all()
        ],
        "net": _money(invoice.net_minor, invoice), "tax": _money(invoice.tax_minor, invoice),
        "gross": _money(invoice.gross_minor, invoice), "note": invoice.tax_note,
    }  # fmt: skip


def _day(on: date | None) -> str:
    return formats.date_format(on, "j F Y") if on else ""


def _money(minor: int, invoice: Invoice) -> str:
    sign = -1 if invoice.kind == InvoiceKind.CREDIT_NOTE else 1
    return format_money(Money(sign * minor, invoice.currency), (get_language() or "en").replace("en", "en-GB", 1))


def _percent(rate_bp: int) -> str:
    """2000 is "20 %", 750 "7.5 %"."""
    text = written(Fraction(rate_bp, 100), 2).rstrip("0").rstrip(".")
    return f"{text} %"
