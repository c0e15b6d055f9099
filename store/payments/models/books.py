"""The money ledger: every movement takes from one account and gives to another, so that the books sum to zero."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.append_only import AppendOnly
from foundation.house.models import Seller
from store.payments.models.payments import Payment, Refund


class Account(models.TextChoices):
    """Where money lies (the methods), what a till had too much or too little, who is owed (customers), and what was sold."""

    CARD = "card", _("at Stripe")
    TRANSFER = "transfer", _("at the bank")
    PROMPTPAY = "promptpay", _("at the bank by PromptPay")
    CASH = "cash", _("in the till")
    TERMINAL = "terminal", _("at the card terminal’s bank")
    DIFFERENCE = "difference", _("differences of the till")
    CUSTOMERS = "customers", _("customers")
    SALES = "sales", _("sales")
    TAX = "tax", _("VAT")


class MoneyEntry(AppendOnly):
    """One movement: `amount_minor` leaves `credit` and comes to `debit`. `key` keeps it from being written twice."""

    key = models.CharField(max_length=120, unique=True)
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="+")
    due = models.UUIDField()
    debit = models.CharField(max_length=12, choices=Account.choices)
    credit = models.CharField(max_length=12, choices=Account.choices)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="entries")
    refund = models.ForeignKey(Refund, null=True, on_delete=models.PROTECT, related_name="entries")
    invoice = models.ForeignKey("payments.Invoice", null=True, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(AppendOnly.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payments_entry_of_something"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="payments_entry_between_two"),
        ]
        indexes = [models.Index(fields=["due"], name="payments_entry_due")]

    def __str__(self) -> str:
        return f"{self.credit} → {self.debit}: {self.amount_minor} {self.currency}"
