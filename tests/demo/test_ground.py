"""A demo is laid on empty ground or on a demo; anything else is refused before the first table is made."""

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from demo.models import Mark
from foundation.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(monkeypatch, tmp_path):
    """Open the demo here; answers which commands were let through."""
    called = []
    monkeypatch.setattr("demo.management.commands.open_demo.call_command", lambda name, **_k: called.append(name))
    monkeypatch.setattr("demo.management.commands.open_demo.welcome.welcome", lambda: "")

    def open_demo():
        call_command("open_demo", into=tmp_path / "welcome")
        return called

    open_demo.called = called
    return open_demo


@pytest.fixture
def somebody_elses():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE their_ledger (id int)")


def test_tables_of_somebody_else_are_left_alone(opened, somebody_elses):
    with pytest.raises(CommandError, match=r"holds what the demo did not make \(their_ledger\)"):
        opened()
    assert opened.called == []


def test_a_house_that_somebody_lives_in_is_not_even_migrated(opened):
    User.objects.create_user("owner@real.example")
    with pytest.raises(CommandError, match="holds what the demo did not make"):
        opened()
    assert opened.called == []


def test_a_demo_of_another_version_is_opened_with_the_tables_it_has(opened, somebody_elses):
    Mark.objects.create(pk=1)
    assert opened() == ["migrate", "load_demo"]


def test_a_demo_that_stopped_between_steps_made_one_since_is_told_to_begin_anew(opened):
    Mark.objects.create(pk=1)
    MigrationRecorder.Migration.objects.filter(app="orders", name="0010_begin").delete()
    with pytest.raises(CommandError, match=r"too old to go on from. Begin a new one: delete the folder \.dev/demo"):
        opened()
    assert opened.called == []


def test_ground_where_nothing_strange_stands_is_taken(opened):
    assert opened() == ["migrate", "load_demo"]


def test_a_broker_that_does_not_answer_is_one_sentence(opened, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:9/0"}}
    with pytest.raises(CommandError, match="The server that REDIS_URL names does not answer"):
        opened()


def test_a_database_that_does_not_answer_is_one_sentence(opened, monkeypatch):
    def away(*_args):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection.introspection, "get_table_list", away)
    with pytest.raises(CommandError, match="The server that DATABASE_URL names does not answer: connection refused"):
        opened()
