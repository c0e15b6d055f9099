"""What is owed on an order, and when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.moves import Flowing, Step
from foundation.people.models import new_reference
from store.orders.flow import DUE_FLOW, DueState
from store.orders.models.orders import Order
from store.orders.models.progress import ParcelNote


class DueKind(models.TextChoices):
    FULL = "full", _("Payment in full")
    DEPOSIT = "deposit", _("Deposit")
    BALANCE = "balance", _("Balance")
    SHIPMENT = "shipment", _("Shipment")
    CHANGE = "change", _("Change")


class Due(Flowing):
    """One amount that an order is paid by. The first of them opens the work; the balance opens the parcel.

    An order on account owes one for each shipment, when it leaves, to be paid by `due_on`. `credited_minor` is what was
    taken back of it, the sum of its credits' parts.
    """

    flow = DUE_FLOW

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="dues")
    kind = models.CharField(max_length=12, choices=DueKind.choices)
    amount_minor = models.PositiveBigIntegerField()
    credited_minor = models.PositiveBigIntegerField(default=0)
    parcel = models.OneToOneField(ParcelNote, null=True, on_delete=models.PROTECT, related_name="due")
    due_on = models.DateField(null=True)
    asked_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=DueState.choices, default=DueState.OWED)

    class Meta:
        ordering = ["pk"]
        constraints = [
            DUE_FLOW.constraint(),
            models.CheckConstraint(condition=Q(kind__in=DueKind.values), name="orders_due_kind_known"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="orders_due_of_something"),
            models.CheckConstraint(
                condition=Q(credited_minor__lte=F("amount_minor")), name="orders_due_credited_within_it"
            ),
            models.UniqueConstraint(
                fields=["order", "kind"], condition=~Q(kind__in=["shipment", "change"]), name="orders_due_kind_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="shipment", parcel__isnull=False, due_on__isnull=False)
                | (~Q(kind="shipment") & Q(parcel=None, due_on=None)),
                name="orders_due_of_a_shipment_has_its_day",
            ),
        ]
        triggers = DUE_FLOW.triggers()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount_minor}"

    @property
    def owed_minor(self) -> int:
        """What it comes to, less what was taken back of it."""
        return self.amount_minor - self.credited_minor

    @property
    def is_first(self) -> bool:
        """Whether the order waits for it before anything is done."""
        return self.kind in (DueKind.FULL, DueKind.DEPOSIT)

    @property
    def is_open(self) -> bool:
        """Whether it can be paid."""
        return self.state in (DueState.OWED, DueState.ASKED)


class DueStep(Step):
    owner = models.ForeignKey(Due, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        pass
