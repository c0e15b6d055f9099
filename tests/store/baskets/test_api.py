"""The shop and the basket through the API alone."""

from uuid import uuid4

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from foundation.house.models import DeliveryMethod, Seller
from store.baskets.models import Basket
from store.catalogue.models import Piece, Stock, StoneChoice
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


def test_two_guests_who_count_their_acts_alike_have_a_basket_each(api):
    told = {"piece": "hearth", "metal": "AU750Y", "size": "17109", "agreed_minor": 92_000}
    other = APIClient(headers={"Basket-Token": "o" * 40})
    for one in (api, other):
        assert "Idempotent-Replay" not in add(one, "00000001", **told)
        assert len(one.get("/api/v1/basket/").json()["lines"]) == 1


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"metal": "AU000"}, "Sill is not made in this metal"),
        ({"size": "17110"}, "Sill is not made in this size"),
        ({"stone": "999999"}, "This stone is no longer offered"),
        ({"place": "behind"}, ""),
    ],
)
def test_what_is_named_and_not_offered_is_refused_beside_its_name_and_never_replaced(api, named, sentence):
    gross = api.get("/api/v1/pieces/sill/quote/").json()["gross_minor"]
    asked, laid = api.get("/api/v1/pieces/sill/quote/", named), add(api, piece="sill", agreed_minor=gross, **named)
    for answer in (asked, laid):
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == list(named)
        assert sentence in answer.json()["errors"][next(iter(named))][0]
    assert not Basket.objects.exists()


@pytest.mark.parametrize("named", [{"stone": "999999"}, {"size": "17109"}])
def test_where_nothing_of_a_kind_is_offered_what_is_named_of_it_is_refused_too(api, named):
    piece = Piece.objects.get(slug="sill")
    StoneChoice.objects.filter(piece=piece).update(withdrawn_at=timezone.now())
    Piece.objects.filter(pk=piece.pk).update(ring_from_um=None, ring_to_um=None, kind="pendant")
    asked = api.get("/api/v1/pieces/sill/quote/", named)
    assert (asked.status_code, list(asked.json()["errors"])) == (400, list(named))


def test_a_program_is_told_the_sizes_it_can_name(api):
    piece = api.get("/api/v1/pieces/sill/").json()
    assert 17_109 in piece["sizes_um"]
    assert api.get("/api/v1/pieces/sill/quote/", {"size": piece["sizes_um"][-1]}).status_code == 200
    assert api.get("/api/v1/pieces/hearth/").json()["sizes_um"] == []


def test_more_than_there_is_is_refused_by_its_own_code(api):
    add(api, piece="hearth", metal="AU750Y", size="17109", agreed_minor=92_000)
    line = api.get("/api/v1/basket/").json()["lines"][0]["id"]
    problem = api.patch(f"/api/v1/basket/lines/{line}/", {"quantity": 3}, format="json").json()
    assert problem["code"] == "out_of_stock"


def test_a_country_or_way_that_is_named_and_not_served_is_refused(api):
    DeliveryMethod.objects.create(
        seller=Seller.objects.get(),
        code="post",
        name="Post",
        countries=["GB"],
        price_minor=1_200,
        days=1,
        carrier="Post",
    )
    add(api, piece="hearth", metal="AU750Y", size="17109", agreed_minor=92_000)
    for named in ({"country": "QQ"}, {"country": "gb"}, {"country": "GB", "delivery": "drone"}):
        answer = api.get("/api/v1/checkout/", named)
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [list(named)[-1]]
