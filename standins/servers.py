"""The servers a mode needs: real ones where the environment names them, stand-ins where it does not."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from standins import postgres, valkey
from standins.children import Children
from standins.place import ROOT
from standins.ports import free_port, is_free
from standins.refusal import CannotStart

WEBHOOK = "/payments/stripe/webhook/"  # the address of the house's inbox, mounted by config
STANDIN_KEY, STANDIN_SECRET = "sk_test_standin", "whsec_standin"


@dataclass(frozen=True)
class Site:
    """The site a stand-in for Stripe tells its news to."""

    url: str
    port: int


def environment(mode: str) -> dict[str, str]:
    """What every child is told, before any server is named."""
    roots = [str(ROOT), str(ROOT / "packaging"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "AJOUR_MODE": mode,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": os.pathsep.join(roots),
        "PYTHONUNBUFFERED": "1",
    }


def start_stores(children: Children, place: Path, env: dict[str, str], *, durable: bool) -> None:
    """PostgreSQL and Valkey, each unless the environment already names one."""
    if not env.get("DATABASE_URL"):
        env["DATABASE_URL"] = postgres.start(children, place / "postgres", durable=durable).url
    if not env.get("REDIS_URL"):
        env["REDIS_URL"] = valkey.start(children, place / "valkey")


def check_stripe(env: dict[str, str]) -> None:
    """Refuse half a Stripe, and a live one: nobody shall pay for a demo."""
    key = env.get("STRIPE_SECRET_KEY", "")
    if "_live_" in key:
        raise CannotStart("STRIPE_SECRET_KEY is a live key. The demo takes a test key, or none.")
    if key and not env.get("STRIPE_WEBHOOK_SECRET"):
        raise CannotStart("STRIPE_SECRET_KEY is set without STRIPE_WEBHOOK_SECRET. Set both, or neither.")


def start_stripe(children: Children, place: Path, env: dict[str, str], site: Site) -> None:
    """The stand-in for Stripe, unless a key for the real one is set."""
    if env.get("STRIPE_SECRET_KEY"):
        return
    port = (
        site.port + 1 if is_free(site.port + 1) else free_port()
    )  # the same again, so that open payment pages live on
    env["STRIPE_SECRET_KEY"] = STANDIN_KEY
    env.setdefault("STRIPE_WEBHOOK_SECRET", STANDIN_SECRET)
    env["STRIPE_API_BASE"] = f"http://127.0.0.1:{port}"
    command = [
        *(sys.executable, "-m", "standins.stripe", "--port", str(port), "--state", str(place / "stripe.json")),
        *("--webhook", site.url + WEBHOOK),
    ]
    told = {**env, "STANDIN_STRIPE_SECRET": env["STRIPE_WEBHOOK_SECRET"]}
    children.start("The stand-in for Stripe", command, log=place / "stripe.log", env=told, cwd=ROOT)
