"""Money that arrived, and money sent back."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from foundation.append_only import AppendOnly
from foundation.house.models import Seller
from foundation.moves import Flowing, Step
from foundation.people.models import User, new_reference
from store.payments.flow import REFUND_FLOW, RefundState
from store.payments.models.attempts import Attempt


class Method(models.TextChoices):
    CARD = "card", _("Card")
    TRANSFER = "transfer", _("Bank transfer")
    PROMPTPAY = "promptpay", _("PromptPay")
    CASH = "cash", _("Cash")
    TERMINAL = "terminal", _("Card terminal")


class Payment(AppendOnly):
    """Money that arrived for a due. Written once; a correction is a refund."""

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="+")
    due = models.UUIDField()
    method = models.CharField(max_length=12, choices=Method.choices)
    attempt = models.OneToOneField(Attempt, null=True, on_delete=models.PROTECT, related_name="payment")
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    intent_id = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payments_payment_of_something"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="payments_payment_method_known"),
            models.CheckConstraint(
                condition=Q(method="card", attempt__isnull=False) | (~Q(method="card") & Q(recorded_by__isnull=False)),
                name="payments_payment_by_page_or_person",
            ),
        ]
        indexes = [models.Index(fields=["due"], name="payments_payment_due")]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.amount_minor} {self.currency}"

    def refundable_minor(self) -> int:
        """What has not been sent back, or promised back, yet."""
        gone = self.refunds.exclude(state=RefundState.FAILED).aggregate(sum=Sum("amount_minor"))["sum"] or 0
        return self.amount_minor - gone


class RefundQuerySet(models.QuerySet["Refund"]):
    def waiting(self) -> Self:
        """Those that have not gone back yet."""
        return self.filter(state=RefundState.ASKED)


class Refund(Flowing):
    """Money to be sent back. A card's goes through Stripe under the key kept here; the rest a person sends."""

    flow = REFUND_FLOW

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    key = models.CharField(max_length=120, unique=True)
    amount_minor = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=200)
    stripe_id = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=12, choices=RefundState.choices, default=RefundState.ASKED)

    objects = RefundQuerySet.as_manager()

    class Meta:
        constraints = [
            REFUND_FLOW.constraint(),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payments_refund_of_something"),
        ]
        triggers = REFUND_FLOW.triggers()

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.payment.currency} back: {self.state}"

    def sent_by_hand(self, by: User | None) -> str:
        """A person may only say so of money that did not come by card."""
        if by is not None and self.payment.method == Method.CARD:
            return str(_("Stripe sends card money back by itself."))
        return ""


class RefundStep(Step):
    owner = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        pass
