"""An order to look at; the workshop behind its door only notes what it was asked."""

import pytest

from production import intake
from tests.store import cast, ordering


class Workshop:
    """What was asked of the workshop."""

    def __init__(self):
        self.opened, self.approved, self.comments, self.cancelled = [], [], [], []

    def open_ticket(self, order):
        self.opened.append(order)
        return f"T-{order.number}"

    def approve_design(self, **said):
        self.approved.append(said)

    def comment_on_design(self, **said):
        self.comments.append(said)

    def cancel_ticket(self, **said):
        self.cancelled.append(said)


@pytest.fixture(autouse=True)
def workshop(monkeypatch):
    made = Workshop()
    for name in ("open_ticket", "approve_design", "comment_on_design", "cancel_ticket"):
        monkeypatch.setattr(intake, name, getattr(made, name))
    return made


@pytest.fixture
def house(db):
    return ordering.house_of(cast)


@pytest.fixture
def ring(house):
    return cast.ring()


@pytest.fixture
def variant(ring):
    return cast.variant(ring, on_hand=2)
