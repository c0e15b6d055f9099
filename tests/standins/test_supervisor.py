"""The supervisor: nothing outlives it, and what is in its way is one line."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from standins import kernel, postgres, privileges, servers
from standins.children import Children
from standins.demo import DRAWING
from standins.refusal import CannotStart

ROOT = Path(__file__).resolve().parents[2]
REPORT = """
import json, os, sys, pathlib
pathlib.Path(sys.argv[1]).write_text(json.dumps({"database": os.environ["DATABASE_URL"], "redis": os.environ["REDIS_URL"]}))
import time; time.sleep(120)
"""


def clean(tmp_path, **more):
    ours = (
        "DATABASE_URL",
        "REDIS_URL",
        "STRIPE_SECRET_KEY",
        "STRIPE_WEBHOOK_SECRET",
        "STRIPE_API_BASE",
        "PYTEST_XDIST_WORKER",
    )
    env = {name: value for name, value in os.environ.items() if name not in ours}
    return {**env, "AJOUR_DEV": str(tmp_path / "dev"), "PYTHONPATH": f"{ROOT}:{ROOT}/packaging", **more}


def start(tmp_path, *words, **more):
    command = [sys.executable, "-m", "standins.run", *words]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, cwd=ROOT, env=clean(tmp_path, **more), start_new_session=True, **streams)


@pytest.fixture
def running(tmp_path):
    """A supervisor with both servers and a command at work, and every process below it."""
    report = tmp_path / "report"
    process = start(tmp_path, "shell", "--", sys.executable, "-c", REPORT, str(report))
    until = time.monotonic() + 60
    while not report.exists() or not report.read_text():
        assert process.poll() is None, process.stdout.read()
        assert time.monotonic() < until
        time.sleep(0.05)
    yield process, kernel.descendants(process.pid)
    if process.poll() is None:
        process.terminate()
        process.wait(timeout=20)


def gone(pids, within_s=15):
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if not any(_alive(pid) for pid in pids):
            return True
        time.sleep(0.1)
    return False


def _alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


linux = pytest.mark.skipif(not kernel.LINUX, reason="needs /proc")


@linux
@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_stopped_or_killed_supervisor_leaves_nothing_behind(running, signum):
    process, below = running
    assert len(below) >= 4  # keeper, PostgreSQL with its own, Valkey, the command
    process.send_signal(signum)
    assert gone([process.pid, *below])


@linux
@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGKILL])
def test_the_worker_that_draws_goes_with_its_supervisor(tmp_path, signum):
    worker = ("-m", "celery", "-A", "config", "worker", "--loglevel=info", *DRAWING)
    process = start(tmp_path, "shell", "--", sys.executable, *worker, AJOUR_MODE="test")
    until = time.monotonic() + 90
    for line in process.stdout:
        if " ready." in line:
            break
        assert time.monotonic() < until
    below = kernel.descendants(process.pid)
    words = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in below]
    assert any(b"--queues=measures,models,pictures" in one for one in words)
    process.send_signal(signum)
    assert gone([process.pid, *below], within_s=30)


@linux
def test_a_killed_keeper_leaves_nothing_behind(running):
    process, below = running
    os.kill(below[0], signal.SIGKILL)
    assert gone(below)
    assert process.wait(timeout=10) != 0


@linux
def test_a_grandchild_that_left_its_parent_goes_too(tmp_path):
    note = tmp_path / "pid"
    child = f"import subprocess, sys; p = subprocess.Popen(['sleep', '120'], start_new_session=True); open({str(note)!r}, 'w').write(str(p.pid))"
    process = start(tmp_path, "shell", "--", sys.executable, "-c", child)
    assert process.wait(timeout=60) == 0
    assert gone([int(note.read_text())], within_s=1)


def test_the_command_s_exit_code_is_the_supervisor_s(tmp_path):
    process = start(tmp_path, "shell", "--", sys.executable, "-c", "raise SystemExit(7)")
    assert process.wait(timeout=60) == 7


def test_two_with_folders_of_their_own_run_beside_each_other(tmp_path):
    ask = "import os, psycopg; print(psycopg.connect(os.environ['DATABASE_URL']).execute('SELECT 1').fetchone())"
    both = [start(tmp_path / name, "shell", "--", sys.executable, "-c", ask) for name in ("a", "b")]
    for process in both:
        said, _ = process.communicate(timeout=90)
        assert process.returncode == 0, said
        assert "(1,)" in said


def test_the_same_folder_twice_is_refused_in_a_sentence(running, tmp_path):
    second = start(tmp_path, "shell", "--", "true")
    said, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert "already runs" in said
    assert "Traceback" not in said


def test_a_taken_port_is_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start(tmp_path, "demo", "--port", str(port))
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said.strip() == f"Port {port} is taken. Choose another: make demo PORT={port + 10}"


@pytest.mark.parametrize(
    ("port", "more", "words"),
    [
        ("x", {}, "PORT is 'x'. It must be a number"),
        ("70000", {}, "It must be a number from 1 to"),
        ("8000", {"AJOUR_DEV": "/proc/nowhere"}, "can't be written"),
        ("0", {}, "PORT is '0'"),
    ],
)
def test_what_is_in_the_way_of_a_demo_is_one_line(tmp_path, port, more, words):
    process = start(tmp_path, "demo", "--port", port, **more)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert len(said.strip().splitlines()) == 1
    assert words in said or "is taken" in said


def test_half_a_stripe_or_a_live_one_is_refused():
    with pytest.raises(CannotStart, match="without STRIPE_WEBHOOK_SECRET"):
        servers.check_stripe({"STRIPE_SECRET_KEY": "sk_test_1"})
    with pytest.raises(CannotStart, match="live key"):
        servers.check_stripe({"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_WEBHOOK_SECRET": "whsec_1"})
    servers.check_stripe({"STRIPE_SECRET_KEY": "sk_test_1", "STRIPE_WEBHOOK_SECRET": "whsec_1"})
    servers.check_stripe({})


def test_real_servers_are_used_where_the_environment_names_them(tmp_path):
    children, env = Children(), {"DATABASE_URL": "postgresql://here", "REDIS_URL": "redis://here"}
    servers.start_stores(children, tmp_path, env, durable=False)
    assert children.all == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down")
@pytest.mark.parametrize("copied", [False, True])
def test_root_without_user_namespaces_runs_the_server_as_nobody(tmp_path, monkeypatch, copied):
    monkeypatch.setattr(kernel, "works_in_child", lambda act: False)
    monkeypatch.setattr(privileges, "ELSEWHERE", Path("/var/tmp") / f"ajour-test-{os.getpid()}")
    privileges.ELSEWHERE.mkdir(mode=0o755)
    if copied:
        monkeypatch.setattr(privileges, "_as_nobody", lambda programs, home: None)
    home = privileges.ELSEWHERE / "house" / "postgres"
    home.mkdir(parents=True)
    children = Children()
    try:
        url = postgres.start(children, home, durable=False).url
        asked = subprocess.run(
            [postgres.programs() / "psql", url, "-Atc", "SELECT 6 * 7"], check=False, capture_output=True, text=True
        )
        assert asked.stdout.strip() == "42", asked.stderr
        owner = Path(f"/proc/{children.all[0].process.pid}").stat().st_uid
        assert owner != 0
    finally:
        children.stop()
        subprocess.run(["rm", "-rf", str(privileges.ELSEWHERE)], check=True)


def test_a_server_that_was_killed_starts_again_with_its_data(tmp_path):
    children = Children()
    try:
        first = postgres.start(children, tmp_path / "postgres", durable=True)
        psql = [postgres.programs() / "psql", first.url, "-Atqc"]
        subprocess.run([*psql, "CREATE TABLE ring AS SELECT 7 AS size"], check=True)
        children.all[0].process.kill()
        children.all[0].process.wait()
        (tmp_path / "postgres/data/postmaster.pid").write_text(f"{os.getpid()}\n")  # a number that was used again
        children.all.clear()
        postgres.start(children, tmp_path / "postgres", durable=True)
        assert (
            subprocess.run([*psql, "SELECT size FROM ring"], check=False, capture_output=True, text=True).stdout.strip()
            == "7"
        )
    finally:
        children.stop()


def test_the_socket_folder_is_short_and_ours_alone(tmp_path):
    children = Children()
    try:
        url = postgres.start(children, tmp_path / ("long" * 20) / "postgres", durable=False).url
        folder = Path(url.split("host=")[1].split("&")[0])
        assert folder.stat().st_mode & 0o777 == 0o700
        assert len(str(folder)) < 80
    finally:
        children.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be anybody")
@pytest.mark.parametrize("user", [0, 54321], ids=["root", "a user without a name"])
def test_the_server_runs_in_a_namespace_as_somebody_with_a_name(user):
    home = Path("/var/tmp") / f"ajour-test-{os.getpid()}-{user}"
    home.mkdir(mode=0o777)
    home.chmod(0o777)
    program = (
        "import os, subprocess; from pathlib import Path; from standins import postgres; from standins.children import Children\n"
        f"import ctypes; os.setgid({user}); os.setuid({user}); ctypes.CDLL(None).prctl(4, 1)\n"  # as after an exec
        f"children = Children(); url = postgres.start(children, Path({str(home)!r}) / 'pg', durable=False).url\n"
        "print(subprocess.run([postgres.programs() / 'psql', url, '-Atc', 'SELECT 6 * 7'],"
        " capture_output=True, text=True).stdout); children.stop()"
    )
    try:
        asked = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, cwd=ROOT)
        assert asked.stdout.strip() == "42", asked.stderr
        assert {path.stat().st_uid for path in (home / "pg").iterdir()} == {user}, "no file changed hands"
    finally:
        subprocess.run(["rm", "-rf", str(home)], check=True)


def test_a_user_without_a_name_and_without_namespaces_is_told_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(privileges.os, "geteuid", lambda: 54321)
    monkeypatch.setattr(kernel, "works_in_child", lambda act: False)
    with pytest.raises(CannotStart, match="User 54321 has no entry in this machine's passwd file"):
        privileges.step_down(postgres.programs(), tmp_path)
