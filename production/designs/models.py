"""Designs: what is to be drawn, each version of it, and what was said about it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from foundation.append_only import AppendOnly
from foundation.files.models import File
from foundation.flow import Flow
from foundation.moves import Flowing, Step
from production.designs.flow import REVISION, RevisionState


class Brief(models.Model):
    """What is to be designed, for one work order."""

    reference = models.UUIDField(unique=True)
    piece_name = models.CharField(max_length=160)
    wish = models.TextField(blank=True)
    files = ArrayField(models.UUIDField(), default=list, blank=True)

    def __str__(self) -> str:
        return self.piece_name


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest(self) -> "Revision | None":
        """The version that counts."""
        return self.order_by("-number").first()


class Revision(Flowing):
    """One version of a design. What it shows is unchangeable once it was shown."""

    flow: ClassVar[Flow] = REVISION

    brief = models.ForeignKey(Brief, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=RevisionState.choices, default=RevisionState.DRAWN)
    render = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    cad = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    predicted_mg = models.PositiveIntegerField(null=True)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    approved_by_name = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            REVISION.constraint(),
            models.UniqueConstraint(fields=["brief", "number"], name="designs_revision_number_once"),
            models.UniqueConstraint(
                fields=["brief"], condition=models.Q(state="approved"), name="designs_one_approved_revision"
            ),
        ]
        triggers = REVISION.triggers()

    def __str__(self) -> str:
        return f"{self.brief} {self.number}"


class RevisionStep(Step):
    owner = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="steps")

    class Meta(Step.Meta):
        pass


class Comment(AppendOnly):
    """What the customer or the designer said of a version."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    by_name = models.CharField(max_length=120)
    from_customer = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
