"""Keys, refunds, events, deliveries, memory: the rest of the stand-in, through Stripe's own library."""

import threading
import time
import urllib.request

import pytest
import stripe as library

from standins.stripe.server import Standin
from tests.standins.conftest import SECRET, client_of


@pytest.fixture
def paid(open_session, client, browser):
    session = open_session()
    browser.pay(session.url)
    return client.checkout.sessions.retrieve(session.id)


def test_the_same_key_gives_the_same_session(open_session, standin):
    key = {"idempotency_key": "due-42"}
    assert open_session(key).id == open_session(key).id
    assert len(standin.books.all("checkout.session")) == 1


def test_twenty_calls_at_once_with_one_key_open_one_session(open_session, standin):
    calls = [threading.Thread(target=open_session, args=({"idempotency_key": "due-42"},)) for _ in range(20)]
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    assert len(standin.books.all("checkout.session")) == 1


def test_the_same_key_with_other_words_is_refused(open_session):
    open_session({"idempotency_key": "due-42"})
    with pytest.raises(library.IdempotencyError, match="same parameters"):
        open_session({"idempotency_key": "due-42"}, client_reference_id="due-43")


def test_a_refused_call_does_not_use_up_its_key(open_session):
    with pytest.raises(library.InvalidRequestError):
        open_session({"idempotency_key": "due-42"}, mode="setup")
    assert open_session({"idempotency_key": "due-42"}).status == "open"


def test_a_lost_reply_is_asked_again_and_opens_one_session(standin, turn):
    turn("knobs", drop_replies=1)
    client = client_of(standin, max_network_retries=2)
    line = {"quantity": 1, "price_data": {"currency": "gbp", "unit_amount": 9900, "product_data": {"name": "Ring"}}}
    asked = {"mode": "payment", "success_url": "http://shop.example/", "line_items": [line]}
    assert client.checkout.sessions.create(asked).status == "open"
    assert len(standin.books.all("checkout.session")) == 1


def test_money_goes_back_in_parts_and_never_more_than_came(client, paid, inbox, turn):
    refund = client.refunds.create(
        {"payment_intent": paid.payment_intent, "amount": 25_00, "reason": "requested_by_customer"}
    )
    assert (refund.status, refund.amount, refund.currency) == ("succeeded", 25_00, "gbp")
    assert client.refunds.retrieve(refund.id).amount == 25_00
    with pytest.raises(library.InvalidRequestError, match="greater than unrefunded"):
        client.refunds.create({"payment_intent": paid.payment_intent, "amount": 100_01})
    assert turn("knobs")["balance"] == {"gbp": 100_00}
    assert client.refunds.create({"payment_intent": paid.payment_intent}).amount == 100_00
    with pytest.raises(library.InvalidRequestError, match="already been refunded"):
        client.refunds.create({"payment_intent": paid.payment_intent})
    assert turn("knobs")["balance"] == {"gbp": 0}
    assert inbox.hears("charge.refunded", times=2)


@pytest.mark.parametrize("amount", [0, -1])
def test_a_refund_of_nothing_is_refused(client, paid, amount):
    with pytest.raises(library.InvalidRequestError, match="positive"):
        client.refunds.create({"payment_intent": paid.payment_intent, "amount": amount})


def test_a_refund_needs_something_to_refund(client, open_session, browser):
    session = open_session()
    browser.pay(session.url, "4000000000000002")
    intent = client.checkout.sessions.retrieve(session.id).payment_intent
    for asked in (
        {},
        {"payment_intent": intent},
        {"payment_intent": "pi_none"},
        {"payment_intent": intent, "reason": "mood"},
    ):
        with pytest.raises(library.InvalidRequestError):
            client.refunds.create(asked)


def test_events_are_listed_by_type_and_fetched(client, paid):
    done = client.events.list({"types": ["checkout.session.completed"]}).data
    assert [event.data.object.id for event in done] == [paid.id]
    assert client.events.retrieve(done[0].id).type == "checkout.session.completed"
    first = client.events.list({"limit": 2})
    rest = client.events.list({"limit": 2, "starting_after": first.data[-1].id})
    assert first.has_more
    assert len({event.id for event in first.data + rest.data}) == 4


def test_an_unanswered_event_is_told_again(open_session, browser, inbox):
    inbox.answers[:] = [500, 503, 500, 500]
    browser.pay(open_session().url)
    assert inbox.hears("checkout.session.completed")
    assert len(inbox.events) == 4


def test_a_test_may_hold_double_and_shuffle_the_news(open_session, browser, inbox, turn):
    turn("knobs", by_hand=True, shuffle=True)
    browser.pay(open_session().url)
    time.sleep(0.4)
    assert inbox.events == []
    turn("deliver", times=5)
    assert len(inbox.events) == 20
    assert turn("knobs")["pending"] == []


def test_a_slow_api_is_slow(client, paid, turn):
    turn("knobs", delay_s=0.3)
    began = time.monotonic()
    client.payment_intents.retrieve(paid.payment_intent)
    assert time.monotonic() - began >= 0.3


def test_a_session_is_paid_without_its_page_where_a_test_asks(open_session, turn, client):
    session = open_session()
    turn("pay", session=session.id)
    assert client.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_what_is_unknown_is_not_found(client):
    for ask in (client.checkout.sessions.retrieve, client.payment_intents.retrieve, client.refunds.retrieve):
        with pytest.raises(library.InvalidRequestError, match="No such"):
            ask("none_1")
    with pytest.raises(library.InvalidRequestError, match="Unrecognized request URL"):
        client.customers.create({"email": "mara@example.com"})


def test_a_live_key_is_not_taken(standin):
    client = library.StripeClient("sk_live_x", base_addresses={"api": standin.url}).v1
    with pytest.raises(library.AuthenticationError, match="test keys only"):
        client.events.list()


def test_a_restart_keeps_sessions_keys_and_untold_news(tmp_path, inbox, browser):
    books = tmp_path / "stripe.json"
    line = {"quantity": 1, "price_data": {"currency": "gbp", "unit_amount": 9900, "product_data": {"name": "Ring"}}}
    asked = {
        "mode": "payment",
        "success_url": "http://shop.example/",
        "line_items": [line],
        "customer_email": "m@example.com",
    }
    with Standin(webhook="http://127.0.0.1:9/", secret=SECRET, state=books) as before:
        port, key = before.port, {"idempotency_key": "due-1"}
        paid = client_of(before).checkout.sessions.create(asked)
        opened = client_of(before).checkout.sessions.create(asked, key)
        browser.pay(paid.url)
    with Standin(port, webhook=inbox.url, secret=SECRET, state=books) as after:
        assert client_of(after).checkout.sessions.create(asked, key).id == opened.id
        assert "99.00 GBP" in urllib.request.urlopen(opened.url).read().decode()
        assert inbox.hears("checkout.session.completed")
        assert after.books.balance() == {"gbp": 99_00}


def test_what_was_paid_before_its_time_is_known_and_can_be_sent_back_once(standin, turn):
    known = {"intent": "pi_before", "amount": 5000, "currency": "gbp", "attempt": "a-1"}
    turn("remember", payments=[known])
    assert turn("remember", payments=[known])["counts"] == {"payment_intent": 1, "charge": 1}
    stripe = client_of(standin)
    assert stripe.refunds.create({"payment_intent": "pi_before", "amount": 5000}).status == "succeeded"
    with pytest.raises(library.InvalidRequestError, match="already been refunded"):
        stripe.refunds.create({"payment_intent": "pi_before"})
