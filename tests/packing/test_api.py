"""A program at the station: it reads what comes next, and where to post it."""

from functools import partial

import pytest
from drf_spectacular.generators import SchemaGenerator

from packing import actions
from tests.calling import Caller
from tests.packing.test_roles import ready_for

pytestmark = pytest.mark.django_db(transaction=True)


def acts(told):
    return {one["act"]: (one["allowed"], one["reason"]) for one in told["allowed"]}


def test_what_comes_next_is_told_with_its_address_and_reason(asked, packer):
    program, parcel = Caller(packer), asked()
    told = program.get(f"parcels/{parcel.number}/")
    assert told["allowed"] == [
        {"act": "start", "label": "Start packing", "url": f"/api/v1/parcels/{parcel.number}/start/", "allowed": True, "reason": ""}
    ]  # fmt: skip
    assert acts(program.post(told["allowed"][0]["url"])) == {
        "scan": (True, ""), "supplies": (True, ""), "seal": (False, "AJ-0001 has not been scanned into it."),
    }  # fmt: skip


def test_a_sealed_parcel_is_opened_again_with_a_reason(asked, packer):
    program, parcel = Caller(packer), ready_for("dispatch", asked(), packer)
    at = f"parcels/{parcel.number}/"
    assert list(acts(program.get(at))) == ["reopen", "dispatch"]
    assert program.refused(f"{at}reopen/", 400)["errors"]["reason"]
    assert program.post(f"{at}reopen/", reason="The note was left out")["state"] == "packing"
    assert parcel.steps.latest("sequence").note == "The note was left out"


def test_a_wrong_piece_is_refused_by_its_own_code(asked, packer):
    parcel = asked()
    actions.start_packing(parcel=parcel, by=packer)
    assert Caller(packer).refused(f"parcels/{parcel.number}/scan/", code="AJ-0009")["code"] == "wrong_piece"


def test_a_parcel_is_found_by_its_order_and_its_state(asked, packer):
    first, other = asked(), asked(order_number="B7K2")
    listed = partial(Caller(packer).get, "parcels/")
    assert [one["number"] for one in listed(order="b7k2")["results"]] == [other.number]
    actions.start_packing(parcel=first, by=packer)
    assert [one["number"] for one in listed(state="packing")["results"]] == [first.number]
    assert Caller(packer).ask("parcels/", state="lost").status_code == 400


def test_the_schema_says_what_each_act_takes():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    taking = {
        path.split("/")[-2]
        for path, one in paths.items()
        if "/parcels/{" in path and "requestBody" in one.get("post", {})
    }
    assert taking == {"scan", "reopen", "dispatch"}
