"""Inspections: who looked, what was measured, what was decided. Only ever added to."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.append_only import AppendOnly
from foundation.people.models import User
from foundation.people.roles import Role
from production.quality.defects import in_words
from production.tickets.models import Operation

AT_THE_LOUPE = (Role.INSPECTOR, Role.PRODUCTION_MANAGER)
"""Who looks at pieces, and at what others saw."""


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def for_user(self, user: Any) -> Self:
        """Those at the loupe see every inspection, anybody else none: makers read of theirs on their ticket."""
        return self if isinstance(user, User) and user.has_role(*AT_THE_LOUPE) else self.none()


class Inspection(AppendOnly):
    """One look at one piece, with its verdict."""

    class Verdict(models.TextChoices):
        PASS = "pass", _("Passed")
        REWORK = "rework", _("Sent back")

    class Hallmark(models.TextChoices):
        MARKED = "marked", _("Hallmarked")
        EXEMPT = "exempt", _("Below the weight that needs a hallmark")
        NOT_DESCRIBED = "not_described", _("Not described as precious metal")

    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, related_name="verdict")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    gross_mg = models.PositiveIntegerField()
    ring_inner_um = models.PositiveIntegerField(null=True)
    stones_tight = models.BooleanField()
    surface_clean = models.BooleanField()
    engraving_read = models.CharField(max_length=200, blank=True)
    hallmark = models.CharField(max_length=16, choices=Hallmark.choices)
    defect = models.CharField(max_length=8, blank=True)
    back_to = models.CharField(max_length=12, blank=True)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = InspectionQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict="pass", defect="") | models.Q(verdict="rework", defect__gt=""),
                name="quality_rework_names_its_defect",
            )
        ]

    def __str__(self) -> str:
        return f"{self.operation.ticket} {self.verdict}"

    @property
    def reason(self) -> str:
        """Why it was sent back, in the reader's language; "" where it passed."""
        return in_words(self.defect, self.words) if self.defect else ""
