"""Celery's doors to the catalogue."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from foundation.outbox.handlers import handles
from store.catalogue.actions import studio


@handles("catalogue.hang_picture", _("Hang a picture on its piece"))
def hang_picture(*, subject: str, alloy: str, view: str, shape: str, file: str, width_um: int) -> None:
    """The studio took a picture that the office asked for."""
    studio.hang_picture(piece=UUID(subject), file=UUID(file), alloy=alloy, view=view, shape=shape, width_um=width_um)
