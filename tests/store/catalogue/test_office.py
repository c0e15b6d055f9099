"""Somebody without code adds a piece with photos, price and stones, and shows it."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image

from foundation.outbox.actions import drain
from store.catalogue.models import Piece, Stock, Variant
from store.catalogue.wording import stones_of
from tests.store import cast, ordering

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(office):
    """The office, of a shop with one ring."""
    cast.fixings()
    cast.ring()
    return office


def send(client, address, **fields):
    return client.post(address, {"action_id": str(uuid4()), **fields})


def jpeg():
    made = BytesIO()
    Image.new("RGB", (80, 100), "grey").save(made, "JPEG")
    return SimpleUploadedFile("phone.jpg", made.getvalue(), "image/jpeg")


FACTS = {
    "name": "Quoin", "line": "Square spinel", "kind": "ring_with_stone", "family": "solitaire", "made_to_order": "on",
    "metals": ["AU750Y"], "ring_from_um": "14324", "ring_to_um": "19894", "engraving_most": "24", "description": "",
    "tray": "stone", "finish": "polished", "plating": "", "care": "", "position": "10",
}  # fmt: skip


def facts(**changed):
    return FACTS | {"collections": [str(Piece.objects.first().collections.first().pk)]} | changed


def test_a_piece_is_added_with_photo_stone_and_price_and_shown(office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    answer = send(office, "/en/office/pieces/new/", **facts())
    page = answer["Location"]
    piece = Piece.objects.get(name="Quoin")
    assert (piece.slug, piece.style_code, piece.published_at) == ("quoin", "QUOIN", None)
    send(office, page + "photos/", pictures=[jpeg(), jpeg()], view="three_quarter", alloy="", alt="", width_um="32.5")
    send(office, page + "stones/new/", species="spinel", grown="mined", cut="round", mct="1.25", length_um="6.5",
         width_um="6.5", price_minor="640", count="1", only_one="on")  # fmt: skip
    send(office, page + "variants/new/", sku="QUO-1", alloy="AU750Y", ring_inner_um="17109", price_minor="1,450",
         metal_mg="3.42", found="2", stone_species="spinel", stone_mct="1.25", stone_cut="round")  # fmt: skip
    send(office, page + "publish/")
    drain()
    piece.refresh_from_db()
    assert piece.is_on_show
    assert [photo.width_um for photo in piece.photos.all()] == [32_500, 32_500]
    assert piece.stones.get().mct == 1_250
    variant = piece.variants.get()
    assert (variant.price_minor, variant.metal_mg, variant.stone_mct) == (145_000, 3_420, 1_250)
    assert Stock.objects.of(variant).get().on_hand == 2
    assert b"Quoin" in Client().get("/en/collections/rings/").content


def test_a_piece_without_a_picture_is_not_shown_and_says_why(office):
    page = send(office, "/en/office/pieces/new/", **facts())["Location"]
    send(office, page + "publish/")
    assert Piece.objects.get(name="Quoin").published_at is None
    assert "It still needs a picture" in office.get(page).content.decode()
    assert "None: it is made to order only." in office.get(page).content.decode()


def test_a_piece_that_is_not_made_to_order_and_has_none_ready_is_not_said_to_be_made_to_order(office):
    told = {name: value for name, value in facts().items() if name != "made_to_order"}
    page = send(office, "/en/office/pieces/new/", **told)["Location"]
    assert "None yet: add the first, with its price." in office.get(page).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("3,5", "comma"), ("-1", "negative"), ("1.005", "more decimals"), ("x" * 200, "not an amount")],
)
def test_a_price_that_is_none_is_refused_beside_its_field(office, typed, sentence):
    page = send(office, "/en/office/pieces/new/", **facts())["Location"]
    answer = send(office, page + "variants/new/", sku="QUO-1", alloy="AU750Y", ring_inner_um="17109",
                  price_minor=typed, metal_mg="3.42", found="2")  # fmt: skip
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_measures_that_cannot_be_made_are_refused_by_the_workshop(office):
    page = send(office, "/en/office/pieces/new/", **facts())["Location"]
    answer = send(office, page + "measures/", claws="5", band_width_um="2.2", band_thickness_um="1.7")
    assert answer.status_code == 422
    assert "four or six claws" in answer.content.decode()


def test_a_ring_needs_its_sizes(office):
    answer = send(office, "/en/office/pieces/new/", **facts(ring_from_um="", ring_to_um=""))
    assert "smallest and largest size" in answer.content.decode()


def test_two_pieces_of_one_name_have_two_addresses(office):
    for _ in range(2):
        send(office, "/en/office/pieces/new/", **facts())
    assert {piece.slug for piece in Piece.objects.filter(name="Quoin")} == {"quoin", "quoin-2"}


@pytest.mark.parametrize("role", ["customer", "bench_jeweller", "packer", "trade_buyer"])
def test_who_is_not_of_the_office_does_not_open_it(client, role):
    client.force_login(ordering.member("x@ajour.example", role))
    assert client.get("/en/office/pieces/").status_code == 403


def test_the_office_sees_a_draft_in_the_shop(office):
    send(office, "/en/office/pieces/new/", **facts())
    assert office.get("/en/pieces/quoin/").status_code == 200
    assert Client().get("/en/pieces/quoin/").status_code == 404


PEARL = {
    "sku": "QUO-P", "alloy": "AU750Y", "ring_inner_um": "17109", "price_minor": "450", "metal_mg": "1.20", "found": "1",
    "stone_species": "pearl", "stone_cut": "pearl",
}  # fmt: skip


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"stone_um": "7.5"}, "Say whether the pearl is cultured or natural."),
        ({"stone_um": "7.5", "stone_grown": "lab"}, "A pearl is cultured, or natural: no laboratory grows one."),
        ({"stone_grown": "cultured"}, "A pearl is sold by its size: how many millimetres is it across?"),
        ({"stone_species": "ruby", "stone_cut": "round", "stone_grown": "cultured"}, "Only a pearl is cultured"),
    ],
)
def test_a_stone_is_never_said_to_have_grown_where_it_cannot(office, told, refusal):
    page = send(office, "/en/office/pieces/new/", **facts())["Location"]
    assert refusal in send(office, page + "variants/new/", **(PEARL | told)).content.decode()
    assert not Variant.objects.filter(sku="QUO-P").exists()


def test_a_pearl_is_told_by_its_millimetres(office):
    page = send(office, "/en/office/pieces/new/", **facts())["Location"]
    send(office, page + "variants/new/", **(PEARL | {"stone_um": "7.5", "stone_grown": "cultured"}))
    assert stones_of(Variant.objects.get(sku="QUO-P")) == "Cultured pearl, 7.5\xa0mm"


@pytest.mark.parametrize(("species", "grown"), [("ruby", "cultured"), ("pearl", "lab")])
def test_the_table_itself_refuses_such_a_stone(office, species, grown):
    with pytest.raises(IntegrityError), transaction.atomic():
        Variant.objects.create(
            piece=Piece.objects.first(), sku="X-1", alloy="AU750Y", stone_species=species, stone_grown=grown,
            price_minor=100,
        )  # fmt: skip
