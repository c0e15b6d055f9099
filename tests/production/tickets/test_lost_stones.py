"""A stone that breaks or can't be found: the ticket rests, two people sign, and counts and carats come out."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.flow import WrongTurn
from foundation.outbox.actions import drain
from foundation.people.models import User
from production.stones import losses, questions
from production.stones.actions import StonesNotConserved
from production.stones.flow import AllotmentState as S
from production.stones.models import Allotment, Loss
from production.tickets import actions
from production.tickets.models import Evidence, Ticket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def setting(bench):
    """The setting of a ring, begun: its ruby lies at the bench."""
    operation = bench.until("set")
    bench.start(operation)
    return operation


@pytest.fixture
def ruby(setting):
    (row,) = questions.held_by(setting.ticket.number)
    return row


def lose(setting, ruby, by, **said):
    said = {"pcs": 1, "note": "It sprang from the tweezers.", "action_id": str(uuid4())} | said
    return actions.report_lost(operation=setting, allotment=ruby, by=by, **said)


def ticket_of(setting):
    return Ticket.objects.get(pk=setting.ticket_id)


def test_a_lost_stone_stops_the_ticket_and_nothing_is_written_off_yet(setting, ruby, staff):
    lose(setting, ruby, staff["setter"])
    assert ticket_of(setting).state == "on_hold"
    assert "lost: It sprang" in ticket_of(setting).hold_reason
    assert Allotment.objects.get(pk=ruby.pk).state == S.ISSUED
    with pytest.raises(WrongTurn, match="a second person signs"):
        actions.resume(ticket=ticket_of(setting), by=staff["production_manager"])


def test_a_second_person_signs_the_stone_is_written_off_and_another_is_reserved(setting, ruby, staff):
    loss = lose(setting, ruby, staff["setter"])
    actions.sign_lost(loss=loss, by=staff["production_manager"], now=timezone.now())
    drain()
    assert ticket_of(setting).state == "open"
    assert Allotment.objects.get(pk=ruby.pk).state == S.LOST
    assert [row.state for row in questions.held_by(setting.ticket.number)] == [S.RESERVED]
    assert questions.not_conserved() == []


def test_whoever_reported_it_does_not_sign_not_even_past_the_action(setting, ruby, staff):
    loss = lose(setting, ruby, staff["setter"])
    with pytest.raises(losses.NeedsAnother, match="somebody else has to sign"):
        actions.sign_lost(loss=loss, by=staff["setter"], now=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Loss.objects.filter(pk=loss.pk).update(signed_by=staff["setter"], signed_at=timezone.now())
    assert ticket_of(setting).state == "on_hold"


def test_a_stone_that_is_found_again_is_the_same_stone_and_the_ticket_goes_on(setting, ruby, staff):
    loss = lose(setting, ruby, staff["setter"])
    actions.found_again(loss=loss, by=staff["setter"], now=timezone.now())
    assert ticket_of(setting).state == "open"
    assert Allotment.objects.get(pk=ruby.pk).state == S.ISSUED


def test_reported_twice_by_one_tap_and_signed_twice_it_is_lost_once(setting, ruby, staff):
    tap = str(uuid4())
    loss = lose(setting, ruby, staff["setter"], action_id=tap)
    assert lose(setting, ruby, staff["setter"], action_id=tap) == loss
    for _ in range(2):
        actions.sign_lost(loss=loss, by=staff["production_manager"], now=timezone.now())
    drain()
    assert Allotment.objects.filter(state=S.LOST).count() == 1
    assert Evidence.objects.filter(operation=setting, kind="problem").count() == 1
    assert questions.not_conserved() == []


def test_a_found_stone_cannot_be_signed_lost_nor_a_signed_one_found(setting, ruby, staff):
    loss = lose(setting, ruby, staff["setter"])
    actions.found_again(loss=loss, by=staff["setter"], now=timezone.now())
    with pytest.raises(StonesNotConserved, match="closed"):
        actions.sign_lost(loss=loss, by=staff["production_manager"], now=timezone.now())
    again = lose(setting, ruby, staff["setter"])
    actions.sign_lost(loss=again, by=staff["production_manager"], now=timezone.now())
    with pytest.raises(StonesNotConserved, match="closed"):
        actions.found_again(loss=again, by=staff["setter"], now=timezone.now())


@pytest.mark.parametrize(
    ("said", "why"), [({"pcs": 2}, "does not have that many"), ({"note": " "}, "Say what happened")]
)
def test_a_loss_that_cannot_be_is_refused_and_the_ticket_goes_on(setting, ruby, staff, said, why):
    with pytest.raises(StonesNotConserved, match=why):
        lose(setting, ruby, staff["setter"], **said)
    assert ticket_of(setting).state == "open"
    assert not Loss.objects.exists()


def test_a_broken_stone_needs_one_name_and_another_is_reserved(setting, ruby, staff):
    tap = str(uuid4())
    for _ in range(2):
        actions.report_broken(
            operation=setting,
            allotment=ruby,
            pcs=1,
            note="Cleaved under the hammer.",
            by=staff["setter"],
            action_id=tap,
        )
    drain()
    assert ticket_of(setting).state == "open"
    assert [row.state for row in questions.held_by(setting.ticket.number)] == [S.RESERVED]
    assert questions.not_conserved() == []


def test_the_page_reports_a_loss_and_only_another_person_s_page_offers_to_sign(client, setting, ruby, staff):
    path = f"/en/workshop/{setting.ticket.number}/"
    client.force_login(staff["setter"])
    said = {"stone": ruby.pk, "pcs": "1", "gone": "lost", "happened": "Under the bench?", "operation": setting.pk}
    assert client.post(path + "stone-gone/", {**said, "action_id": str(uuid4())}).status_code == 302
    loss = Loss.objects.get()
    assert "somebody else signs" in client.get(path).content.decode()
    refused = client.post(f"{path}losses/{loss.pk}/sign/", {"action_id": str(uuid4())})
    assert (refused.status_code, loss.signed_at) == (409, None)
    client.force_login(User.objects.get(pk=staff["production_manager"].pk))
    assert f"losses/{loss.pk}/sign/" in client.get(path).content.decode()
    assert client.post(f"{path}losses/{loss.pk}/sign/", {"action_id": str(uuid4())}).status_code == 302
    assert Loss.objects.get().signed_by == staff["production_manager"]
