"""Orders are placed, made, packed and sent while the house's own workers are killed under them; every piece is made once.

The people's steps are played by the demo's cast through the product's own actions. What Celery owes them is done by
real workers of `config`, whose children, and at times whole workers, are killed all the while.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

import demo.bench
import demo.buying
import demo.parcels
import demo.shelves
import demo.stories
from config.reconcile import reconcile
from demo.catalogue import DESIGNS
from demo.owed import FOR_THE_WORKER
from demo.people import BUYERS, STAFF, email_of
from demo.pieces import LARGE, MEDIUM, SMALL_SIZE
from foundation.house.models import Brand
from foundation.office.models import Finding
from foundation.outbox.models import Work
from foundation.people.models import User
from packing.models import Parcel
from production.metal.models import Account
from production.tickets.models import Ticket
from store.orders.models import Order

ROOT = Path(__file__).parents[2]
CHILD_KILLS, WORKER_KILLS = 100, 5
EVERY_S = 0.4
WITHIN_S = 180
STORIES = [
    demo.stories.Story(1 + n % 6, "jamb", alloy, size, "delivered", engraving=f"No {n}")
    for n, (alloy, size) in enumerate(
        [("AU750R", MEDIUM), ("AU750Y", LARGE), ("AU750R", SMALL_SIZE), ("AU750Y", MEDIUM)] * 3
    )
]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Killer(threading.Thread):
    """Keeps one worker of the house running and kills its children; every twentieth kill takes the whole worker."""

    def __init__(self, env):
        super().__init__(daemon=True)
        self.env, self.chance, self.over = env, random.Random(11), threading.Event()
        self.children = self.workers = 0
        self._begin()

    def _begin(self):
        words = ["-m", "celery", "-A", "config", "worker", "--concurrency", "2", "--loglevel", "error"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.is_ready = False
        self.worker = subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=self.env, start_new_session=True, **quiet
        )

    def run(self):
        while not self.over.wait(EVERY_S):
            if self.worker.poll() is not None:  # as whoever supervises a real worker would
                self._begin()
            # a worker whose children die before it listens gives up by itself: it is the listening one that is hunted
            self.is_ready = self.is_ready or bool(current_app.control.ping(limit=1, timeout=EVERY_S))
            if self.is_ready:
                self._kill_a_child()
            if self.children >= (self.workers + 1) * CHILD_KILLS // WORKER_KILLS:
                self._kill_the_worker()

    def _kill_a_child(self):
        listed = Path(f"/proc/{self.worker.pid}/task/{self.worker.pid}/children")
        pids = [int(pid) for pid in listed.read_text().split()] if listed.exists() else []
        if pids:
            try:
                os.kill(self.chance.choice(pids), signal.SIGKILL)
                self.children += 1
            except ProcessLookupError:
                pass

    def _kill_the_worker(self):
        self.end()
        self.workers += 1

    def end(self):
        try:
            os.killpg(self.worker.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.worker.wait()


@pytest.fixture
def house(settings, tmp_path, monkeypatch):
    """The demo house with one piece on its shelves and no orders yet."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(demo.shelves, "DESIGNS", [one for one in DESIGNS if one.slug == "jamb"])
    call_command("load_demo", days=0)
    return Brand.objects.get()


@pytest.fixture
def killer(house, settings):
    now = connection.settings_dict
    host = now["OPTIONS"].get("host") or now["HOST"]
    port = now["OPTIONS"].get("port") or now["PORT"] or 5432
    url = f"postgresql://{now['USER']}:{now['PASSWORD']}@/{now['NAME']}?host={host}&port={port}"
    mode = {"DATABASE_URL": url, "AJOUR_MODE": "test", "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    killer = Killer(os.environ | mode)
    yield killer
    killer.over.set()
    killer.join()
    killer.end()


def wait_for_the_workers(**_):
    """What the demo does in its own process is left to the workers here."""
    deadline = time.monotonic() + WITHIN_S
    while (left := Work.objects.waiting().exclude(kind__in=FOR_THE_WORKER)).exists():
        assert time.monotonic() < deadline, list(left.values_list("key", "attempts", "last_error"))
        current_app.send_task("outbox.sweep", ignore_result=True)
        time.sleep(0.1)


def test_pieces_are_made_once_and_sent_once_while_workers_die(house, killer, monkeypatch):
    monkeypatch.setattr(demo.stories, "do_what_is_owed", wait_for_the_workers)
    monkeypatch.setattr(demo.buying, "do_what_is_owed", wait_for_the_workers)
    monkeypatch.setattr(demo.parcels, "do_what_is_owed", wait_for_the_workers)
    monkeypatch.setattr(demo.bench, "do_what_is_owed", wait_for_the_workers)
    people = {str(role): User.objects.get(email=email_of(role)) for role, *_ in (*STAFF, *BUYERS)}
    killer.start()
    for story in STORIES:
        demo.stories.play(story, brand=house, people=people, now=timezone.now())
    while killer.workers < WORKER_KILLS:  # the last kills fall on letters and pictures
        current_app.send_task("outbox.sweep", ignore_result=True)
        time.sleep(EVERY_S)
    killer.over.set()
    wait_for_the_workers()
    assert (killer.children, killer.workers) >= (CHILD_KILLS, WORKER_KILLS)
    assert Order.objects.filter(state="completed").count() == len(STORIES)
    assert Ticket.objects.filter(state="finished").count() == Ticket.objects.count() == len(STORIES)
    assert Parcel.objects.filter(state="delivered").count() == Parcel.objects.count() == len(STORIES)
    assert not Work.objects.dead().exists()
    assert sum(Account.objects.values_list("fine_dug", flat=True)) == 0
    assert not any(reconcile(now=timezone.now()).values()), list(Finding.objects.values_list("text", flat=True))
