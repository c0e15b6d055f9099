"""A Celery worker whose outbox work writes one row per key into a table of the test's: what was done, how often.

`chaos.effect` writes in the work's own transaction, as every inside handler does. `chaos.careless` is the negative
control: it commits its effect by itself before the work is marked done, as a task outside an outbox would.
"""

import time

from django.db import connection, connections

from config.celery import app
from foundation.outbox.handlers import HANDLERS, handles

PAUSE_S = 0.02
__all__ = ["app"]

if "chaos.effect" not in HANDLERS:

    @handles("chaos.effect", "Write a row")
    def effect(*, key: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO chaos_effect (key) VALUES (%s)", [key])
        time.sleep(PAUSE_S)

    @handles("chaos.careless", "Write a row carelessly")
    def careless(*, key: str) -> None:
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("INSERT INTO chaos_effect (key) VALUES (%s)", [key])
        other.close()
        time.sleep(5 * PAUSE_S)  # wide enough for a kill to fall between the effect and its mark
