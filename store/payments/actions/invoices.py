"""Writing the legal documents. Each seller's numbers have no gap: the series' row is locked while one is taken."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from foundation.asked import asked
from foundation.house.models import Seller
from foundation.joined import joined
from foundation.written import all_written, rewritten, written
from store.payments.models import Account, Invoice, InvoiceKind, InvoiceLine, InvoiceSeries, MoneyEntry


@dataclass(frozen=True)
class LineDraft:
    """One line of a document. net + tax = gross."""

    text: str
    quantity: int
    rate_bp: int
    net_minor: int
    tax_minor: int

    @property
    def gross_minor(self) -> int:
        return self.net_minor + self.tax_minor


@dataclass(frozen=True)
class InvoiceDraft:
    """All that stands on an invoice but its number. `key` makes asking twice one document."""

    key: str
    seller: Seller
    due: UUID
    order_number: str
    title: str
    language: str
    brand_name: str
    buyer_name: str
    buyer_address: str
    currency: str
    lines: tuple[LineDraft, ...]
    tax_note: str
    paid_on: date | None
    due_on: date | None = None
    po_number: str = ""
    pay_to: str = ""
    buyer_vat_number: str = ""


@joined
def issue_invoice(draft: InvoiceDraft, *, on: date) -> Invoice:
    """Write the invoice and book it, once per key."""
    seller = draft.seller
    series = _lock_series(seller)
    if found := _of_key.first(draft.key):
        return found
    invoice = written(Invoice(
        key=draft.key, seller=seller, kind=InvoiceKind.INVOICE, due=draft.due, order_number=draft.order_number,
        title=draft.title, language=draft.language, brand_name=draft.brand_name, seller_name=seller.legal_name,
        seller_address=seller.address, seller_vat_number=seller.vat_number, buyer_name=draft.buyer_name,
        buyer_address=draft.buyer_address, currency=draft.currency, tax_note=draft.tax_note, paid_on=draft.paid_on,
        due_on=draft.due_on, po_number=draft.po_number, pay_to=draft.pay_to, buyer_vat_number=draft.buyer_vat_number,
        issued_on=on, net_minor=sum(line.net_minor for line in draft.lines),
        tax_minor=sum(line.tax_minor for line in draft.lines),
        gross_minor=sum(line.gross_minor for line in draft.lines), **_next_number(series),
    ))  # fmt: skip
    _write_lines(invoice, draft.lines)
    _book(invoice)
    return invoice


@joined
def issue_credit_note(*, invoice: Invoice, key: str, lines: tuple[LineDraft, ...], on: date) -> Invoice:
    """Take back what these lines say of an invoice, in a document of its own, once per key."""
    series = _lock_series(invoice.seller)
    if found := _of_key.first(key):
        return found
    copied = (
        "seller", "due", "order_number", "title", "language", "brand_name", "seller_name", "seller_address",
        "seller_vat_number", "buyer_name", "buyer_address", "currency", "tax_note",
        "po_number", "buyer_vat_number",
    )  # fmt: skip
    note = written(Invoice(
        key=key, kind=InvoiceKind.CREDIT_NOTE, corrects=invoice, issued_on=on, paid_on=on,
        net_minor=sum(line.net_minor for line in lines), tax_minor=sum(line.tax_minor for line in lines),
        gross_minor=sum(line.gross_minor for line in lines),
        **{name: getattr(invoice, name) for name in copied}, **_next_number(series),
    ))  # fmt: skip
    _write_lines(note, lines)
    _book(note)
    return note


def _lock_series(seller: Seller) -> InvoiceSeries:
    """The seller's own, begun with its first document."""
    if series := _series.first(seller.pk):
        return series
    InvoiceSeries.objects.bulk_create([InvoiceSeries(seller=seller)], ignore_conflicts=True)
    return _series(seller.pk)[0]


@asked
def _series(seller_id: int) -> QuerySet[InvoiceSeries]:
    return InvoiceSeries.objects.filter(seller_id=seller_id).select_related("seller").select_for_update(of=("self",))


@asked
def _of_key(key: str) -> QuerySet[Invoice]:
    return Invoice.objects.filter(key=key)


def _next_number(series: InvoiceSeries) -> dict[str, int | str]:
    series.last += 1
    rewritten(series, "last")
    return {"serial": series.last, "number": f"{series.seller.invoice_prefix}{series.last:06d}"}


def _write_lines(invoice: Invoice, lines: tuple[LineDraft, ...]) -> None:
    all_written([
        InvoiceLine(
            invoice=invoice, position=position, text=line.text[:300], quantity=line.quantity, rate_bp=line.rate_bp,
            net_minor=line.net_minor, tax_minor=line.tax_minor, gross_minor=line.gross_minor,
        )
        for position, line in enumerate(lines, start=1)
    ])  # fmt: skip


def _book(invoice: Invoice) -> None:
    """An invoice is owed by the customer to sales and VAT; a credit note the other way round."""
    parts = ((Account.SALES, invoice.net_minor), (Account.TAX, invoice.tax_minor))
    all_written([_entry(invoice, account, amount) for account, amount in parts if amount])


def _entry(invoice: Invoice, account: Account, amount_minor: int) -> MoneyEntry:
    sides = (Account.CUSTOMERS, account)
    debit, credit = sides if invoice.kind == InvoiceKind.INVOICE else sides[::-1]
    return MoneyEntry(
        key=f"invoice:{invoice.pk}:{account}", seller=invoice.seller, due=invoice.due, debit=debit, credit=credit,
        amount_minor=amount_minor, currency=invoice.currency, invoice=invoice,
    )  # fmt: skip
