"""A clock that can be set: while it runs, the whole house takes its time from it.

The product reads the time in one way only, `timezone.now()`, in its pages, tasks and tables alike. So the demo's months are
played with the product's own actions, and every date on every page is one the product wrote.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone

TICK = timedelta(milliseconds=1)
"""How far it goes on with every look at it, so that what follows is never as old as what came before."""


class Clock:
    """Begins at `at`, goes only forwards, and never past `end`, the present."""

    def __init__(self, at: datetime, *, end: datetime) -> None:
        self.at, self.end = at, end

    def set(self, at: datetime) -> datetime:
        """Put it on, if that is later, and not past the present."""
        self.at = max(self.at, min(at, self.end))
        return self.at

    def read(self) -> datetime:
        """The time, a tick later each time."""
        self.at += TICK
        return self.at

    @contextmanager
    def running(self) -> Iterator["Clock"]:
        """The house's time is this clock's."""
        real = timezone.now
        timezone.now = self.read
        try:
            yield self
        finally:
            timezone.now = real
