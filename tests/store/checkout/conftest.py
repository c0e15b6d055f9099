"""A basket in a browser, ready to check out."""

import pytest
from django.utils import timezone

from store.baskets.actions import add_variant, open_basket
from store.baskets.tokens import COOKIE, new_token
from tests.store import cast, ordering


@pytest.fixture
def house(db):
    return ordering.house_of(cast)


@pytest.fixture
def variant(house):
    return cast.variant(cast.ring(), on_hand=2)


@pytest.fixture
def basket(client, house, variant):
    token = new_token()
    basket = open_basket(token=token, brand=house, language="en", user=None)
    add_variant(basket=basket, variant=variant, quantity=1, now=timezone.now(), by=None)
    client.cookies[COOKIE] = token
    basket.token = token
    return basket
