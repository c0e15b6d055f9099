"""The counter's pages, as sales use them."""

from uuid import uuid4

import pytest

from store.catalogue.models import Stock
from store.counter.models import Taken, TillCount
from tests.store import cast, ordering
from tests.store.counter.counting_house import laid_out, showroom

pytestmark = pytest.mark.django_db


def send(client, path, **said):
    return client.post(f"/en/office/counter/{path}", said | {"action_id": str(uuid4())}, follow=True)


def test_a_piece_is_scanned_sold_and_its_change_shown(office, sales, django_assert_max_num_queries):
    site = showroom(cast)
    variant = laid_out(cast, site, sales)
    scanned = office.get("/en/office/counter/", {"q": variant.sku.lower()})
    with django_assert_max_num_queries(12):
        page = office.get("/en/office/counter/" + scanned["Location"].partition("/office/counter/")[2])
    assert 'name="agreed" value="120000"' in page.content.decode()
    told = {"site": site.code, "item": variant.sku, "agreed": 120_000, "method": "cash", "language": "en"}
    short = send(office, "sell/", tendered="1,000", name="Mara", phone="02079460001", **told)
    assert (short.status_code, Taken.objects.count()) == (422, 0)
    sold = send(office, "sell/", tendered="1,250", name="Mara", phone="02079460001", **told)
    assert "£50" in sold.content.decode()
    number = Taken.objects.get().order.number
    assert office.get(f"/en/office/counter/sales/{number}/receipt.pdf").content.startswith(b"%PDF")


def test_stock_is_moved_and_the_till_counted(office, sales):
    site, (_brand, london) = showroom(cast), cast.house()
    variant = cast.variant(cast.ring(), on_hand=2)
    moved = send(office, "transfer/", sku=variant.sku, quantity=1, source=london.pk, to=site.pk)
    assert variant.sku in moved.content.decode()
    assert Stock.objects.get(variant=variant, site=site).on_hand == 1
    counted = send(office, f"till/{site.code}/", counted="10", note="a note found in the drawer")
    assert (counted.status_code, TillCount.objects.get().difference_minor) == (200, 1_000)


def test_an_order_is_found_by_its_number_and_handed_over(office, sales):
    site = showroom(cast)
    order = ordering.place(ordering.ready_made(laid_out(cast, site, sales)), delivery="collection")
    assert "not paid" in send(office, f"collections/{order.number}/", to="Mara").content.decode()
    assert order.number in office.get(f"/en/office/counter/collections/?q={order.number.lower()}").content.decode()
