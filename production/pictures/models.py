"""Pictures the studio was asked for: of which piece, from where, and what became of each."""

from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from foundation.files.models import File
from foundation.flow import Flow
from foundation.moves import Flowing, Step
from foundation.people.models import User, new_reference
from foundation.people.roles import OFFICE
from production.pictures.flow import PICTURE, WAITING, PictureState


class StudioPictureQuerySet(models.QuerySet["StudioPicture"]):
    def for_user(self, user: Any) -> Self:
        """The office's alone."""
        return self if isinstance(user, User) and user.has_role(*OFFICE) else self.none()

    def waiting(self) -> Self:
        """Asked for and not yet done with, in the order in which they are taken."""
        return self.filter(state__in=WAITING).order_by("pk")

    def of(self, subject: UUID) -> Self:
        """Those of one asker's piece, as they were asked for."""
        return self.filter(subject=subject).order_by("pk")

    def usual_seconds(self, *, of: int = 9) -> int | None:
        """How long the last few took, in the middle; None where none was taken yet."""
        rows = self.filter(state=PictureState.TAKEN, began_at__isnull=False).order_by("-ended_at")[:of]
        took = sorted((end - began).total_seconds() for began, end in rows.values_list("began_at", "ended_at"))
        return round(took[len(took) // 2]) if took else None


class StudioPicture(Flowing):
    """One picture of a piece in one alloy from one side. `subject` is the asker's own name for the piece.

    `shape` is the fingerprint of the model that is shown; what is shown never changes once it was asked for.
    """

    flow: ClassVar[Flow] = PICTURE

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    subject = models.UUIDField(db_index=True)
    family = models.CharField(max_length=40)
    parameters = models.JSONField()
    shape = models.CharField(max_length=32)
    alloy = models.CharField(max_length=24)
    view = models.CharField(max_length=16)
    tray = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=PictureState.choices, default=PictureState.ASKED)
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    width_um = models.PositiveIntegerField(null=True)
    refusal = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = StudioPictureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            PICTURE.constraint(),
            models.CheckConstraint(
                condition=~models.Q(state="taken") | models.Q(file__isnull=False, width_um__gt=0),
                name="pictures_taken_has_a_file",
            ),
            models.UniqueConstraint(
                fields=["subject", "alloy", "view"],
                condition=models.Q(state__in=["asked", "being_taken"]),
                name="pictures_waits_once",
            ),
        ]
        triggers = PICTURE.triggers()

    def __str__(self) -> str:
        return f"{self.family}, {self.alloy}, {self.view}"

    @property
    def why_not(self) -> str:
        """Why it could not be taken, in the reader's language; "" where nothing was in the way."""
        if not self.refusal:
            return ""
        figures = {
            name: _(told) if isinstance(told, str) and told else told for name, told in self.refusal["figures"].items()
        }
        return str(_(self.refusal["sentence"])).format(**figures)


class StudioPictureStep(Step):
    owner = models.ForeignKey(StudioPicture, on_delete=models.PROTECT, related_name="steps")

    class Meta(Step.Meta):
        pass
