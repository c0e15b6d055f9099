"""The secret in a guest's cookie: 256 random bits, of which the house keeps only the hash."""

import hashlib
import secrets

COOKIE = "basket"
COUNT_COOKIE = "basket_count"
LASTS_SECONDS = 60 * 60 * 24 * 60


def new_token() -> str:
    """A secret that nobody can guess."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a secret. It has 256 random bits, so one round is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
