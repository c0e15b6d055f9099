"""The six stages every piece passes through, in order."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    DESIGN = "design", _("Design")
    CASTING = "casting", _("Casting")
    ASSEMBLY = "assembly", _("Assembly")
    FINISHING = "finishing", _("Finishing")
    QUALITY = "quality", _("Quality check")
    PACKAGING = "packaging", _("Packaging")


STAGES: tuple[str, ...] = tuple(Stage.values)
