"""Doors for Celery."""

from celery import shared_task
from django.utils import timezone

from store.catalogue.actions import expire_holds as expire


@shared_task(name="baskets.expire_holds")
def expire_holds() -> None:
    """What was held and not bought in time goes back into the tray."""
    expire(now=timezone.now())
