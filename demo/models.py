"""That a database holds the demo house, and nobody's real one."""

from django.db import models


class Mark(models.Model):
    """Written when the loader begins; `loaded_at` when it has come to its end. A database without it is left alone."""

    begun_at = models.DateTimeField(auto_now_add=True)
    loaded_at = models.DateTimeField(null=True)
    seed = models.PositiveIntegerField(default=7)
    played_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="demo_mark_once")]

    def __str__(self) -> str:
        return f"demo house, loaded {self.loaded_at}"
