"""What the API and the forms remember: tokens, and actions already done."""

from django.conf import settings
from django.db import models


class Token(models.Model):
    """A key for a program. Only its hash is kept; the key is shown once, when it is made."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    hashed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class ActionDone(models.Model):
    """An action a client made under its own id, and the answer it was given: a second try gets the same answer."""

    scope = models.CharField(max_length=120)
    key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    location = models.TextField(blank=True)
    body = models.JSONField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="api_action_done_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
