"""A file somebody sent. Its bytes lie under their own hash; its name is only what it was called."""

from pathlib import PurePosixPath

from django.conf import settings
from django.db import models

from foundation.people.models import new_reference

PUBLIC = frozenset({"shop", "brand"})
"""Purposes whose pictures anybody may see. Everything else opens by a signed link only."""

WIDTHS = (160, 320, 480, 640, 800, 1200, 1600)
"""Widths in pixels that pages ask for."""


class File(models.Model):
    """One file. `renditions` maps "avif" and "jpeg" to the widths that have been made."""

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    purpose = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    suffix = models.CharField(max_length=12)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    renditions = models.JSONField(default=dict)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        """Whether anybody may see it."""
        return self.purpose in PUBLIC

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.width is not None

    @property
    def path(self) -> str:
        """Where its bytes lie, below MEDIA_ROOT."""
        return self._placed(f"{self.sha256}{self.suffix}")

    def rendition_path(self, kind: str, width: int) -> str:
        """Where the rendition lies, below MEDIA_ROOT."""
        return self._placed(f"{self.sha256}-{width}.{kind}")

    def _placed(self, name: str) -> str:
        return str(PurePosixPath("public" if self.is_public else "private") / name[:2] / name)
