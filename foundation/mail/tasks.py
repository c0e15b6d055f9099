"""Doors for Celery."""

from foundation.mail import actions
from foundation.mail.models import Letter
from foundation.outbox.handlers import handles


@handles("mail.post", outside=True)
def post(*, letter_key: str, key: str) -> None:
    """Hand one letter to the mail server."""
    actions.post(Letter.objects.get(key=letter_key), key=key)
