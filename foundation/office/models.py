"""What the books disagree on, as the nightly reconciliation found it."""

from django.db import models
from django.db.models import Q


class Finding(models.Model):
    """One disagreement. It stays until a later night no longer finds it."""

    kind = models.CharField(max_length=40)
    sentence = models.CharField(max_length=400)
    found_at = models.DateTimeField(auto_now_add=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "sentence"], condition=Q(gone_at=None), name="office_finding_once")
        ]

    def __str__(self) -> str:
        return self.sentence
