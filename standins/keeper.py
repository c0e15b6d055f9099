"""Two processes that watch each other, so that the death of either leaves nothing behind.

The one that was started forks a keeper, and only waits and passes signals on. The keeper starts everything. When the first
is killed the kernel tells the keeper, which stops all; when the keeper is killed its orphans fall to the first, which kills them.
"""

import os
import signal
from collections.abc import Callable
from types import FrameType

from standins import kernel

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked us to stop. Not an Exception: nothing but the keeper's own end catches it."""


def kept(work: Callable[[], int], *, with_parent: bool = False) -> int:
    """Run `work` under a keeper and return its exit code. `with_parent`: stop too when whoever started us dies."""
    if with_parent:
        kernel.die_with(os.getppid(), signal.SIGTERM)
    kernel.adopt_orphans()
    watcher = os.getpid()
    keeper = os.fork()
    if keeper == 0:
        os._exit(_keep(work, watcher))

    def pass_on(_signum: int, _frame: FrameType | None) -> None:
        os.kill(keeper, signal.SIGTERM)

    for signum in STOPPING:
        signal.signal(signum, pass_on)
    status = _wait_for(keeper)
    kernel.kill_descendants()
    return os.waitstatus_to_exitcode(status)


def _wait_for(keeper: int) -> int:
    """The keeper's status; adopted orphans that end meanwhile are buried on the way."""
    while True:
        pid, status = os.wait()
        if pid == keeper:
            return status


def _keep(work: Callable[[], int], watcher: int) -> int:
    """The keeper: do the work until it ends or is stopped, then leave nothing below."""
    kernel.adopt_orphans()
    for signum in (signal.SIGINT, signal.SIGHUP):
        signal.signal(signum, _heard)  # the watcher hears them too and passes them on as SIGTERM
    signal.signal(signal.SIGTERM, _stop_once)
    kernel.die_with(watcher, signal.SIGTERM)
    try:
        return work()
    except Stopped:
        return 0
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        kernel.kill_descendants()


def _heard(_signum: int, _frame: FrameType | None) -> None:
    """Do nothing, yet not "ignore": that would be inherited by every child."""


def _stop_once(_signum: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # what stops is not stopped again while it stops
    raise Stopped
