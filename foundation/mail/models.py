"""A letter: what was written to whom, and when it left."""

from django.db import models


class Letter(models.Model):
    """One e-mail. `key` makes asking for it twice the same as asking once."""

    key = models.CharField(max_length=180, unique=True)
    brand = models.CharField(max_length=50)
    to = models.EmailField()
    language = models.CharField(max_length=5)
    template = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
