"""`make demo`: the whole house on one machine, from an empty folder to a site that answers."""

import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from standins import beside, prepared, static
from standins.children import Children
from standins.place import ROOT, folder, locked
from standins.ports import HERE, need_free
from standins.refusal import CannotStart
from standins.servers import Site, check_stripe, environment, start_stores, start_stripe

PYTHON = Path(sys.executable)
ANSWER_S = 90
LOOK_EVERY_S = 0.3
DRAWING = ("--queues=measures,models,pictures", "--pool=threads", "--concurrency=3", "--hostname=pictures@%h")
"""How the second Celery worker is started: it draws, in threads, and keeps processes of its own."""
STUDIO = ("--queues=render", "--pool=threads", "--concurrency=1", "--hostname=studio@%h")
"""The third, where the extra [render] is installed: it takes pictures."""


@dataclass
class Demo:
    """One demo: its folder, what its children are told, and the children."""

    port: int
    place: Path
    env: dict[str, str]
    servers: Children = field(default_factory=Children)
    house: Children = field(default_factory=Children)
    own_database: bool = False

    def manage(self, *words: str) -> list[str | Path]:
        return [PYTHON, ROOT / "manage.py", *words]

    def step(self, *words: str) -> None:
        """Run one command of manage.py to its end, speaking to the person who waits."""
        steps = Children()
        child = steps.start(f"manage.py {words[0]}", self.manage(*words), env=self.env, cwd=ROOT)
        try:
            while (code := child.ended()) is None:
                self.servers.check()
                time.sleep(0.02)
        finally:
            steps.stop()
        if code:
            raise CannotStart(f"manage.py {words[0]} failed; what it said stands above.")

    def run(self) -> int:
        """Everything in order, then watch until stopped or until a child ends by itself."""
        began = time.monotonic()
        self.own_database = not self.env.get("DATABASE_URL")
        try:
            start_stores(self.servers, self.place, self.env, durable=True)
            start_stripe(self.servers, self.place, self.env, Site(self.env["SITE_URL"], self.port))
            beside.note(self.place, self.env)
            self.prepare()
            self.open()
            self.say_ready(time.monotonic() - began)
            while True:
                self.servers.check()
                self.house.check()
                time.sleep(LOOK_EVERY_S)
        finally:
            print("Stopping …", flush=True)
            self.house.stop()
            self.servers.stop()
            print(f"Stopped. The demo's data stay in {self.place}; make demo brings them back.", flush=True)

    def prepare(self) -> None:
        """Static files, tables and the demo house, each only when it does not stand already."""
        gathering = self._gather()
        try:
            self._furnish()
            for child in gathering.all:
                if child.process.wait():
                    raise CannotStart(child.why())
        finally:
            gathering.stop()
        static.note_gathered(Path(self.env["STATIC_ROOT"]), static.fingerprint())

    def _gather(self) -> Children:
        """Collect the static files beside what follows."""
        gathering = Children()
        if not static.is_gathered(Path(self.env["STATIC_ROOT"]), static.fingerprint()):
            words = self.manage("collectstatic", "--noinput")
            gathering.start("collectstatic", words, env=self.env, cwd=ROOT, log=self.place / "static.log")
        return gathering

    def _furnish(self) -> None:
        """A database of somebody else's is always asked; our own remembers that it is furnished."""
        now = prepared.fingerprint()
        if self.own_database and prepared.stands(self.place, now):
            return
        self.step("open_demo", "--welcome", str(self.place / prepared.WELCOME))
        prepared.note(self.place, now)

    def open(self) -> None:
        """The site until it answers; then the workers and the clock, who may take a moment longer."""
        self._start("The site", [PYTHON, "-m", "granian", *self._serving(), "config.wsgi:application"], "site.log")
        deadline = time.monotonic() + ANSWER_S
        while not self._answers():
            self.servers.check()
            self.house.check()
            if time.monotonic() > deadline:
                raise CannotStart(f"The site did not answer within {ANSWER_S} s. Read {self.place / 'site.log'}.")
            time.sleep(0.05)
        self._staff()

    def _staff(self) -> None:
        celery: list[str | Path] = [PYTHON, "-m", "celery", "-A", "config"]
        worker: list[str | Path] = [*celery, "worker", "--loglevel=info"]
        self._start("The Celery worker", [*worker, "--concurrency=2", "--hostname=house@%h"], "worker.log")
        self._start("The Celery worker that draws", [*worker, *DRAWING], "pictures.log", first=_after_others)
        if has_renderer():
            self._start("The Celery worker of the studio", [*worker, *STUDIO], "studio.log")
        schedule = f"--schedule={self.place / 'beat'}"
        self._start("Celery beat", [*celery, "beat", "--loglevel=info", "--pidfile=", schedule], "beat.log")

    def say_ready(self, took_s: float) -> None:
        site = self.env["SITE_URL"]
        print(f"\nAjour is open at {site}  (ready in {took_s:.0f} s; Ctrl-C stops it)\n", flush=True)
        print((self.place / prepared.WELCOME).read_text("utf-8").replace("{site}", site), flush=True)

    def _serving(self) -> list[str]:
        """A worker that is asked to stop while it starts would hang for ever without the kill timeout."""
        return [
            *("--interface", "wsgi", "--host", HERE, "--port", str(self.port)),
            *("--workers", "2", "--blocking-threads", "4", "--workers-kill-timeout", "2s"),
        ]

    def _start(
        self, name: str, command: list[str | Path], log: str, *, first: Callable[[], None] | None = None
    ) -> None:
        self.house.start(name, command, env=self.env, cwd=ROOT, log=self.place / log, first=first)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://{HERE}:{self.port}/healthz", timeout=3) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def _after_others() -> None:
    """A new demo has some five hundred pictures and models drawn: pages that somebody waits for come first."""
    os.nice(5)


def has_renderer() -> bool:
    """Whether the extra [render] is installed: `make studio` does."""
    return all(find_spec(name) is not None for name in ("mitsuba", "pyoidn"))


def run(port: int) -> int:
    """Refuse what can be refused before anything starts, then run."""
    need_free(port)
    place = folder("demo")
    with locked(place):
        env = environment("demo")
        check_stripe(env)
        env["SITE_URL"] = f"http://localhost:{port}"
        env["STATIC_ROOT"], env["MEDIA_ROOT"] = str(place / "static"), str(place / "media")
        return Demo(port, place, env).run()
