"""The demo house as it was once played, written down: every table's rows, taken in again in seconds and moved to the present.

Playing three months takes minutes, so it is done once, by `manage.py prepare_demo`, and the file is kept beside this one. The
house stands in it as it was on two days of the week, so that there is never more than half a week to play on.
Taking it in needs the tables only: columns that came since get their field's default, those that went are left out.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.fields import NOT_PROVIDED
from psycopg import sql

from demo.shift import Shift

FILE = Path(__file__).parent / "prepared.xz"
NOT_OURS = ("django_content_type", "auth_permission", "django_migrations", "django_session")
"""Written by Django itself in every database."""
NOT_MOVED = ("house_holiday",)
"""Days of the real calendar."""
SITE = "http://localhost:8000"
WEEK = timedelta(weeks=1)
NEXT = "\f\n"
"""Between two houses in the file: COPY writes no bare form feed."""


@dataclass(frozen=True)
class Table:
    """One table's rows as COPY writes them."""

    name: str
    columns: tuple[str, ...]
    rows: str


def keep(*, at: datetime, told: dict[str, Any], file: Path = FILE, beside: bool = False) -> int:
    """Write down every table; `beside` the house that the file holds already. Answers how many bytes it has."""
    parts = [json.dumps({"at": at.isoformat(), **told})]
    with connection.cursor() as cursor:
        for name, model in sorted(_tables().items()):
            columns = list(_kept(model))
            order = sql.SQL("SELECT {} FROM {} ORDER BY 1").format(_names(columns), sql.Identifier(name))
            with cursor.copy(sql.SQL("COPY ({}) TO STDOUT").format(order)) as copy:
                rows = b"".join(bytes(part) for part in copy).decode()
            if rows:
                parts.append(f"{name} {' '.join(columns)}\n{rows}\\.")
    before = lzma.decompress(file.read_bytes()).decode() + NEXT if beside else ""
    file.write_bytes(lzma.compress((before + "\n".join(parts)).encode(), preset=9))
    return file.stat().st_size


def take_in(*, now: datetime, file: Path = FILE) -> datetime:
    """Fill the empty tables, moved by whole weeks to less than a week before now. Answers the moment it stands at."""
    head, tables = read(file, now=now)
    written_at = datetime.fromisoformat(head["at"])
    weeks = (now - written_at) // WEEK
    shift = Shift(weeks=weeks, written_on=written_at.date())
    models_of = _tables()
    with transaction.atomic(), connection.cursor() as cursor:
        _ignore(cursor, [trigger.get_pgid(model) for model, trigger in pgtrigger.registered()])
        lent = [
            column
            for table in tables
            if (model := models_of.get(table.name))
            for column in _fill(cursor, table, model, shift)
        ]
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come can't be altered
        for table_name, column in lent:
            _take_default_back(cursor, table_name, column)
        _ignore(cursor, [])
    return written_at + weeks * WEEK


def _ignore(cursor: Any, triggers: Sequence[str]) -> None:
    """Let these triggers sleep for the rest of this transaction: what they guard was guarded when it was written down.

    pgtrigger's own `ignore` says it anew before every statement, as part of it, which a planned statement can't have.
    """
    cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{','.join(triggers)}}}"])


def read(file: Path = FILE, *, now: datetime) -> tuple[dict[str, Any], Iterator[Table]]:
    """Of the houses in the file the one that has least to play until now: its head, and its tables one by one."""
    houses = map(_opened, lzma.decompress(file.read_bytes()).decode().split(NEXT))
    return min(houses, key=lambda house: (now - datetime.fromisoformat(house[0]["at"])) % WEEK)


def _opened(house: str) -> tuple[dict[str, Any], Iterator[Table]]:
    head, _, rest = house.partition("\n")
    return json.loads(head), _split(rest)


def _split(rest: str) -> Iterator[Table]:
    for part in rest.split("\\.\n"):
        head, _, rows = part.removesuffix("\\.").partition("\n")
        name, *columns = head.split(" ")
        yield Table(name, tuple(columns), rows)


def _fill(cursor: Any, table: Table, model: type[models.Model], shift: Shift) -> list[tuple[str, str]]:
    """Copy the rows in. Answers the columns, by table, that were lent a default for it."""
    now_there = _kept(model)
    rows = table.rows.replace(SITE, settings.SITE_URL)
    rows = rows if table.name in NOT_MOVED else shift(rows)
    if gone := [n for n, column in enumerate(table.columns) if column not in now_there]:
        rows = _without(rows, gone)
    columns = [column for column in table.columns if column in now_there]
    new = {name: field for name, field in now_there.items() if name not in columns and not field.null}
    for column, field in new.items():
        _default(cursor, table.name, column, field)
    copy_in = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), _names(columns))
    with cursor.copy(copy_in) as copy:
        copy.write(rows)
    _count_on(cursor, table.name, model)
    return [(table.name, column) for column in new]


def _without(rows: str, gone: list[int]) -> str:
    """The rows without the columns at these places."""
    kept = ("\t".join(value for n, value in enumerate(row.split("\t")) if n not in gone) for row in rows.splitlines())
    return "".join(f"{row}\n" for row in kept)


def _default(cursor: Any, table: str, column: str, field: models.Field[Any, Any]) -> None:
    """What rows that know nothing of a new column have in it."""
    if isinstance(field, models.UUIDField):
        value: sql.Composable = sql.SQL("gen_random_uuid()")
    else:
        given = field.get_default() if field.default is not NOT_PROVIDED or field.empty_strings_allowed else None
        value = sql.Literal(field.get_db_prep_save(given, connection))
    put = sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}")
    cursor.execute(put.format(sql.Identifier(table), sql.Identifier(column), value))


def _take_default_back(cursor: Any, table: str, column: str) -> None:
    drop = sql.SQL("ALTER TABLE {} ALTER COLUMN {} DROP DEFAULT")
    cursor.execute(drop.format(sql.Identifier(table), sql.Identifier(column)))


def _count_on(cursor: Any, table: str, model: type[models.Model]) -> None:
    """Let the next row's number follow the last."""
    if isinstance(model._meta.pk, models.AutoField):  # noqa: SLF001  Django's own name for what a table is
        column = str(model._meta.pk.column)  # noqa: SLF001  Django's own name for it
        ask = sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), (SELECT max({}) FROM {}))")
        cursor.execute(
            ask.format(sql.Literal(f'"{table}"'), sql.Literal(column), sql.Identifier(column), sql.Identifier(table))
        )


def _tables() -> dict[str, type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return {
        model._meta.db_table: model  # noqa: SLF001  Django's own name for it
        for model in found
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in NOT_OURS  # noqa: SLF001  Django's own name for it
    }


def _kept(model: type[models.Model]) -> dict[str, models.Field[Any, Any]]:
    """The columns that are written, by name: all but those that the database works out itself."""
    found = model._meta.concrete_fields  # noqa: SLF001  Django's own name for it
    return {str(field.column): field for field in found if not isinstance(field, models.GeneratedField)}


def _names(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(column) for column in columns)
