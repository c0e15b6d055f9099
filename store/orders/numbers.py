"""Numbers for people, and secret links."""

import secrets
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.http import urlsafe_base64_encode

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 and O, no 1, I and L, no U: read out over the telephone they stay apart, and spell nothing."""


def new_number() -> str:
    """Six letters by chance: it says nothing of how many orders there were. 30^6 are 729 million."""
    return "".join(secrets.choice(LETTERS) for _ in range(6))


def link_token(reference: UUID, serial: int) -> str:
    """The secret of an order's link: 128 bits that only the holder of the house's key can make again.

    That it can be made again is why every letter can carry the link though only its hash is kept.
    """
    made = salted_hmac("store.orders.link", f"{reference}:{serial}", algorithm="sha256").digest()[:16]
    return urlsafe_base64_encode(made)


def hashed(token: str) -> str:
    """What is kept of a link's secret. It has 128 random bits, so one round is enough."""
    return sha256(token.encode()).hexdigest()
