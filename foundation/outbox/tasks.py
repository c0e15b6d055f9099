"""Celery's doors to the outbox."""

from celery import shared_task

from foundation.outbox import actions


@shared_task(name="outbox.deliver")
def deliver(*, keys: list[str]) -> None:
    """A hint arrived: do that work now, what of it is still due."""
    for key in keys:
        actions.deliver(key)


@shared_task(name="outbox.sweep")
def sweep(*, queue: str = "", limit: int = 200) -> None:
    """The guarantee: whatever a hint missed is done here, by the workers of that queue."""
    actions.sweep(queue=queue, limit=limit)
