"""Many processes at once on the real database, let go together."""

import multiprocessing
from collections.abc import Callable

from django.db import connections

PROCESSES = 20


def race(work: Callable[[int], object], *, processes: int = PROCESSES) -> list[object]:
    """Run `work(number)` in that many processes, all let go at the same moment; answers what each one answered."""
    context = multiprocessing.get_context("fork")
    gate, answers = context.Barrier(processes), context.Queue()

    def one(number: int) -> None:
        connections["default"].connection = None  # the parent's connection is not the child's
        connections["default"].ensure_connection()
        gate.wait(timeout=60)
        try:
            answers.put(work(number))
        except Exception as error:
            answers.put(error)
        finally:
            connections.close_all()

    connections.close_all()
    runners = [context.Process(target=one, args=(number,)) for number in range(processes)]
    for runner in runners:
        runner.start()
    found = [answers.get(timeout=120) for _ in runners]
    for runner in runners:
        runner.join(timeout=30)
    if errors := [answer for answer in found if isinstance(answer, Exception)]:
        raise errors[0]
    return found
