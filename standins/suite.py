"""`make test`: the whole suite on servers of its own; and any other command on the same servers."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from standins.children import Children
from standins.place import ROOT, folder, locked
from standins.servers import environment, start_stores

AT_LEAST, AT_MOST = 2, 8  # processes of pytest


def run(words: Sequence[str]) -> int:
    """The suite in parallel, but for what has a lane of its own, which `words` to pytest may name. Answers its exit code."""
    processes = min(max(os.cpu_count() or AT_LEAST, AT_LEAST), AT_MOST)
    told = ["-n", str(processes), "-m", "not slow and not looks and not journey", *words]
    return on_servers("test", [sys.executable, "-m", "pytest", *told])


def on_servers(mode: str, command: Sequence[str | Path]) -> int:
    """Run `command` with DATABASE_URL and REDIS_URL of servers that live as long as it does."""
    place = folder(mode)
    servers, work = Children(), Children()
    with locked(place):
        env = environment("test")
        env.setdefault("STATIC_ROOT", str(place / "static"))
        env.setdefault("MEDIA_ROOT", str(place / "media"))
        try:
            start_stores(servers, place, env, durable=False)
            child = work.start("The command", command, env=env, cwd=ROOT, stop_signal=signal.SIGINT)
            return child.process.wait()
        finally:
            work.stop(grace_s=15)
            servers.stop()
