"""A change of a line while it is being made: what it was, what it is to be, what it costs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foundation.moves import Flowing, Step
from store.orders.flow import CHANGE_FLOW, ChangeState
from store.orders.models.dues import Due
from store.orders.models.lines import OrderLine, WorkOrder


class LineChange(Flowing):
    """One yes to a size or words that are not those that were ordered. The line itself has the newest facts; here stand both.

    `net_minor`, `tax_minor` and `gross_minor` come on top of the order once they are paid; a change that costs nothing has
    no due and is made at once. `back_minor` of one that needs less than was ordered is taken back, as a credit, when it is made.
    """

    flow = CHANGE_FLOW

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="changes")
    work_order = models.ForeignKey(WorkOrder, on_delete=models.PROTECT, related_name="changes")
    due = models.OneToOneField(Due, null=True, on_delete=models.PROTECT, related_name="change")
    old_ring_inner_um = models.PositiveIntegerField(null=True)
    old_engraving = models.CharField(max_length=80, blank=True)
    old_engraving_place = models.CharField(max_length=8, blank=True)
    ring_inner_um = models.PositiveIntegerField(null=True)
    engraving = models.CharField(max_length=80, blank=True)
    engraving_place = models.CharField(max_length=8, blank=True)
    steps_again = models.JSONField(default=list)
    minutes = models.PositiveIntegerField(default=0)
    more_mg = models.PositiveIntegerField(default=0)
    less_mg = models.PositiveIntegerField(default=0)
    net_minor = models.PositiveBigIntegerField(default=0)
    tax_minor = models.PositiveBigIntegerField(default=0)
    gross_minor = models.PositiveBigIntegerField(default=0)
    back_minor = models.PositiveBigIntegerField(default=0)
    tax_rate_bp = models.PositiveIntegerField(default=0)
    promise_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    agreed_at = models.DateTimeField()
    pay_by_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ChangeState.choices, default=ChangeState.WAITING)

    class Meta:
        ordering = ["pk"]
        constraints = [
            CHANGE_FLOW.constraint(),
            models.CheckConstraint(
                condition=Q(gross_minor=F("net_minor") + F("tax_minor")), name="orders_change_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(gross_minor=0, due=None) | Q(gross_minor__gt=0, due__isnull=False),
                name="orders_change_that_costs_is_owed",
            ),
            models.CheckConstraint(condition=Q(gross_minor=0) | Q(back_minor=0), name="orders_change_one_way"),
            models.UniqueConstraint(fields=["line"], condition=Q(state="waiting"), name="orders_one_change_waits"),
        ]
        triggers = CHANGE_FLOW.triggers()

    def __str__(self) -> str:
        return f"{self.line}: {self.get_state_display()}"


class ChangeStep(Step):
    owner = models.ForeignKey(LineChange, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        pass
