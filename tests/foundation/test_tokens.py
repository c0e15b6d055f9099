"""A program gets a token by its person's password, works as that person, and is shut out when the token is revoked."""

from random import randrange
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)

from foundation.api.models import ActionDone, Token
from foundation.people.models import User
from tests.calling import Caller

pytestmark = pytest.mark.django_db
PASSWORD = "let-the-light-in"


@pytest.fixture
def noi():
    user = User.objects.create_user(f"noi-{uuid4().hex[:8]}@bench.example", PASSWORD, name="Noi")
    user.roles_held.create(role="designer")
    return user


def test_a_program_with_a_token_is_its_person_until_the_token_is_revoked(noi):
    stranger = Caller()
    made = stranger.post("tokens/new/", email=noi.email, password=PASSWORD, name="bench tablet")
    program = Caller(Authorization=f"Bearer {made['key']}")
    assert program.get("tickets/")["results"] == []
    assert [token["name"] for token in program.get("tokens/")] == ["bench tablet"]
    assert program.client.delete(f"/api/v1/tokens/{made['id']}/").status_code == 204
    answer = program.ask("tickets/")
    assert answer.status_code == 401
    assert "revoked" in answer.json()["detail"]


def test_nothing_that_is_kept_holds_the_key(noi):
    key = Caller().post("tokens/new/", email=noi.email, password=PASSWORD, name="tablet")["key"]
    assert key not in str(list(Token.objects.values()))
    assert not ActionDone.objects.exists()


def test_a_wrong_password_makes_no_token_and_guessing_is_stopped(noi):
    stranger = Caller()
    stranger.client.defaults["REMOTE_ADDR"] = f"198.51.100.{randrange(255)}"
    wrong = {"email": noi.email, "password": "guess", "name": "tablet"}
    assert "do not belong together" in stranger.refused("tokens/new/", 400, **wrong)["errors"]["password"][0]
    statuses = [stranger.send("tokens/new/", **wrong).status_code for _ in range(12)]
    assert statuses[-1] == 409
    assert stranger.refused("tokens/new/", **wrong | {"password": PASSWORD})["code"] == "too_many_tries"
    assert not Token.objects.exists()


def test_where_staff_need_a_second_factor_a_program_is_no_way_around_it(noi, settings):
    said = {"email": noi.email, "password": PASSWORD, "name": "tablet"}
    before = Caller().post("tokens/new/", **said)["key"]
    settings.STAFF_NEED_SECOND_FACTOR = True
    assert Caller().refused("tokens/new/", **said)["code"] == "no_second_factor"
    answer = Caller(Authorization=f"Bearer {before}").ask("tickets/")
    assert answer.status_code == 401
    assert "second factor" in answer.json()["detail"]
    TOTP.activate(noi, generate_totp_secret())
    assert Caller(Authorization=f"Bearer {before}").get("tickets/")["results"] == []


def test_staff_without_a_second_factor_are_led_to_it_from_every_page(noi, settings, client):
    settings.STAFF_NEED_SECOND_FACTOR = True
    client.force_login(noi)
    for page in ("/en/workshop/", "/en/", "/api/v1/tickets/", "/files/x/accounts/y"):
        assert client.get(page)["Location"] == "/en/accounts/2fa/totp/activate/"
    assert client.get("/en/accounts/reauthenticate/").status_code == 200


def test_anothers_token_is_not_found(noi):
    theirs = Caller().post("tokens/new/", email=noi.email, password=PASSWORD, name="tablet")
    other = Caller(User.objects.create_user("other@bench.example"))
    assert other.client.delete(f"/api/v1/tokens/{theirs['id']}/").status_code == 404
    assert other.get("tokens/") == []
    assert Token.objects.get().revoked_at is None


def test_who_signs_in_with_a_second_factor_needs_it_here_too(noi):
    secret = generate_totp_secret()
    TOTP.activate(noi, secret)
    said = {"email": noi.email, "password": PASSWORD, "name": "tablet"}
    assert "second factor" in Caller().refused("tokens/new/", 400, **said)["errors"]["code"][0]
    assert not Token.objects.exists()
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert Caller().post("tokens/new/", **said, code=code)["key"]
