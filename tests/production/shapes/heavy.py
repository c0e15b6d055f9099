"""Builds that a pool has to deal with. A spawned process finds them by their names in this module."""

import os
import signal
import time
from pathlib import Path

import numpy as np
from manifold3d import Manifold

from production.shapes.parameters import Refused


def hang():
    while True:
        pass


def eat():
    kept = []
    while True:
        kept.append(np.ones(2**18))


def eat_in_native_code():
    return Manifold.sphere(10, 2000).volume()


def threads_of_a_solid():
    """How many threads this process has after a large solid was cut, and on how many processors it may run."""
    ball = Manifold.sphere(10, 200)
    (ball - ball.translate((3, 0, 0))).volume()
    return len(list(Path("/proc/self/task").iterdir())), len(os.sched_getaffinity(0))


def wait(seconds):
    time.sleep(seconds)
    return os.getpid()


def who():
    return os.getpid()


def spend(seconds):
    began = time.process_time()
    while time.process_time() < began + seconds:
        pass
    return "spent"


def keep(megabytes, kept=[]):  # noqa: B006  what stays is the point
    kept.append(np.ones(megabytes * 2**17))
    return os.getpid()


def refuse():
    raise Refused("too_wide", "This is {much} too wide.", much="2 mm")


def stumble():
    raise ZeroDivisionError("in the drawing")


def be_killed():
    os.kill(os.getpid(), signal.SIGKILL)


def crash():
    os.kill(os.getpid(), signal.SIGSEGV)


def crash_once(path):
    if not Path(path).exists():
        Path(path).touch()
        crash()
    return "drawn"


def do(name, *given):
    """Whichever of these is named, so that one pool can be given several."""
    return globals()[name](*given)
