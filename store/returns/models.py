"""What a buyer sends back: why, how many of which line, and what was decided when it was looked at."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.files.models import File
from foundation.house.models import Site
from foundation.moves import Flowing, Step
from foundation.people.models import User, new_reference
from foundation.people.roles import OFFICE, Role
from store.orders.models import Order, OrderLine
from store.returns.flow import RETURN_FLOW, ReturnState


class Cause(models.TextChoices):
    MIND = "mind", _("It is not for me")
    SIZE = "size", _("It does not fit")
    FAULTY = "faulty", _("Something is wrong with it")
    OTHER = "other", _("It is not what I ordered")


class Condition(models.TextChoices):
    AS_SOLD = "as_sold", _("as it was sold")
    WORN = "worn", _("worn")
    DAMAGED = "damaged", _("damaged")
    NOT_OURS = "not_ours", _("not the piece we sent")


class Becomes(models.TextChoices):
    TRAY = "tray", _("back in the tray")
    LEFT = "left", _("to be decided on")
    BUYER = "buyer", _("back to the buyer")


class ReturnQuerySet(models.QuerySet["Return"]):
    def for_user(self, user: Any) -> Self:
        """The office sees all, and so do packers, to whom it comes; a buyer has the order's link."""
        return self if isinstance(user, User) and user.has_role(*OFFICE, Role.PACKER) else self.none()

    def counting(self) -> Self:
        """Those whose pieces are not to be sent back a second time."""
        return self.exclude(state__in=[ReturnState.REFUSED, ReturnState.WITHDRAWN])


class Return(Flowing):
    """One parcel that comes back. `number` is written on it. `is_withdrawal`: by the law's right, not by our courtesy."""

    flow = RETURN_FLOW

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    number = models.CharField(max_length=12, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="returns")
    cause = models.CharField(max_length=8, choices=Cause.choices)
    words = models.CharField(max_length=500, blank=True)
    is_withdrawal = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=300, blank=True)
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=ReturnState.choices, default=ReturnState.ASKED)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            RETURN_FLOW.constraint(),
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="returns_return_cause_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["arrived", "decided"]) | Q(site__isnull=False, arrived_at__isnull=False),
                name="returns_arrived_somewhere",
            ),
        ]
        triggers = RETURN_FLOW.triggers()

    def __str__(self) -> str:
        return self.number


class ReturnStep(Step):
    owner = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        pass


class ReturnLine(models.Model):
    """So many of one line, and what was found and decided: minor units back to the buyer, VAT included."""

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="returned")
    quantity = models.PositiveSmallIntegerField()
    condition = models.CharField(max_length=8, choices=Condition.choices, blank=True)
    becomes = models.CharField(max_length=8, choices=Becomes.choices, blank=True)
    refund_minor = models.PositiveBigIntegerField(null=True)
    deduction_minor = models.PositiveBigIntegerField(default=0)
    why = models.CharField(max_length=200, blank=True)
    photo = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["line__position"]
        constraints = [
            models.UniqueConstraint(fields=["of", "line"], name="returns_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="returns_line_of_something"),
            models.CheckConstraint(
                condition=Q(deduction_minor=0) | ~Q(why=""), name="returns_deduction_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of}: {self.line.piece_name} × {self.quantity}"
