"""The lines of an order, and the work they take."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.moves import Flowing, Step
from foundation.people.models import new_reference
from store.orders.flow import WORK_FLOW, WorkState
from store.orders.models.orders import Order


class Purpose(models.TextChoices):
    STOCK = "stock", _("from the tray")
    CUSTOM = "custom", _("made to order")


class OrderLine(models.Model):
    """One thing that was ordered, with its price and every choice as they were on the day.

    `hold` is the key under which its stock, if any, is held and taken. Amounts are for the whole quantity.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    position = models.PositiveSmallIntegerField()
    hold = models.UUIDField(null=True)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    piece = models.UUIDField()
    piece_slug = models.CharField(max_length=80)
    piece_name = models.CharField(max_length=80)
    style_code = models.CharField(max_length=20)
    sku = models.CharField(max_length=32, blank=True)
    kind = models.CharField(max_length=24)
    family = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    alloy = models.CharField(max_length=24)
    ring_inner_um = models.PositiveIntegerField(null=True)
    length_um = models.PositiveIntegerField(null=True)
    stones = models.JSONField(default=list)
    engraving = models.CharField(max_length=80, blank=True)
    engraving_place = models.CharField(max_length=8, blank=True)
    finish = models.CharField(max_length=24, blank=True)
    plating = models.CharField(max_length=24, blank=True)
    wish = models.TextField(blank=True)
    files = ArrayField(models.UUIDField(), default=list)
    picture = models.UUIDField(null=True)
    care = models.CharField(max_length=24, blank=True)
    quantity = models.PositiveSmallIntegerField()
    net_minor = models.PositiveBigIntegerField()
    tax_minor = models.PositiveBigIntegerField()
    gross_minor = models.PositiveBigIntegerField()
    tax_rate_bp = models.PositiveIntegerField()
    metal_mg = models.PositiveIntegerField(default=0)
    metal_minor = models.PositiveBigIntegerField(default=0)
    stones_minor = models.PositiveBigIntegerField(default=0)
    making_minor = models.PositiveBigIntegerField(default=0)
    fixing_metal = models.CharField(max_length=12, blank=True)
    fixing_minor_per_kg = models.PositiveBigIntegerField(null=True)
    fixing_on = models.DateField(null=True)
    fixing_source = models.CharField(max_length=80, blank=True)
    trace = models.JSONField(default=dict)
    promise_on = models.DateField()
    needs_approval = models.BooleanField(default=False)
    returnable = models.BooleanField(default=True)
    consent_non_returnable_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="orders_line_position_once"),
            models.CheckConstraint(
                condition=Q(gross_minor=F("net_minor") + F("tax_minor")), name="orders_line_adds_up"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="orders_line_of_something"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="orders_line_purpose_known"),
            models.CheckConstraint(
                condition=Q(returnable=True) | Q(consent_non_returnable_at__isnull=False),
                name="orders_line_kept_only_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piece_name} × {self.quantity}"

    @property
    def is_custom(self) -> bool:
        """Whether the workshop makes it."""
        return self.purpose == Purpose.CUSTOM


class WorkOrder(Flowing):
    """The store's request to the workshop: one per line, purpose and attempt. Its reference is all the workshop gets."""

    flow = WORK_FLOW

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="work_orders")
    purpose = models.CharField(max_length=8)
    attempt = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=20, unique=True)
    ticket_number = models.CharField(max_length=32, blank=True)
    made = models.JSONField(null=True)
    state = models.CharField(max_length=12, choices=WorkState.choices, default=WorkState.ASKED)

    class Meta:
        constraints = [
            WORK_FLOW.constraint(),
            models.UniqueConstraint(fields=["line", "purpose", "attempt"], name="orders_work_order_once"),
            models.CheckConstraint(condition=Q(purpose__in=["custom", "recast"]), name="orders_work_purpose_known"),
        ]
        triggers = WORK_FLOW.triggers()

    def __str__(self) -> str:
        return self.number


class WorkStep(Step):
    owner = models.ForeignKey(WorkOrder, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        pass
