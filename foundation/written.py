"""Rows that are written all day: one statement, put together once a table, as `foundation.asked` does for questions."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from foundation.planned import planned

Row = TypeVar("Row", bound=models.Model)


def written(row: Row) -> Row:
    """Write a new row."""
    return all_written([row])[0]


def all_written(rows: Sequence[Row]) -> Sequence[Row]:
    """Write new rows of one table in one statement. No signal is sent: whoever is to hear of them is told by their flow."""
    if not rows:
        return rows
    into, fields = _table(type(rows[0]))
    one = f"({', '.join(['%s'] * len(fields))})"
    params = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields]
    numbers = planned(f"{into} VALUES {', '.join([one] * len(rows))} RETURNING id", params)
    for row, (pk,) in zip(rows, numbers, strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, "default"  # noqa: SLF001  as Django marks what it has saved
    return rows


def rewritten(row: models.Model, *names: str) -> None:
    """Write these fields of a row that stands, and no others."""
    statement, fields = _change(type(row), names)
    params = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    planned(statement, [*params, row.pk])


@cache
def _change(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    """The UPDATE of these fields of one row, and the fields."""
    of = model._meta  # noqa: SLF001  Django’s own name
    fields: list[Any] = [of.get_field(name) for name in names]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{of.db_table}" SET {columns} WHERE "{of.pk.column}" = %s', fields  # noqa: S608  names of ours


@cache
def _table(model: type[models.Model]) -> tuple[str, list[Any]]:
    """What every INSERT into it begins with, and the fields it gives."""
    of = model._meta  # noqa: SLF001  Django’s own name
    fields = [field for field in of.concrete_fields if not field.primary_key and not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return f'INSERT INTO "{of.db_table}" ({columns})', fields
