"""Called off while the carrier takes it, and called off twice at once: one of both happens, whole, and the other is refused."""

import time
from uuid import uuid4

import pytest
from django.db import transaction

from foundation.flow import WrongTurn
from foundation.outbox.actions import drain
from foundation.people.models import User
from packing import actions as packing
from packing.models import Parcel
from store.catalogue.models import Stock
from store.orders import actions
from store.orders.actions import calling_off
from store.orders.models import Credit, Order
from store.payments.models import Refund
from tests.store import cast, ordering
from tests.store.ordering import ask, place, ready_made, settle
from tests.store.races import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order(stripe):
    ordering.house_of(cast)
    order = place(ready_made(cast.variant(cast.ring(), on_hand=1)))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    return order


@pytest.fixture
def people(order):
    ordering.member("pia@ajour.example", "packer")
    ordering.member("sam@ajour.example", "sales")
    return order


def sealed(order):
    """The parcel is sealed and released: whoever comes first has it."""
    row = Parcel.objects.get(reference=order.parcels.get().reference)
    for state in ("packing", "sealed"):
        Parcel.objects.filter(pk=row.pk).update(state=state)
    Parcel.objects.filter(pk=row.pk).update(released_at=row.made_at)
    return row


def call_off(reason="too slow"):
    with transaction.atomic():
        actions.cancel_order(
            order=Order.objects.get(), by=User.objects.get(email="sam@ajour.example"), reason=reason, agreed=""
        )


def hand_over():
    packing.dispatch_parcel(
        parcel=Parcel.objects.get(),
        tracking_number=f"PF{uuid4().hex[:8]}",
        by=User.objects.get(email="pia@ajour.example"),
    )


def one_of_both(number):
    """Even numbers call off, odd ones hand it to the carrier. Answers what it did, "" where it was refused."""
    try:
        (hand_over if number % 2 else call_off)()
    except (actions.CannotCallOff, WrongTurn):
        return ""
    return "sent" if number % 2 else "off"


@pytest.mark.parametrize("turn", range(3))
def test_it_is_called_off_or_sent_and_never_both(people, turn):
    sealed(people)
    done = [what for what in race(one_of_both, processes=8) if what]
    assert len(done) == 1
    drain()
    order = Order.objects.get()
    if done == ["off"]:
        assert (order.state, Parcel.objects.get().state) == ("cancelled", "cancelled")
        assert (Refund.objects.count(), Stock.objects.get().on_hand) == (1, 1)
    else:
        assert (order.state, Parcel.objects.get().state) == ("confirmed", "dispatched")
        assert (Refund.objects.count(), Stock.objects.get().on_hand) == (0, 0)


def test_called_off_by_eight_at_once_it_is_once(people):
    answers = race(lambda number: one_of_both(number * 2), processes=8)
    assert sorted(answers) == [""] * 7 + ["off"]
    assert (Credit.objects.count(), Refund.objects.count()) == (1, 1)


def test_without_waiting_for_the_parcel_both_would_happen(people, monkeypatch):
    """The control: calling off that only looks at what the order knows of its parcel sends money back for what has left."""
    sealed(people)

    def looks_and_believes(*, parcel, reason, now):
        if parcel.dispatched_at is None:  # the news of it is still on its way
            time.sleep(0.3)
            type(parcel).objects.filter(pk=parcel.pk).update(cancelled_at=now)

    monkeypatch.setattr(calling_off, "cancel_parcel", looks_and_believes)
    assert sorted(what for what in race(one_of_both, processes=2) if what) == ["off", "sent"]
