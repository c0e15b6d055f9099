"""The load's page: what lies before each stage beside what it can do, and a manager who changes that."""

import uuid
from datetime import time

import pytest
from django.test import Client

from production.intake import open_ticket
from production.planning.load import loads, workshop_of
from production.planning.models import StageCapacity, StageSlot
from production.tickets.questions import bags_by_stage, open_minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(staff):
    client = Client()
    client.force_login(staff["production_manager"])
    return client


def capacity(site, stage, **facts):
    return StageCapacity.objects.create(site=site, stage=stage, **({"minutes_per_day": 300} | facts))


def post(client, path, **fields):
    return client.post(path, {"action_id": str(uuid.uuid4()), **fields})


def test_the_board_says_how_many_bags_a_stage_takes_and_when_there_are_too_many(manager, ticket, order, site):
    capacity(site, "design", most_tickets=4)
    page = manager.get("/en/workshop/").content.decode()
    assert "1 of 4<" in page
    assert "work</p>" in page
    StageCapacity.objects.update(most_tickets=1)
    assert ", over" not in manager.get("/en/workshop/").content.decode()
    open_ticket(order(number="A7K2-2", stones=()))
    assert "2 of 1, over" in manager.get("/en/workshop/").content.decode()


def test_a_part_of_the_board_says_nothing_of_limits(manager, ticket, site):
    capacity(site, "design", most_tickets=4)
    assert "1 of 4" not in manager.get("/en/workshop/?show=late").content.decode()


def test_bags_are_counted_where_the_board_has_them(ticket, site):
    assert bags_by_stage(site) == {"design": 1}


def test_the_load_shows_hours_days_and_the_slowest_stage(manager, ticket, site):
    capacity(site, "design", minutes_per_day=30)
    capacity(site, "casting", minutes_per_day=3_000)
    stages = {one.stage: one for one in loads(site, open_minutes=open_minutes(site))}
    page = manager.get("/en/workshop/load/").content.decode()
    assert stages["design"].days > 1
    assert f"<dd>{stages['design'].days}</dd>" in page
    assert page.count("slowest") == 1


def test_a_manager_changes_what_a_stage_can_do_and_new_promises_follow(manager, site):
    row = capacity(site, "design")
    answer = post(manager, f"/en/workshop/load/{row.pk}/", minutes_per_day="600", most_tickets="3", wait_minutes="0")
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.minutes_per_day, row.most_tickets) == (600, 3)
    assert workshop_of(site, open_minutes={}).capacity_minutes["design"] == 600


@pytest.mark.parametrize("said", ["0", "-5", "a lot", "99999999999"])
def test_a_figure_no_workshop_has_is_refused_and_nothing_changes(manager, site, said):
    row = capacity(site, "design")
    answer = post(manager, f"/en/workshop/load/{row.pk}/", minutes_per_day=said, most_tickets="3", wait_minutes="0")
    assert answer.status_code == 422
    row.refresh_from_db()
    assert (row.minutes_per_day, row.most_tickets) == (300, 12)


def test_a_fixed_time_is_added_and_taken_away(manager, site):
    added = post(manager, f"/en/workshop/load/times/{site.pk}/new/", stage="casting", weekday="4", at="10:30")
    assert added.status_code == 302
    slot = StageSlot.objects.get(site=site, stage="casting")
    assert (slot.weekday, slot.at) == (4, time(10, 30))
    assert "10:30" in manager.get("/en/workshop/load/").content.decode()
    again = post(manager, f"/en/workshop/load/times/{site.pk}/new/", stage="casting", weekday="4", at="10:30")
    assert again.status_code == 422
    assert post(manager, f"/en/workshop/load/times/{slot.pk}/drop/").status_code == 302
    assert not StageSlot.objects.exists()
