"""Who does which kind of outbox work: one function a kind, registered where it stands."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

Handler = TypeVar("Handler", bound=Callable[..., None])

HANDLERS: dict[str, Callable[..., None]] = {}
DOES: dict[str, object] = {}
"""What each kind does, in words that the office reads in its language."""
OUTSIDE: set[str] = set()
QUEUES: dict[str, str] = {}
"""Kinds that have workers of their own; all others are anybody's."""
ATTEMPTS: dict[str, int] = {}
"""Kinds that are given up sooner, or later, than others."""
LEASES: dict[str, timedelta] = {}
"""Outside kinds that take minutes rather than seconds: how long one try may last before somebody else may try."""


def handles(
    kind: str,
    does: object,
    *,
    outside: bool = False,
    queue: str = "",
    attempts: int = 0,
    lease: timedelta | None = None,
) -> Callable[[Handler], Handler]:
    """Register a function for a kind of work, which `does` this; it is called with the row's payload as keywords.

    An inside handler changes our database only: its effect and the row's done-mark are one transaction, so it
    happens exactly once. An `outside` handler calls somebody else (Stripe, mail) and is also given `key`, the
    same at every attempt, for the other side to recognise a repetition by; no row stays locked meanwhile. With a
    `queue`, only that queue's workers do it; with `attempts`, it is given up after so many; an outside call that takes
    long says with `lease` how long it may take at most.
    """

    def register(function: Handler) -> Handler:
        if kind in HANDLERS:
            raise TypeError(f"two handlers for {kind}")
        HANDLERS[kind], DOES[kind] = function, does
        if outside:
            OUTSIDE.add(kind)
        if queue:
            QUEUES[kind] = queue
        if attempts:
            ATTEMPTS[kind] = attempts
        if lease:
            LEASES[kind] = lease
        return function

    return register
