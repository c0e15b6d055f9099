"""Programs sign in with `Authorization: Bearer <token>`."""

import hashlib
import secrets

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from foundation.api.models import Token
from foundation.people.models import User
from foundation.people.second_factor import lacks_second_factor

NO_SECOND_FACTOR = "Staff sign in with a second factor. Set one up on the site, then use the API."


def hashed(key: str) -> str:
    """What is kept of a token. It has 256 random bits, so one round is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def new_token(*, user: User, name: str) -> tuple[Token, str]:
    """Make a token and answer it with its key, which nobody can read again."""
    key = secrets.token_urlsafe(32)
    return Token.objects.create(user=user, name=name, hashed=hashed(key)), key


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        word, _, key = get_authorization_header(request).decode("latin-1").partition(" ")
        if word.lower() != "bearer":
            return None
        token = Token.objects.select_related("user").filter(hashed=hashed(key.strip()), revoked_at=None).first()
        if token is None or not token.user.is_active:
            raise AuthenticationFailed("This token is not known here, or was revoked.")
        if lacks_second_factor(token.user):
            raise AuthenticationFailed(NO_SECOND_FACTOR)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
