"""The workshop's pages, as the people at the benches use them: by form, without a script."""

import re
import uuid
from functools import cached_property

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from foundation.files.actions import keep_image
from foundation.outbox.actions import drain
from foundation.people.models import User
from production.intake import approve_design, open_ticket
from production.metal.questions import lots_held, totals
from production.tickets.models import Evidence, Ticket
from tests.production.conftest import Bench

pytestmark = pytest.mark.django_db(transaction=True)


class Person:
    """Somebody at a page: follows the form that is shown."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def client(self):
        client = Client()
        client.force_login(self.user)
        return client

    def get(self, path):
        response = self.client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return response.content.decode()

    def post(self, path, **fields):
        drain()
        response = self.client.post(path, {"action_id": str(uuid.uuid4()), **fields})
        drain()
        return response


@pytest.fixture
def people(staff):
    return {str(role): Person(user) for role, user in staff.items()}


def current(ticket):
    return Ticket.objects.get(pk=ticket.pk).current


def hidden(ticket):
    operation = current(ticket)
    return {"operation": operation.pk, "state": operation.state}


def draw(people, ticket, picture):
    cad = SimpleUploadedFile("sill.stl", b"solid sill")
    path = f"/en/workshop/{ticket.number}/design/"
    assert people["designer"].post(path, render=picture(), cad=cad, note="as agreed").status_code == 302
    approve_design(reference=ticket.reference, revision=1, by_name="Mara Voss")
    drain()


def work(people, ticket, role, **left):
    """Start at the bench and finish with what is left behind."""
    at = f"/en/workshop/{ticket.number}/"
    assert people[role].post(f"{at}start/", **hidden(ticket)).status_code == 302
    page = people[role].get(at)
    assert current(ticket).title in page
    response = people[role].post(f"{at}done/", **hidden(ticket), **left)
    assert response.status_code == 302, re.findall(r'role="alert".*?</', response.content.decode(), re.DOTALL)


def cast(people, ticket, lot):
    caster = people["caster"]
    assert ticket.number in caster.get("/en/workshop/casting/")
    tree = caster.post("/en/workshop/casting/plan/", operation=current(ticket).pk)["Location"]
    wax = {f"pattern-{ticket.number}": "0.25", "tree": "5.00", "base": "4.00", "flask": "7", "state": "planned"}
    assert caster.post(f"{tree}build/", **wax).status_code == 302
    assert "The charge worked out is" in caster.get(tree)
    assert caster.post(f"{tree}charge/", state="built", **{f"lot-{lot.pk}": "12.00"}).status_code == 302
    assert caster.post(f"{tree}pour/", state="charged", flask_c="540", pour_c="1020").status_code == 302
    weighed = ticket.predicted_mg * 112 // 100
    rest = 12_000 - weighed - 20
    back = {
        f"cast-{ticket.number}": f"{weighed / 1000:.3f}", f"pieces-{ticket.number}": "1", "sprue": f"{rest / 1000:.3f}",
        "state": "poured",
    }  # fmt: skip
    assert caster.post(f"{tree}back/", **back).status_code == 302
    return weighed


def measured(ticket, **said):
    return {
        "weight": f"{(ticket.predicted_mg + 240) / 1000:.3f}", "inner": "17.35", "stones_tight": "1", "surface_clean": "1",
        "engraving": "until the light goes", "hallmark": "marked",
    } | said  # fmt: skip


def to_the_loupe(people, ticket, lot, picture):
    draw(people, ticket, picture)
    work(people, ticket, "caster", photo=picture())
    weighed = cast(people, ticket, lot)
    target = ticket.predicted_mg
    filed = target + (weighed - target) // 2
    grams = lambda mg: f"{mg / 1000:.3f}"  # noqa: E731
    work(people, ticket, "bench_jeweller", weight_in=grams(weighed), weight_out=grams(filed), photo=picture())
    work(people, ticket, "setter", weight_out=grams(filed + 240), photo=picture())
    work(people, ticket, "polisher", weight_out=grams(target + 240), photo=picture())
    work(people, ticket, "polisher", engraving_proof=picture())


def test_a_ring_is_made_through_the_pages_sent_back_once_and_passed(people, ticket, lot, picture):
    assert ticket.number in people["production_manager"].get("/en/workshop/")
    to_the_loupe(people, ticket, lot, picture)
    inspector = people["inspector"]
    assert ticket.number in inspector.get("/en/workshop/quality/")
    path = f"/en/workshop/{ticket.number}/inspect/"
    loose = measured(ticket, verdict="rework", defect="ST-LOO", words="moves at 10×")
    loose.pop("stones_tight")
    assert inspector.post(path, **loose).status_code == 302
    assert current(ticket).stage == "assembly"
    assert "Loose stone" in people["bench_jeweller"].get(f"/en/workshop/{ticket.number}/")
    grams = f"{(ticket.predicted_mg + 240) / 1000:.3f}"
    work(people, ticket, "bench_jeweller", weight_in=grams, weight_out=grams, photo=picture())
    work(people, ticket, "setter", weight_out=grams, photo=picture())
    work(people, ticket, "polisher", weight_out=grams, photo=picture())
    work(people, ticket, "polisher", engraving_proof=picture())
    assert inspector.post(path, **measured(ticket), verdict="pass").status_code == 302
    assert current(ticket).stage == "packaging"
    assert set(totals().values()) == {0}
    assert "sum to" in people["caster"].get("/en/workshop/metal/")


@pytest.mark.parametrize(
    ("typed", "why"),
    [("3,5", "Write the decimals after a point"), ("-1", "cannot be negative"), ("10000", "two kilograms")],
)
def test_a_weight_that_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(
    people, ticket, lot, picture, typed, why
):
    draw(people, ticket, picture)
    work(people, ticket, "caster", photo=picture())
    cast(people, ticket, lot)
    at = f"/en/workshop/{ticket.number}/"
    people["bench_jeweller"].post(f"{at}start/", **hidden(ticket))
    before = Evidence.objects.count()
    response = people["bench_jeweller"].post(f"{at}save/", **hidden(ticket), weight_out=typed, photo=picture())
    assert response.status_code == 409
    assert why in response.content.decode()
    assert Evidence.objects.count() == before


def alert(page):
    return re.search(r'<div class="notice"[^>]*role="alert"[^>]*>', page)[0]


def test_what_was_weighed_and_written_stays_in_its_boxes_when_it_is_refused_and_the_refusal_has_the_focus(
    people, ticket, lot, picture
):
    draw(people, ticket, picture)
    work(people, ticket, "caster", photo=picture())
    cast(people, ticket, lot)
    at = f"/en/workshop/{ticket.number}/"
    people["bench_jeweller"].post(f"{at}start/", **hidden(ticket))
    typed = {"weight_in": "3.30", "weight_out": "0.90", "note": "The shank is thin."}
    answer = people["bench_jeweller"].post(f"{at}done/", **hidden(ticket), **typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "autofocus" in alert(page)
    for said in typed.values():
        assert f'value="{said}"' in page
    assert 'name="for_customer" value="1">' in page, "what was unticked stays unticked"


def test_what_was_weighed_at_the_tree_stays_when_one_weight_is_refused(people, ticket, picture):
    draw(people, ticket, picture)
    work(people, ticket, "caster", photo=picture())
    tree = people["caster"].post("/en/workshop/casting/plan/", operation=current(ticket).pk)["Location"]
    wax = {f"pattern-{ticket.number}": "0.25", "tree": "", "base": "4.00", "flask": "7", "state": "planned"}
    answer = people["caster"].post(f"{tree}build/", **wax)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "A weight is missing" in page
    for name in (f"pattern-{ticket.number}", "base", "flask"):
        assert re.search(rf'name="{name}"[^>]*value="{wax[name]}"', page), name


def test_a_file_that_is_no_picture_leaves_the_designers_words_where_they_are(people, ticket):
    wrong = {name: SimpleUploadedFile(f"{name}.txt", b"nothing to see") for name in ("render", "cad")}
    path = f"/en/workshop/{ticket.number}/design/"
    answer = people["designer"].post(path, **wrong, note="Claws of 0.8 mm.")
    assert answer.status_code == 409
    assert "Claws of 0.8 mm.</textarea>" in answer.content.decode()


def test_a_metal_and_what_was_wrong_are_told_in_thai_and_by_no_code(people, ticket, lot, picture):
    draw(people, ticket, picture)
    work(people, ticket, "caster", photo=picture())
    casting = people["caster"].get("/th/workshop/casting/")
    assert "ทอง 18K สีเหลือง" in casting
    assert ticket.alloy not in casting
    ticket.operations.filter(craft="polish").update(fault="ST-LOO", reason="moves at 10×")
    bench = people["caster"].get(f"/th/workshop/{ticket.number}/")
    assert "พลอยหลวม. moves at 10×" in bench
    assert "ST-LOO" not in bench


def test_a_stale_page_changes_nothing_and_says_so(people, ticket):
    at = f"/en/workshop/{ticket.number}/design/"
    stale = hidden(ticket)
    assert people["designer"].post(f"/en/workshop/{ticket.number}/start/", **stale).status_code == 302
    response = people["designer"].post(f"/en/workshop/{ticket.number}/start/", **stale)
    assert response.status_code == 409
    assert "Somebody moved it before you" in response.content.decode()
    assert people["designer"].get(at)


def test_started_twice_the_photo_is_still_for_the_customer(people, ticket, picture):
    """What nobody has unticked is ticked: the page that was refused carried no tick to begin with."""
    draw(people, ticket, picture)
    at, stale = f"/en/workshop/{ticket.number}/start/", hidden(ticket)
    people["caster"].post(at, **stale)
    refused = people["caster"].post(at, **stale)
    assert refused.status_code == 409
    assert 'name="for_customer" value="1" checked>' in refused.content.decode()


def test_a_second_tap_with_the_same_number_lands_where_the_first_did(people, ticket):
    key, path = str(uuid.uuid4()), f"/en/workshop/{ticket.number}/start/"
    answers = [people["designer"].client.post(path, {"action_id": key, **hidden(ticket)}) for _ in range(1)]
    again = people["designer"].client.post(path, {"action_id": key, "operation": current(ticket).pk, "state": "ready"})
    assert answers[0].status_code == again.status_code == 302
    assert current(ticket).steps.filter(new="running").count() == 1


def test_the_board_and_the_bench_ask_few_questions(people, ticket, django_assert_max_num_queries):
    manager = people["production_manager"]
    manager.get("/en/workshop/")
    with django_assert_max_num_queries(12):
        manager.get("/en/workshop/")
    with django_assert_max_num_queries(12):
        manager.get(f"/en/workshop/{ticket.number}/")


def test_the_board_shows_eight_bags_of_a_stage_at_once_and_the_others_a_press_away(people, order):
    for n in range(10):
        open_ticket(order(number=f"A7K2-{n}"))
    drain()
    page = people["production_manager"].get("/en/workshop/")
    shown, _, more = page.partition("Show 2 more")
    assert (shown.count('class="ticket"'), more.count('class="ticket"')) == (8, 2)


def test_the_board_says_how_the_last_days_went(people, ticket, lot, staff):
    page = people["production_manager"].get("/en/workshop/")
    assert "On time" not in page, "nothing was finished"
    assert "Metal lost" not in page, "nothing was cast"
    Bench(ticket, staff, lot).until("clean")
    page = people["production_manager"].get("/en/workshop/")
    assert "0.17 %" in page, "20 mg of 12 g"


def test_the_bench_page_is_in_thai_for_who_reads_thai(people, ticket):
    page = people["designer"].get(f"/th/workshop/{ticket.number}/")
    assert "ออกแบบชิ้นงาน" in page
    assert "ทับทิม 6.5 × 6.5 mm" in page


@pytest.mark.parametrize(
    ("alloy", "said"),
    [("AU750R", "The picture shows 18 ct rose gold. This one is 18 ct yellow gold."), ("AU750Y", ""), ("", "")],
)
def test_a_picture_in_another_metal_says_so_at_the_bench(people, order, picture, alloy, said):
    shown = keep_image(upload=picture(), by=None, purpose="shop")
    bag = Ticket.objects.get(number=open_ticket(order(picture=shown.reference, picture_alloy=alloy)))
    found = re.findall(r"The picture shows[^<]+", people["designer"].get(f"/en/workshop/{bag.number}/"))
    assert "".join(found) == said


def test_a_drawing_nobody_has_to_approve_is_kept_and_the_work_goes_on(people, order, picture):
    bag = Ticket.objects.get(number=open_ticket(order(needs_approval=False, purpose="stock")))
    drain()
    path = f"/en/workshop/{bag.number}/design/"
    page = people["designer"].get(path)
    assert "Keep this drawing" in page
    assert "ask for approval" not in page
    cad = SimpleUploadedFile("sill.stl", b"solid sill")
    assert people["designer"].post(path, render=picture(), cad=cad, note="for the tray").status_code == 302
    assert current(bag).craft != "draw"


def test_a_customer_is_refused_at_every_page_of_the_workshop(ticket, client):
    client.force_login(User.objects.create_user("mara@example.com"))
    for path in ("", "mine/", "casting/", "quality/", "metal/", f"{ticket.number}/", f"{ticket.number}/design/"):
        assert client.get(f"/en/workshop/{path}").status_code == 403


def test_a_fixing_that_jumps_is_asked_about_before_it_is_entered(people, seller):
    said = {"seller": seller.code, "metal": "gold", "per_kg": "2600000.00", "source": "LBMA PM"}
    sales = people["sales"]
    assert sales.post("/en/office/fixings/", **said).status_code == 302
    doubted = sales.post("/en/office/fixings/", **said | {"per_kg": "3600000.00"})
    assert doubted.status_code == 409
    assert f"the last fixing ({date_format(timezone.localdate(), 'j F Y')})" in doubted.content.decode()
    assert sales.post("/en/office/fixings/", **said | {"per_kg": "3600000.00"}, confirmed="1").status_code == 302


def test_a_bag_is_handed_to_another_of_the_craft_who_then_has_it(people, ticket):
    other = User.objects.create_user("mali@bench.example", name="Mali")
    other.roles_held.create(role="designer")
    at = f"/en/workshop/{ticket.number}/"
    people["designer"].post(f"{at}start/", **hidden(ticket))
    assert "Mali" in people["designer"].get(at)
    mali = Person(other)
    assert "Designer has this bag" in mali.get(at)
    assert people["designer"].post(f"{at}hand-over/", **hidden(ticket), to="nobody").status_code == 409
    assert people["designer"].post(f"{at}hand-over/", **hidden(ticket), to=str(other.reference)).status_code == 302
    assert mali.post(f"{at}pause/", **hidden(ticket)).status_code == 302


def test_a_manager_writes_down_metal_that_has_come_and_the_caster_can_charge_it(people, lot):
    manager, caster = people["production_manager"], people["caster"]
    came = {"alloy": "AU750W-Pd", "gross": "125.50", "number": " L-W 2 ", "supplier": "Refinery"}
    at = "/en/workshop/metal/received/"
    assert "Metal has come" not in caster.get("/en/workshop/metal/")
    for wrong, why in (({"supplier": ""}, "who sent it"), ({"gross": "much"}, "much"), ({"alloy": "BRASS"}, "alloy")):
        refused = manager.post(at, **came | wrong)
        assert (refused.status_code, why in refused.content.decode()) == (409, True)
    assert manager.post(at, **came).status_code == 302
    assert ("L-W 2", 125_500) in [(lot.number, mg) for lot, mg in lots_held(alloy="AU750W-Pd")]
    assert "written down already" in manager.post(at, **came).content.decode()
    assert "L-W 2" in caster.get("/en/workshop/metal/")
    assert set(totals().values()) == {0}
