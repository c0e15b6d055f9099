"""The outbox: what was promised inside a transaction and is still to be done, or was."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from foundation.outbox.handlers import DOES


class WorkQuerySet(models.QuerySet["Work"]):
    def due(self, *, now: datetime) -> Self:
        """What is to be done now, oldest first."""
        return self.filter(done_at=None, dead_at=None, next_at__lte=now).order_by("next_at", "pk")

    def waiting(self) -> Self:
        """What is neither done nor given up."""
        return self.filter(done_at=None, dead_at=None)

    def dead(self) -> Self:
        """What was given up after too many tries: somebody has to look."""
        return self.filter(dead_at__isnull=False, done_at=None).order_by("-dead_at")


class Work(models.Model):
    """One piece of work. `key` makes asking twice the same as asking once."""

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    attempts = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(done_at=None, dead_at=None), name="outbox_work_due"),
            models.Index(fields=["dead_at"], condition=Q(dead_at__isnull=False, done_at=None), name="outbox_work_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def does(self) -> str:
        """What it does, in the reader's words; its kind where the house does such work no more."""
        return str(DOES.get(self.kind, self.kind))
