"""Somebody of the office has a piece's pictures taken; they are hung on the piece, and the page says how far it is."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from uuid import uuid4

import pytest
from django.db import connection

from foundation.outbox.actions import drain
from foundation.people.models import User
from production.pictures.models import StudioPicture
from store.catalogue.actions.studio import ask_studio, in_the_studio
from store.catalogue.models import Photo, Piece
from tests.production.pictures.conftest import camera, png  # noqa: F401
from tests.store import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(office, camera):  # noqa: F811
    """The office, of a shop with one ring and a studio."""
    cast.fixings()
    cast.ring()
    return office


@pytest.fixture
def page():
    return lambda: f"/en/office/pieces/{Piece.objects.get().pk}/studio/"


def send(client, address, **fields):
    return client.post(address, {"action_id": str(uuid4()), **fields})


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_pictures_are_asked_for_taken_and_hung_on_the_piece(office, page, camera):  # noqa: F811
    answer = send(office, page(), alloys=["AU750Y", "PT950Ru"], views=["three_quarter", "detail"])
    assert answer.status_code == 302
    said = text(office.get(page()))
    assert "The studio is asked for 4 pictures." in said
    assert "0 of 4 done" in said
    drain()
    photos = list(Photo.objects.order_by("position"))
    assert [(one.alloy, one.view, one.width_um) for one in photos] == [
        ("AU750Y", "three_quarter", 32_500), ("AU750Y", "detail", 32_500),
        ("PT950Ru", "three_quarter", 32_500), ("PT950Ru", "detail", 32_500),
    ]  # fmt: skip
    assert photos[0].alt == "Sill: 18 ct yellow gold, three-quarter view. Computer-made picture of the exact model."
    assert "data-again" not in office.get(page()).content.decode()
    shop = office.get(Piece.objects.get().get_absolute_url()).content.decode()
    assert photos[0].file.sha256 in shop


def test_one_taken_again_takes_the_place_of_the_computer_made_one_and_leaves_a_photograph(office, page, camera):  # noqa: F811
    send(office, page(), alloys=["AU750Y"], views=["three_quarter"])
    drain()
    first = Photo.objects.get()
    by_phone = Photo.objects.create(
        piece=first.piece, file=first.file, alloy="AU750Y", view="three_quarter", position=1
    )
    camera.answer = lambda: (png("#123456"), 30_000)
    send(office, page(), alloys=["AU750Y"], views=["three_quarter"])
    drain()
    again = Photo.objects.get(pk=first.pk)
    assert (Photo.objects.count(), again.width_um) == (2, 30_000)
    assert again.file_id != first.file_id
    assert Photo.objects.get(pk=by_phone.pk).file_id == first.file_id


def test_the_form_ticks_the_metals_that_have_no_picture_and_the_two_first_views(office, page):
    send(office, page(), alloys=["AU750Y"], views=["three_quarter"])
    drain()
    ticked = re.findall(r'value="(\w+)"[^>]*checked', office.get(page()).content.decode())
    assert ticked == ["PT950Ru", "three_quarter", "detail"]


def test_without_a_studio_the_button_is_grey_with_the_reason_and_a_sent_form_is_refused_in_a_sentence(office, page):
    from production.pictures import presence

    presence.cache.delete(presence.OPEN)
    said = text(office.get(page()))
    assert "No studio is open" in said
    refused = send(office, page(), alloys=["AU750Y"], views=["three_quarter"])
    assert refused.status_code == 422
    assert "No studio is open" in text(refused)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"alloys": [], "views": ["detail"]}, "Choose at least one metal."),
        ({"alloys": ["AU750Y"], "views": []}, "Choose at least one view."),
        ({"alloys": ["AG925"], "views": ["detail"]}, "AG925"),
        ({"alloys": ["AU750Y"], "views": ["hand"]}, "hand"),
    ],
)
def test_a_form_that_cannot_be_followed_says_so_and_asks_for_nothing(office, page, camera, fields, said):  # noqa: F811
    answer = send(office, page(), **fields)
    drain()
    assert answer.status_code == 422
    assert said in text(answer)
    assert camera.asked == []


def test_one_that_waits_is_called_off_by_a_button_and_stands_there_as_called_off(office, page, camera):  # noqa: F811
    send(office, page(), alloys=["AU750Y"], views=["detail"])
    address = re.search(r'action="(/en/office/pieces/\d+/studio/[0-9a-f-]+/)"', office.get(page()).content.decode())[1]
    send(office, address, to="called_off")
    drain()
    assert "18 ct yellow gold, close up Called off" in text(office.get(page()))
    assert camera.asked == []
    assert send(office, page() + f"{uuid4()}/", to="called_off").status_code == 404


def test_what_is_fetched_again_is_the_list_alone(office, page):
    send(office, page(), alloys=["AU750Y"], views=["detail"])
    part = office.get(page(), headers={"X-Fragment": "1"}).content.decode()
    assert part.startswith("<section")
    assert 'id="asked"' in part
    assert "<html" not in part


def test_the_picture_shows_the_pieces_own_measures_and_its_first_stone_where_they_name_none(office):
    piece = Piece.objects.get()
    cast.single_stone(piece)
    shown = in_the_studio(piece)
    assert (shown.species, shown.parameters["cut"], shown.parameters["stone_width_um"]) == ("sapphire", "oval", 5_900)
    piece.parameters = {"cut": "round", "stone_width_um": 6_500, "gem": "diamond"}
    assert in_the_studio(piece).parameters == piece.parameters


def test_measures_changed_later_say_that_its_pictures_show_it_as_it_was(office, page):
    send(office, page(), alloys=["AU750Y"], views=["detail"])
    drain()
    piece = Piece.objects.get()
    measures = f"/en/office/pieces/{piece.pk}/measures/"
    form = office.get(measures).context["form"]
    told = {name: form[name].value() for name in form.fields}
    answer = office.post(measures, {"action_id": str(uuid4()), **told, "claws": "6"}, follow=True)
    assert "show it as it was" in text(answer)


def test_the_page_asks_twelve_questions_at_most_however_much_was_asked_for(office, page, django_assert_max_num_queries):
    send(office, page(), alloys=["AU750Y", "PT950Ru"], views=["three_quarter", "detail", "above"])
    with django_assert_max_num_queries(12):
        assert office.get(page()).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_wait_for_each_other_and_each_picture_is_asked_for_once(camera, monkeypatch):  # noqa: F811
    cast.fixings()
    piece = cast.ring()
    sam = User.objects.create_user("sam@ajour.example", name="Sam")
    both = Barrier(2, timeout=5)
    looked = StudioPicture.objects.of

    def of(subject):  # whoever has looked waits a moment for the other to look too: with the lock, nobody else can
        with suppress(BrokenBarrierError):
            both.wait(timeout=1)
        return looked(subject)

    monkeypatch.setattr(StudioPicture.objects, "of", of)

    def ask():
        try:
            return ask_studio(piece=piece, alloys=["AU750Y"], views=["detail"], by=sam)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as tabs:
        counts = sorted(one.result() for one in [tabs.submit(ask), tabs.submit(ask)])
    assert counts == [0, 1]
    assert StudioPicture.objects.count() == 1
