"""From a basket to the payment page and back, as a guest, with nothing lost on the way."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connections
from django.utils import timezone

from foundation.outbox.actions import drain
from foundation.people.models import User
from store.baskets.actions import add_variant, change_line, merge_baskets, open_basket, remove_line
from store.baskets.carrier import COUNT_COOKIE
from store.baskets.models import Basket
from store.baskets.tokens import COOKIE, new_token
from store.catalogue.actions import expire_holds, extend_holds, receive_stock
from store.catalogue.models import Hold, Stock
from store.orders import actions
from store.orders.models import Order
from store.payments.models import Attempt, Refund
from tests.store import cast

MARA = {
    "email": "mara@example.com", "name": "Mara Vogel", "country": "GB", "line1": "3 Lansdown Road", "city": "Bath",
    "postcode": "ba1 5lr", "delivery": "post", "agreed": 121_200,
}  # fmt: skip


def send(client, **changes):
    return client.post("/en/checkout/", MARA | {"action_id": str(uuid4())} | changes)


def to_stripe(client, answer):
    """Follow to the hosted page; answers the attempt."""
    assert answer.status_code == 302
    assert answer["Location"].startswith("/payments/go/")
    page = client.get(answer["Location"])
    assert page.status_code == 302
    assert "/c/pay/" in page["Location"]
    return Attempt.objects.latest("pk")


def test_the_page_asks_as_the_country_writes_and_says_the_sum(client, basket):
    page = client.get("/en/checkout/").content.decode()
    assert "Pay £1,212" in page
    assert "Postcode" in page
    assert "Province" not in page
    there = client.post(
        "/en/checkout/", MARA | {"country": "TH", "redraw": "country", "action_id": str(uuid4())}
    ).content.decode()
    assert "Province" in there
    assert "Pay £1,010" in there  # before VAT: it leaves the country
    assert "mara@example.com" in there


def test_another_country_brings_its_own_ways_of_sending_together_with_the_sum(client, basket):
    there = client.get("/en/checkout/sums/?country=TH").content.decode()
    assert 'id="ways" data-same="TH"' in there
    assert there.count('name="delivery"') == 1
    assert "Pay £1,010" in there


def test_sent_out_of_the_country_each_piece_says_what_it_costs_without_vat(client, basket):
    there = " ".join(client.get("/en/checkout/sums/?country=TH").content.decode().split())
    assert re.search(r"<dt>[^<]+, before VAT</dt><dd>[^£]*£1,0", there)
    assert "<dd></dd>" not in there


def test_a_guest_pays_and_comes_back_to_the_order(client, stripe, basket, variant):
    attempt = to_stripe(client, send(client))
    stripe.pay(attempt)
    back = client.get(attempt.success_url.replace("{CHECKOUT_SESSION_ID}", attempt.session_id))
    assert back.status_code == 302
    page = client.get(back["Location"])
    assert "We are packing your order" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert "Nothing in it yet" in client.get("/en/basket/").content.decode()  # whatever the workers have before them
    drain()
    order = Order.objects.get()
    assert (order.state, order.email, order.postcode) == ("confirmed", "mara@example.com", "BA1 5LR")
    assert Basket.objects.get(pk=basket.pk).closed_at is not None
    assert Stock.objects.get(variant=variant).on_hand == 1


def test_pressed_twice_it_is_one_order_and_one_page(client, stripe, basket):
    number = str(uuid4())
    first, second = send(client, action_id=number), send(client, action_id=number)
    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1


def test_pressed_again_after_going_back_the_first_order_gives_way(client, stripe, basket):
    to_stripe(client, send(client))
    to_stripe(client, send(client))
    assert sorted(Order.objects.values_list("state", flat=True)) == ["awaiting_payment", "cancelled"]


@pytest.mark.parametrize("change", ["quantity", "variant", "again", "out", "signs in"])
def test_an_order_whose_basket_is_changed_before_it_is_paid_gives_way_and_its_money_goes_back(
    client, stripe, basket, variant, change
):
    attempt = to_stripe(client, send(client))
    line, now = basket.lines.get(), timezone.now()
    other = cast.variant(variant.piece, on_hand=2, ring_inner_um=16_800)
    mara = User.objects.create_user("mara@example.com")
    add_variant(basket=cast.basket(user=mara), variant=other, quantity=1, now=now, by=mara)
    {
        "quantity": lambda: change_line(line=line, quantity=2, now=now, by=None),
        "variant": lambda: change_line(line=line, variant=other, now=now, by=None),
        "again": lambda: add_variant(basket=basket, variant=variant, quantity=1, now=now, by=None),
        "out": lambda: remove_line(line=line, by=None),
        "signs in": lambda: merge_baskets(guest=basket, user=mara, now=now),
    }[change]()
    stripe.pay(attempt)
    client.get(attempt.success_url.replace("{CHECKOUT_SESSION_ID}", attempt.session_id))
    drain()
    assert Order.objects.get().state == "cancelled"
    assert Refund.objects.get().amount_minor == attempt.amount_minor
    assert sum(Stock.objects.values_list("on_hand", flat=True)) == 4


def test_what_was_laid_in_while_she_paid_stays_in_the_basket(client, stripe, basket, variant):
    attempt = to_stripe(client, send(client))
    earrings = cast.variant(cast.ring("lintel"), on_hand=1)
    add_variant(basket=basket, variant=earrings, quantity=1, now=timezone.now(), by=None)
    stripe.pay(attempt)
    back = client.get(attempt.success_url.replace("{CHECKOUT_SESSION_ID}", attempt.session_id))
    assert back.cookies[COUNT_COOKIE].value == "1"
    drain()
    page = client.get("/en/basket/").content.decode()
    assert "Lintel" in page
    assert "Sill" not in page
    to_stripe(client, send(client))
    assert sorted(Order.objects.values_list("state", flat=True)) == ["awaiting_payment", "confirmed"]


def test_an_order_whose_slip_was_sent_stands_however_often_its_buyer_checks_out_again(client, stripe, basket, variant):
    to_stripe(client, send(client))
    order = Order.objects.get()
    slip = SimpleUploadedFile("slip.pdf", b"%PDF-1.7 a slip", "application/pdf")
    actions.attach_slip(order=order, upload=slip, now=timezone.now())
    drain()
    assert "Nothing in it yet" in client.get("/en/basket/").content.decode()
    client.cookies[COOKIE] = token = new_token()
    newer = open_basket(token=token, brand=basket.brand, language="en", user=None)
    add_variant(basket=newer, variant=variant, quantity=1, now=timezone.now(), by=None)
    to_stripe(client, send(client))
    assert list(Order.objects.values_list("state", flat=True)) == ["awaiting_payment"] * 2


def test_gone_back_from_the_payment_page_everything_is_as_it_was(client, stripe, basket):
    attempt = to_stripe(client, send(client))
    page = client.get(attempt.cancel_url, follow=True).content.decode()
    assert "Nothing was charged" in page
    assert 'value="3 Lansdown Road"' in page
    assert page.count('value="Mara Vogel"') == 1, "her own name is not the name of somebody else on the parcel"
    assert Basket.objects.get().closed_at is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"postcode": "12345"}, "Write it like BA1 5LR."),
        ({"email": "nobody"}, "This is not a whole address yet. Write it like mara@example.com."),
        ({"line1": ""}, "Street and number is missing."),
        ({"postcode": ""}, "Postcode is missing."),
        ({"line1": "x" * 100_000}, "at most 120"),
        ({"delivery": "pigeon"}, "Choose another"),
        ({"agreed": 1}, "The sum has changed"),
        ({"country": "TH", "postcode": "10110", "region": "Bangkok"}, "The sum has changed"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_ordered(client, basket, changes, sentence):
    answer = send(client, **changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Order.objects.count() == 0


def test_an_empty_basket_leads_back_to_itself(client, house):
    assert client.get("/en/checkout/")["Location"] == "/en/basket/"


def test_the_way_back_shows_nobody_elses_order(client, stripe, basket):
    attempt = to_stripe(client, send(client))
    stripe.pay(attempt)
    answer = client.get(f"/en/checkout/paid/{attempt.reference}/?session=cs_guess")
    assert answer.status_code == 200
    assert Order.objects.get().number not in answer.content.decode()


def test_where_stripe_is_away_the_page_says_so_and_the_basket_stays(client, basket, settings):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    answer = client.get(send(client)["Location"])
    assert answer.status_code == 503
    assert "Nothing was charged" in answer.content.decode()
    assert Basket.objects.get().closed_at is None


def test_a_program_checks_out_by_the_same_rules(client, stripe, basket):
    client.cookies.clear()
    headers = {"HTTP_IDEMPOTENCY_KEY": str(uuid4()), "HTTP_BASKET_TOKEN": basket.token}
    wrong = client.post(
        "/api/v1/checkout/", MARA | {"postcode": "1"}, content_type="application/json",
        HTTP_IDEMPOTENCY_KEY=str(uuid4()), HTTP_BASKET_TOKEN=basket.token,
    )  # fmt: skip
    assert wrong.status_code == 400
    assert wrong.json()["errors"] == {"postcode": ["Write it like BA1 5LR."]}
    for _ in range(2):
        answer = client.post("/api/v1/checkout/", MARA, content_type="application/json", **headers)
        assert answer.status_code == 201
    placed = answer.json()
    assert Order.objects.get().number == placed["number"]
    client.get(placed["payment_url"])
    stripe.pay(Attempt.objects.get())
    for event in stripe.events("checkout.session.completed"):
        stripe.deliver(event)
    drain()
    assert client.get(f"/api/v1/orders/{placed['token']}/").json()["state"] == "confirmed"


def test_a_checkout_asks_the_database_no_more_than_it_needs(client, basket, django_assert_max_num_queries):
    client.get("/en/checkout/")
    with django_assert_max_num_queries(12):
        client.get("/en/checkout/")


def test_the_way_back_of_an_older_order_leaves_the_newer_basket_alone(client, stripe, basket, variant):
    attempt = to_stripe(client, send(client))
    stripe.pay(attempt)
    address = attempt.success_url.replace("{CHECKOUT_SESSION_ID}", attempt.session_id)
    client.get(address)
    drain()
    client.cookies[COOKIE] = token = new_token()
    newer = open_basket(token=token, brand=basket.brand, language="en", user=None)
    add_variant(basket=newer, variant=variant, quantity=1, now=timezone.now(), by=None)
    assert (
        client.get(address).cookies[COUNT_COOKIE].value == "1"
    )  # the browser's back button: the header's number stays


def test_the_way_back_leads_to_the_order_for_an_hour_not_for_ever(client, stripe, basket, monkeypatch):
    attempt = to_stripe(client, send(client))
    stripe.pay(attempt)
    address = attempt.success_url.replace("{CHECKOUT_SESSION_ID}", attempt.session_id)
    assert client.get(address).status_code == 302
    Attempt.objects.filter(pk=attempt.pk).update(expires_at=timezone.now() - timedelta(hours=2))
    assert client.get(address).status_code == 200


def test_a_refusal_is_not_remembered_the_same_form_goes_through_once_it_can(client, stripe, basket, variant):
    number = str(uuid4())
    Hold.objects.filter(stock__variant=variant).update(expires_at=timezone.now() - timedelta(hours=1))
    expire_holds(now=timezone.now())
    Stock.objects.filter(variant=variant).update(on_hand=0)
    refused = send(client, action_id=number)
    assert refused["Location"] == "/en/basket/"
    receive_stock(item=variant, site=Stock.objects.get(variant=variant).site, quantity=2, by=None)
    assert send(client, action_id=number)["Location"].startswith("/payments/go/")


@pytest.mark.parametrize("field", ["name", "line1", "action_id"])
def test_a_nul_byte_is_refused_in_a_sentence(client, basket, field):
    answer = send(client, **{field: f"0000{chr(0)}0000abcd"})
    assert answer.status_code in (400, 409, 422)
    assert not Order.objects.exists()


def test_a_name_that_turns_the_line_or_begins_another_is_put_straight(client, stripe, basket):
    """It stands on the label, and at the head of a letter, where a line `Words: https://…` is a button."""
    to_stripe(client, send(client, name="Kay\u202e\n\nPay here: https://evil.example", line1="3 Lansdown Road\nFlat 2"))
    order = Order.objects.get()
    assert order.name == "Kay Pay here: https://evil.example"
    assert order.line1 == "3 Lansdown Road Flat 2"


def test_checking_out_again_while_the_first_order_runs_out_never_deadlocks(
    transactional_db, client, stripe, basket, monkeypatch
):
    """Everybody locks orders before stock. The other way round the database kills one of the two."""
    to_stripe(client, send(client))
    failed = []

    def slowly(**said):
        gone = extend_holds(**said)
        time.sleep(0.4)
        return gone

    def again():
        assert send(client)["Location"].startswith("/payments/go/")

    def expire():
        time.sleep(0.2)
        actions.expire_unpaid(now=timezone.now() + timedelta(days=1))

    def kept(do):
        try:
            do()
        except DatabaseError as error:
            failed.append(error)
        finally:
            connections.close_all()

    monkeypatch.setattr("store.orders.actions.placing.extend_holds", slowly)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(kept, [again, expire]))
    assert failed == []
