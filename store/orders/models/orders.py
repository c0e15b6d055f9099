"""An order: the contract, as it was on the day."""

from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.house.models import RETURN_DAYS, Brand, DeliveryMethod, Seller
from foundation.moves import Flowing, Step
from foundation.people.models import User, new_reference
from foundation.people.roles import OFFICE
from store.buyers.models import TradeCompany
from store.orders.flow import ORDER_FLOW, OrderState
from store.orders.signals import order_cancelled, order_confirmed

CHANNELS = [("web", _("Web")), ("trade", _("Trade")), ("counter", _("Counter")), ("conversation", _("Conversation"))]


class MoneyState(models.TextChoices):
    UNPAID = "unpaid", _("unpaid")
    PART = "part", _("part paid")
    PAID = "paid", _("paid")
    PART_BACK = "part_back", _("partly paid back")
    REFUNDED = "refunded", _("paid back")


class MakingState(models.TextChoices):
    NONE = "none", _("nothing to make")
    WAITING = "waiting", _("not begun")
    MAKING = "making", _("being made")
    MADE = "made", _("made")


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("not packed")
    PACKED = "packed", _("packed")
    SENT = "sent", _("on the way")
    DELIVERED = "delivered", _("delivered")


class OrderQuerySet(models.QuerySet["Order"]):
    def for_user(self, user: Any) -> Self:
        """What this person may see: the office all, a buyer their own and their company's, a stranger nothing."""
        if not isinstance(user, User):
            return self.none()
        if user.has_role(*OFFICE):
            return self
        return self.filter(Q(user=user, company=None) | Q(company__people__user=user))

    def of_company(self, company: TradeCompany) -> Self:
        """What a company ordered on account."""
        return self.filter(company=company)

    def locked(self, **which: object) -> "Order":
        """One order, taken until the transaction ends, with its brand, seller and delivery."""
        return self.select_related("brand", "seller", "delivery").select_for_update(of=("self",)).get(**which)


class Order(Flowing):
    """What was agreed. Amounts are in minor units of `currency`; net + tax = gross.

    `money`, `making` and `delivery_state` are where its dues, work orders and parcels stand, kept by
    `orders.actions.note_standing` alone so that a list can be filtered by them.
    """

    flow = ORDER_FLOW

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    placed_as = models.UUIDField(unique=True)
    basket = models.UUIDField(null=True)
    number = models.CharField(max_length=12, unique=True)
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="+")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=CHANNELS)
    language = models.CharField(max_length=5)
    currency = models.CharField(max_length=3)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="orders")
    company = models.ForeignKey(TradeCompany, null=True, on_delete=models.PROTECT, related_name="orders")
    po_number = models.CharField(max_length=40, blank=True)
    terms_days = models.PositiveSmallIntegerField(null=True)
    return_days = models.PositiveSmallIntegerField(default=RETURN_DAYS, db_default=RETURN_DAYS)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    recipient = models.CharField(max_length=120)
    line1 = models.CharField(max_length=120)
    line2 = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80)
    region = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    country = models.CharField(max_length=2)
    delivery = models.ForeignKey(DeliveryMethod, on_delete=models.PROTECT, related_name="+")
    delivery_name = models.CharField(max_length=80)
    delivery_net_minor = models.PositiveBigIntegerField()
    delivery_tax_minor = models.PositiveBigIntegerField()
    gift = models.BooleanField(default=False)
    gift_note = models.CharField(max_length=240, blank=True)
    hide_prices = models.BooleanField(default=False)
    net_minor = models.PositiveBigIntegerField()
    tax_minor = models.PositiveBigIntegerField()
    gross_minor = models.PositiveBigIntegerField()
    tax_rate_bp = models.PositiveIntegerField()
    tax_reason = models.CharField(max_length=20, blank=True)
    consented_at = models.DateTimeField(null=True)
    placed_at = models.DateTimeField()
    promise_on = models.DateField()
    pay_by_at = models.DateTimeField()
    money = models.CharField(max_length=12, choices=MoneyState.choices, default=MoneyState.UNPAID)
    making = models.CharField(max_length=12, choices=MakingState.choices, default=MakingState.NONE)
    delivery_state = models.CharField(max_length=12, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    state = models.CharField(max_length=20, choices=OrderState.choices, default=OrderState.AWAITING_PAYMENT)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            ORDER_FLOW.constraint(),
            models.CheckConstraint(
                condition=Q(gross_minor=F("net_minor") + F("tax_minor")), name="orders_order_adds_up"
            ),
            models.CheckConstraint(condition=Q(gross_minor__gt=0), name="orders_order_costs_something"),
            models.CheckConstraint(condition=Q(money__in=MoneyState.values), name="orders_order_money_known"),
            models.CheckConstraint(condition=Q(making__in=MakingState.values), name="orders_order_making_known"),
            models.CheckConstraint(
                condition=Q(delivery_state__in=DeliveryState.values), name="orders_order_delivery_known"
            ),
            models.UniqueConstraint(
                fields=["company", "po_number"],
                condition=Q(company__isnull=False) & ~Q(po_number="") & ~Q(state__in=["cancelled", "expired"]),
                name="orders_po_once_per_company",
            ),
            models.CheckConstraint(
                condition=Q(company=None, terms_days=None) | Q(company__isnull=False, terms_days__isnull=False),
                name="orders_order_on_account_has_terms",
            ),
            models.UniqueConstraint(
                fields=["basket"], condition=Q(state="awaiting_payment"), name="orders_one_unpaid_per_basket"
            ),
        ]
        triggers = ORDER_FLOW.triggers()
        indexes = [
            models.Index(fields=["state", "money", "making", "delivery_state"], name="orders_order_states"),
            models.Index(fields=["pay_by_at"], condition=Q(state="awaiting_payment"), name="orders_order_unpaid"),
            models.Index(fields=["basket"], name="orders_order_basket"),
            models.Index(fields=["email"], name="orders_order_email"),
        ]

    def __str__(self) -> str:
        return self.number

    def announce(self, step: Step) -> None:
        """Tell the rest of the store."""
        if step.new == OrderState.CONFIRMED:
            order_confirmed.send(Order, order=self.reference, basket=self.basket, placed_at=self.placed_at)
        if step.new in (OrderState.CANCELLED, OrderState.EXPIRED):
            order_cancelled.send(Order, order=self.reference, basket=self.basket)

    @property
    def is_on_account(self) -> bool:
        """Whether a company of the trade pays it by invoices, one for each shipment."""
        return self.company_id is not None

    def held_keys(self) -> list[UUID]:
        """The keys under which its lines hold or took stock, in one order."""
        return sorted(line.hold for line in self.lines.all() if line.hold)

    def live_lines(self) -> list[Any]:
        """Its lines that were not called off, in their order."""
        return [line for line in self.lines.all() if line.called_off_at is None]

    def address_lines(self) -> tuple[str, ...]:
        """As they stand on a label, the country left out."""
        last = " ".join(part for part in (self.city, self.region, self.postcode) if part)
        return tuple(line for line in (self.line1, self.line2, last) if line)


class OrderStep(Step):
    owner = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        pass


class OrderLink(models.Model):
    """A secret link to an order's page. Only its hash is kept; one is in force at a time, an old one says that it was
    replaced.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="links")
    serial = models.PositiveIntegerField()
    hashed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "serial"], name="orders_link_serial_once"),
            models.UniqueConstraint(fields=["order"], condition=Q(replaced_at=None), name="orders_one_link_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} link {self.serial}"
