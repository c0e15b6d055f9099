"""Doors for Celery."""

from django.utils.translation import gettext_lazy as _

from foundation.outbox.handlers import handles
from packing import actions
from packing.models import Parcel


@handles("packing.make_papers", _("Print a parcel’s label and care card"))
def make_papers(*, id: int, sequence: int) -> None:  # noqa: A002  the outbox names what moved `id`
    """Make a parcel's label and care card."""
    actions.make_papers(parcel=Parcel.objects.get(pk=id))
