"""Statements that come again all day: the database plans them once a connection, and is then asked by name.

Django writes the values of a statement into its text, so that each is read and planned anew: of a purchase that was a
third of the database's work. Here the values travel beside the text. Only for statements of ours that say one thing and
are put together once (`asked`, `written`, moves, the outbox): the ORM's own go on as they were. It marks a number by what it takes
its type to be, and one that is larger would lose its upper half on this road; so numbers are unmarked here, and the
column itself refuses what it cannot hold.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.signals import connection_created
from django.dispatch import receiver

PLANS_KEPT = 500
"""How many plans a connection keeps. A purchase alone has some 100; psycopg's own 100 would forget each before it comes again."""


class Planned(psycopg.Cursor[Any]):
    """A cursor whose statements are planned when they first come, and kept."""

    def execute(self, query: Any, params: Any = None, **said: Any) -> Any:
        """Say it."""
        return super().execute(query, _unmarked(params), prepare=True, **said)


def planned(statement: str, values: Any = None) -> list[Any]:
    """Say it with its values beside it. Answers the rows it gives, none where it gives none.

    Errors and broken transactions are as with Django's own cursors; where somebody watches what is asked, one of those asks.
    """
    here: Any = connections["default"]
    here.close_if_health_check_failed()
    here.ensure_connection()
    if here.queries_logged or here.execute_wrappers:
        with here.cursor() as watched:
            watched.execute(statement, values)
            return watched.fetchall() if watched.description else []
    here.validate_no_broken_transaction()
    with here.wrap_database_errors:
        cursor: Any = _cursor(here)
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.pgresult.nfields else []  # `description` would first describe every column


def _cursor(here: Any) -> Planned:
    """The connection's own. Whoever asks takes all rows at once, so one does for all, and making one costs half as much as asking."""
    kept = vars(here).get("planned")
    if kept is None or kept.connection is not here.connection:
        kept = here.planned = Planned(here.connection)
    return kept


def _unmarked(values: Any) -> Any:
    if isinstance(values, Mapping):
        return {name: _plain(value) for name, value in values.items()}
    return None if values is None else [_plain(value) for value in values]


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value


@receiver(connection_created)
def keep_plans(connection: Any, **said: Any) -> None:
    """Let a new connection keep the plans of all that is asked all day, unless a pooler stands between that knows no plans.

    Django switches plans off altogether. Its own cursors write values into the text and never ask for one.
    """
    connection.connection.prepare_threshold = 5 if settings.DATABASE_KEEPS_PLANS else None
    connection.connection.prepared_max = PLANS_KEPT
