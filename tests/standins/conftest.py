"""A stand-in for Stripe with an inbox that hears its news, spoken to by Stripe's own library over HTTP."""

import http.server
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
import stripe as library

from standins.stripe.server import Standin

SECRET = "whsec_of_the_test"


class Inbox:
    """Hears webhooks; `answers` is what it says to the next ones, then 200."""

    def __init__(self):
        self.events, self.answers = [], []
        inbox = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                library.Webhook.construct_event(body, self.headers["Stripe-Signature"], SECRET)
                status = inbox.answers.pop(0) if inbox.answers else 200
                if status == 200:
                    inbox.events.append(json.loads(body))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/"
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def types(self):
        return sorted(event["type"] for event in self.events)

    def hears(self, kind, times=1, within_s=8):
        until = time.monotonic() + within_s
        while self.types().count(kind) < times and time.monotonic() < until:
            time.sleep(0.02)
        return self.types().count(kind) >= times


@pytest.fixture
def inbox():
    box = Inbox()
    yield box
    box.http.shutdown()
    box.http.server_close()


@pytest.fixture
def standin(inbox):
    with Standin(webhook=inbox.url, secret=SECRET) as running:
        yield running


@pytest.fixture
def client(standin):
    return client_of(standin)


def client_of(standin, **options):
    return library.StripeClient("sk_test_of_the_test", base_addresses={"api": standin.url}, **options).v1


@pytest.fixture
def open_session(client):
    def open_one(*options, **changes):
        asked = {
            "mode": "payment",
            "ui_mode": "hosted_page",
            "line_items": [line("Sill ring, 9 ct gold", 125_00)],
            "payment_intent_data": {"description": "Order A7K2", "metadata": {"due": "42"}},
            "metadata": {"due": "42"},
            "client_reference_id": "due-42",
            "customer_email": "mara@example.com",
            "success_url": "http://shop.example/thanks?session={CHECKOUT_SESSION_ID}",
            "cancel_url": "http://shop.example/basket",
            **changes,
        }
        return client.checkout.sessions.create({k: v for k, v in asked.items() if v is not None}, *options)

    return open_one


def line(name, minor, quantity=1, currency="gbp"):
    price = {"currency": currency, "unit_amount": minor, "product_data": {"name": name}}
    return {"quantity": quantity, "price_data": price}


class Browser:
    """Fills the hosted page as a browser would, and does not follow where it leads."""

    def read(self, url):
        with urllib.request.urlopen(url) as answer:
            return answer.read().decode()

    def pay(self, url, number="4242 4242 4242 4242", **more):
        given = {"number": number, "email": "mara@example.com", "cvc": "123", "expiry": "12 / 34", "name": "M", **more}
        opener = urllib.request.build_opener(_Stay)
        try:
            opener.open(url, urllib.parse.urlencode(given).encode())
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers.get("Location") or answer.read().decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


@pytest.fixture
def browser():
    return Browser()


@pytest.fixture
def turn(standin):
    def turn_one(deed, **asked):
        sent = json.dumps(asked).encode()
        with urllib.request.urlopen(urllib.request.Request(f"{standin.url}/_standin/{deed}", data=sent)) as answer:
            return json.load(answer)

    return turn_one
