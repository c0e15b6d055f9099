"""Doing what is owed while the demo is made, but for what may as well wait for the worker."""

from django.utils import timezone

from foundation.outbox.actions import deliver
from foundation.outbox.models import Work

FOR_THE_WORKER = (
    "files.make_renditions",
    "pricing.list_piece",
    "mail.post",
    "demo.make_file",
    "pricing.draw_models",
    "shapes.draw_model",
)
"""Slow, or asked for many times over: the worker does them within a minute of the site being open."""


def do_what_is_owed(*, but: tuple[str, ...] = FOR_THE_WORKER, rounds: int = 60) -> int:
    """Deliver what is due and what follows from it, until nothing is left. Answers how many were done."""
    done = 0
    for _round in range(rounds):
        keys = list(Work.objects.due(now=timezone.now()).exclude(kind__in=but).values_list("key", flat=True))
        delivered = sum(deliver(key) for key in keys)
        done += delivered
        if not delivered:
            break
    return done
