"""What a guest's purchase asks the database, request by request: it may be less, never more."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from store.orders.models import Order
from store.payments.models import Attempt
from tests.store import cast
from tests.store.checkout.test_checkout import send

MOST = {"piece": 6, "add": 17, "basket": 8, "checkout": 7, "place": 25, "go": 5, "back": 59, "order": 8}
MOST_SAVEPOINTS = 10

pytestmark = pytest.mark.django_db(transaction=True)


def add(client, slug):
    page = client.get(f"/en/pieces/{slug}/").content.decode()
    agreed = page.split('name="agreed" value="')[1].split('"')[0]
    return lambda: client.post(f"/en/basket/add/{slug}/", {"action_id": f"add-{slug}", "agreed": agreed})


def buy(stripe, slug):
    """Every request of a purchase, and what it asked."""
    client, asked = Client(), {}

    def count(name, do):
        with CaptureQueriesContext(connection) as queries:
            answer = do()
        asked[name] = [query["sql"] for query in queries if query["sql"] not in ("BEGIN", "COMMIT")]
        return answer

    count("piece", lambda: client.get(f"/en/pieces/{slug}/"))
    count("add", add(client, slug))
    count("basket", lambda: client.get("/en/basket/"))
    count("checkout", lambda: client.get("/en/checkout/"))
    placed = count("place", lambda: send(client))
    count("go", lambda: client.get(placed["Location"]))
    attempt = Attempt.objects.latest("pk")
    stripe.pay(attempt)
    back = attempt.success_url.replace("{CHECKOUT_SESSION_ID}", attempt.session_id)
    order = count("back", lambda: client.get(back))
    page = count("order", lambda: client.get(order["Location"]))
    assert "We are packing your order" in page.content.decode()
    return asked


def test_a_purchase_asks_little(house, stripe):
    for slug in ("first", "second"):
        cast.variant(cast.ring(slug, made_to_order=False), on_hand=3)
    buy(stripe, "first")  # what shops keep for a minute is kept now, and what is put together once is
    asked = buy(stripe, "second")
    assert Order.objects.filter(state="confirmed").count() == 2
    assert {name: len(said) for name, said in asked.items() if len(said) > MOST[name]} == {}
    savepoints = [sql for said in asked.values() for sql in said if "SAVEPOINT" in sql]
    assert len(savepoints) <= MOST_SAVEPOINTS
