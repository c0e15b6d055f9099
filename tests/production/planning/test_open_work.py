"""A promise counts the work that is already open."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.cache import cache

from production import intake, offer
from production.planning.models import StageCapacity
from production.routes.stages import STAGES
from production.tickets.questions import open_minutes

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def promised(site):
    cache.clear()
    asked = {"kind": "plain_ring", "stones": 0, "engraving": False, "plating": False, "needs_approval": False}
    return offer.promise(**asked, site=site.code, now=MONDAY).on


def test_ten_open_rings_move_the_day_that_is_promised_for_the_eleventh(site, order):
    for stage in STAGES:
        StageCapacity.objects.create(site=site, stage=stage, minutes_per_day=120)
    before = promised(site)
    for n in range(10):
        intake.open_ticket(order(reference=uuid4(), number=f"B-{n}", kind="plain_ring", stones=()))
    assert (
        open_minutes(site)["design"]
        == 10 * offer.minutes(kind="plain_ring", stones=0, engraving=True, plating=False)["design"]
    )
    assert promised(site) > before
