"""What the list pages show, and the filters on them."""

from uuid import uuid4

import pytest
from django.core.cache import cache

from foundation.outbox.actions import drain
from store.catalogue.actions import hold_stock, take_stock, withdraw_piece
from store.pricing.actions import follow_fixings
from store.pricing.models import Listing
from store.pricing.wanted import Wanted
from tests.store import cast
from tests.store.catalogue.test_stock import later

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    """Two bands, ready made: yellow in 17.2 and rose in 19.2; silver in both."""
    hearth = cast.ring("hearth", made_to_order=False)
    cast.variant(hearth, on_hand=1, alloy="AU750Y", ring_inner_um=17_200, price_minor=92_000)
    cast.variant(hearth, on_hand=1, alloy="AU750R", ring_inner_um=19_200, price_minor=95_000)
    eave = cast.ring("eave", made_to_order=False)
    cast.variant(eave, on_hand=3, alloy="AG925", ring_inner_um=17_200, price_minor=8_900)
    cast.variant(eave, on_hand=3, alloy="AG925", ring_inner_um=19_200, price_minor=8_900)
    drain()
    return hearth, eave


def pieces(wanted):
    return set(Listing.objects.matching(wanted).values_list("piece__slug", flat=True))


def test_filters_are_true_of_one_thing_that_can_be_bought(shelf):
    assert pieces(Wanted(metals=frozenset({"rose"}))) == {"hearth"}
    assert pieces(Wanted(size_um=17_200)) == {"hearth", "eave"}
    assert pieces(Wanted(metals=frozenset({"rose"}), size_um=17_200)) == set()


def test_values_of_one_filter_widen_it_and_filters_narrow_each_other(shelf):
    both = frozenset({"rose", "silver"})
    assert pieces(Wanted(metals=both)) == {"hearth", "eave"}
    assert pieces(Wanted(metals=both, price_to_minor=10_000)) == {"eave"}


def test_counts_leave_their_own_filter_out(shelf):
    counts = Listing.objects.counts(Wanted(metals=frozenset({"silver"})))
    assert counts.pieces == 1
    assert counts.metal == {"yellow": 1, "rose": 1, "silver": 1}
    assert counts.stone == {"none": 1}


def test_counts_are_of_pieces_not_of_their_variants(shelf):
    assert Listing.objects.counts(Wanted()).metal["silver"] == 1


def test_what_sells_out_leaves_the_list_and_what_comes_back_returns(shelf):
    hearth, _ = shelf
    for variant in hearth.variants.all():
        key = uuid4()
        hold_stock(item=variant, quantity=1, key=key, until=later())
        take_stock(key=key)
    drain()
    assert pieces(Wanted()) == {"eave"}
    _, site = cast.house()
    cast.receive_stock(item=hearth.variants.first(), site=site, quantity=1, by=None)
    drain()
    assert pieces(Wanted()) == {"hearth", "eave"}


def test_a_withdrawn_piece_leaves_the_list(shelf):
    hearth, _ = shelf
    withdraw_piece(piece=hearth, by=None, now=later())
    drain()
    assert pieces(Wanted()) == {"eave"}


def test_a_piece_made_to_order_is_listed_in_every_metal_and_stone_at_todays_price():
    cast.fixings()
    sill = cast.ring()
    cast.single_stone(sill)
    cast.listed(sill)
    rows = Listing.objects.filter(piece=sill)
    assert {row.alloy for row in rows} == {"AU750Y", "PT950Ru"}
    assert {row.stone for row in rows} == {"sapphire:mined"}
    assert all(row.price_minor > 90_000 and row.ring_sizes_um for row in rows)


def test_new_fixings_are_followed_once():
    cache.clear()
    cast.fixings()
    cast.ring()
    assert follow_fixings() == 1
    assert follow_fixings() == 0
