"""The shop and the basket through the API alone."""

from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from store.baskets.models import Basket
from store.catalogue.models import Stock
from tests.store import cast

pytestmark = pytest.mark.django_db

SECRET = "s" * 40


@pytest.fixture
def api():
    """A program, on a day with fixings and two pieces on show."""
    cast.fixings()
    sill, hearth = cast.ring("sill"), cast.ring("hearth", made_to_order=False)
    cast.single_stone(sill)
    cast.variant(hearth, on_hand=2, ring_inner_um=17_109, price_minor=92_000)
    cast.listed(sill, hearth)
    return APIClient(headers={"Basket-Token": SECRET})


def add(api, key=None, **told):
    return api.post("/api/v1/basket/", told, format="json", headers={"Idempotency-Key": key or str(uuid4())})


def test_pieces_are_listed_with_the_filters_of_the_pages(api):
    assert [row["slug"] for row in api.get("/api/v1/pieces/?when=ready").json()["results"]] == ["hearth"]


def test_a_quote_is_taken_apart(api):
    quote = api.get("/api/v1/pieces/sill/quote/?metal=PT950Ru&size=17109").json()
    assert quote["metal_minor"] + quote["stones_minor"] + quote["making_minor"] == quote["net_minor"]
    assert quote["promise_on"]


def test_a_commission_goes_into_the_basket_once_however_often_it_is_sent(api):
    gross = api.get("/api/v1/pieces/sill/quote/?metal=AU750Y&size=17109").json()["gross_minor"]
    told = {"piece": "sill", "metal": "AU750Y", "size": "17109", "agreed_minor": gross}
    key = str(uuid4())
    answers = [add(api, key, **told) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert len(api.get("/api/v1/basket/").json()["lines"]) == 1


def test_another_price_is_refused_and_nothing_added(api):
    answer = add(api, piece="hearth", metal="AU750Y", size="17109", agreed_minor=1)
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "The price of this choice is £920, not £0.01."
    assert not Basket.objects.exists()


def test_a_line_is_changed_and_taken_out(api):
    add(api, piece="hearth", metal="AU750Y", size="17109", agreed_minor=92_000)
    line = api.get("/api/v1/basket/").json()["lines"][0]["id"]
    assert api.patch(f"/api/v1/basket/lines/{line}/", {"quantity": 2}, format="json").json()["gross_minor"] == 184_000
    assert api.patch(f"/api/v1/basket/lines/{line}/", {"quantity": 3}, format="json").status_code == 409
    assert api.delete(f"/api/v1/basket/lines/{line}/").json()["lines"] == []
    assert Stock.objects.get(variant__isnull=False).held == 0


def test_without_a_secret_of_its_own_a_program_gets_no_basket(api):
    answer = add(APIClient(), piece="hearth", metal="AU750Y", size="17109", agreed_minor=92_000)
    assert answer.status_code == 400
    assert "Basket-Token" in answer.json()["errors"]


def test_anothers_basket_is_not_found(api):
    add(api, piece="hearth", metal="AU750Y", size="17109", agreed_minor=92_000)
    line = api.get("/api/v1/basket/").json()["lines"][0]["id"]
    other = APIClient(headers={"Basket-Token": "o" * 40})
    assert other.patch(f"/api/v1/basket/lines/{line}/", {"quantity": 2}, format="json").status_code == 404
