"""Emptying the tables after a test that commits.

Django truncates all of them, and then writes its permissions anew: a second and more, of which most tests have to pay
nothing, having written twenty rows.
"""

from functools import cache

from django.db import connection, transaction

from foundation.planned import planned

KEPT = {"django_migrations", "django_content_type", "auth_permission"}
"""Written when tables are made, and by no test."""


def empty() -> None:
    """Delete every row, triggers and foreign keys asleep: needs the right to let them sleep, as the suite's own server gives."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in full():
            cursor.execute(f'DELETE FROM "{table}"')


def full() -> list[str]:
    """The tables that hold something: asked after each test that commits, and planned once, which is most of its cost."""
    return [name for (name,) in planned(_question())]


@cache
def _question() -> str:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return " UNION ALL ".join(
        f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in tables if one not in KEPT
    )
