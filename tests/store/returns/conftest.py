"""Orders that have arrived, and the desk that looks at what comes back."""

import pytest
from django.db import transaction
from django.utils import timezone

from foundation.house.models import Site
from foundation.outbox.actions import drain
from packing.models import Parcel
from packing.signals import parcel_delivered, parcel_dispatched, parcel_sealed
from production import intake
from store.orders.models import Order
from tests.store import cast, ordering
from tests.store.ordering import ask, place, settle


@pytest.fixture(autouse=True)
def workshop(monkeypatch):
    """The workshop behind its door takes whatever it is asked."""
    monkeypatch.setattr(intake, "open_ticket", lambda order: f"T-{order.number}")
    monkeypatch.setattr(intake, "cancel_ticket", lambda **said: None)
    monkeypatch.setattr(intake, "lay_aside", lambda **said: None)


@pytest.fixture
def house(db):
    return ordering.house_of(cast)


@pytest.fixture
def ring(house):
    return cast.ring()


@pytest.fixture
def london(house):
    return Site.objects.filter(is_workshop=False).first()


def arrive(order, at=None):
    """All its parcels are sent and arrive."""
    at = at or timezone.now()
    news = (
        (parcel_sealed, {"contents": []}),
        (parcel_dispatched, {"carrier": "Royal Mail", "tracking_number": "AJ1", "tracking_url": ""}),
        (parcel_delivered, {}),
    )
    for parcel in order.parcels.filter(cancelled_at=None):
        for signal, facts in news:
            with transaction.atomic():
                signal.send(Parcel, reference=parcel.reference, at=at, **facts)
            drain()
    return Order.objects.get(pk=order.pk)


@pytest.fixture
def bought(stripe):
    """Makes an order of these lines, paid in full and arrived."""

    def make(*lines, at=None):
        order = place(*lines)
        attempt = ask(order)
        stripe.pay(attempt)
        settle(attempt)
        return arrive(Order.objects.get(pk=order.pk), at)

    return make
