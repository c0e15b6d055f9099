"""The hosted payment, from a session to the money, through Stripe's own library."""

import re
import time

import pytest
import stripe as library


def test_a_session_is_paid_on_its_page_and_says_so(open_session, client, browser, inbox):
    session = open_session()
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert session.amount_total == 125_00
    assert session.currency == "gbp"
    status, where = browser.pay(session.url)
    assert (status, where) == (303, f"http://shop.example/thanks?session={session.id}")
    paid = client.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert paid.payment_intent.status == "succeeded"
    assert paid.payment_intent.amount_received == 125_00
    assert paid.payment_intent.metadata["due"] == "42"
    assert paid.payment_intent.latest_charge.captured
    assert inbox.hears("checkout.session.completed")
    assert inbox.types() == sorted(
        ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"]
    )


def test_the_page_says_that_it_is_a_stand_in_and_what_is_bought(open_session, browser):
    page = browser.read(open_session().url)
    assert "Stand-in for Stripe." in page
    assert "Sill ring, 9 ct gold" in page
    assert "125.00 GBP" in page
    assert 'href="http://shop.example/basket"' in page
    named = set(re.findall(r'<label for="(\w+)"', page))
    assert named == set(re.findall(r'<input id="(\w+)"', page))


def test_the_page_shows_hostile_names_as_words(open_session, browser):
    session = open_session(line_items=[_line("<script>alert(1)</script>")])
    assert "<script>" not in browser.read(session.url)


def _line(name):
    return {"quantity": 1, "price_data": {"currency": "gbp", "unit_amount": 5000, "product_data": {"name": name}}}


def test_a_declined_card_gets_a_sentence_and_the_next_card_pays(open_session, client, browser, inbox):
    session = open_session()
    status, page = browser.pay(session.url, "4000 0000 0000 0002")
    assert status == 402
    assert 'role="alert">Your card was declined.' in page
    still = client.checkout.sessions.retrieve(session.id)
    assert (still.status, still.payment_status) == ("open", "unpaid")
    intent = client.payment_intents.retrieve(still.payment_intent)
    assert intent.status == "requires_payment_method"
    assert intent.last_payment_error.code == "card_declined"
    assert browser.pay(session.url)[0] == 303
    assert inbox.hears("checkout.session.completed")
    assert inbox.types().count("payment_intent.payment_failed") == 1


@pytest.mark.parametrize("more", [{"number": "4111 1111 1111 1111"}, {"number": ""}, {"cvc": "1"}])
def test_an_unknown_card_or_code_charges_nothing(open_session, client, browser, more):
    session = open_session()
    assert browser.pay(session.url, **{"number": "4242424242424242", **more})[0] == 402
    assert client.checkout.sessions.retrieve(session.id).status == "open"


def test_a_paid_session_takes_no_second_payment(open_session, browser, standin):
    url = open_session().url
    assert browser.pay(url)[0] == 303
    assert browser.pay(url)[0] == 402
    assert standin.books.balance() == {"gbp": 125_00}
    assert "This payment is complete" in browser.read(url)


def test_an_expired_session_takes_no_money_and_tells(open_session, client, browser, inbox):
    session = open_session()
    url = session.url
    assert client.checkout.sessions.expire(session.id).status == "expired"
    assert browser.pay(url)[0] == 402
    assert inbox.hears("checkout.session.expired")
    with pytest.raises(library.InvalidRequestError, match="status in"):
        client.checkout.sessions.expire(session.id)


def test_a_session_expires_by_itself_at_its_time(open_session, client, inbox, turn):
    session = open_session(expires_at=int(time.time()) + 1800)
    turn("pass_time", seconds=1700)
    assert client.checkout.sessions.retrieve(session.id).status == "open"
    turn("pass_time", seconds=200)
    assert client.checkout.sessions.retrieve(session.id).status == "expired"
    assert inbox.hears("checkout.session.expired")


def test_a_paid_session_can_not_be_expired(open_session, client, browser):
    session = open_session()
    browser.pay(session.url)
    with pytest.raises(library.InvalidRequestError, match="complete"):
        client.checkout.sessions.expire(session.id)


def test_lines_are_listed_and_summed(open_session, client):
    session = open_session(line_items=[{**_line("Ring"), "quantity": 2}, _line("Box")])
    assert session.amount_total == 15000
    lines = client.checkout.sessions.line_items.list(session.id)
    assert [(one.description, one.quantity, one.amount_total) for one in lines.data] == [
        ("Ring", 2, 10000),
        ("Box", 1, 5000),
    ]


REFUSED = {
    "an unknown parameter": ({"payment_method_types": ["card"]}, "unknown parameter: payment_method_types"),
    "an unknown parameter deep inside": (
        {"line_items": [{"price_data": {**_line("x")["price_data"], "colour": "red"}}]},
        r"unknown parameter: line_items\[0\]\[price_data\]\[colour\]",
    ),
    "an unknown parameter in the intent's data": ({"payment_intent_data": {"wish": "x"}}, "unknown parameter"),
    "the old name of the hosted page": ({"ui_mode": "hosted"}, "must be one of"),
    "another mode": ({"mode": "subscription"}, "mode=payment alone"),
    "no mode": ({"mode": None}, "Missing required param: mode"),
    "no lines": ({"line_items": None}, "Missing required param: line_items"),
    "no success address": ({"success_url": None}, "success_url"),
    "an address that is none": ({"success_url": "/thanks"}, "Not a valid URL"),
    "too small a sum": (
        {"line_items": [{"price_data": {**_line("x")["price_data"], "unit_amount": 29}}]},
        "at least 0.30 GBP",
    ),
    "too large a sum": (
        {"line_items": [{"price_data": {**_line("x")["price_data"], "unit_amount": 10**8}}]},
        "no more than",
    ),
    "a sum with a comma": (
        {"line_items": [{"price_data": {**_line("x")["price_data"], "unit_amount": "12,50"}}]},
        "Invalid integer",
    ),
    "a currency that is none": (
        {"line_items": [{"price_data": {**_line("x")["price_data"], "currency": "xxx"}}]},
        "Invalid currency",
    ),
    "two currencies": (
        {"line_items": [_line("x"), {"price_data": {**_line("x")["price_data"], "currency": "thb"}}]},
        "same currency",
    ),
    "no name": ({"line_items": [{"price_data": {**_line("")["price_data"]}}]}, "name"),
    "a quantity of none": ({"line_items": [{**_line("x"), "quantity": 0}]}, "greater than or equal to 1"),
    "too short a life": ({"expires_at": int(time.time()) + 60}, "between 30 minutes and 24 hours"),
    "too long a life": ({"expires_at": int(time.time()) + 3 * 86400}, "between 30 minutes and 24 hours"),
    "an e-mail that is none": ({"customer_email": "mara"}, "Invalid email"),
    "metadata that is too long": ({"metadata": {"wish": "x" * 501}}, "at most 50 keys"),
    "what Stripe does and the stand-in does not": (
        {"allow_promotion_codes": True},
        "does not do allow_promotion_codes",
    ),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_a_session_is_refused_for(open_session, standin, changes, words):
    with pytest.raises(library.InvalidRequestError, match=words):
        open_session(**changes)
    assert not standin.books.things
