"""An order's invoices: one for each due, when it is paid. Together they come to the order exactly."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from store.orders import wording
from store.orders.changes import words_of
from store.orders.models import Due, DueKind, Order, ParcelNote
from store.orders.shares import left_in
from store.payments import actions as payments
from store.payments.actions import InvoiceDraft, LineDraft
from store.payments.models import Invoice, InvoiceKind


def invoice_due(due: Due, *, on: date) -> Invoice:
    """The invoice for a due that was paid, once."""
    order = due.order
    with override(order.language):
        draft = InvoiceDraft(
            key=f"due:{due.pk}", seller=order.seller, due=due.reference, order_number=order.number,
            title=_title(order, due), language=order.language, brand_name=order.brand.name, buyer_name=order.name,
            buyer_address="\n".join((*_for(order), *order.address_lines(), wording.country(order.country))),
            currency=order.currency, lines=_lines(order, due), tax_note=wording.tax_note(order), paid_on=on,
        )  # fmt: skip
        return payments.issue_invoice(draft, on=on)


def invoice_shipment(due: Due, *, on: date) -> Invoice:
    """The invoice for a shipment of an order on account, as it leaves, once: its lines whole, delivery on the first."""
    order, parcel = due.order, due.parcel
    if order.company is None or parcel is None:
        raise ValueError(f"{due} is not owed on account")
    company = order.company
    with override(order.language):
        draft = InvoiceDraft(
            key=f"due:{due.pk}", seller=order.seller, due=due.reference, order_number=order.number,
            title=_title(order, due), language=order.language, brand_name=order.brand.name, buyer_name=company.name,
            buyer_address="\n".join((*company.address_lines(), wording.country(company.country))),
            buyer_vat_number=company.vat_number, currency=order.currency, lines=_shipped(order, parcel),
            tax_note=wording.tax_note(order), paid_on=None, due_on=due.due_on, po_number=order.po_number,
            pay_to=order.seller.bank_details,
        )  # fmt: skip
        return payments.issue_invoice(draft, on=on)


def shipment_minor(order: Order, parcel: ParcelNote) -> int:
    """What a shipment comes to, VAT included: its lines, and delivery with the first."""
    return sum(line.gross_minor for line in _shipped(order, parcel))


def _shipped(order: Order, parcel: ParcelNote) -> tuple[LineDraft, ...]:
    lines = [
        LineDraft(wording.line_in_words(row), row.quantity, row.tax_rate_bp, row.net_minor, row.tax_minor)
        for row in parcel.lines()
    ]
    if parcel.bears_delivery and order.delivery_net_minor:
        lines.append(
            LineDraft(order.delivery_name, 1, order.tax_rate_bp, order.delivery_net_minor, order.delivery_tax_minor)
        )
    return tuple(lines)


def credit_rest(due: Due, *, on: date) -> Invoice | None:
    """The credit note that takes back what is left of a due's invoice, once; None where nothing is."""
    invoice = Invoice.objects.filter(due=due.reference, kind=InvoiceKind.INVOICE).first()
    lines = _lines(due.order, due) if invoice and due.owed_minor else ()
    if invoice is None or not lines:
        return None
    return payments.issue_credit_note(invoice=invoice, key=f"credit:{due.pk}", lines=lines, on=on)


def _for(order: Order) -> tuple[str, ...]:
    """Who the parcel is for, where that is somebody else."""
    return () if order.recipient == order.name else (order.recipient,)


def _changed(due: Due) -> tuple[LineDraft, ...]:
    change = due.change
    text = _("Change of %(piece)s: %(words)s") % {"piece": change.line.piece_name, "words": words_of(change)}
    return (LineDraft(text, 1, change.tax_rate_bp, change.net_minor, change.tax_minor),)


def _title(order: Order, due: Due) -> str:
    titles = {DueKind.DEPOSIT: _("Deposit on order %(number)s"), DueKind.BALANCE: _("Balance of order %(number)s"), DueKind.CHANGE: _("Change to order %(number)s"),
              DueKind.SHIPMENT: _("Shipment %(shipment)s of order %(number)s")}  # fmt: skip
    words = titles.get(DueKind(due.kind), _("Order %(number)s"))
    return words % {"number": order.number, "shipment": due.parcel.shipment if due.parcel else ""}


def _lines(order: Order, due: Due) -> tuple[LineDraft, ...]:
    """The order's lines with what is left of this due's share of each."""
    if due.kind == DueKind.CHANGE:
        return _changed(due)
    return tuple(
        LineDraft(
            wording.line_in_words(share.line) if share.line else order.delivery_name,
            share.line.quantity if share.line else 1, share.amount.rate_bp, share.amount.net_minor, share.amount.tax_minor,
        )
        for share in left_in(due)
    )  # fmt: skip
