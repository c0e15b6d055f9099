"""Every page of the demo house asks the database at most twelve questions, and its HTML keeps to the budget.

A signed-in reader's session, user and roles are part of the twelve. The first list view weighs at most 15 KB gzipped.
"""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from demo.people import email_of
from foundation.mail.models import Letter
from foundation.people.models import User
from packing.models import Parcel
from production.casting.models import Tree
from production.tickets.models import Ticket
from store.baskets.tokens import COOKIE
from store.catalogue.models import Collection, Piece
from store.orders import actions
from store.orders.models import Order

MOST_QUERIES = 12
MOST_HTML = 15 * 1024
SHOP = ("/en/", "/th/", "/en/search/?q=ruby", "/en/search/?q=rubby", "/en/hallmarks/", "/en/ring-sizes/", "/en/basket/", "/en/orders/lost/",
        "/en/accounts/login/", "/en/accounts/signup/")  # fmt: skip
OFFICE = ("/en/office/people/", "/en/office/house/", "/en/office/letters/", "/en/office/findings/", "/en/office/work/", "/en/office/fixings/",
          "/en/office/pieces/", "/en/office/pieces/new/", "/en/office/orders/",
          "/en/office/quotes/", "/en/office/quotes/new/", "/en/office/quotes/new/?q=ruby", "/en/office/quotes/new/?piece=sill",
          "/en/office/quotes/new/?bespoke=1")  # fmt: skip
WORKSHOP = ("/en/workshop/", "/th/workshop/", "/en/workshop/mine/", "/en/workshop/casting/", "/en/workshop/quality/", "/en/workshop/metal/", "/en/workshop/load/",
            "/en/packing/")  # fmt: skip

pytestmark = [pytest.mark.django_db(transaction=True)]


def a_few(rows, *kinds):
    """Two rows of each kind: the oldest and the newest."""
    found = {}
    for row in rows.order_by("pk"):
        first, _last = found.get(key := tuple(getattr(row, kind) for kind in kinds), (row, row))
        found[key] = (first, row)
    return list({row.pk: row for pair in found.values() for row in pair}.values())


def orders_of_each_kind():
    return a_few(Order.objects.all(), "state", "making", "delivery_state", "channel")


def tickets_of_each_kind():
    return a_few(Ticket.objects.with_stage(), "state", "stage")


def addresses():
    """Every page by who opens it: "" for anybody."""
    shop = [*SHOP, *(shelf.get_absolute_url() for shelf in Collection.objects.all())]
    shop += [
        "/en/collections/rings/?metal=gold-yellow&when=made&sort=low",
        *(p.get_absolute_url() for p in Piece.objects.all()),
    ]
    orders = [f"/en/orders/{actions.token_of(order)}/" for order in orders_of_each_kind()]
    office = [*OFFICE, *(f"/en/office/orders/{order.number}/" for order in orders_of_each_kind())]
    office += [f"/en/office/pieces/{piece.pk}/" for piece in Piece.objects.all()[:6]]
    office += [f"/en/office/letters/{letter.pk}/" for letter in Letter.objects.all()[:2]]
    tickets = [ticket.number for ticket in tickets_of_each_kind()]
    workshop = [*WORKSHOP, *(f"/en/workshop/{number}/" for number in tickets)]
    workshop += [f"/en/workshop/{number}/{page}/" for number in tickets for page in ("design", "inspect")]
    workshop += [f"/en/workshop/trees/{tree.number}/" for tree in a_few(Tree.objects.all(), "state")]
    workshop += [f"/en/packing/{parcel.number}/" for parcel in a_few(Parcel.objects.all(), "state")]
    return {"": shop + orders, "admin": office, "production_manager": workshop, "customer": ["/en/orders/"]}


def faults(queries, html):
    """What a page has too much of."""
    size = len(gzip.compress(html, 6))
    found = [f"{queries} queries"] if queries > MOST_QUERIES else []
    return [*found, f"{size / 1024:.1f} KB"] if size > MOST_HTML else found


def test_every_page_asks_little_and_weighs_little(demo, client):
    """Cold first: nothing in the cache; then once more as it is kept, which is what is counted."""
    over = []
    for role, paths in addresses().items():
        if role:
            client.force_login(User.objects.get(email=email_of(role)))
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(path)
            assert answer.status_code in (200, 404), (path, answer.status_code)
            over += [f"{path} as {role or 'anybody'}: {fault}" for fault in faults(len(asked), answer.content)]
    assert over == [], "\n".join(over)


def test_a_full_basket_and_its_checkout(demo, client):
    for slug in ("eave", "hearth"):
        page = client.get(f"/en/pieces/{slug}/").content.decode()
        agreed = page.split('name="agreed" value="')[1].split('"')[0]
        client.post(f"/en/basket/add/{slug}/", {"action_id": f"basket-{slug}", "agreed": agreed})
    assert client.cookies[COOKIE].value
    over = []
    for path in ("/en/basket/", "/en/checkout/"):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        over += [f"{path}: {fault}" for fault in faults(len(asked), b"")]
    assert over == []


def test_a_page_that_asks_too_much_would_be_found(demo, client, monkeypatch):
    """The guard itself: with the cache gone before every question, the front page asks more than it may."""
    monkeypatch.setattr(cache, "get_or_set", lambda key, default, *_a, **_k: default())
    with CaptureQueriesContext(connection) as asked:
        client.get("/en/")
    assert faults(len(asked), b"") == [f"{len(asked)} queries"]


def test_a_page_that_weighs_too_much_would_be_found(client):
    """The guard itself: with the house's styles written into it, a page weighs more than it may."""
    page = client.get("/en/styleguide/").content
    styles = b"".join(Path(finders.find(f"ui/{name}.css")).read_bytes() for name in ("tokens", "ajour", "shop"))
    assert faults(0, page) == []
    assert [fault.endswith(" KB") for fault in faults(0, page + styles)] == [True]
