"""Tickets driven through all six stages: the people's steps by the demo's cast, everything between by real workers."""

import time
from time import perf_counter

from celery import current_app
from django.utils import timezone

import demo.bench
import demo.buying
import demo.parcels
import demo.stories
from demo.owed import FOR_THE_WORKER
from demo.people import BUYERS, STAFF, email_of
from demo.pieces import LARGE, MEDIUM, SMALL_SIZE
from foundation.house.models import Brand
from foundation.outbox.models import Work
from foundation.people.models import User
from production.tickets.models import Ticket
from tests.bench import house
from tests.bench.cpu import postmaster, spent_ms
from tests.bench.figures import Figures

WITHIN_S = 60
SIZES = (MEDIUM, LARGE, SMALL_SIZE)


def tickets(times: int) -> list[Figures]:
    """One order after the other, from the basket to the buyer's door."""
    for room in (demo.stories, demo.bench, demo.buying, demo.parcels):
        room.do_what_is_owed = _wait_for_the_workers
    people = {str(role): User.objects.get(email=email_of(role)) for role, *_ in (*STAFF, *BUYERS)}
    brand, below = Brand.objects.get(), postmaster()
    with house.workers() as pid:
        _play(0, brand, people)
        worked, database, began = spent_ms(pid), spent_ms(below), perf_counter()
        for n in range(1, times + 1):
            _play(n, brand, people)
        took = perf_counter() - began
        done = (spent_ms(pid) - worked) / times, (spent_ms(below) - database) / times
    finished = Ticket.objects.filter(state="finished").count()
    if finished < times:
        raise SystemExit(f"only {finished} of {times} tickets were finished")
    return [Figures("a ticket through six stages (workers)", times / took, *done)]


def _play(n: int, brand: Brand, people: dict[str, User]) -> None:
    alloy = ("AU750R", "AU750Y")[n % 2]
    story = demo.stories.Story(1 + n % 6, "jamb", alloy, SIZES[n % 3], "delivered", engraving=f"No {n}")
    demo.stories.play(story, brand=brand, people=people, now=timezone.now())


def _wait_for_the_workers(**_: object) -> None:
    deadline = time.monotonic() + WITHIN_S
    while Work.objects.waiting().exclude(kind__in=FOR_THE_WORKER).exists():
        if time.monotonic() > deadline:
            raise SystemExit("the workers did not keep up")
        current_app.send_task("outbox.sweep", ignore_result=True)
        time.sleep(0.02)
