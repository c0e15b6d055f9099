"""The legal documents: invoices and credit notes, numbered without a gap for each seller, never changed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.append_only import AppendOnly
from foundation.house.models import Seller
from foundation.people.models import new_reference


class InvoiceSeries(models.Model):
    """The last number a seller gave. Its row is locked while the next is taken, so that a number that was rolled back
    is taken again.
    """

    seller = models.OneToOneField(Seller, on_delete=models.PROTECT, related_name="+")
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.seller}: {self.last}"


class InvoiceKind(models.TextChoices):
    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")


class Invoice(AppendOnly):
    """One document with everything on it as it was on the day. A credit note's amounts are what it takes back.

    An invoice is written when it is paid (`paid_on`), or, on account, before: then `due_on` is the last day to pay.
    """

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    key = models.CharField(max_length=120, unique=True)
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=12, choices=InvoiceKind.choices)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    due = models.UUIDField()
    order_number = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    language = models.CharField(max_length=5)
    brand_name = models.CharField(max_length=80)
    seller_name = models.CharField(max_length=200)
    seller_address = models.TextField()
    seller_vat_number = models.CharField(max_length=20, blank=True)
    buyer_name = models.CharField(max_length=120)
    buyer_address = models.TextField()
    currency = models.CharField(max_length=3)
    net_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    gross_minor = models.BigIntegerField()
    tax_note = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField()
    paid_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    po_number = models.CharField(max_length=40, blank=True)
    pay_to = models.TextField(blank=True)
    buyer_vat_number = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(fields=["seller", "serial"], name="payments_invoice_serial_once"),
            models.CheckConstraint(
                condition=Q(gross_minor=F("net_minor") + F("tax_minor")), name="payments_invoice_adds_up"
            ),
        ]
        indexes = [models.Index(fields=["due"], name="payments_invoice_due")]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(AppendOnly):
    """One line of a document."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    quantity = models.PositiveSmallIntegerField(default=1)
    rate_bp = models.PositiveIntegerField()
    net_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    gross_minor = models.BigIntegerField()

    class Meta(AppendOnly.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="payments_invoice_line_once"),
            models.CheckConstraint(
                condition=Q(gross_minor=F("net_minor") + F("tax_minor")), name="payments_invoice_line_adds_up"
            ),
        ]

    def __str__(self) -> str:
        return self.text
