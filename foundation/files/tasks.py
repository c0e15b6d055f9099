"""Doors for Celery."""

from django.utils.translation import gettext_lazy as _

from foundation.files import actions
from foundation.files.models import File
from foundation.outbox.handlers import handles


@handles("files.make_renditions", _("Make a picture smaller for pages"), queue="pictures")
def make_renditions(*, file_id: int) -> None:
    """Make a picture's renditions."""
    actions.make_renditions(File.objects.get(pk=file_id))
