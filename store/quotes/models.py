"""A quote: what staff offer somebody in conversation, at prices that stand until a day, under one link."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.append_only import AppendOnly
from foundation.house.models import Brand, DeliveryMethod
from foundation.moves import Flowing, Step
from foundation.people.models import User, new_reference
from foundation.people.roles import OFFICE
from store.catalogue.models import StoneChoice, Variant
from store.orders.flow import OrderState
from store.orders.models import Order
from store.quotes.flow import QUOTE_FLOW, QuoteState


class QuoteQuerySet(models.QuerySet["Quote"]):
    def for_user(self, user: Any) -> Self:
        """What this person may see: the office all, anybody else nothing. A buyer has the link."""
        return self if isinstance(user, User) and user.has_role(*OFFICE) else self.none()

    def overdue(self, *, now: datetime) -> Self:
        """Those whose day is over and that nobody has approved."""
        return self.filter(state__in=[QuoteState.DRAFTED, QuoteState.SHARED], valid_until_at__lte=now)


class Quote(Flowing):
    """One offer to one person. `delivery_minor` and `deposit_percent` are frozen with it, as the lines' prices are.

    The order it became names it as its basket: of two orders of one quote only one is ever kept.
    """

    flow = QUOTE_FLOW

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    number = models.CharField(max_length=12, unique=True)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5)
    currency = models.CharField(max_length=3)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    country = models.CharField(max_length=2)
    delivery = models.ForeignKey(DeliveryMethod, on_delete=models.PROTECT, related_name="+")
    delivery_minor = models.PositiveIntegerField()
    deposit_percent = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    valid_until_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    asked_again_at = models.DateTimeField(null=True)
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="+")
    link_hashed = models.CharField(max_length=64, unique=True, null=True)
    state = models.CharField(max_length=12, choices=QuoteState.choices, default=QuoteState.DRAFTED)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            QUOTE_FLOW.constraint(),
            models.CheckConstraint(condition=~Q(email="", phone=""), name="quotes_quote_can_be_answered"),
            models.CheckConstraint(
                condition=Q(deposit_percent__gte=10, deposit_percent__lte=100), name="quotes_quote_deposit_is_a_share"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "paid"]) | Q(order__isnull=False), name="quotes_quote_approved_is_an_order"
            ),
            models.CheckConstraint(
                condition=Q(link_hashed__isnull=False) | Q(state__in=["drafted", "withdrawn", "expired"]),
                name="quotes_quote_shared_has_a_link",
            ),
        ]  # fmt: skip
        triggers = QUOTE_FLOW.triggers()
        indexes = [models.Index(fields=["state", "valid_until_at"], name="quotes_quote_until")]

    def __str__(self) -> str:
        return self.number

    def is_over(self, *, now: datetime) -> bool:
        """Whether its day is past."""
        return now >= self.valid_until_at

    def not_over(self, by: User | None) -> str:
        """Why it cannot be shared or approved now: its day is past."""
        return _("This quote has run out. Renew it first.") if self.is_over(now=timezone.now()) else ""

    def not_paid(self, by: User | None) -> str:
        """Why it cannot be taken back: its order is confirmed."""
        open_ = self.order is None or self.order.state != OrderState.CONFIRMED
        return "" if open_ else _("It is paid. Call the order off instead.")


class QuoteStep(Step):
    owner = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        pass


class QuoteLine(models.Model):
    """One thing that is offered. `frozen` is the line as an order will take it, price and choices and all.

    `reference` is the key under which `variant`, or `stone` where there is only this one, is held. Amounts are for the
    whole quantity, VAT included.
    """

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="lines")
    reference = models.UUIDField(unique=True)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    variant = models.ForeignKey(Variant, null=True, on_delete=models.PROTECT, related_name="+")
    stone = models.ForeignKey(StoneChoice, null=True, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    listed_minor = models.PositiveBigIntegerField()
    gross_minor = models.PositiveBigIntegerField()
    frozen = models.JSONField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "position"], name="quotes_line_position_once"),
            models.CheckConstraint(condition=Q(gross_minor__gt=0, quantity__gt=0), name="quotes_line_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name} × {self.quantity}"


class PriceChange(AppendOnly):
    """That staff set another price than the one worked out, and why."""

    line = models.ForeignKey(QuoteLine, on_delete=models.PROTECT, related_name="price_changes")
    old_minor = models.PositiveBigIntegerField()
    new_minor = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(old_minor=F("new_minor")), name="quotes_price_change_changes"),
            models.CheckConstraint(condition=~Q(reason=""), name="quotes_price_change_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.old_minor} → {self.new_minor}"
