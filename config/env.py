"""Settings from the environment, typed, and refused loudly.

A variable that is missing or of the wrong type stops the start with a sentence that names it.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

MODES = ("production", "demo", "test", "development")
STANDINS = ("sk_test_standin", "whsec_standin")
"""Stripe's key and the secret of its news where a stand-in answers for it. Anybody can read them here."""
YES_OR_NO = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def mode() -> str:
    """What this process is run for: `AJOUR_MODE`, one of MODES; `development` when not said."""
    said = text("AJOUR_MODE", unless="development")
    if said not in MODES:
        raise ImproperlyConfigured(f"AJOUR_MODE is '{said}'; it must be one of {', '.join(MODES)}.")
    return said


def text(name: str, *, unless: str = "") -> str:
    """The variable's text; `unless` where it is missing or empty."""
    return env.str(name, default="") or unless


def words(name: str, *, unless: list[str]) -> list[str]:
    """The variable's words, separated by commas; `unless` where it is missing."""
    return list(env.list(name, default=unless))


def needed(name: str, *, unless: str | None = None) -> str:
    """The variable's text; `unless` is what stands in for it where a stand-in is allowed."""
    if not (value := text(name, unless=unless or "")):
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment and start again.")
    return value


def flag(name: str, *, unless: bool) -> bool:
    """Yes or no. Refuses what is neither: a switch that is misspelt must not be off in silence."""
    said = text(name, unless=str(unless)).lower()
    if said not in YES_OR_NO:
        raise ImproperlyConfigured(f"{name} is '{said}'; it must be true or false.")
    return YES_OR_NO[said]


def number(name: str, *, unless: int) -> int:
    """A whole number."""
    said = text(name, unless=str(unless))
    if not said.isdecimal():
        raise ImproperlyConfigured(f"{name} is '{said}'; it must be a whole number.")
    return int(said)


def secret_key(mode: str) -> str:
    """Django's secret; outside production a fixed one that production refuses."""
    fallback = "not-a-secret-only-for-development-demo-and-tests-0123456789"
    key = needed("SECRET_KEY", unless=None if mode == "production" else fallback)
    if mode == "production" and (key == fallback or len(key) < 50):
        raise ImproperlyConfigured("SECRET_KEY must be your own and at least 50 characters long in production.")
    return key


def stripe_secret(name: str, mode: str, *, standin: str) -> str:
    """Stripe's key or its webhook's secret; outside production the stand-in's own, which production refuses."""
    value = needed(name, unless=None if mode == "production" else standin)
    if mode == "production" and value in STANDINS:
        raise ImproperlyConfigured(f"{name} is that of the stand-in, which anybody knows. Production takes its own.")
    return value


def stripe_base(mode: str, key: str) -> str | None:
    """Address of a stand-in for Stripe's API, or None for Stripe itself. A live key never meets a stand-in."""
    base = text("STRIPE_API_BASE") or None
    if base and "_live_" in key:
        raise ImproperlyConfigured(
            "STRIPE_SECRET_KEY is a live key, but STRIPE_API_BASE points at a stand-in. Remove one of the two."
        )
    if base and mode == "production":
        raise ImproperlyConfigured("STRIPE_API_BASE is set: production talks to Stripe itself. Remove it.")
    return base


def address(name: str, *kinds: str, unless: str | None = None) -> str:
    """An address of one of `kinds`: `redis://…`."""
    value = needed(name, unless=unless)
    if urlsplit(value).scheme not in kinds:
        raise ImproperlyConfigured(f"{name} must begin with {' or '.join(f'{kind}://' for kind in kinds)}.")
    return value


def database(*, unless: str | None = None) -> dict[str, Any]:
    """Django's words for the database at DATABASE_URL."""
    url = address("DATABASE_URL", "postgresql", "postgres", unless=unless)
    try:
        found = dict(env.db_url_config(url))
    except ValueError as error:  # the address may hold a password: it is not repeated
        raise ImproperlyConfigured("DATABASE_URL can't be read: postgresql://user:password@host:5432/name") from error
    return found | {"ENGINE": "django.db.backends.postgresql", "OPTIONS": found.get("OPTIONS", {})}


def zone(name: str, *, unless: str) -> str:
    """The name of a time zone that this machine knows."""
    said = text(name, unless=unless)
    try:
        return ZoneInfo(said).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImproperlyConfigured(f"{name} is '{said}'; it must be a time zone such as {unless}.") from error


def folder(name: str, *, unless: Path) -> Path:
    """A folder's path from the environment."""
    return Path(text(name, unless=str(unless))).resolve()
