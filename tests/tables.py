"""The tables of a test's database, made once and copied.

Each process of the suite, and each `make test` of one file, would wait for them again; a copy takes a second.
"""

import hashlib
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from foundation.tables import new_tables_drawn_alone

ROOT = Path(__file__).resolve().parents[1]
STEM = "test_tables_"
HOUSES = ("foundation", "packaging", "production", "store", "demo")
LOCK = 20_261_129
"""By which processes wait for the one that makes them."""


def template() -> str:
    """The name of a database that holds the tables of the code as it stands, and no row; made where there is none yet."""
    wanted = STEM + fingerprint(ROOT)
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        there = _there(cursor)
        if wanted not in there:
            for old in there:
                cursor.execute(f'DROP DATABASE "{old}"')
            cursor.execute(f'CREATE DATABASE "{wanted}_new"')
            with _in(f"{wanted}_new"), new_tables_drawn_alone():
                call_command("migrate", interactive=False, verbosity=0)
            cursor.execute(f'ALTER DATABASE "{wanted}_new" RENAME TO "{wanted}"')
    return wanted


def fingerprint(root: Path) -> str:
    """Twelve hex digits that change with any migration of ours, and with any library that may bring some."""
    steps = sorted(path for house in HOUSES for path in (root / house).rglob("migrations/*.py"))
    found = hashlib.sha256()
    for path in (root / "requirements.txt", *steps):
        found.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return found.hexdigest()[:12]


def _there(cursor) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{STEM}%"])
    return [name for (name,) in cursor.fetchall()]


@contextmanager
def _in(database: str):
    """This process's connection, turned to another database for a while."""
    was = connection.settings_dict["NAME"]
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = was
