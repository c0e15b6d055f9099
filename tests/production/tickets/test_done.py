"""News says what was done to the piece, in figures its buyer may read."""

from uuid import uuid4

from production.quality.actions import Seen, pass_piece, send_piece_back
from production.tickets.actions import hold
from production.tickets.models import News


def facts_of(headline):
    return News.objects.filter(headline=headline).last().facts


def seen(bench):
    return Seen(
        gross_mg=bench.gross_mg, ring_inner_um=bench.ticket.ring_inner_um, stones_tight=True, surface_clean=True,
        engraving_read=bench.ticket.engraving, hallmark="marked",
    )  # fmt: skip


def test_each_stage_says_what_the_one_before_did(bench):
    bench.until("clean")
    cast_mg = bench.gross_mg
    assert facts_of("assembly") == {"done": "casting", "pieces": 1, "mg": cast_mg, "alloy": "AU750Y", "others": 0}
    bench.until("polish")
    ruby = {"species": "ruby", "count": 1, "mct": 1200, "width_um": 6500}
    assert facts_of("finishing") == {"done": "assembly", "pieces": 1, "mg": bench.gross_mg, "stones": [ruby]}
    bench.until("inspect")
    told = facts_of("inspecting")
    assert told["done"] == "finishing"
    assert told["mg"] == bench.gross_mg
    assert told["engraving"] == "until the light goes"
    assert facts_of("casting") == {}, "of a drawing nothing is weighed"


def test_a_piece_that_passed_says_what_was_measured(bench, staff):
    operation = bench.until("inspect")
    bench.start(operation)
    pass_piece(operation=operation, seen=seen(bench), by=staff["inspector"], action_id=str(uuid4()))
    bench.until("pack")
    told = facts_of("passed")
    assert (told["done"], told["ring_inner_um"], told["hallmark_status"]) == ("quality", 17_300, "marked")
    assert told["mg"] == bench.gross_mg


def test_a_piece_that_is_sent_back_says_the_fault_and_where_it_goes(bench, staff):
    operation = bench.until("inspect")
    bench.start(operation)
    send_piece_back(operation=operation, seen=seen(bench), defect="ST-LOO", words="It turns.", by=staff["inspector"])
    assert facts_of("sent_back") == {"fault": "ST-LOO", "again": "assembly"}


def test_a_hold_says_its_cause_and_not_what_the_bench_wrote(ticket, staff):
    hold(ticket=ticket, reason="The caster is ill.", cause="material", by=staff["production_manager"])
    news = News.objects.get(headline="on_hold")
    assert news.facts == {"cause": "material"}
    assert news.words == ""
