"""Settings from the environment, typed, and refused loudly.

A variable that is missing or of the wrong type stops the start with a sentence that names it.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

MODES = ("production", "demo", "test", "development")


def mode() -> str:
    """What this process is run for: `AJOUR_MODE`, one of MODES; `development` when not said."""
    said = env.str("AJOUR_MODE", default="development")
    if said not in MODES:
        raise ImproperlyConfigured(f"AJOUR_MODE is '{said}'; it must be one of {', '.join(MODES)}.")
    return said


def needed(name: str, *, unless: str | None = None) -> str:
    """The variable's text; `unless` is what stands in for it where a stand-in is allowed."""
    value = env.str(name, default=unless or "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment and start again.")
    return value


def secret_key(mode: str) -> str:
    """Django's secret; outside production a fixed one that production refuses."""
    fallback = "not-a-secret-only-for-development-demo-and-tests-0123456789"
    key = needed("SECRET_KEY", unless=None if mode == "production" else fallback)
    if mode == "production" and (key == fallback or len(key) < 50):
        raise ImproperlyConfigured("SECRET_KEY must be your own and at least 50 characters long in production.")
    return key


def stripe_base(mode: str, key: str) -> str | None:
    """Address of a stand-in for Stripe's API, or None for Stripe itself. A live key never meets a stand-in."""
    base = env.str("STRIPE_API_BASE", default="") or None
    if base and "_live_" in key:
        raise ImproperlyConfigured(
            "STRIPE_SECRET_KEY is a live key, but STRIPE_API_BASE points at a stand-in. Remove one of the two."
        )
    if base and mode == "production":
        raise ImproperlyConfigured("STRIPE_API_BASE is set: production talks to Stripe itself. Remove it.")
    return base


def folder(name: str, *, unless: Path) -> Path:
    """A folder's path from the environment."""
    return Path(env.str(name, default=str(unless))).resolve()
