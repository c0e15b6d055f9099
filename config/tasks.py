"""When the books are held against each other: every night, and when the office asks."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.reconcile import reconcile
from foundation.office.actions import LOOK
from foundation.outbox.handlers import handles


@shared_task(name="config.reconcile")
def nightly() -> None:
    """Celery's door to the nightly look at the books."""
    reconcile(now=timezone.now())


@handles(LOOK, _("Hold the books against each other"))
def look() -> None:
    """The office asks for it by day."""
    reconcile(now=timezone.now())
