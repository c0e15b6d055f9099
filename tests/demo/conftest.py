"""The demo house, loaded once by each process of the suite; every test that lives in it gets a copy to itself."""

import shutil

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings


@pytest.fixture(scope="session")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load it with the demo's own hashes of passwords, not as tests are quick with. Answers its database and its files."""
    media = tmp_path_factory.mktemp("demo")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media, PASSWORD_HASHERS=["foundation.people.hashers.Argon2id"]),
    ):
        call_command("load_demo")
        house = f"{connection.settings_dict['NAME']}_demo"
        copy(connection.settings_dict["NAME"], house)
        call_command("flush", interactive=False, verbosity=0)
    yield house, media
    with django_db_blocker.unblock():
        alone(f'DROP DATABASE "{house}" WITH (FORCE)')


@pytest.fixture
def demo(loaded, settings, tmp_path, transactional_db):
    house, media = loaded
    settings.MEDIA_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["foundation.people.hashers.Argon2id"]
    copy(house, connection.settings_dict["NAME"])
    shutil.copytree(media, tmp_path, dirs_exist_ok=True)


def copy(database, to):
    """One database as it stands, in place of another."""
    alone(
        f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)',
        f'CREATE DATABASE "{to}" TEMPLATE "{database}" STRATEGY file_copy',
    )


def alone(*statements):
    """Say this to the server while this process is in neither database."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
