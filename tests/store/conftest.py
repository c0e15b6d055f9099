"""What every room of the store is tested with: somebody of sales, and a stand-in for Stripe, spoken to over HTTP by
Stripe's own library, with the events it makes.
"""

import json
import time

import pytest
from django.test import Client

from foundation.people.roles import Role
from standins.stripe.server import Standin
from tests.store import ordering

SECRET = "whsec_of_the_test"


class Stripe:
    """The stand-in, with what a test asks of it."""

    def __init__(self, server, client):
        self.server, self.client, self.books = server, client, server.books

    def pay(self, attempt):
        """Somebody pays the attempt's page with a good card."""
        self._turn("pay", session=attempt.session_id)

    def events(self, *kinds):
        """The events that were made, oldest first."""
        found = [thing for thing in self.books.things.values() if thing["object"] == "event"]
        return [self.books.shown(event) for event in found if not kinds or event["type"] in kinds]

    def deliver(self, event, *, at=None, signature=None, body=None):
        """Post an event to our webhook, signed; answers the status."""
        body = body if body is not None else json.dumps(event).encode()
        signature = signature if signature is not None else self.server.news.signature(body, int(at or time.time()))
        answer = self.client.post(
            "/payments/stripe/webhook/", body, content_type="application/json", HTTP_STRIPE_SIGNATURE=signature
        )
        return answer.status_code

    def pass_time(self, seconds):
        self._turn("pass_time", seconds=seconds)

    def balance(self):
        """Captured less refunded, by the stand-in's own books."""
        return self.books.balance()

    def _turn(self, deed, **asked):
        from standins.stripe import control

        control.act(self.books, self.server.news, deed, asked)


@pytest.fixture
def sales(db):
    """Sam, who sells."""
    return ordering.member("sam@ajour.example", Role.SALES)


@pytest.fixture
def office(sales):
    """Sam's browser, signed in."""
    client = Client()
    client.force_login(sales)
    return client


@pytest.fixture
def stripe(settings, client):
    with Standin(webhook=None, secret=SECRET) as server:
        settings.STRIPE_API_BASE = server.url
        settings.STRIPE_SECRET_KEY = "sk_test_of_the_test"
        settings.STRIPE_WEBHOOK_SECRET = SECRET
        yield Stripe(server, client)
