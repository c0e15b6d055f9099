"""Why a ticket rests: one row for each cause, from whoever said so to whoever ended it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.people.models import User
from production.stones.questions import unsigned


class HoldCause(models.TextChoices):
    CUSTOMER = "customer", gettext_lazy("Waiting for the customer")
    MATERIAL = "material", gettext_lazy("Material is missing")
    MACHINE = "machine", gettext_lazy("A machine stands still")
    OUTSIDE = "outside", gettext_lazy("Waiting for somebody outside")
    CHANGE = "change", gettext_lazy("The customer changes the piece")
    STONE = "stone", gettext_lazy("A stone is missing")
    PROBLEM = "problem", gettext_lazy("Something is wrong")
    OTHER = "other", gettext_lazy("Another cause")


SAID_BY_PEOPLE = tuple(cause for cause in HoldCause if cause not in (HoldCause.CHANGE, HoldCause.STONE))
"""What a person at the bench may choose. The others come of a change that was agreed, and of a stone reported lost."""


class HoldQuerySet(models.QuerySet["Hold"]):
    def open(self) -> "HoldQuerySet":
        """Those that nobody has ended."""
        return self.filter(ended_at=None)


class Hold(models.Model):
    """A ticket rests for one cause. It may rest for several at once; it goes on when the last is ended.

    `until` is the day on which whoever holds it expects to go on: a word, not a clock.
    """

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="holds")
    cause = models.CharField(max_length=12, choices=HoldCause.choices)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cause__in=HoldCause.values), name="tickets_hold_cause_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="tickets_hold_says_why"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since")), name="tickets_hold_ends_later"
            ),
            models.CheckConstraint(condition=Q(ended_by=None) | ~Q(ended_at=None), name="tickets_hold_ended_then_by"),
            models.UniqueConstraint(
                fields=["ticket", "cause"], condition=Q(ended_at=None), name="tickets_hold_once_a_cause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket}: {self.reason}"

    def lasted(self, now: datetime) -> timedelta:
        """How long it lasted, or has lasted so far."""
        return (self.ended_at or now) - self.since

    def why_not_ended(self, by: User | None) -> str:
        """Why this person cannot end it; "" when they can. The house ends what it began itself."""
        if self.cause == HoldCause.STONE and unsigned(self.ticket.number).exists():
            return _("A stone is missing: a second person signs for it, or it is found.")
        if self.cause == HoldCause.CHANGE and by is not None:
            return _("The customer changes this piece: it goes on when that is paid for, or taken back by sales.")
        return ""
