"""Doors for Celery."""

from django.utils.translation import gettext_lazy as _

from foundation.outbox.handlers import handles
from production.designs.models import Revision
from production.signals import design_ready


@handles("designs.tell_shown", _("Pass on that a design waits for its buyer"))
def tell_shown(*, id: int, sequence: int) -> None:  # noqa: A002  the outbox names what moved `id`
    """Tell whoever listens that a version waits for the customer."""
    revision = Revision.objects.select_related("brief", "render").get(pk=id)
    design_ready.send(
        Revision,
        reference=revision.brief.reference,
        revision=revision.number,
        render=str(revision.render.reference),
        note=revision.note,
    )
