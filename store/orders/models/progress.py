"""The buyer's own picture of the making: projections of the workshop's and the packers' news.

News may come late, twice and in any order. Whatever is older than what stands here is ignored.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from foundation.append_only import AppendOnly
from foundation.people.models import new_reference
from store.orders.models.lines import OrderLine, WorkOrder
from store.orders.models.orders import Order


class LineProgress(models.Model):
    """Where one work order stands, by the newest news."""

    work_order = models.OneToOneField(WorkOrder, on_delete=models.CASCADE, related_name="progress")
    sequence = models.PositiveIntegerField(default=0)
    stage = models.CharField(max_length=12, blank=True)
    ticket_state = models.CharField(max_length=12, blank=True)
    headline = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(null=True)
    promise_sequence = models.PositiveIntegerField(default=0)
    promise_on = models.DateField(null=True)
    promise_cause = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.work_order}: {self.stage}"


class StageReached(models.Model):
    """When a work order first came to a stage."""

    work_order = models.ForeignKey(WorkOrder, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work_order", "stage"], name="orders_stage_reached_once")]

    def __str__(self) -> str:
        return f"{self.work_order}: {self.stage}"


class Diary(AppendOnly):
    """One entry that the buyer reads. `headline` is a code that pages put into words; `note` is released text."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="diary")
    work_order = models.ForeignKey(WorkOrder, null=True, on_delete=models.CASCADE, related_name="diary")
    key = models.CharField(max_length=120, unique=True)
    headline = models.CharField(max_length=40)
    stage = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    photos = ArrayField(models.UUIDField(), default=list)
    facts = models.JSONField(default=dict, blank=True)
    """What was done to the piece, in figures: see production.signals.ticket_moved."""
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.headline


class ShownDesign(models.Model):
    """A revision that was shown to the buyer, and what they answered."""

    work_order = models.ForeignKey(WorkOrder, on_delete=models.CASCADE, related_name="designs")
    revision = models.PositiveSmallIntegerField()
    render = models.UUIDField(null=True)
    note = models.TextField(blank=True)
    shown_at = models.DateTimeField()
    comment = models.TextField(blank=True)
    commented_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["revision"]
        constraints = [models.UniqueConstraint(fields=["work_order", "revision"], name="orders_design_shown_once")]

    def __str__(self) -> str:
        return f"{self.work_order} revision {self.revision}"

    @property
    def is_answered(self) -> bool:
        """Whether the buyer has commented on it or approved it."""
        return bool(self.commented_at or self.approved_at)


class ParcelNote(models.Model):
    """One parcel of an order: what was asked of the packers, and what they told.

    `shipment` counts the parcels of an order on account from 1, and their contents stand in its parts; 0 is a retail
    order's, which holds one piece that was made or everything from the tray.
    """

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="parcels")
    work_order = models.OneToOneField(WorkOrder, null=True, on_delete=models.PROTECT, related_name="parcel")
    shipment = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=32, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    sealed_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    carrier = models.CharField(max_length=40, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    tracking_url = models.URLField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(work_order=None, shipment=0, cancelled_at=None),
                name="orders_one_stock_parcel_per_order",
            ),
            models.UniqueConstraint(
                fields=["order", "shipment"], condition=models.Q(shipment__gt=0), name="orders_shipment_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.reference)

    @property
    def bears_delivery(self) -> bool:
        """Whether delivery is invoiced with this shipment: the first that was not called off."""
        running = self.order.parcels.filter(shipment__gt=0, cancelled_at=None)
        return self.shipment == running.order_by("shipment").values_list("shipment", flat=True).first()

    def lines(self) -> list[OrderLine]:
        """What lies in it: its parts, the piece that was made, or everything from the tray that was not called off."""
        if self.shipment:
            return [part.line for part in self.parts.select_related("line")]
        if self.work_order is not None:
            return [self.work_order.line]
        return [line for line in self.order.live_lines() if not line.is_custom]


class ParcelPart(models.Model):
    """One line of an order on account in one of its shipments: what came from the tray, or what a work order made."""

    parcel = models.ForeignKey(ParcelNote, on_delete=models.CASCADE, related_name="parts")
    line = models.OneToOneField(OrderLine, on_delete=models.PROTECT, related_name="part")
    work_order = models.OneToOneField(WorkOrder, null=True, on_delete=models.PROTECT, related_name="part")

    class Meta:
        ordering = ["line__position"]

    def __str__(self) -> str:
        return f"{self.parcel}: {self.line}"
