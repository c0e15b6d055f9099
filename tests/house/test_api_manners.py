"""The API's manners hold at every address: acts named by their key, lists in pages, refusals as problems."""

from uuid import uuid4

import pytest
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator

from foundation.people.models import User
from tests.house.test_api_holds import addresses, everybody, filled, named  # noqa: F401
from tests.production.conftest import _media, bench, lot, manager, order, seller, site, staff, ticket  # noqa: F401

KEYLESS = {"/api/v1/tokens/new/"}
"""An answer that holds a key is never kept to be given again."""
SHORT = {
    "/api/v1/casting/waiting/": "what waits for a pour",
    "/api/v1/inspections/defects/": "the trade's table of defects",
    "/api/v1/loads/": "six stages",
    "/api/v1/tickets/{number}/designs/": "the designs of one piece",
    "/api/v1/tickets/{number}/promises/": "the promises of one ticket",
    "/api/v1/tokens/": "one person's own programs",
    "/api/v1/trade/prices/": "a price list, which is taken whole",
}
"""Lists that are given whole, each because of what it holds."""


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


def operations(schema):
    return [(path, method, one) for path, methods in schema["paths"].items() for method, one in methods.items()]


def test_it_is_openapi_3_1(schema):
    assert schema["openapi"].startswith("3.1.")


@pytest.mark.django_db
def test_every_post_asks_for_its_key_before_anything_is_done(everybody, named):  # noqa: F811
    for path, _fields in addresses():
        if path not in KEYLESS:
            answer = everybody.client.post(filled(path, named), {}, format="json")
            assert (answer.status_code, list(answer.json().get("errors", {}))) == (400, ["Idempotency-Key"]), path
            assert answer["Content-Type"] == "application/problem+json"


def test_the_schema_says_so(schema):
    for path, method, one in operations(schema):
        said = [p for p in one.get("parameters", []) if p["name"] == "Idempotency-Key" and p["required"]]
        assert len(said) == (method == "post" and path not in KEYLESS), (method, path)


def test_every_list_comes_in_pages_that_a_cursor_walks(schema):
    whole = set()
    for path, method, one in operations(schema):
        answer = one["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
        if method == "get" and answer.get("type") == "array":
            whole.add(path)
        if "Paginated" in answer.get("$ref", ""):
            assert {"cursor", "page_size"} <= {p["name"] for p in one["parameters"]}, path
    assert whole == set(SHORT)


def test_every_address_tells_what_a_refusal_looks_like(schema):
    for path, method, one in operations(schema):
        assert "application/problem+json" in one["responses"]["default"]["content"], (method, path)
    assert {"detail", "errors"} <= set(schema["components"]["schemas"]["Problem"]["properties"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status"),
    [
        ("post", "tokens/new/", "{", "application/json", 400),
        ("post", "tokens/new/", "<a/>", "text/xml", 415),
        ("put", "tokens/", "{}", "application/json", 405),
        ("get", "tickets/", "", "application/json", 401),
        ("get", "pieces/no-such-piece/", "", "application/json", 404),
        ("get", "no-such-address/", "", "application/json", 404),
    ],
)
def test_what_cannot_be_answered_is_a_problem(client, method, path, body, kind, status):
    headers = {"Idempotency-Key": str(uuid4())}
    if path == "tokens/":
        client.force_login(User.objects.create_user("a@b.example"))
    answer = client.generic(method.upper(), f"/api/v1/{path}", body, content_type=kind, headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


@pytest.mark.django_db
def test_what_breaks_is_a_problem_too(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("store.shop.api.PieceDetail.get", lambda *_a, **_k: 1 / 0)
    answer = client.get("/api/v1/pieces/sill/")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")


def test_no_address_is_open_by_oversight():
    """Deny by default: a view that names nobody is closed, and none is open but by saying so."""
    api = next(one for one in get_resolver().url_patterns if str(one.pattern) == "api/v1/")
    for one in api.url_patterns:
        assert "permission_classes" in {n for c in one.callback.cls.__mro__[:-2] for n in vars(c)} or one.name in {
            "schema",
            "docs",
        }
