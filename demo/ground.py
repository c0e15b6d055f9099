"""The ground a demo is laid on: servers that answer, and a database that is empty or holds a demo already."""

from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from redis.exceptions import RedisError

from demo.models import Mark
from foundation.house.models import Brand, Seller
from foundation.people.models import User

DJANGOS_OWN = {"django_migrations"}


class NotHere(Exception):
    """Why no demo is laid here, in a sentence. Nothing was changed."""


def look_at_ground() -> None:
    """Refuse, before the first table is made, servers that do not answer and a database that the demo did not make."""
    _ask_broker()
    tables = _tables()
    if _is_marked(tables):
        _must_go_on()
        return  # an older demo may hold tables that this one has given up
    if found := sorted(_strange(tables)):
        raise NotHere(
            f"The database {connection.settings_dict['NAME']} holds what the demo did not make "
            f"({', '.join(found[:3])}): give it an empty one, by another DATABASE_URL."
        )


def _must_go_on() -> None:
    """A room's first migrations were made one: only a demo that had all of them, or none, can take that one's place."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    replaced = [set(one.replaces) for one in MigrationLoader(None).disk_migrations.values()]
    if any(applied & steps and steps - applied for steps in replaced):
        raise NotHere(
            "This demo was made by an Ajour too old to go on from. Begin a new one: delete the folder .dev/demo, "
            "or name an empty database by DATABASE_URL."
        )


def _strange(tables: set[str]) -> set[str]:
    """Tables of somebody else, and those of ours that somebody lives in."""
    ours = {_table(model) for model in (User, Seller, Brand) if _table(model) in tables and model.objects.exists()}
    return ours | tables - set(connection.introspection.django_table_names()) - DJANGOS_OWN


def _table(model: type[Model]) -> str:
    return str(model._meta.db_table)  # noqa: SLF001  Django's own name for it


def _tables() -> set[str]:
    try:
        return set(connection.introspection.table_names())
    except OperationalError as error:
        why = str(error).splitlines()[0]
        raise NotHere(f"The server that DATABASE_URL names does not answer: {why}") from error


def _is_marked(tables: set[str]) -> bool:
    return _table(Mark) in tables and Mark.objects.exists()


def _ask_broker() -> None:
    try:
        cache.get("demo")
    except RedisError as error:
        raise NotHere(f"The server that REDIS_URL names does not answer: {error}") from error
