"""A size or the words are changed while the piece is made: what is done again, what is too late, and who comes first."""

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.flow import WrongTurn
from foundation.outbox.actions import drain
from foundation.people.models import User
from production import intake
from production.designs.models import Revision
from production.metal import books, questions
from production.planning.models import StageCapacity
from production.routes.stages import STAGES
from production.tickets import actions
from production.tickets.actions import changing
from production.tickets.changing import ORDER, RESIZED_MOST_UM, Asked, Standing, judge
from production.tickets.models import Operation, Ticket


@pytest.fixture(autouse=True)
def _staffed(request):
    if "bench" in request.fixturenames:
        for stage in STAGES:
            StageCapacity.objects.create(site=request.getfixturevalue("site"), stage=stage, minutes_per_day=480)


CAST = frozenset({"draw", "approve", "pattern", "cast"})
SET = CAST | {"clean", "set"}
FINISHED = SET | {"polish", "engrave"}
RING = Asked(17_200, "toujours", "inside")


def at(*, begun=frozenset(), **more):
    return Standing(asked=RING, begun=frozenset(begun), **more)


def size(um):
    return Asked(um, RING.engraving, RING.engraving_place)


def words(text, place="inside"):
    return Asked(RING.ring_inner_um, text, place)


@pytest.mark.parametrize(
    ("begun", "wanted", "again"),
    [
        (set(), size(17_600), ("adapt",)),
        ({"draw", "approve", "pattern"}, size(17_600), ("adapt", "pattern")),
        (CAST, size(17_600), ("resize",)),
        (SET, size(17_600), ("resize", "tighten")),
        (FINISHED, size(17_600), ("resize", "tighten", "polish", "engrave")),
        (CAST | {"clean"}, size(20_000), ("adapt", "pattern", "cast", "clean")),
        (CAST, words("always"), ()),
        (FINISHED, words("always"), ("polish", "engrave")),
        (FINISHED | {"plate"}, words("always"), ("polish", "engrave", "plate")),
        (FINISHED, words(""), ("polish",)),
        (FINISHED, Asked(17_600, "always", "inside"), ("resize", "tighten", "polish", "engrave")),
    ],
)
def test_what_is_done_again_follows_from_where_the_piece_is(begun, wanted, again):
    verdict = judge(at(begun=begun), wanted)
    assert (verdict.too_late, verdict.again) == ((), again)


@pytest.mark.parametrize(
    ("standing", "wanted", "why"),
    [
        (at(begun=SET, all_round=True), size(17_600), "all the way round"),
        (at(begun=SET), size(20_000), "two US sizes at most"),
        (at(begun=FINISHED | {"inspect"}), words("always"), "cannot be changed any more"),
        (at(begun=FINISHED | {"inspect", "pack"}), size(17_600), "cannot be changed any more"),
        (at(begun=CAST, running="cast"), size(20_000), "in the furnace"),
        (at(), RING, "Nothing would change"),
    ],
)
def test_what_is_too_late_is_said_in_a_sentence(standing, wanted, why):
    assert why in " ".join(judge(standing, wanted).too_late)


def test_an_eternity_ring_that_is_cast_and_not_set_is_cast_again():
    verdict = judge(at(begun=CAST, all_round=True), size(17_300))
    assert (verdict.recast, verdict.again) == (True, ("adapt", "pattern", "cast"))


def test_words_that_are_not_wanted_any_more_are_left_out():
    assert judge(at(begun=CAST), words("")).left_out == ("engrave",)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(
    begun=st.sets(st.sampled_from(ORDER)), um=st.integers(14_000, 23_000), text=st.sampled_from(["", "toujours", "always"]),
    all_round=st.booleans(), running=st.sampled_from(["", "cast", "polish", "inspect"]),
)  # fmt: skip
def test_the_rule_is_never_in_two_minds(begun, um, text, all_round, running):
    verdict = judge(at(begun=begun, all_round=all_round, running=running), Asked(um, text, "inside"))
    assert not set(verdict.again) & set(verdict.left_out)
    assert list(verdict.again) == sorted(verdict.again, key=ORDER.index)
    if not verdict.too_late:
        assert not {"inspect", "pack"} & begun
        assert not verdict.recast or "set" not in begun
        assert "resize" not in verdict.again or (abs(um - 17_200) <= RESIZED_MOST_UM and not all_round)


def change(bench, **wanted):
    """She says yes to what she sees, and it is made."""
    ticket = Ticket.objects.get(pk=bench.ticket.pk)
    asked = Asked(
        wanted.get("um", ticket.ring_inner_um), wanted.get("text", ticket.engraving), wanted.get("place", "inside")
    )
    said = {"reference": ticket.reference, "wanted": asked}
    looked = intake.look_at_change(**said, now=timezone.now())
    intake.hold_for_change(**said, seen=looked.seen, words="UK N becomes UK P", until=None)
    with pytest.raises(WrongTurn, match="on hold: UK N becomes UK P"):
        actions.start_operation(operation=bench.current, by=bench.staff["production_manager"])
    intake.make_change(**said, words="UK N becomes UK P", by_name="Mara Voss")
    drain()
    return Ticket.objects.get(pk=ticket.pk), looked


def test_a_ring_that_is_cast_is_resized_at_the_bench_and_the_design_has_a_new_revision(bench):
    bench.until("polish")
    done = set(bench.ticket.operations.filter(state="done").values_list("pk", flat=True))
    ticket, looked = change(bench, um=17_700)
    assert (ticket.state, ticket.ring_inner_um, ticket.parameters["inner_diameter_um"]) == ("open", 17_700, 17_700)
    assert looked.steps == ("Resize the ring", "Tighten the stones")
    assert (bench.current.craft, bench.current.state) == ("resize", "ready")
    assert done == set(ticket.operations.filter(state="done").values_list("pk", flat=True))
    rest = list(ticket.operations.exclude(state="done").values_list("craft", flat=True))
    assert rest == ["resize", "tighten", "polish", "engrave", "inspect", "pack"]
    assert [r.state for r in Revision.objects.filter(brief__reference=ticket.reference)] == ["superseded", "approved"]
    assert ticket.predicted_mg > bench.ticket.predicted_mg
    assert ticket.news.filter(headline="changed").count() == 1


def test_metal_that_is_let_in_comes_from_the_returns_and_the_books_sum_to_nothing(bench, staff, picture):
    bench.until("clean")
    change(bench, um=17_700)
    held = books.held(books.ticket(bench.ticket.number), alloy="AU750Y")
    operation, by = bench.current, staff["bench_jeweller"]
    assert operation.craft == "clean"
    bench.do_bench(operation)
    drain()
    operation = bench.current
    assert operation.craft == "resize"
    held = books.held(books.ticket(bench.ticket.number), alloy="AU750Y")
    bench.start(operation)
    for kind, mg in (("weight_in", held), ("added", 120), ("weight_out", held + 110)):
        actions.weigh(operation=operation, kind=kind, mg=mg, by=by, action_id=str(uuid4()))
    actions.add_photo(operation=operation, upload=picture(), by=by, action_id=str(uuid4()))
    actions.finish_operation(operation=operation, by=by, action_id=str(uuid4()))
    assert books.held(books.ticket(bench.ticket.number), alloy="AU750Y") == held + 110
    assert set(questions.totals().values()) == {0}


def test_a_size_too_far_is_cast_again_with_the_metal_back_in_the_pot(bench):
    bench.until("set")
    ticket, looked = change(bench, um=20_000)
    assert looked.recast
    assert books.held(books.ticket(ticket.number), alloy=ticket.alloy) == 0
    assert (bench.current.craft, bench.current.state) == ("adapt", "ready")
    rest = list(ticket.operations.exclude(state="done").values_list("craft", "attempt"))
    assert rest[:5] == [("adapt", 1), ("pattern", 2), ("cast", 2), ("clean", 2), ("set", 1)]
    bench.ticket = ticket
    bench.until("inspect")
    assert set(questions.totals().values()) == {0}


def test_what_is_too_late_is_known_before_anybody_asks(bench):
    bench.until("clean")
    assert intake.too_late(reference=bench.ticket.reference) == ()
    bench.until("polish")
    assert ["two US sizes at most" in why for why in intake.too_late(reference=bench.ticket.reference)] == [True]


def test_a_smaller_ring_says_how_much_metal_it_does_not_need(bench):
    bench.until("clean")
    before = bench.ticket.predicted_mg
    ticket, looked = change(bench, um=16_900)
    assert (looked.more_mg, looked.less_mg) == (0, before - ticket.predicted_mg)
    assert looked.less_mg > 0


def test_words_that_are_taken_off_are_not_engraved(bench):
    bench.until("clean")
    engraving = bench.ticket.operations.get(craft="engrave")
    ticket, looked = change(bench, text="")
    assert (looked.left_out, looked.spared_minutes) == ((engraving.title,), engraving.minutes)
    assert (looked.steps, looked.more_mg, looked.less_mg) == ((), 0, 0)
    assert ticket.operations.get(craft="engrave").state == "skipped"
    bench.until("inspect")


def test_a_change_that_is_dropped_leaves_everything_as_it_was(bench):
    bench.until("clean")
    before = list(bench.ticket.operations.values_list("craft", "state", "position"))
    asked = Asked(17_700, bench.ticket.engraving, "inside")
    looked = intake.look_at_change(reference=bench.ticket.reference, wanted=asked, now=timezone.now())
    said = {"reference": bench.ticket.reference, "wanted": asked, "seen": looked.seen, "words": "larger", "until": None}
    intake.hold_for_change(**said)
    with pytest.raises(intake.CannotChange, match="Another change"):
        intake.hold_for_change(**said)
    intake.drop_change(reference=bench.ticket.reference)
    ticket = Ticket.objects.get(pk=bench.ticket.pk)
    assert (ticket.state, ticket.ring_inner_um) == ("open", 17_300)
    assert before == list(ticket.operations.values_list("craft", "state", "position"))


def race(bench, staff, monkeypatch):
    """The polisher starts just after the yes has looked at the piece and before it holds it. Answers what each was told."""
    operation = bench.until("engrave")
    asked = Asked(bench.ticket.ring_inner_um, "always", "inside")
    seen = intake.look_at_change(reference=bench.ticket.reference, wanted=asked, now=timezone.now()).seen
    told, looked, begun, really = {}, threading.Event(), threading.Event(), changing.hold

    def start():
        looked.wait(timeout=20)
        try:
            row = Operation.objects.get(pk=operation.pk)
            actions.start_operation(operation=row, by=User.objects.get(pk=staff["polisher"].pk))
            told["bench"] = "started"
        except WrongTurn as refusal:
            told["bench"] = str(refusal)
        begun.set()
        connection.close()

    def hold(**said):
        looked.set()
        begun.wait(timeout=3)
        return really(**said)

    def agree():
        said = {"reference": bench.ticket.reference, "wanted": asked, "seen": seen, "words": "always", "until": None}
        try:
            intake.hold_for_change(**said)
            told["her"] = "agreed"
        except intake.CannotChange as refusal:
            told["her"] = str(refusal)
        connection.close()

    monkeypatch.setattr(changing, "hold", hold)
    both = [threading.Thread(target=start), threading.Thread(target=agree)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    return told


@pytest.mark.django_db(transaction=True)
def test_the_bench_does_not_begin_between_her_look_and_her_yes(bench, staff, monkeypatch):
    told = race(bench, staff, monkeypatch)
    assert told["her"] == "agreed"
    assert "on hold: always" in told["bench"]


@pytest.mark.django_db(transaction=True)
def test_the_race_finds_a_yes_that_does_not_take_the_ticket(bench, staff, monkeypatch):
    """The negative control: without the lock both win, and the old words are cut."""
    monkeypatch.setattr(changing, "_taken", lambda ticket: Ticket.objects.select_related("site").get(pk=ticket.pk))
    assert race(bench, staff, monkeypatch) == {"bench": "started", "her": "agreed"}


@pytest.mark.django_db(transaction=True)
def test_once_the_bench_has_begun_her_yes_to_what_she_saw_before_is_refused(bench, staff):
    operation = bench.until("engrave")
    asked = Asked(bench.ticket.ring_inner_um, "always", "inside")
    seen = intake.look_at_change(reference=bench.ticket.reference, wanted=asked, now=timezone.now()).seen
    bench.start(operation)
    with pytest.raises(intake.CannotChange, match="has gone on since you looked"):
        intake.hold_for_change(reference=bench.ticket.reference, wanted=asked, seen=seen, words="always", until=None)
