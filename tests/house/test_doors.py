"""Every address × method × role stands in a declared table; a new page without a row fails here.

The table is tests/house/doors.txt: address, method, who. Who is `anyone`, `signed-in`, or roles. A person who is not
named is sent to sign in, or refused; a person who is named gets through the door, whatever lies behind it.
"""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import translation

from foundation.house.models import Brand, Seller, Site
from foundation.people.models import User
from foundation.people.roles import STAFF, Role
from tests.store import trading

TABLE = Path(__file__).with_name("doors.txt")
LIBRARIES = ("accounts/", "i18n/", "api/v1/schema/", "api/v1/docs/")
"""Doors that a library keeps, tested by itself."""
FILLINGS = {"uuid": str(uuid4()), "int": "999999999", "slug": "nothing", "str": "nothing", "path": "nothing"}


def _in_english():
    """The address of a page begins with its language: the table is written in English."""
    translation.activate("en")
    return get_resolver().url_patterns


def addresses(patterns=None, before=""):
    """Every address of the house, as its pattern."""
    for entry in patterns or _in_english():
        route = before + str(entry.pattern).replace("^", "").replace("$", "")
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, route)
        elif not route.removeprefix("en/").startswith(LIBRARIES):
            yield route


def table():
    """{(address, method): set of who}"""
    rows = {}
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            address, method, who = re.split(r"\s{2,}", line.strip(), maxsplit=2)
            rows[address, method] = {word.strip() for word in who.split(",")}
    return rows


ROWS = table()


def test_every_address_is_in_the_table_and_nothing_else_is():
    assert {address for address, _ in ROWS} == set(addresses())


def test_the_table_names_only_roles_that_exist():
    known = {str(role) for role in Role} | {"anyone", "signed-in", "staff"}
    assert {who for row in ROWS.values() for who in row} <= known


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """One signed-in person of every role, and a stranger."""
    with django_db_blocker.unblock():
        clients = {"stranger": Client()}
        seller = Seller.objects.create(
            code="s", legal_name="S", country="GB", currency="GBP", invoice_prefix="S", email="s@s.example"
        )
        brand = Brand.objects.create(code="b", name="B", seller=seller, contact_email="b@b.example")
        site = Site.objects.create(
            code="w", name="W", seller=seller, country="TH", time_zone="Asia/Bangkok", is_workshop=True
        )
        made = []
        for role in Role:
            user = User.objects.create_user(f"{role}-at-the-door@ajour.example", name=role.label)
            user.roles_held.create(role=role)
            made.append(user)
            clients[str(role)] = Client()
            clients[str(role)].force_login(user)
        yield clients
        for row in (site, brand, seller):
            row.delete()
        for user in made:
            user.roles_held.all().delete()
            user.delete()


def knock(client, address, method):
    path = "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda m: FILLINGS[m[1] or "str"], address)
    response = client.generic(method, path, HTTP_IDEMPOTENCY_KEY=str(uuid4()))
    to_sign_in = response.status_code == 302 and "/accounts/login/" in response["Location"]
    return "shut" if to_sign_in or response.status_code in {401, 403} else "open", response.status_code


def may(who, person):
    if "anyone" in who:
        return True
    if person == "stranger":
        return False
    if "signed-in" in who or person in who or ("staff" in who and person in STAFF):
        return True
    return person == "admin" and bool(who & {str(role) for role in STAFF})


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "method"), sorted(ROWS))
def test_a_door_opens_to_those_it_names_and_to_nobody_else(people, address, method):
    wrong = []
    for person, client in people.items():
        state, status = knock(client, address, method)
        expected = "open" if may(ROWS[address, method], person) else "shut"
        if state != expected or status >= 500:
            wrong.append(f"{person}: {state} ({status}), expected {expected}")
    assert wrong == []


METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def everybody():
    """One person of every role, who buys for a company: what is shut to them is shut to all."""
    buyer = trading.buyer_of(trading.company())
    for role in set(Role) - {Role.TRADE_BUYER}:
        buyer.roles_held.create(role=role)
    client = Client()
    client.force_login(buyer)
    return client


@pytest.mark.django_db
def test_no_address_answers_to_a_method_that_is_not_in_the_table(everybody):
    undeclared = {(address, method) for address, _ in ROWS for method in METHODS} - set(ROWS)
    answered = {(*door, knock(everybody, *door)[1]) for door in undeclared}
    assert sorted(door for door in answered if door[-1] != 405) == []
