"""Doors for Celery."""

from django.utils.translation import gettext_lazy as _

from foundation.mail import actions
from foundation.mail.models import Letter
from foundation.outbox.handlers import handles


@handles("mail.post", _("Send a letter"), outside=True)
def post(*, letter_key: str, key: str) -> None:
    """Hand one letter to the mail server."""
    actions.post(Letter.objects.get(key=letter_key), key=key)
