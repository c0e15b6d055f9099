"""A whole house for the journeys: the demo itself, as `make demo` starts it, and a browser to walk through it.

Real PostgreSQL, Valkey, granian, Celery worker and beat, the stand-in for Stripe. One house for all journeys; each
brings its own customer. HOUSE=http://localhost:8000 walks through a demo that is open already.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from PIL import Image
from playwright.sync_api import expect, sync_playwright

from demo.people import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "STRIPE_API_BASE",
    "MEDIA_ROOT",
    "STATIC_ROOT",
)
READY_WITHIN_S = 400
DRAWN_BEFOREHAND = ("files.make_renditions", "pricing.draw_models", "shapes.draw_model")
WIDTHS = {
    "desk": {"width": 1440, "height": 1000},
    "tablet": {"width": 1024, "height": 768},
    "phone": {"width": 390, "height": 844},
}

LONG = (
    "test_trade.py", "test_counter.py", "test_changing.py", "test_conversation.py", "test_calling_off.py", "test_returns.py",
)  # fmt: skip
"""Stories that `make journeys` walks and `.ci/run` does not."""


def pytest_collection_modifyitems(items):
    """What is walked through the house is a journey, or a look at every page; the long ones have a lane of their own."""
    for item in items:
        if Path(__file__).parent in item.path.parents and "house" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.looks if item.path.name == "test_looks.py" else pytest.mark.journey)
            if item.path.name in LONG:
                item.add_marker(pytest.mark.slow)


@dataclass(frozen=True)
class House:
    """Where the house stands, and the password of its demo people."""

    url: str
    password: str


def free_port():
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            try:
                two.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


@pytest.fixture(scope="package")
def house(request, tmp_path_factory):
    """The demo, started as its users start it, on a port and in a folder of its own; or the one that HOUSE names."""
    if standing := os.environ.get("HOUSE"):
        yield House(standing, PASSWORD)
        return
    port, place = free_port(), tmp_path_factory.mktemp("house")
    env = {k: v for k, v in os.environ.items() if k not in OURS} | {"AJOUR_DEV": str(place)}
    log = (place / "demo.log").open("w+")
    command = [sys.executable, "-m", "standins.run", "demo", "--with-parent", "--port", str(port)]
    demo = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
    try:
        password = _password(_ready(demo, place / "demo.log"))
        if request.config.option.markexpr != "looks":
            _leave_undrawn(place / "demo" / "env.json")
        yield House(f"http://localhost:{port}", password)
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(timeout=60)


def _ready(demo, log):
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        said = log.read_text()
        if "Ajour is open at" in said and "password" in said.lower():
            return said
        if demo.poll() is not None:
            break
        time.sleep(0.3)
    raise AssertionError(f"the demo did not open:\n{log.read_text()[-4000:]}")


def _leave_undrawn(noted):
    """A new demo draws some five hundred pictures and models beforehand. In a story nobody comes to see them."""
    with psycopg.connect(json.loads(noted.read_text())["DATABASE_URL"]) as database:
        database.execute("DELETE FROM outbox_work WHERE done_at IS NULL AND kind = ANY(%s)", [list(DRAWN_BEFOREHAND)])


def _password(said):
    found = re.search(r"[Pp]assword[^:\n]*:\s*(\S+)", said)
    assert found, said
    return found[1]


@pytest.fixture(scope="package")
def chromium():
    """An installed browser. Without one the journeys are skipped; where CI=true that is a failure."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        missing = "no Chromium or Chrome is installed, so no journey was walked"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        flags = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
        ]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium, house):
    """Opens a fresh browser for somebody: visitor("desk"), visitor("phone", javascript=False), visitor("desk", as_="packer")."""
    expect.set_options(timeout=40_000)
    contexts = []

    def open_(width="desk", *, javascript=True, as_=None, language="en"):
        context = chromium.new_context(
            base_url=house.url, viewport=WIDTHS[width], java_script_enabled=javascript, locale="en-GB"
        )
        contexts.append(context)
        page = context.new_page()
        if as_:
            sign_in(page, f"{as_}@ajour.example", house.password, language)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def photographed(tmp_path):
    """Takes a photo: photographed("slip.jpg", tall=1600)."""

    def photographed(name, *, wide=800, tall=1000):
        path = tmp_path / name
        Image.new("RGB", (wide, tall), "silver").save(path)
        return path

    return photographed


@pytest.fixture
def picture(photographed):
    """What somebody shows of a piece."""
    return photographed("piece.jpg")


@pytest.fixture
def cad(tmp_path):
    """A designer's file."""
    path = tmp_path / "piece.stl"
    path.write_bytes(b"solid piece\nendsolid piece\n")
    return path


def sign_in(page, email, password, language="en"):
    """As a person does it."""
    page.goto(f"/{language}/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"^(?!.*accounts/login).*$"))
