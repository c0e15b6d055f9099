"""What was taken back of an order: why, by whom, and how much of which line and due."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.append_only import AppendOnly
from foundation.people.models import new_reference
from store.orders.models.dues import Due
from store.orders.models.lines import OrderLine
from store.orders.models.orders import Order


class Cause(models.TextChoices):
    CALLED_OFF = "called_off", _("called off")
    RETURNED = "returned", _("sent back")
    GOODWILL = "goodwill", _("refund")
    CHANGED = "changed", _("changed in the making")


class Credit(AppendOnly):
    """One decision that money is not owed, or goes back. `key` keeps it from being taken twice; `kept_minor` is what
    the house keeps of what was paid for the same lines, and `words` why, as the buyer was told.
    """

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    key = models.CharField(max_length=120, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="credits")
    cause = models.CharField(max_length=12, choices=Cause.choices)
    reason = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    kept_minor = models.PositiveBigIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(cause__in=Cause.values), name="orders_credit_cause_known")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.get_cause_display()}"


class CreditPart(AppendOnly):
    """How much of one line's share of one due is taken back. No line: the delivery's; no due: it was never asked for.

    net + tax = gross.
    """

    credit = models.ForeignKey(Credit, on_delete=models.PROTECT, related_name="parts")
    due = models.ForeignKey(Due, null=True, on_delete=models.PROTECT, related_name="credits")
    line = models.ForeignKey(OrderLine, null=True, on_delete=models.PROTECT, related_name="credits")
    net_minor = models.PositiveBigIntegerField()
    tax_minor = models.PositiveBigIntegerField()
    gross_minor = models.PositiveBigIntegerField()
    rate_bp = models.PositiveIntegerField()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gross_minor=F("net_minor") + F("tax_minor")), name="orders_credit_part_adds_up"
            ),
            models.CheckConstraint(condition=Q(gross_minor__gt=0), name="orders_credit_part_of_something"),
            models.UniqueConstraint(
                fields=["credit", "due", "line"], nulls_distinct=False, name="orders_credit_part_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.credit}: {self.gross_minor}"
