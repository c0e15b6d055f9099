"""Whether a studio is open: a worker that has the renderer says so now and then, and is believed for a while."""

from datetime import timedelta

from django.core.cache import cache

OPEN = "pictures:open"
BELIEVED_FOR = timedelta(seconds=90)


def say_open(*, for_: timedelta = BELIEVED_FOR) -> None:
    """Say, from the studio, that it is open, and for how long that may be believed."""
    cache.set(OPEN, 1, for_.total_seconds())


def is_open() -> bool:
    """Whether a picture that is asked for now will be taken. A cache that is away counts as closed."""
    return bool(cache.get(OPEN))
