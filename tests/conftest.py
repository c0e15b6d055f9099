"""What every test may lean on."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english():
    """A page that was asked for in Thai leaves Thai active in its thread: every test begins in English."""
    translation.activate("en")
    yield
    translation.activate("en")
