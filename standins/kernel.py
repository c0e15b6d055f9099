"""Three things that only Linux's kernel can do for a supervisor. Elsewhere each does nothing."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

LINUX = sys.platform.startswith("linux")
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36  # linux/prctl.h
CLONE_NEWUSER = 0x10000000  # linux/sched.h

# Loaded here, because a child between fork and exec must not load libraries.
_libc = ctypes.CDLL(None, use_errno=True) if LINUX else None


def die_with(parent: int, signum: int) -> None:
    """Ask the kernel to send this process `signum` when its parent dies; leave at once when it is dead already."""
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Grandchildren whose parent dies become our children instead of the first process's."""
    if _libc is not None:
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def become(inside: int) -> None:
    """Enter a user namespace in which we are user `inside`: no user is made, no file changes hands."""
    user, group = os.geteuid(), os.getegid()
    if _libc is None or _libc.unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "no user namespace")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{inside} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{inside} {group} 1")


def works_in_child(act: Callable[[], None]) -> bool:
    """Whether `act` succeeds, tried in a child that ends with it."""
    pid = os.fork()
    if pid == 0:
        try:
            act()
            os._exit(0)
        except BaseException:  # the child must end here whatever happened
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def descendants(of: int) -> list[int]:
    """Every living process below `of`, read from /proc; empty where there is none."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat") if LINUX else ():
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue  # it ended while we looked
        if state != "Z":
            below.setdefault(int(parent), []).append(int(stat.parent.name))
    found, ahead = [], [of]
    while ahead:
        children = below.get(ahead.pop(), [])
        found += children
        ahead += children
    return found


def kill_descendants() -> None:
    """Kill everything below this process until nothing is left. Needs `adopt_orphans` to miss nothing."""
    while left := descendants(os.getpid()):
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        bury()


def bury() -> None:
    """Wait for every child that has ended, without waiting for one that lives."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
