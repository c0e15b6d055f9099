"""Acts that join their caller's transaction."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

Told = ParamSpec("Told")
Done = TypeVar("Done")


def joined(act: Callable[Told, Done]) -> Callable[Told, Done]:
    """In the caller's transaction where there is one, else in one of its own.

    For an act that refuses before it writes: whoever catches its refusal and goes on has nothing to undo, so it needs no
    savepoint. `transaction.atomic` is for those that may have written something by then.
    """

    @functools.wraps(act)
    def together(*args: Told.args, **said: Told.kwargs) -> Done:
        if connection.in_atomic_block:
            return act(*args, **said)
        with transaction.atomic():
            return act(*args, **said)

    return together
