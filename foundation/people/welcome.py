"""The link by which an invited person chooses a first password. It works once, and as long as a password reset does."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import override

from foundation.people.models import User


def welcome_url(user: User, *, language: str) -> str:
    """The whole address, of the page in this language."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    with override(language):
        return settings.SITE_URL + reverse("office:welcome", args=[uid, default_token_generator.make_token(user)])


def welcomed(uid: str, token: str) -> User | None:
    """Whose link this is; nobody's where it has ended, was used, or is none."""
    try:
        key = int(urlsafe_base64_decode(uid).decode())
    except (ValueError, UnicodeDecodeError):
        return None
    user = User.objects.filter(pk=key, is_active=True).first()
    return user if user and default_token_generator.check_token(user, token) else None
