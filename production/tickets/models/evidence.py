"""What work leaves behind, and what is told of it. Both are only ever added to."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.append_only import AppendOnly
from foundation.files.models import File
from production.routes.stages import Stage

WEIGHTS = ("weight_in", "weight_out", "filings", "cast_weight", "added")


class Evidence(AppendOnly):
    """One thing an operation left behind. `action_id` is the client's own: a second tap writes no second row."""

    class Kind(models.TextChoices):
        WEIGHT_IN = "weight_in", _("weight in")
        WEIGHT_OUT = "weight_out", _("weight out")
        FILINGS = "filings", _("filings")
        ADDED = "added", _("metal added")
        CAST_WEIGHT = "cast_weight", _("casting")
        PHOTO = "photo", _("photo")
        ENGRAVING_PROOF = "engraving_proof", _("engraving")
        STONES_SET = "stones_set", _("stones set")
        REVISION = "revision", _("design shown")
        APPROVAL = "approval", _("approved")
        INSPECTION = "inspection", _("inspected")
        SEALED = "sealed", _("sealed")
        NOTE = "note", _("note")
        PROBLEM = "problem", _("problem")

    operation = models.ForeignKey("tickets.Operation", on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    mg = models.PositiveIntegerField(null=True)
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    others = models.PositiveSmallIntegerField(null=True)
    """Of a casting: how many pieces of other bags were poured with it."""
    text = models.TextField(blank=True)
    for_customer = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    action_id = models.CharField(max_length=64, unique=True)

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=WEIGHTS, mg__gt=0) | (~Q(kind__in=WEIGHTS) & Q(mg=None)),
                name="tickets_weights_weigh",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation}: {self.kind}"


class News(AppendOnly):
    """What happened to a ticket, numbered without gaps: all that the rest of the house is told."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="news")
    sequence = models.PositiveIntegerField()
    stage = models.CharField(max_length=12, choices=Stage.choices)
    headline = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    photos = ArrayField(models.UUIDField(), default=list, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    """What was done to the piece, in figures: see production.tickets.done."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta(AppendOnly.Meta):
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["ticket", "sequence"], name="tickets_news_gap_free")]

    def __str__(self) -> str:
        return f"{self.ticket} {self.sequence}: {self.headline}"
