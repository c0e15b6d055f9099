"""A promise counts the work that is already open."""

from importlib.util import find_spec


def test_once_there_are_tickets_their_open_operations_are_counted():
    if find_spec("production.tickets.models"):
        assert find_spec("production.planning.open_work"), "production.offer.promise still takes open_minutes={}"
