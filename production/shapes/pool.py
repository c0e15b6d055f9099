"""Building apart from whoever asks: in a process of the pool's own, which takes so much time and memory and no more.

The limits are the kernel's: each process sets its own timers and its own RLIMIT_DATA. So a build ends even where it never
returns to Python, and even when whoever asked for it is gone. The next build then gets a new process.
"""

import logging
import os
import resource
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import LifoQueue
from typing import Any

from django.utils.translation import gettext_lazy as _
from manifold3d import Manifold

from production.shapes.parameters import Refused

log = logging.getLogger(__name__)

SPAWN = get_context("spawn")
CRASHES = (-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS)
"""How native code ends by a fault of its own, or where it did not get the memory it took for granted: nobody can tell which."""
BEGINS_WITHIN_S = 60.0  # a new process reads its libraries first, which is nobody's fault on a busy machine
ENDS_WITHIN_S = 5.0
BREAKS_OFF = _(
    "In these sizes the drawing breaks off, twice: choose slightly different sizes, or write to us about the piece."
)
TOO_MUCH = _("In these sizes the piece has too many details to be drawn: choose fewer or larger ones.")


@dataclass(frozen=True)
class Limits:
    """What one build may take: processor seconds, seconds by the clock, bytes of memory in its whole process."""

    cpu_s: float = 3.0
    clock_s: float = 30.0
    data_bytes: int = 300 * 2**20


class Stalled(Exception):
    """The build ended before it had used what it may: by the clock, or by somebody else's hand. Worth another try."""


class BuildFailed(Exception):
    """The build broke off by a fault of the drawing's; the text is its traceback."""


class _Full(Exception):
    """There was not enough memory, in a process that may still have held what earlier builds left behind."""


class _Crashed(Exception):
    """Native code broke the process off."""


class Pool:
    """Does `work`, a function of a module, in so many processes. They are begun when first needed and kept for the next."""

    def __init__(self, work: Callable[..., Any], *, processes: int = 1, limits: Limits | None = None) -> None:
        self._idle: LifoQueue[_Bench] = LifoQueue()
        for _place in range(max(1, processes)):
            self._idle.put(_Bench(work, limits or Limits()))

    def do(self, *given: object) -> Any:
        """What `work` answers to this; waits for a free process. Refuses, with Refused, what is too much, or what `work` refuses.

        Raises Stalled for what is worth another try, BuildFailed for a fault.
        """
        bench = self._idle.get()
        try:
            return bench.do(given)
        finally:
            self._idle.put(bench)

    def close(self) -> None:
        """End every idle process. The next piece of work begins a new one."""
        benches = [self._idle.get() for _ in range(self._idle.qsize())]
        for bench in benches:
            bench.end()
            self._idle.put(bench)


class _Bench:
    """One place in the pool: a process, while there is one, and the pipe to it."""

    def __init__(self, work: Callable[..., Any], limits: Limits) -> None:
        self.work, self.limits = work, limits
        self.process: BaseProcess | None = None
        self.pipe: Connection | None = None

    def do(self, given: tuple[object, ...]) -> Any:
        """Once more, in a new process, what did not fit beside what earlier builds left, and whatever crashed."""
        used = self.process is not None and self.process.is_alive()
        try:
            return self._try(given)
        except _Full as full:
            self.end()
            if not used:
                raise _too_much("needs_too_much_memory") from full
        except _Crashed:
            log.warning("the process that draws crashed; trying once more")
        try:
            return self._try(given)
        except _Full as full:
            self.end()
            raise _too_much("needs_too_much_memory") from full
        except _Crashed as crashed:
            log.exception("the process that draws crashed twice")
            raise Refused("drawing_breaks_off", BREAKS_OFF) from crashed

    def _try(self, given: tuple[object, ...]) -> Any:
        pipe = self._ready()
        pipe.send(given)
        if not pipe.poll(BEGINS_WITHIN_S + self.limits.clock_s):
            self.end()
            raise Stalled("The process that draws did not answer; it was ended.")
        try:
            kind, told = pipe.recv()
        except (EOFError, ConnectionResetError) as gone:
            raise self._ended() from gone
        if kind == "made":
            return told
        if kind == "refused":
            raise Refused(*told[:2], **told[2])
        raise _Full if kind == "full" else BuildFailed(told)

    def _ready(self) -> Connection:
        if self.process is None or self.pipe is None or not self.process.is_alive():
            self.end()
            self.pipe, theirs = SPAWN.Pipe()
            self.process = SPAWN.Process(target=_serve, args=(self.work, theirs, self.limits), daemon=True)
            self.process.start()
            theirs.close()
        return self.pipe

    def _ended(self) -> Exception:
        """Why the process ended by itself."""
        code = self.end()
        if code == -signal.SIGPROF:
            return _too_much("takes_too_long")
        if code in CRASHES:
            return _Crashed(code)
        if code == -signal.SIGALRM:
            return Stalled(f"The build was not done after {self.limits.clock_s:g} s; its process was ended.")
        return Stalled(f"The process that draws ended by itself ({code}).")

    def end(self) -> int | None:
        """See that there is no process. Answers how it ended."""
        process, self.process = self.process, None
        if self.pipe:
            self.pipe.close()
        self.pipe = None
        if process is None:
            return None
        process.join(ENDS_WITHIN_S if process.exitcode is None and not process.is_alive() else 0.2)
        if process.is_alive():
            process.kill()
            process.join(ENDS_WITHIN_S)
        return process.exitcode


def _too_much(rule: str) -> Refused:
    return Refused(rule, TOO_MUCH)


def plan_for_one_processor() -> None:
    """Let manifold3d plan for one processor, as it does once, at its first solid: shared among two, a piece takes a third more of them.

    Elsewhere than on Linux it plans as it likes.
    """
    if not hasattr(os, "sched_setaffinity"):
        return
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(everywhere)})
    ball = Manifold.sphere(1, 96)
    (ball - ball.translate((0.5, 0, 0))).volume()
    os.sched_setaffinity(0, everywhere)


def _serve(work: Callable[..., Any], pipe: Connection, limits: Limits) -> None:
    """The process: one build after the other until whoever began it closes the pipe, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever began it
    plan_for_one_processor()
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (limits.data_bytes, hard))
    try:
        while True:
            pipe.send(_answered(work, pipe.recv(), limits))
    except (EOFError, BrokenPipeError):
        pass


def _answered(work: Callable[..., Any], given: tuple[object, ...], limits: Limits) -> tuple[str, Any]:
    signal.setitimer(signal.ITIMER_PROF, limits.cpu_s)  # their signals, which nobody catches, end the process
    signal.setitimer(signal.ITIMER_REAL, limits.clock_s)
    try:
        return "made", work(*given)
    except Refused as refusal:
        return "refused", (refusal.rule, refusal.sentence, refusal.figures)
    except MemoryError:
        return "full", None
    except Exception:  # whatever it is, whoever asked has to be told
        return "failed", traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
