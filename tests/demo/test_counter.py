"""The demo's showroom is laid beside whatever the house has."""

import pytest

from demo.counter import open_showroom
from store.catalogue.models import Stock
from tests.store import cast, ordering


@pytest.mark.django_db
def test_the_showroom_is_opened_once_with_pieces_that_london_can_spare():
    by = ordering.member("a@ajour.example", "admin")
    spare, last = cast.variant(cast.ring("sill"), on_hand=2), cast.variant(cast.ring("jamb"), on_hand=1)
    site = open_showroom(by=by)
    assert site is not None
    assert open_showroom(by=by) is None
    assert [stock.variant for stock in Stock.objects.filter(site=site)] == [spare]
    assert Stock.objects.get(variant=last).on_hand == 1
