"""An order placed online that somebody comes for."""

import pytest
from django.utils import timezone

from foundation.mail.models import Letter
from foundation.outbox.actions import drain
from store.catalogue.models import Stock
from store.orders import actions
from store.orders.actions import parcels
from store.orders.models import Handover, ParcelNote
from tests.store import cast, ordering
from tests.store.counter.counting_house import laid_out, showroom

pytestmark = pytest.mark.django_db


def ordered(variant, by, *, pay=True):
    order = ordering.place(ordering.ready_made(variant), delivery="collection")
    if pay:
        actions.record_for_order(
            order=order, due=order.dues.get(), method="transfer", amount_minor=order.gross_minor, note="",
            at=timezone.now(), by=by,
        )  # fmt: skip
    drain()
    order.refresh_from_db()
    return order


@pytest.fixture
def by():
    return ordering.member("till@ajour.example", "sales")


def test_what_lies_in_the_showroom_waits_there_without_a_parcel_and_is_handed_over_once(by):
    site = showroom(cast)
    variant = laid_out(cast, site, by)
    order = ordered(variant, by)
    assert (order.delivery_state, order.gross_minor, ParcelNote.objects.count()) == ("packed", 120_000, 0)
    actions.hand_over(order=order, to="Jon Vogel", note="passport", at=timezone.now(), by=by)
    order.refresh_from_db()
    assert (order.state, order.delivery_state, order.handover.by) == ("completed", "delivered", by)
    with pytest.raises(actions.CannotHandOver, match="It was handed to Jon Vogel by"):
        actions.hand_over(order=order, to="A thief", at=timezone.now(), by=by)
    assert Stock.objects.get(variant=variant, site=site).on_hand == 0
    assert Handover.objects.count() == 1
    drain()
    assert Letter.objects.filter(template__contains="to_collect").count() == 1


def test_what_is_not_paid_is_not_handed_over(by):
    order = ordered(laid_out(cast, showroom(cast), by), by, pay=False)
    with pytest.raises(actions.CannotHandOver, match="not paid"):
        actions.hand_over(order=order, to="Mara", at=timezone.now(), by=by)


def test_what_lies_elsewhere_comes_by_parcel_first(by):
    ordering.house_of(cast)
    site = showroom(cast)
    order = ordered(cast.variant(cast.ring(), on_hand=1), by)
    parcel = ParcelNote.objects.get()
    assert order.delivery_state == "waiting"
    with pytest.raises(actions.CannotHandOver, match="Not all of it"):
        actions.hand_over(order=order, to="Mara", at=timezone.now(), by=by)
    parcels.note_delivered(reference=parcel.reference, at=timezone.now())
    order.refresh_from_db()
    assert (order.state, order.delivery_state) == ("confirmed", "packed")
    assert actions.hand_over(order=order, to="Mara", at=timezone.now(), by=by).site == site


def test_what_is_sent_is_not_collected(by):
    ordering.house_of(cast)
    order = ordering.place(ordering.ready_made(cast.variant(cast.ring(), on_hand=1)))
    with pytest.raises(actions.CannotHandOver, match="sent by parcel"):
        actions.hand_over(order=order, to="Mara", at=timezone.now(), by=by)
