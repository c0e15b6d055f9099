"""What every test may lean on."""

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from tests.emptying import empty
from tests.tables import template

IN_THE_DEMO = ("tests/demo/test_loading.py", "tests/demo/test_pages.py")


@pytest.fixture(autouse=True)
def _in_english():
    """A page that was asked for in Thai leaves Thai active in its thread: every test begins in English."""
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Each process's database is a copy of one that has all tables."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template()


@pytest.fixture(autouse=True, scope="session")
def _emptied():
    """After a test that commits, only the tables that hold something are emptied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: empty())
        yield


class Together(LoadScopeScheduling):
    """Tests go to whichever process is free, but those that live in the loaded demo: one process takes them all, first."""

    def _split_scope(self, nodeid):
        return "demo" if nodeid.startswith(IN_THE_DEMO) else nodeid


def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)
