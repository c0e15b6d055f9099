"""The workshop through the API: what it refuses, in which words, and that a refusal changes nothing."""

import threading
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from foundation.people.models import User
from production.intake import open_ticket
from production.metal.models import Entry, Fixing
from production.metal.questions import totals
from production.quality.models import Inspection
from production.tickets.models import Evidence, Operation, OperationStep, Ticket
from tests.calling import Caller

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def callers(staff):
    return {str(role): Caller(user) for role, user in staff.items()}


def everything():
    """How much there is of all that an act could write."""
    tables = (Evidence, OperationStep, Entry, Inspection, Fixing, Operation)
    return [table.objects.count() for table in tables]


@pytest.fixture
def filing(bench, callers):
    """The filing, at the jeweller's bench: its id."""
    operation = bench.until("clean")
    callers["bench_jeweller"].post(f"operations/{operation.pk}/start/", state="ready")
    return operation.pk


def test_tickets_are_found_by_stage_state_holder_lateness_and_code(ticket, callers, staff, order):
    manager = callers["production_manager"]
    other = open_ticket(order(number="B2B2-1"))
    numbers = lambda **asked: {row["number"] for row in manager.get("tickets/", **asked)["results"]}  # noqa: E731
    assert numbers() == {ticket.number, other}
    assert numbers(stage="design", state="open") == {ticket.number, other}
    assert numbers(stage="quality") == set()
    assert numbers(search=ticket.number.lower()) == {ticket.number}
    assert numbers(search="b2b2") == {other}
    assert numbers(search="B2B2-1") == {other}
    assert numbers(late="true") == set()
    callers["designer"].post(f"operations/{ticket.current.pk}/start/")
    assert numbers(assigned="nobody") == {other}
    assert numbers(assigned=str(staff["designer"].reference)) == {ticket.number}
    assert {row["number"] for row in callers["designer"].get("tickets/", assigned="me")["results"]} == {ticket.number}


def test_a_list_of_tickets_asks_no_more_however_many_there_are(order, callers, django_assert_max_num_queries):
    for n in range(6):
        open_ticket(order(number=f"A{n}-1"))
    manager = callers["production_manager"]
    manager.get("tickets/")
    with django_assert_max_num_queries(5):
        page = manager.get("tickets/", page_size=2)
    with django_assert_max_num_queries(5):
        assert len(manager.get("tickets/", page_size=6)["results"]) == 6
    assert len(manager.get(page["next"].removeprefix("http://testserver"))["results"]) == 2


def test_a_whole_ticket_asks_no_more_however_much_was_done_on_it(bench, callers, django_assert_max_num_queries):
    bench.until("inspect")
    manager = callers["production_manager"]
    manager.get(f"tickets/{bench.ticket.number}/")
    with django_assert_max_num_queries(24):
        told = manager.get(f"tickets/{bench.ticket.number}/")
    assert [o["craft"] for o in told["operations"]][-2:] == ["inspect", "pack"]
    assert told["metal"]["gross_mg"] == bench.gross_mg - 240
    assert told["metal"]["fine_dug"] == told["metal"]["gross_mg"] * 7500
    assert [stone["state"] for stone in told["stones_held"]] == ["set"]
    assert {event["new"] for event in told["events"]} >= {"ready", "running", "done"}


@pytest.mark.parametrize("path", ["trees/", "inspections/", "lots/", "fixings/", "stones/", "stone-parcels/", "metal/", "loads/", "casting/waiting/"])  # fmt: skip
def test_no_list_asks_much(bench, callers, path, django_assert_max_num_queries):
    bench.until("inspect")
    manager = callers["production_manager"]
    manager.get(path)
    with django_assert_max_num_queries(9):
        manager.get(path)


def test_what_may_be_done_is_read_off_the_flow_with_the_reason_why_not(ticket, callers):
    mine = {row["act"]: row for row in callers["designer"].get(f"tickets/{ticket.number}/")["allowed"]}
    assert mine["start"] == {
        "act": "start", "label": "Start", "url": f"/api/v1/operations/{ticket.current.pk}/start/", "allowed": True, "reason": "",
    }  # fmt: skip
    theirs = {row["act"]: row for row in callers["polisher"].get(f"tickets/{ticket.number}/")["allowed"]}
    assert not theirs["start"]["allowed"]
    assert theirs["start"]["reason"] == "This takes: Designer."
    assert theirs["hold"]["allowed"]


def test_a_design_is_offered_to_a_designer_alone(callers, ticket, bench):
    for craft in ("draw", "approve"):
        bench.until(craft)
        for role, may in (("designer", True), ("caster", False), ("production_manager", False)):
            told = callers[role].get(f"tickets/{ticket.number}/")["allowed"]
            shown = next(row for row in told if row["url"].endswith("/designs/"))
            assert (shown["allowed"], shown["reason"]) == (may, "" if may else "Designs are shown by a designer."), role


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"weight_out_mg": -1}, "weight_out_mg", "the least is 1 mg"),
        ({"weight_out_mg": 0}, "weight_out_mg", "the least is 1 mg"),
        ({"weight_out_mg": 10_000_000}, "weight_out_mg", "the most is 2000000 mg"),
        ({"weight_out_mg": "3,5"}, "weight_out_mg", "whole number of milligrams"),
        ({"weight_out_mg": 3.5}, "weight_out_mg", "whole number of milligrams"),
        ({"weight_out_mg": "9" * 100_000}, "weight_out_mg", "too long"),
        ({"note": "a\x00b"}, "note", "NUL"),
        ({"note": "x" * 100_000}, "note", "up to 2000 letters"),
        ({"note": ["a", "list"]}, "note", "Not a valid string"),
        ({"state": "melted"}, "state", "cannot be chosen"),
        ({"photo": "not a file"}, "photo", "as a file"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_written(callers, filing, said, field, sentence):
    before = everything()
    problem = callers["bench_jeweller"].refused(f"operations/{filing}/finish/", 400, **said)
    assert sentence in " ".join(problem["errors"][field])
    assert everything() == before


def test_a_body_that_is_no_object_is_refused_in_a_sentence(callers, filing):
    answer = callers["bench_jeweller"].client.post(
        f"/api/v1/operations/{filing}/finish/", [1, 2], format="json", headers={"Idempotency-Key": str(uuid4())}
    )
    assert answer.status_code == 400
    assert "named fields" in str(answer.json()["errors"])


def test_a_file_that_is_no_picture_is_refused_and_nothing_is_written(callers, filing):
    before = everything()
    problem = callers["bench_jeweller"].refused(
        f"operations/{filing}/finish/", weight_in_mg=5_000, photo=SimpleUploadedFile("ring.jpg", b"no picture")
    )
    assert problem["code"] == "not_taken"
    assert everything() == before


def test_an_operation_that_lacks_its_evidence_is_not_finished_and_says_what_is_missing(callers, filing):
    before = everything()
    problem = callers["bench_jeweller"].refused(f"operations/{filing}/finish/", weight_in_mg=5_000)
    assert "Still missing: the weight after the work, a photo" in problem["detail"]
    assert everything() == before


def test_a_piece_that_outweighs_its_metal_is_refused_and_nothing_is_written(callers, filing, picture):
    before = everything()
    said = {"weight_in_mg": 50_000, "weight_out_mg": 49_000, "photo": picture()}
    problem = callers["bench_jeweller"].refused(f"operations/{filing}/finish/", **said)
    assert problem["code"] in {"more_than_charged", "not_a_weight", "does_not_balance"}
    assert everything() == before
    assert set(totals().values()) == {0}


def test_a_loss_beyond_the_allowance_takes_a_second_person_with_their_own_password(
    bench, callers, filing, staff, picture
):
    mg = bench.gross_mg
    said = {"weight_in_mg": mg, "weight_out_mg": mg // 2}
    alone = callers["bench_jeweller"].refused(f"operations/{filing}/finish/", **said, photo=picture())
    assert alone["code"] == "loss_needs_witness"
    manager = staff["production_manager"]
    manager.set_password("let-the-light-in")
    manager.save()
    signed = said | {"witness_email": manager.email}
    wrong = callers["bench_jeweller"].refused(
        f"operations/{filing}/finish/", **signed, witness_password="guess", photo=picture()
    )
    assert wrong["code"] == "cannot_sign"
    callers["bench_jeweller"].post(
        f"operations/{filing}/finish/", **signed, witness_password="let-the-light-in", photo=picture()
    )
    assert Entry.objects.filter(witness=manager).count() == 1


def test_a_move_from_a_stale_state_is_refused(callers, ticket):
    at = f"operations/{ticket.current.pk}/start/"
    callers["designer"].post(at, state="ready")
    before = everything()
    assert "Somebody moved it before you" in callers["designer"].refused(at, state="ready")["detail"]
    assert everything() == before


def test_an_operation_out_of_turn_and_one_that_is_not_there_are_refused(callers, ticket):
    polish = ticket.operations.get(craft="polish")
    assert "cannot become" in callers["polisher"].refused(f"operations/{polish.pk}/start/")["detail"]
    assert callers["polisher"].send("operations/999999999/start/").status_code == 404


def test_a_foreign_role_is_refused_at_the_craft_and_a_customer_at_the_door(callers, ticket):
    before = everything()
    at = f"operations/{ticket.current.pk}/start/"
    assert "This takes: Designer." in callers["setter"].refused(at)["detail"]
    customer = Caller(User.objects.create_user("mara@example.com"))
    assert customer.send(at).status_code == 403
    assert customer.ask(f"tickets/{ticket.number}/").status_code == 403
    assert Caller().ask("tickets/").status_code == 401
    assert callers["sales"].send(at).status_code == 403
    assert everything() == before


def test_without_a_key_of_its_own_an_act_is_refused_and_with_the_same_key_it_happens_once(callers, ticket):
    at = f"/api/v1/operations/{ticket.current.pk}/start/"
    bare = callers["designer"].client.post(at, {}, format="json")
    assert bare.status_code == 400
    assert "Idempotency-Key" in bare.json()["errors"]
    key = str(uuid4())
    answers = [callers["designer"].send(at, key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert ticket.current.steps.filter(new="running").count() == 1
    assert callers["designer"].send(at, key, state="ready").json()["code"] == "other_content"


def test_eight_taps_at_once_are_one_weighing(callers, filing, staff):
    key, gate, statuses = str(uuid4()), threading.Barrier(8), []

    def tap():
        client = Caller(staff["bench_jeweller"]).client
        gate.wait()
        answer = client.post(
            f"/api/v1/operations/{filing}/evidence/", {"weight_in_mg": 5_000}, format="json",
            headers={"Idempotency-Key": key},
        )  # fmt: skip
        statuses.append(answer.status_code)
        connection.close()

    taps = [threading.Thread(target=tap) for _ in range(8)]
    for thread in taps:
        thread.start()
    for thread in taps:
        thread.join()
    assert statuses == [200] * 8
    assert Evidence.objects.filter(operation=filing, kind="weight_in").count() == 1


def test_a_ticket_is_held_with_a_reason_and_goes_on(callers, ticket):
    at = f"tickets/{ticket.number}/"
    assert "reason" in callers["designer"].refused(f"{at}hold/", 400, reason=" ")["errors"]
    assert callers["designer"].post(f"{at}hold/", reason="The sapphire is late")["state"] == "on_hold"
    start = f"operations/{ticket.current.pk}/start/"
    assert "on hold: The sapphire is late" in callers["designer"].refused(start)["detail"]
    assert callers["designer"].post(f"{at}resume/")["state"] == "open"
    callers["designer"].post(start)
    callers["designer"].post(f"operations/{ticket.current.pk}/problem/", text="The claws are thin.")
    assert Ticket.objects.get(pk=ticket.pk).hold_reason == "The claws are thin."


def test_a_bag_is_handed_over_to_somebody_of_the_craft(callers, ticket):
    mali = User.objects.create_user("mali@bench.example", name="Mali")
    mali.roles_held.create(role="designer")
    callers["designer"].post(f"operations/{ticket.current.pk}/start/")
    whole = callers["designer"].get(f"tickets/{ticket.number}/")
    assert "Mali" in [person["name"] for person in whole["may_take"]]
    pause = f"operations/{ticket.current.pk}/pause/"
    assert "Designer has this bag" in Caller(mali).refused(pause)["detail"]
    told = callers["designer"].post(f"tickets/{ticket.number}/hand-over/", to=str(mali.reference))
    assert told["with_person"]["name"] == "Mali"
    Caller(mali).post(pause)


def measured(bench, **said):
    facts = {
        "verdict": "pass", "gross_mg": bench.ticket.predicted_mg + 240, "ring_inner_um": 17_350, "stones_tight": True,
        "surface_clean": True, "engraving_read": "until the light goes", "hallmark": "marked",
    }  # fmt: skip
    return facts | said


def test_the_maker_does_not_inspect_his_own_work(bench, callers, staff):
    bench.until("inspect")
    staff["polisher"].roles_held.create(role="inspector")
    before = everything()
    maker = Caller(User.objects.get(pk=staff["polisher"].pk))
    problem = maker.refused(f"tickets/{bench.ticket.number}/inspections/", **measured(bench))
    assert problem["code"] == "inspects_own_work"
    assert "Somebody else has to inspect it" in problem["detail"]
    assert everything() == before


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"gross_mg": 9_000}, 409, "It weighs"),
        ({"engraving_read": "until the night goes"}, 409, "It reads"),
        ({"stones_tight": False}, 409, "A stone is loose"),
        ({"verdict": "rework"}, 400, "Choose what is wrong"),
        ({"verdict": "rework", "defect": "XX-XXX"}, 400, "cannot be chosen"),
        ({"hallmark": "stamped"}, 400, "cannot be chosen"),
        ({"gross_mg": -1}, 400, "the least is 1 mg"),
    ],
)
def test_an_inspection_that_cannot_be_changes_nothing(bench, callers, wrong, status, sentence):
    bench.until("inspect")
    before = everything()
    at = f"tickets/{bench.ticket.number}/inspections/"
    assert sentence in str(callers["inspector"].refused(at, status, **measured(bench, **wrong)))
    assert everything() == before
    assert bench.current.state == "ready"


def test_a_piece_is_sent_back_to_the_stage_that_was_said(bench, callers):
    bench.until("inspect")
    said = measured(bench, verdict="rework", defect="ST-LOO", back_to="finishing", words="only the polish")
    verdict = callers["inspector"].post(f"tickets/{bench.ticket.number}/inspections/", **said)
    assert verdict["back_to"] == "finishing"
    assert bench.current.stage == "finishing"
    assert (
        callers["inspector"].get("inspections/", ticket=bench.ticket.number)["results"][0]["words"] == "only the polish"
    )
    assert "ST-LOO" in [row["code"] for row in callers["inspector"].get("inspections/defects/")]


def test_a_tree_that_cannot_be_is_refused_in_a_sentence(bench, callers, lot):
    operation, caster, number = bench.until("cast"), callers["caster"], bench.ticket.number
    before = everything()
    assert "999 is no casting" in str(caster.refused("trees/", 400, operations=[999]))
    tree = caster.post("trees/", operations=[operation.pk])["number"]
    assert "another tree" in caster.refused("trees/", operations=[operation.pk])["detail"]
    wax = {"patterns": [{"ticket": number, "pattern_mg": 250}], "tree_mg": 5_000, "base_mg": 4_000, "flask": "7"}
    twice = wax | {"patterns": wax["patterns"] * 2}
    assert "stands here twice" in str(caster.refused(f"trees/{tree}/build/", 400, **twice))
    assert "-1" not in str(caster.refused(f"trees/{tree}/build/", 400, **wax | {"tree_mg": -1}))
    built = caster.post(f"trees/{tree}/build/", **wax, state="planned")
    assert built["wanted_mg"] > 0
    charge = f"trees/{tree}/charge/"
    assert caster.refused(charge, lots=[{"lot": lot.number, "gross_mg": 2_900_000}])["code"] == "not_enough_metal"
    assert "not known here" in str(caster.refused(charge, 400, lots=[{"lot": "nothing", "gross_mg": 1}]))
    assert everything() == before
    assert "Somebody moved it" in caster.refused(f"trees/{tree}/cancel/", state="planned")["detail"]


def test_stones_are_issued_by_weight_and_a_broken_one_is_owed_again(bench, callers):
    operation, setter, number = bench.until("set"), callers["setter"], bench.ticket.number
    at = f"tickets/{number}/stones/"
    kept = setter.post(f"{at}reserve/")[0]
    assert kept["state"] == "reserved"
    far = setter.refused(f"{at}issue/", weighed=[{"allotment": kept["id"], "mct": 9_000}])
    assert far["code"] == "stones_not_conserved"
    issued = setter.post(f"{at}issue/", weighed=[{"allotment": kept["id"], "mct": 1_190}])[0]
    assert (issued["state"], issued["mct"]) == ("issued", 1_190)
    setter.post(f"operations/{operation.pk}/start/")
    assert "note" in setter.refused(f"{at}break/", 400, allotment=kept["id"], note=" ")["errors"]
    gone = setter.post(f"{at}break/", allotment=kept["id"], note="chipped under the pusher")
    assert (gone["kind"], "chipped" in gone["text"]) == ("problem", True)
    assert [row["state"] for row in setter.post(f"{at}reserve/")] == ["reserved"]
    assert setter.post(f"{at}issue/")[0]["id"] != kept["id"]


def test_a_lost_stone_is_signed_for_by_another_or_found(bench, callers):
    operation, setter, number = bench.until("set"), callers["setter"], bench.ticket.number
    setter.post(f"operations/{operation.pk}/start/")
    stone = setter.get(f"tickets/{number}/")["stones_held"][0]["id"]
    loss = setter.post(f"tickets/{number}/stones/lose/", allotment=stone, note="It sprang away.")["id"]
    assert setter.get(f"tickets/{number}/")["state"] == "on_hold"
    assert "A stone is missing" in setter.refused(f"tickets/{number}/resume/")["detail"]
    assert setter.refused(f"tickets/{number}/losses/{loss}/sign/")["code"] == "needs_another"
    assert callers["bench_jeweller"].post(f"tickets/{number}/losses/{loss}/find/")["found_at"]
    assert setter.get(f"tickets/{number}/")["state"] == "open"


def test_a_fixing_that_jumps_is_asked_about_before_it_is_entered(callers, seller):
    said = {"seller": seller.code, "metal": "gold", "minor_per_kg": 260_000_000, "source": "LBMA PM"}
    sales = callers["sales"]
    assert sales.post("fixings/", **said)["currency"] == "THB"
    doubt = sales.refused("fixings/", **said | {"minor_per_kg": 360_000_000})
    assert doubt["code"] == "fixing_looks_wrong"
    sales.post("fixings/", **said | {"minor_per_kg": 360_000_000}, confirmed=True)
    assert [row["minor_per_kg"] for row in sales.get("fixings/")["results"]] == [360_000_000, 260_000_000]
    assert "errors" in sales.refused("fixings/", 400, **said | {"minor_per_kg": "2,5"})


@pytest.mark.parametrize(
    "asked", [{"search": "a\x00"}, {"search": "x" * 100_000}, {"stage": "melting"}, {"assigned": "x'--"}]
)
def test_a_question_that_cannot_be_is_refused_beside_its_field(callers, ticket, asked):
    answer = callers["designer"].ask("tickets/", **asked)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == list(asked)


def test_the_day_that_was_promised_and_the_load_of_the_stages_are_read(callers, ticket):
    from production.planning.capacity import seed_capacity

    seed_capacity(site=ticket.site)
    promised = callers["sales"].get(f"tickets/{ticket.number}/promises/")
    assert [row["on"] for row in promised] == [ticket.promise_on.isoformat()]
    loads = {row["stage"]: row for row in callers["sales"].get("loads/")}
    assert loads["design"]["open_minutes"] > 0
    assert loads["casting"]["days"] >= 1


def test_nobody_at_a_bench_approves_for_the_customer(bench, callers):
    operation = bench.until("approve")
    assert "Nobody at a bench" in callers["production_manager"].refused(f"operations/{operation.pk}/start/")["detail"]
