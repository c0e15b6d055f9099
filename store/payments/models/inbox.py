"""What Stripe told us, as it told it, and what did not fit."""

from django.db import models

from foundation.append_only import AppendOnly


class StripeEvent(models.Model):
    """One event, once, raw. It only says where to look: what is acted upon is fetched again."""

    event_id = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=80)
    payload = models.JSONField()
    received_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-received_at"], name="payments_event_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"


class Finding(AppendOnly):
    """Money that does not fit what we know. Nothing was applied: a person has to look."""

    key = models.CharField(max_length=200, unique=True)
    due = models.UUIDField(null=True)
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.text
