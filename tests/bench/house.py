"""The house the bench measures: the demo's shop with its pieces multiplied, and real servers in front of it."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection, models, transaction

from foundation.tables import new_tables_drawn_alone
from standins.ports import HERE, free_port
from store.catalogue.models import MetalOffered, Photo, Piece, Stock, StoneChoice, Variant
from store.pricing.models import Listing

ROOT = Path(__file__).resolve().parents[2]
STEP = 1_000_000
"""Between the numbers of a piece and of its copies: a copy of row 7 is row 1,000,007."""


def furnish(pieces: int) -> None:
    """Tables, the demo's people and shop without its orders, and copies until there are so many pieces."""
    with new_tables_drawn_alone():
        call_command("migrate", verbosity=0)
    if not Piece.objects.exists():
        call_command("load_demo", days=0, verbosity=0, stdout=io.StringIO())
    copies = pieces // Piece.objects.filter(pk__lt=STEP).count()
    if Piece.objects.count() < pieces:
        _multiply(copies)


@transaction.atomic
def _multiply(copies: int) -> None:
    said = {
        "slug": "t.slug || '-' || g", "style_code": "t.style_code || '-' || g", "sku": "t.sku || '-' || g",
        "name": "t.name || ' ' || g", "reference": "gen_random_uuid()",
        "held": "0",
    }  # fmt: skip
    for model in (Piece, MetalOffered, StoneChoice, Variant, Photo, Stock, Listing, Piece.collections.through):
        spread = {"position": "t.position + g * 100"} if model in (Piece, Listing) else {}
        _copy(model, said | spread, copies)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(model: type[models.Model], said: dict[str, str], copies: int) -> None:
    ours = {Piece, StoneChoice, Variant}
    columns, values = [], []
    for field in model._meta.concrete_fields:
        if isinstance(field, models.GeneratedField):
            continue
        moved = field.primary_key or (field.is_relation and field.related_model in ours)
        columns.append(f'"{field.column}"')
        values.append(
            f't."{field.column}" + g::bigint * {STEP}' if moved else said.get(field.column, f't."{field.column}"')
        )
    sql = (
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) SELECT {", ".join(values)} '
        f'FROM "{model._meta.db_table}" t, generate_series(1, {copies}) g WHERE t.id < {STEP}'
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)


class Server:
    """One process of the site on a port of its own."""

    def __init__(self, port: int, pid: int) -> None:
        self.url, self.pid = f"http://{HERE}:{port}", pid


@contextmanager
def site(*, cache: str = "", stripe: str = "") -> Iterator[Server]:
    """granian with one worker, as the product serves; `cache` "none" takes every cache away."""
    port = free_port()
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.bench.site.settings", "BENCH_CACHE": cache}
    env["SITE_URL"] = f"http://{HERE}:{port}"
    if stripe:
        env |= {
            "STRIPE_API_BASE": stripe,
            "STRIPE_SECRET_KEY": "sk_test_standin",
            "STRIPE_WEBHOOK_SECRET": "whsec_standin",
        }
    words = ["--interface", "wsgi", "--host", HERE, "--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    with _running([sys.executable, "-m", "granian", *words, "config.wsgi:application"], env) as pid:
        _wait_for(f"http://{HERE}:{port}/healthz")
        yield Server(port, pid)


@contextmanager
def stripe(webhook: str) -> Iterator[str]:
    """The stand-in for Stripe."""
    port = free_port()
    place = Path(tempfile.mkdtemp())
    words = ["--port", str(port), "--state", str(place / "stripe.json"), "--webhook", webhook]
    env = {**os.environ, "STANDIN_STRIPE_SECRET": "whsec_standin"}
    try:
        with _running([sys.executable, "-m", "standins.stripe", *words], env):
            time.sleep(2)
            yield f"http://{HERE}:{port}"
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def workers() -> Iterator[int]:
    """One Celery worker with two children."""
    words = ["-m", "celery", "-A", "config", "worker", "--concurrency", "2", "--loglevel", "error"]
    with _running([sys.executable, *words], dict(os.environ)) as pid:
        time.sleep(5)
        yield pid


@contextmanager
def _running(command: list[str], env: dict[str, str]) -> Iterator[int]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=env, **quiet)
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(url: str, within_s: float = 60) -> None:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} did not answer within {within_s} s")
