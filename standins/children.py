"""Children that end when their supervisor does, however it ends."""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from standins import kernel
from standins.refusal import CannotStart

GRACE_S = 6.0


@dataclass
class Child:
    """A running server or worker: what it is called, how it is asked to stop, where it writes."""

    name: str
    process: subprocess.Popen[bytes]
    stop_signal: int
    log: Path | None

    def ended(self) -> int | None:
        """Its exit code, or None while it lives."""
        return self.process.poll()

    def ask_to_stop(self) -> None:
        if self.ended() is None:
            self.process.send_signal(self.stop_signal)

    def why(self) -> str:
        """One sentence for a child that ended by itself."""
        where = f" Read {self.log}." if self.log else ""
        return f"{self.name} stopped (exit {self.process.returncode}).{where}"


@dataclass
class Children:
    """Everything one supervisor started, in order."""

    all: list[Child] = field(default_factory=list)

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stop_signal: int = signal.SIGTERM,
        user: str | None = None,
        first: Callable[[], None] | None = None,
    ) -> Child:
        """Start `command` in a session of its own; `first` runs in the child before it. `log` None: our own output."""
        parent = os.getpid()

        def before_exec() -> None:
            if first:
                first()
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background job hands it down ignored
            kernel.die_with(parent, stop_signal)

        output = log.open("ab") if log else None
        try:
            process = subprocess.Popen(
                [str(part) for part in command],
                stdin=None if log is None else subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                env=None if env is None else dict(env),
                cwd=cwd,
                start_new_session=True,
                preexec_fn=before_exec,  # noqa: PLW1509 - we start children from one thread only
                **as_user(user),
            )
        finally:
            if output:
                output.close()
        child = Child(name, process, stop_signal, log)
        self.all.append(child)
        return child

    def check(self) -> None:
        """Refuse to go on when one has ended."""
        for child in self.all:
            if child.ended() is not None:
                raise CannotStart(child.why())

    def stop(self, *, grace_s: float = GRACE_S) -> None:
        """Ask all of them, wait, then kill what is left. Safe to call twice."""
        deadline = time.monotonic() + grace_s
        for child in self.all:
            child.ask_to_stop()
        for child in self.all:
            try:
                child.process.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
        self.all.clear()


def as_user(user: str | None) -> dict[str, Any]:
    """Popen's arguments for running as somebody else, without any of our groups."""
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
