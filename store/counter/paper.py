"""The receipt as a paper: the invoice of the sale, with what was given and the change."""

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from foundation.money import Money, format_money
from foundation.paper.actions import make_pdf
from store.counter.models import Taken
from store.payments.models import Invoice
from store.payments.paper import invoice_data


def receipt_pdf(taken: Taken) -> bytes:
    """The receipt as PDF, in the customer's language, under the number of the seller's series without gaps."""
    invoice = Invoice.objects.prefetch_related("lines").get(due=taken.payment.due, kind="invoice")
    with override(invoice.language):
        data = invoice_data(invoice) | {"title": _("Receipt"), "paid_with": _paid_with(taken), "site": taken.site.name}
        return make_pdf("store.counter:receipt", data)


def _paid_with(taken: Taken) -> list[tuple[str, str]]:
    payment = taken.payment
    rows = [(str(payment.get_method_display()), _money(payment.amount_minor, payment.currency))]
    if taken.tendered_minor is None:
        return [*rows, (_("Terminal slip"), taken.slip)]
    return [
        *rows,
        (_("Given"), _money(taken.tendered_minor, payment.currency)),
        (_("Change"), _money(taken.change_minor, payment.currency)),
    ]


def _money(minor: int, currency: str) -> str:
    return format_money(Money(minor, currency), (get_language() or "en").replace("en", "en-GB", 1))
