"""The bench turns the exact model of what is in the bag, and fetches its drawing and its casting files."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from foundation.outbox.actions import drain
from foundation.reference.alloys import alloy
from production.board.views import shapes
from production.intake import StoneWanted, open_ticket
from production.shapes.asking import measures
from production.tickets.models import Ticket
from tests.production.shapes.written import read_3mf, read_stl

pytestmark = pytest.mark.django_db(transaction=True)

MM3_IN_UM3 = 10**9


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch):
    monkeypatch.setattr(shapes, "WAITS_S", 0.0)


@pytest.fixture
def caster(staff):
    client = Client()
    client.force_login(staff["caster"])
    return client


@pytest.fixture
def band(order):
    """The number of a bag with a plain band in it; what differs is said."""

    def band(**parameters):
        shape = {"family": "band", "parameters": parameters, "kind": "plain_ring", "stones": (), "engraving": ""}
        number = open_ticket(order(**shape))
        drain()
        return number

    return band


def fetch(client, number, kind):
    """Asked for once, drawn, asked for again."""
    client.get(f"/en/workshop/{number}/files/{kind}/")
    drain()
    return client.get(f"/en/workshop/{number}/files/{kind}/")


@pytest.mark.parametrize(("kind", "read"), [("stl", read_stl), ("3mf", lambda data: read_3mf(data)[0])])
def test_a_casting_file_is_the_piece_larger_by_what_its_alloy_shrinks(caster, band, kind, read):
    number = band()
    answer = fetch(caster, number, kind)
    assert answer["Content-Disposition"] == f'attachment; filename="{number}.{kind}"'
    mesh = read(answer.getvalue())
    assert mesh.is_watertight
    volume = measures("band", {}).volume_um3 / MM3_IN_UM3
    larger = (1000 / (1000 - alloy("AU750Y").shrink_permille)) ** 3
    assert mesh.volume == pytest.approx(volume * larger, rel=0.001)


def test_its_drawing_opens_in_the_browser_at_the_size_of_the_piece(caster, band):
    answer = fetch(caster, band(width_um=5_000), "drawing")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Disposition"].startswith("inline")
    assert "Width 5 mm" in answer.getvalue().decode()


def test_the_drawing_names_the_stone_that_goes_in(caster, order):
    spinel = StoneWanted("spinel", "round", 5_500, 5_500, 640)
    number = open_ticket(order(family="halo", parameters={}, stones=(spinel,)))
    told = fetch(caster, number, "drawing").getvalue().decode()
    assert "round spinel" in told
    assert " diamond 5.5" not in told


def test_on_a_page_the_drawing_fills_the_screen_beside_what_was_ordered(caster, band):
    page = caster.get(f"/en/workshop/{band()}/drawing/").content.decode()
    assert "/files/drawing/" in page
    assert "18 ct yellow gold" in page


def test_while_nobody_has_drawn_it_it_says_so_and_asks_once(caster, band):
    number = band()
    for _ in range(2):
        answer = caster.get(f"/en/workshop/{number}/files/drawing/")
        assert answer["Location"] == f"/en/workshop/{number}/"
        assert "Press again in a minute" in str(list(get_messages(answer.wsgi_request))[-1])


def test_a_bag_without_a_model_has_no_files_and_offers_none(caster, order):
    number = open_ticket(order(family=""))
    assert caster.get(f"/en/workshop/{number}/files/drawing/").status_code == 404
    assert "Casting file" not in caster.get(f"/en/workshop/{number}/").content.decode()


def test_a_kind_that_is_not_known_is_not_found(caster, band):
    assert caster.get(f"/en/workshop/{band()}/files/exe/").status_code == 404


def test_what_cannot_be_drawn_says_why(caster, band):
    number = band()
    Ticket.objects.filter(number=number).update(parameters={"width_um": -5})
    answer = caster.get(f"/en/workshop/{number}/files/stl/", follow=True)
    assert "width" in answer.content.decode().lower()
    assert answer.redirect_chain[-1][0] == f"/en/workshop/{number}/"


def test_the_model_is_turned_in_the_bags_metal(caster, band):
    number = band()
    assert caster.get(f"/en/workshop/{number}/model/").status_code == 202
    drain()
    answer = caster.get(f"/en/workshop/{number}/model/").json()
    assert answer["url"].endswith(".glb.gz")
    assert answer["metal"] == "yellow"


def test_a_customer_gets_none_of_it(client, band):
    number = band()
    for path in ("model/", "files/stl/"):
        assert client.get(f"/en/workshop/{number}/{path}").status_code == 302, "to the sign-in"
