"""What planning does on news of a ticket: owe another look at its promise."""

from typing import Any

from django.dispatch import receiver

from foundation.outbox.actions import put
from production.planning.actions import CAUSES
from production.signals import ticket_moved


@receiver(ticket_moved)
def owe_another_look(*, number: str, sequence: int, headline: str, **_: Any) -> None:
    if headline in CAUSES:
        payload = {"ticket": number, "headline": headline}
        put("planning.look_at_promise", key=f"planning.look_at_promise:{number}:{sequence}", payload=payload)
