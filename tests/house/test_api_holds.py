"""Whatever is posted to the API is answered or refused in a problem; it never breaks the house."""

import itertools
import json
from uuid import uuid4

import pytest
from drf_spectacular.generators import SchemaGenerator

from production.casting.actions import plan_tree
from production.casting.models import Tree
from tests.calling import Caller
from tests.production.conftest import (  # noqa: F401
    Bench,
    _media,
    bench,
    lot,
    manager,
    order,
    seller,
    site,
    staff,
    ticket,
)
from tests.store import trading

pytestmark = pytest.mark.django_db
NASTY = (
    None, "", " ", "\x00", "x" * 100_000, "3,5", "-1", -1, 0, 2**31, 2**63, 10**40, 1.5, True, [], {}, [None], [{}], {"a": 1},
    "'; drop table --", "../../etc/passwd", "\ud800", "\U0001f48d", "9" * 5000,
)  # fmt: skip
NASTIEST = ("\x00", "x" * 100_000, 10**40, [{}], {"a": 1}, "9" * 5000)
"""What is sent in one field alone, too."""
PARTS = 4
"""So that one process does not do it all while the others stand."""


@pytest.fixture
def everybody(staff, site):  # noqa: F811
    """One person of every role, so that no door stops what is thrown."""
    user = trading.buyer_of(trading.company())
    for role in ("admin", "customer"):
        user.roles_held.create(role=role)
    caller = Caller(user)
    caller.client.raise_request_exception = False
    return caller


@pytest.fixture
def named(bench, lot):  # noqa: F811
    """What addresses name: things that are there."""
    operation = bench.until("cast")
    tree = plan_tree(site=bench.ticket.site, operations=[operation], on=bench.ticket.promise_on, by=bench.by(operation))
    return {
        "/tickets/{number}": bench.ticket.number, "/trees/{number}": Tree.objects.get(pk=tree.pk).number,
        "{operation}": str(operation.pk),
    }  # fmt: skip


def addresses():
    """Every address that takes a POST, with the names of the fields it reads."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    for path, methods in sorted(schema["paths"].items()):
        if "post" in methods:
            content = methods["post"].get("requestBody", {}).get("content", {})
            reference = next((c["schema"].get("$ref", "") for c in content.values()), "")
            shape = schema["components"]["schemas"].get(reference.rpartition("/")[2], {})
            yield path, sorted(shape.get("properties", {}))


def filled(path, names):
    for pattern, value in names.items():
        path = path.replace(pattern, value if pattern.startswith("{") else pattern.replace("{number}", value))
    return "".join("1" if n % 2 else part for n, part in enumerate(path.replace("}", "{").split("{")))


def bodies(fields):
    """Every nasty value in every field, beside others in the other fields, and the worst of them alone."""
    for turn in range(len(NASTY)):
        yield {field: NASTY[(n + turn) % len(NASTY)] for n, field in enumerate(fields)}
    yield from ({field: value} for field, value in itertools.product(fields, NASTIEST))
    yield from ([], "text", 7, None)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_body_breaks_any_address(everybody, named, part):
    broken, thrown = [], 0
    for path, fields in itertools.islice(addresses(), part, None, PARTS):
        for body in bodies(fields):
            answer = everybody.client.post(
                filled(path, named),
                json.dumps(body),
                content_type="application/json",
                headers={"Idempotency-Key": str(uuid4())},
            )
            thrown += 1
            if answer.status_code >= 500:
                broken.append((path, str(body)[:80], answer.status_code))
    assert broken == []
    assert thrown > 2_000 / PARTS


def test_no_question_breaks_any_list(everybody, named):
    schema, broken = SchemaGenerator().get_schema(request=None, public=True), []
    for path, methods in schema["paths"].items():
        asked = [p["name"] for p in methods.get("get", {}).get("parameters", []) if p["in"] == "query"]
        for name, value in itertools.product(asked, ("", "\x00", "x" * 4000, "-1", "9" * 40, "'", "cD0tMQ==")):
            answer = everybody.client.get(filled(path, named), {name: value})
            if answer.status_code >= 500:
                broken.append((path, name, value[:40]))
    assert broken == []
