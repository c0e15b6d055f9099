"""Owed work on promises."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.outbox.handlers import handles
from production.planning import actions
from production.tickets.models import Ticket


@handles("planning.look_at_promise", _("Look at a ticket’s promised day"))
def look_at_promise(*, ticket: str, headline: str) -> None:
    """Something happened that may move a ticket's day."""
    actions.look_at_promise(ticket=Ticket.objects.get(number=ticket), headline=headline, now=timezone.now())
