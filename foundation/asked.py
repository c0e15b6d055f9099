"""Questions that are asked all day with other words.

Django puts a query together anew each time it is asked, which costs more than asking it: of a purchase's CPU it was
the half. A question is written as ever, a function that answers a QuerySet; `@asked` lets Django put it together once
a process and from then on fills in the words.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

from foundation.planned import planned

Row = TypeVar("Row", bound=models.Model)
Words = ParamSpec("Words")
RELATED: Any = get_related_populators
"""What Django reads related rows of one answer with."""


class Word(models.Expression):
    """Where a word is filled in."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=models.Field())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


@models.ForeignObject.register_lookup
@models.Field.register_lookup
class Among(models.Lookup):
    """`key__among=keys`: one of a list, which is one word however long it is."""

    lookup_name = "among"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        row, row_params = self.process_lhs(compiler, connection)
        words, params = self.process_rhs(compiler, connection)
        return f"{row} = ANY({words})", [*row_params, *params]


@dataclass(frozen=True)
class Statement:
    """A question put together: its SQL, its words among what never changes, and how a row becomes an object."""

    sql: str
    params: Sequence[Any]
    compiler: Any
    locks: bool

    @cached_property
    def makes(self) -> tuple[type[models.Model], slice, list[str], list[Any], dict[str, int], dict[int, Any]]:
        """The model, its columns and their names, those of related rows, annotations, and what reads a column."""
        select, of = self.compiler.select, self.compiler.klass_info
        own = slice(of["select_fields"][0], of["select_fields"][-1] + 1)
        names = [column.target.attname for column, _sql, _alias in select[own]]
        related = RELATED(of, select, "default")
        return (
            of["model"],
            own,
            names,
            related,
            self.compiler.annotation_col_map,
            self.compiler.get_converters(column for column, _sql, _alias in select),
        )

    def ask(self, said: dict[str, Any]) -> list[Any]:
        """Fill in the words, and answer the rows."""
        if self.locks and not connection.in_atomic_block:
            raise TransactionManagementError("rows are locked within a transaction")
        rows = planned(self.sql, [said[p.name] if isinstance(p, Word) else p for p in self.params])
        return [self._made(row) for row in self._read(rows)]

    def _read(self, rows: Any) -> Any:
        converters = self.makes[-1]
        return self.compiler.apply_converters(rows, converters) if converters else rows

    def _made(self, row: Any) -> Any:
        model, own, names, related, annotations, _converters = self.makes
        made: Any = model.from_db("default", names, row[own])
        for populator in related:
            populator.populate(row, made)
        for name, position in annotations.items():
            setattr(made, name, row[position])
        return made


class Question(Generic[Words, Row]):
    """What `asked` makes of a function."""

    def __init__(self, rows: Callable[Words, models.QuerySet[Row]]) -> None:
        self._rows, self.__doc__ = rows, rows.__doc__
        self._names = list(inspect.signature(rows).parameters)

    def __call__(self, *args: Words.args, **said: Words.kwargs) -> list[Row]:
        return self._statement.ask(dict(zip(self._names, args, strict=False)) | said)

    def first(self, *args: Words.args, **said: Words.kwargs) -> Row | None:
        """The first row, if there is one."""
        rows = self(*args, **said)
        return rows[0] if rows else None

    @cached_property
    def _statement(self) -> Statement:
        words: Any = {name: Word(name) for name in self._names}
        rows: Any = self._rows
        query = rows(**words).query
        compiler = query.get_compiler("default")
        sql, params = compiler.as_sql()
        return Statement(sql, params, compiler, locks=query.select_for_update)


def known(owner: models.Model, name: str, rows: Sequence[models.Model]) -> None:
    """Let `owner.name.all()` answer those of these rows that are its own, as if they had been prefetched."""
    manager = getattr(owner, name)
    own = [row for row in rows if getattr(row, manager.field.attname) == owner.pk]
    answered = manager.get_queryset()
    answered._result_cache, answered._prefetch_done = own, True  # noqa: SLF001  as Django marks it
    for row in own:
        setattr(row, manager.field.name, owner)
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[manager.field.remote_field.cache_name] = answered


def asked(rows: Callable[Words, models.QuerySet[Row]]) -> Question[Words, Row]:
    """Let the rows this function answers be asked for by a statement that is put together once.

    The function sees a placeholder for each word: it can filter by it, and not look at it. Rows come as they would
    without; what is to be prefetched is a question of its own.
    """
    return Question(rows)
