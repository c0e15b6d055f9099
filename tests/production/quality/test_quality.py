"""A piece is inspected by somebody who did not make it, sent back once, passed, packed, and its books are closed."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from foundation.house.models import Brand
from foundation.outbox.actions import drain
from packing.signals import parcel_sealed
from production import signals
from production.metal.questions import totals
from production.quality.actions import (
    DoesNotPass,
    InspectsOwnWork,
    Seen,
    faults,
    markets,
    pass_piece,
    send_piece_back,
)
from production.stones.questions import all_set, not_conserved
from production.tickets import actions
from production.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def seen(bench, **said):
    facts = {
        "gross_mg": bench.ticket.predicted_mg + 240, "ring_inner_um": 17_350, "stones_tight": True, "surface_clean": True,
        "engraving_read": "until the light goes", "hallmark": "marked",
    } | said  # fmt: skip
    return Seen(**facts)


def test_it_is_sent_back_for_a_loose_stone_set_again_passed_packed_and_its_books_are_nothing(bench, staff):
    made = []

    def hear(sender, **facts):
        made.append(facts)

    signals.ready_to_pack.connect(hear)
    first = bench.until("inspect")
    bench.start(first)
    send_piece_back(
        operation=first,
        seen=seen(bench, stones_tight=False),
        defect="ST-LOO",
        words="moves at 10×",
        by=staff["inspector"],
    )
    drain()
    again = bench.current
    assert (again.craft, again.attempt, again.stage) == ("clean", 2, "assembly")
    assert (again.fault, again.reason) == ("ST-LOO", "moves at 10×")
    second = bench.until("inspect")
    assert second.pk != first.pk
    bench.start(second)
    pass_piece(operation=second, seen=seen(bench), by=staff["inspector"], action_id=str(uuid4()))
    drain()
    signals.ready_to_pack.disconnect(hear)
    assert len(made) == 1
    assert made[0]["made"]["metal_mg"] == bench.ticket.predicted_mg
    assert made[0]["made"]["gross_mg"] == bench.ticket.predicted_mg + 240
    assert made[0]["made"]["hallmark_status"] == "marked"
    with transaction.atomic():
        parcel_sealed.send(None, reference=uuid4(), contents=[str(bench.ticket.reference)], at=timezone.now())
    drain()
    ticket = Ticket.objects.get(pk=bench.ticket.pk)
    assert ticket.state == "finished"
    assert not ticket.metal_is_left(None)
    assert set(totals().values()) == {0}
    assert all_set(ticket.number)
    assert not_conserved() == []
    assert ticket.operations.get(pk=first.pk).state == "failed"


def test_nobody_inspects_their_own_work(bench, staff):
    staff["polisher"].roles_held.create(role="inspector")
    operation = bench.until("inspect")
    actions.start_operation(operation=operation, by=type(staff["polisher"]).objects.get(pk=staff["polisher"].pk))
    with pytest.raises(InspectsOwnWork, match="Somebody else has to inspect"):
        pass_piece(operation=operation, seen=seen(bench), by=staff["polisher"], action_id="x")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"gross_mg": 9_000}, "It weighs"),
        ({"ring_inner_um": 17_900}, "It measures"),
        ({"ring_inner_um": None}, "Measure it inside: 17.3"),
        ({"stones_tight": False}, "A stone is loose"),
        ({"surface_clean": False}, "surface is not clean"),
        ({"engraving_read": "until the night goes"}, "It reads “until the night goes”"),
        ({"hallmark": "exempt"}, "needs a hallmark"),
    ],
)
def test_a_fault_cannot_be_passed(bench, staff, wrong, why):
    operation = bench.until("inspect")
    bench.start(operation)
    with pytest.raises(DoesNotPass, match=why):
        pass_piece(operation=operation, seen=seen(bench, **wrong), by=staff["inspector"], action_id="x")
    assert bench.current.state == "running"


@pytest.mark.parametrize(
    ("country", "seller_country", "law"),
    [
        ("GB", "TH", ("GB", "TH")),
        ("TH", "TH", ("TH",)),
        ("US", "GB", ("US", "GB")),
        ("", "TH", ("TH",)),
        ("", "", ("GB",)),
    ],
)
def test_a_piece_meets_the_hallmarking_law_of_where_it_goes_and_of_its_seller(
    ticket, seller, country, seller_country, law
):
    if seller_country:
        type(seller).objects.filter(pk=seller.pk).update(country=seller_country)
        Brand.objects.create(code=ticket.brand, name="Ajour", seller=seller, contact_email="bench@ajour.example")
    ticket.country = country
    assert markets(ticket) == law


def test_a_piece_sold_in_thailand_by_a_thai_company_needs_no_british_mark(ticket, seller):
    Brand.objects.create(code=ticket.brand, name="Ajour", seller=seller, contact_email="bench@ajour.example")
    exempt = Seen(ticket.predicted_mg, 17_350, True, True, "until the light goes", "exempt")
    ticket.country = "TH"
    assert faults(ticket, exempt) == []
    ticket.country = "GB"
    assert "needs a hallmark" in faults(ticket, exempt)[0]
