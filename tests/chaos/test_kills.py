"""Workers are killed at work and the broker is emptied; nothing that was promised is lost, and nothing is done twice."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis
from celery import current_app
from django.conf import settings
from django.db import connection, transaction

from foundation.outbox.actions import put
from foundation.outbox.models import Work

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROMISED = 800
CHILD_KILLS = 100
WORKER_KILLS = 5
WITHIN_S = 90

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def worker(monkeypatch):
    """Starts Celery workers on this test's database; all of them are gone afterwards."""
    sys.path.insert(0, str(HERE))
    import chaos_worker  # noqa: F401  registers the two kinds here too

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS chaos_effect")
        cursor.execute("CREATE TABLE chaos_effect (id bigserial PRIMARY KEY, key text NOT NULL)")
    started = []

    def start():
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "chaos_worker",
            "worker",
            "--concurrency",
            "3",
            "--loglevel",
            "error",
        ]
        process = subprocess.Popen(
            command, cwd=ROOT, env=_env(), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    sys.path.remove(str(HERE))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE chaos_effect")


def _env():
    now = connection.settings_dict
    host = now["OPTIONS"].get("host") or now["HOST"]
    port = now["OPTIONS"].get("port") or now["PORT"] or 5432
    url = f"postgresql://{now['USER']}:{now['PASSWORD']}@/{now['NAME']}?host={host}&port={port}"
    paths = os.pathsep.join([str(ROOT), str(ROOT / "packaging"), str(HERE)])
    return os.environ | {"DATABASE_URL": url, "PYTHONPATH": paths, "AJOUR_MODE": "test"}


def promise(kind, numbers):
    for n in numbers:
        with transaction.atomic():
            put(kind, key=f"{kind}:{n}", payload={"key": str(n)})


def children_of(process):
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in listed.read_text().split()] if listed.exists() else []


def kill_children(process, times, chance):
    for _ in range(times):
        pids = children_of(process)
        if pids:
            try:
                os.kill(chance.choice(pids), signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.05)
        hint_sweep()


def hint_sweep():
    """What beat does in the house."""
    current_app.send_task("outbox.sweep", ignore_result=True)


def done_counts():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT key) FROM chaos_effect")
        return cursor.fetchone()


def wait_until_begun():
    deadline = time.monotonic() + WITHIN_S
    while done_counts()[0] == 0 and time.monotonic() < deadline:
        hint_sweep()
        time.sleep(0.1)


def wait_until_done(within_s=WITHIN_S):
    deadline = time.monotonic() + within_s
    while Work.objects.waiting().exists() and time.monotonic() < deadline:
        hint_sweep()
        time.sleep(0.5)
    assert not Work.objects.waiting().exists(), f"{Work.objects.waiting().count()} were not done within {within_s} s"


def test_a_hundred_killed_children_and_five_killed_workers_lose_and_double_nothing(worker):
    chance = random.Random(7)
    process = worker()
    promise("chaos.effect", range(PROMISED))
    wait_until_begun()
    for _ in range(WORKER_KILLS):
        kill_children(process, CHILD_KILLS // WORKER_KILLS, chance)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process = worker()
        time.sleep(1.5)
    wait_until_done()
    assert done_counts() == (PROMISED, PROMISED)


def test_the_same_kills_double_work_whose_effect_is_not_in_the_outbox_s_transaction(worker):
    """The negative control: if this stops doubling, the test above proves nothing."""
    chance = random.Random(7)
    process = worker()
    promise("chaos.careless", range(PROMISED))
    wait_until_begun()
    for _ in range(CHILD_KILLS * 3):  # until one falls between the effect and its mark
        kill_children(process, 1, chance)
        if not Work.objects.waiting().exists():
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    worker()
    wait_until_done()
    done, distinct = done_counts()
    assert distinct == PROMISED
    assert done > PROMISED


def test_an_emptied_broker_delays_and_loses_nothing(worker):
    promise("chaos.effect", range(200))
    redis.Redis.from_url(settings.REDIS_URL).delete("celery", "unacked", "unacked_index")
    assert done_counts() == (0, 0)
    worker()
    wait_until_done()
    assert done_counts() == (200, 200)
