"""Who may do what at the station: the pages and the API ask the same of people."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from foundation.outbox.actions import drain
from foundation.people.models import User
from foundation.people.roles import STAFF
from packing import actions

pytestmark = pytest.mark.django_db(transaction=True)

MAY = {
    "start": {"packer"},
    "scan": {"packer"},
    "supplies": {"packer"},
    "seal": {"packer"},
    "dispatch": {"packer", "sales"},
    "deliver": {"packer", "sales"},
}
"""Act → roles whose it is. An admin may stand in for anybody."""

DONE = {
    "start": lambda parcel: parcel.state == "packing",
    "scan": lambda parcel: parcel.contents.get().scanned_at is not None,
    "supplies": lambda parcel: not parcel.supplies.filter(taken_at=None).exists(),
    "seal": lambda parcel: parcel.state == "sealed",
    "dispatch": lambda parcel: parcel.state == "dispatched",
    "deliver": lambda parcel: parcel.state == "delivered",
}
MOVES = {"start": "packing", "seal": "sealed", "dispatch": "dispatched", "deliver": "delivered"}
SAID = {"scan": {"code": "AJ-0001"}, "dispatch": {"tracking_number": "GB-123456"}}


def ready_for(act, parcel, packer):
    """Everything that comes before this act is done."""
    before = list(MAY)[: list(MAY).index(act)]
    if "start" in before:
        actions.start_packing(parcel=parcel, by=packer)
        drain()
    if "scan" in before:
        actions.scan(parcel=parcel, code="AJ-0001", by=packer)
    if "supplies" in before:
        for taken in parcel.supplies.all():
            actions.take_supply(taken=taken, by=packer)
    if "seal" in before:
        actions.seal_parcel(parcel=parcel, by=packer, now=timezone.now())
        actions.release_parcel(parcel=parcel)
        parcel.refresh_from_db()
    if "dispatch" in before:
        actions.dispatch_parcel(parcel=parcel, tracking_number="GB-123456", by=packer)
    return parcel


def by_page(client, parcel, act):
    said = SAID.get(act, {})
    at = f"/en/packing/{parcel.number}"
    if act == "supplies":
        for taken in parcel.supplies.all():
            client.post(f"{at}/supplies/{taken.pk}/", {"action_id": str(uuid4())})
    elif act == "scan":
        client.post(f"{at}/scan/", said | {"action_id": str(uuid4())})
    else:
        client.post(f"{at}/move/", said | {"to": MOVES[act], "action_id": str(uuid4())})


def by_api(client, parcel, act):
    client.post(
        f"/api/v1/parcels/{parcel.number}/{act}/", SAID.get(act, {}), content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )  # fmt: skip


@pytest.fixture
def everybody(db):
    """One client of every role, a customer's and a stranger's."""
    clients = {"stranger": Client()}
    for role in [*STAFF, "customer"]:
        user = User.objects.create_user(f"{role}@station.example", name=str(role))
        user.roles_held.create(role=role)
        clients[str(role)] = Client()
        clients[str(role)].force_login(user)
    return clients


@pytest.mark.parametrize("way", [by_page, by_api])
@pytest.mark.parametrize("act", MAY)
def test_pages_and_api_let_the_same_people_act(asked, packer, everybody, act, way):
    did = set()
    for person, client in everybody.items():
        parcel = ready_for(act, asked(), packer)
        way(client, parcel, act)
        parcel.refresh_from_db()
        if DONE[act](parcel):
            did.add(person)
    assert did == MAY[act] | {"admin"}
