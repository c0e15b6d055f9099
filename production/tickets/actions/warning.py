"""Warning of late tickets: once a day for each, in one letter to every production manager."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from foundation.house.models import Brand
from foundation.mail.actions import send_letter
from foundation.people.models import User
from foundation.people.roles import Role
from production.tickets.models import Ticket


@transaction.atomic
def warn_late(*, now: datetime) -> int:
    """Write to the managers about tickets that are late and were not named in the last day. Answers how many."""
    rows = Ticket.objects.select_for_update().late(now=now)
    late = list(rows.filter(Q(warned_at=None) | Q(warned_at__lt=now - timedelta(days=1))).order_by("due_at"))
    brand = Brand.objects.order_by("pk").first()
    if not late or brand is None:
        return 0
    for manager in User.objects.filter(roles_held__role=Role.PRODUCTION_MANAGER, is_active=True):
        send_letter(
            to=manager.email, language=manager.language, template="tickets/mail/late", brand=brand,
            context={"tickets": late, "url": _board(manager)}, key=f"late:{manager.pk}:{now:%Y%m%d%H%M}",
        )  # fmt: skip
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in late]).update(warned_at=now)
    return len(late)


def _board(manager: User) -> str:
    """The board, in the manager's language."""
    with override(manager.language):
        return settings.SITE_URL + reverse("board:board")
