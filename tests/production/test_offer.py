"""The door for questions: exact weights, today's fixings, the alloys at hand."""

from datetime import UTC, date, datetime

import pytest

from foundation.outbox.actions import drain
from foundation.reference.alloys import alloy
from production import offer
from production.intake import open_ticket
from production.metal.fixings import enter_fixing
from production.planning.models import StageCapacity
from production.shapes.building import build

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
RING = {"family": "solitaire", "parameters": {}}


def test_a_piece_is_weighed_by_its_exact_volume_in_each_alloy(db):
    piece = build("solitaire", {})
    for code in ("AU750Y", "PT950Ru"):
        weighed = offer.weigh(**RING, alloy=code)
        assert weighed.finished_mg == piece.finished_mg(alloy(code).density_mg_per_cm3)
        assert weighed.casting_mg > weighed.finished_mg
        assert weighed.box_um == piece.box_um


def test_a_stone_weighs_by_its_species(db):
    (stone,) = offer.weigh(**RING, alloy="AU750Y").stones
    assert stone.count == 1
    assert stone.mct("diamond") == build("solitaire", {}).stones[0].stone.weight_mct
    assert stone.mct("sapphire") > stone.mct("diamond")


def test_what_cannot_be_made_is_refused_in_words():
    with pytest.raises(offer.CannotWeigh, match="choose one of"):
        offer.weigh(family="teapot", parameters={}, alloy="AU750Y")


def test_fixings_are_the_newest_of_each_metal(seller, manager):
    for price, on in ((10_000_000, date(2026, 11, 20)), (10_100_000, date(2026, 11, 21))):
        enter_fixing(seller=seller, metal="gold", minor_per_kg=price, currency="GBP", on=on, source="LBMA", by=manager,
                     today=date(2026, 11, 23))  # fmt: skip
    assert offer.fixings(currency="GBP")["gold"] == offer.Fixing(10_100_000, date(2026, 11, 21), "LBMA")
    with pytest.raises(offer.NoFixing, match="platinum in GBP"):
        offer.fixings(currency="GBP")["platinum"]


def test_without_a_fixing_nothing_is_quoted(db):
    with pytest.raises(offer.NoFixing, match="No fixing was entered in GBP"):
        offer.fixings(currency="GBP")


def test_the_alloys_on_offer_are_those_in_the_vault(lot):
    assert offer.alloys() == ("AU750Y",)


def test_stones_lengthen_assembly_and_engraving_and_plating_lengthen_finishing(db):
    plain = offer.minutes(kind="ring_with_stone", stones=0, engraving=False, plating=False)
    rich = offer.minutes(kind="ring_with_stone", stones=3, engraving=True, plating=True)
    assert list(plain) == ["design", "casting", "assembly", "finishing", "quality", "packaging"]
    assert {stage for stage in plain if rich[stage] > plain[stage]} == {"assembly", "finishing", "quality"}


def test_a_kind_without_a_standard_is_refused(db):
    with pytest.raises(offer.UnknownKind, match="teapot"):
        offer.minutes(kind="teapot", stones=0, engraving=False, plating=False)


def test_a_day_is_promised_by_stage(site):
    for stage in ("design", "casting", "assembly", "finishing", "quality", "packaging"):
        StageCapacity.objects.create(site=site, stage=stage, minutes_per_day=240)
    promised = offer.promise(
        kind="ring_with_stone", stones=1, engraving=True, plating=False, now=MONDAY, needs_approval=True
    )
    assert promised.on == promised.stages[-1].to_on == date(2026, 11, 24)
    assert [row.stage for row in promised.stages][:2] == ["design", "casting"]


def test_no_day_is_promised_before_the_workshop_says_what_it_can_do(site):
    with pytest.raises(offer.CannotPromise):
        offer.promise(kind="plain_ring", stones=0, engraving=False, plating=False, now=MONDAY, needs_approval=False)


def test_what_is_on_the_benches_tells_design_metal_and_stage_and_nobody_s_name(order, staff):
    for n, style in enumerate(("SILL", "SILL", "EAVE", "JAMB", "ARCH")):
        open_ticket(order(style_code=style, number=f"A-{n}", customer="Mara V."))
    drain()
    shown = offer.on_the_benches(most=3)
    assert len(shown) == 3
    assert len({one.style_code for one in shown}) == 3
    assert {one.stage for one in shown} == {"design"}
    assert "Mara" not in repr(shown)
