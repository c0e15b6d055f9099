"""Writing and sending letters."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.utils import timezone

from foundation.asked import asked
from foundation.house.models import Brand
from foundation.joined import joined
from foundation.mail.letter import write
from foundation.mail.models import Letter
from foundation.outbox.actions import put


@joined
def send_letter(*, to: str, language: str, template: str, context: dict[str, Any], brand: Brand, key: str) -> None:
    """Write a letter once per `key` and owe its sending. `template` is e.g. "orders/mail/received"."""
    if _of_key(key):
        return
    written = write(template, language=language, brand=brand.name, context=context)
    letters = Letter.objects.bulk_create(
        [
            Letter(
                key=key, brand=brand.code, to=to, language=language, template=template,
                subject=written.subject, text=written.text, html=written.html,
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    if letters:
        put("mail.post", key=f"mail.post:{key}", payload={"letter_key": key})


@asked
def _of_key(key: str) -> QuerySet[Letter]:
    return Letter.objects.filter(key=key).only("pk")


def post(letter: Letter, *, key: str) -> None:
    """Hand the letter to the mail server. Its Message-ID comes from `key`, so a second handing-over is known as one."""
    if letter.sent_at:
        return
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    message_id = f"<{sha256(key.encode()).hexdigest()[:40]}@{domain}>"
    mail = EmailMultiAlternatives(
        letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [letter.to], headers={"Message-ID": message_id}
    )
    mail.attach_alternative(letter.html, "text/html")
    mail.send()
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now())
