"""What every test may lean on."""

import pytest
from django.test import TransactionTestCase
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from tests.emptying import empty


@pytest.fixture(autouse=True)
def _in_english():
    """A page that was asked for in Thai leaves Thai active in its thread: every test begins in English."""
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture(autouse=True, scope="session")
def _emptied():
    """After a test that commits, only the tables that hold something are emptied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: empty())
        yield


class Together(LoadScopeScheduling):
    """Tests go to whichever process is free, but the journeys share a house: one process walks them all, first."""

    def _split_scope(self, nodeid):
        return "journeys" if nodeid.startswith("tests/journeys/") else nodeid


def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)
