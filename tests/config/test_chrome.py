"""The rail of workshop and office: it says where the reader is."""

import pytest

from config.chrome import _sold_by
from tests.store import cast, ordering

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("office/pieces/", "/en/office/pieces/"),
        ("office/pieces/new/", "/en/office/pieces/"),
        ("workshop/load/", "/en/workshop/load/"),
        ("workshop/?show=late", "/en/workshop/"),
    ],
)
def test_one_place_of_the_rail_is_where_the_reader_is_also_on_the_pages_under_it(client, page, place):
    cast.house()
    client.force_login(ordering.member("boss@ajour.example", "admin", "production_manager"))
    rail = client.get(f"/en/{page}").context["rail"]
    links = [link for section in rail["sections"] for link in section["links"]]
    assert [link["href"] for link in links if link.get("current")] == [place]


def test_at_the_foot_stands_whoever_the_shop_says_sells_here():
    assert _sold_by() == {"brand": "Ajour"}
    brand, _site = cast.house()
    assert (_sold_by()["brand"], _sold_by()["email"]) == (brand.name, brand.contact_email)
