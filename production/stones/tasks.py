"""Owed work on stones."""

from django.utils.translation import gettext_lazy as _

from foundation.outbox.handlers import handles
from production.stones import actions


@handles("stones.reserve_for_ticket", _("Keep stones for a ticket"))
def reserve_for_ticket(*, ticket: str) -> None:
    """Keep stones for a ticket, as far as there are any."""
    actions.reserve_for_ticket(ticket=ticket)
