"""Doors for Celery."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.outbox.handlers import handles
from production.tickets import actions
from production.tickets.models import Operation


@handles("tickets.open_next", _("Open a ticket’s next step"))
def open_next(*, id: int, sequence: int) -> None:  # noqa: A002  the outbox names what moved `id`
    """An operation ended: open what follows."""
    actions.open_next(operation=Operation.objects.get(pk=id))


@handles("tickets.note_sealed", _("Finish the ticket of a sealed parcel"))
def note_sealed(*, reference: str) -> None:
    """A parcel was sealed: finish the ticket of the piece in it, if it is one of ours."""
    actions.note_sealed(reference=UUID(reference))


@shared_task(name="tickets.warn_late")
def warn_late() -> None:
    """Tell the managers which tickets are late."""
    actions.warn_late(now=timezone.now())
