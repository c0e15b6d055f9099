"""Which pictures stand for a piece in a metal; where they show another, the page says so."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from store.catalogue.actions import add_photo, receive_stock
from store.catalogue.models import Photo
from store.catalogue.pictures import caption, in_metal, other_metal
from tests.store import cast, ordering, trading
from tests.store.counter.counting_house import showroom
from tests.store.shop.test_pages import form

ALIKE = [Photo(alloy="PT950Ru"), Photo(alloy="AU750Y"), Photo(alloy="AU750Y", view="detail"), Photo(alloy="")]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("PT950Ru", ["PT950Ru", ""]),
        ("AU750Y", ["AU750Y", "AU750Y", ""]),
        ("AU375Y", [""]),
        ("", ["PT950Ru", "AU750Y", "AU750Y", ""]),
    ],
)
def test_pictures_of_the_metal_come_first_and_those_of_none_belong_to_all(asked, shown):
    assert [one.alloy for one in in_metal(ALIKE, asked)] == shown


def test_a_metal_without_pictures_is_shown_by_one_that_looks_alike_and_never_by_two():
    named = ALIKE[:3]
    assert [one.alloy for one in in_metal(named, "AU375Y")] == ["AU750Y", "AU750Y"]
    assert [one.alloy for one in in_metal(named, "AG925")] == ["PT950Ru"]
    assert in_metal([], "AG925") == []


def test_another_metal_is_named_in_the_readers_language():
    gold = Photo(alloy="AU750Y")
    assert other_metal(gold, "PT950Ru") == "18 ct yellow gold"
    assert [other_metal(gold, "AU750Y"), other_metal(Photo(alloy=""), "AU750Y"), other_metal(None, "AU750Y")] == [
        ""
    ] * 3
    with translation.override("th"):
        assert other_metal(gold, "PT950Ru") not in ("", "18 ct yellow gold")


@pytest.fixture
def sill(settings, tmp_path, db):
    """A ring in gold and platinum that was pictured in gold alone, in two views of different scale."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    cast.fixings()
    piece = cast.ring("sill")
    for view, width in (("three_quarter", 30_000), ("detail", 10_000)):
        add_photo(
            piece=piece, upload=_picture(), by=None, alloy="AU750Y", view=view, alt=f"Sill, {view}", width_um=width
        )
    cast.variant(piece, alloy="PT950Ru", on_hand=1, ring_inner_um=17_109)
    cast.listed(piece)
    return piece


SAYS = {"en": "Shown in 18 ct yellow gold", "th": "ภาพแสดงชิ้นงาน"}


@pytest.mark.parametrize("language", SAYS)
def test_the_page_and_its_price_say_which_metal_the_picture_shows(client, sill, language):
    for address in ("", "price/"):
        says = {metal: _page(client, language, address, metal) for metal in ("PT950Ru", "AU750Y")}
        assert SAYS[language] in says["PT950Ru"], address
        assert SAYS[language] not in says["AU750Y"], address
        assert 'data-same="AU750Y"' in says["AU750Y"]


def test_each_thumbnail_carries_its_own_scale_and_words(client, sill):
    page = _page(client, "en", "", "AU750Y")
    assert 'data-words="Sill, detail" data-scale="500"' in page
    assert 'data-words="Sill, three_quarter" data-scale="166"' in page


@pytest.mark.parametrize("language", SAYS)
def test_the_card_and_the_basket_say_so_too(client, sill, language):
    assert SAYS[language] in client.get(f"/{language}/collections/rings/?metal=platinum").content.decode()
    sent = form(_page(client, "en", "", "PT950Ru"), metal="PT950Ru", size="17109")
    client.post("/en/basket/add/sill/", sent)
    assert SAYS[language] in client.get(f"/{language}/basket/").content.decode()


def test_the_counter_says_so_where_what_lies_in_the_tray_is_pictured_in_another_metal(client, sill):
    site = showroom(cast)
    for one in (sill.variants.get(), cast.variant(sill, alloy="AU750Y", ring_inner_um=17_109)):
        receive_stock(item=one, site=site, quantity=1, by=None)
    client.force_login(ordering.member("till@ajour.example", "sales"))
    for language, says in SAYS.items():
        rows = client.get(f"/{language}/office/counter/").content.decode().split("<li>")
        told = {sku: [row for row in rows if sku in row and says in row] for sku in ("SILL-1", "SILL-2")}
        assert [len(told["SILL-1"]), len(told["SILL-2"])] == [1, 0]


@pytest.mark.parametrize("language", SAYS)
def test_the_trades_pad_says_so_in_every_row(client, sill, language):
    cast.variant(sill, alloy="AU750Y", ring_inner_um=17_109)
    client.force_login(trading.buyer_of(trading.company()))
    assert client.get(f"/{language}/trade/pad/").content.decode().count(SAYS[language]) == 1


def test_a_stock_number_that_is_looked_up_for_a_quote_says_so(client, sill):
    platinum = sill.variants.get()
    client.force_login(ordering.member("sales@ajour.example", "sales"))
    for language, says in SAYS.items():
        found = client.get(f"/{language}/office/quotes/new/", {"q": platinum.sku}).content.decode()
        assert found.count(says) == 1, "the stock number has a metal; the piece found by its name is shown in whichever"


@pytest.mark.parametrize(("alloy", "shape", "says"), [
    ("PT950Ru", "", "Shown in 18 ct yellow gold"),
    ("PT950Ru", "7bd455c7", "Shown in 18 ct yellow gold · Computer-made picture of the exact model"),
    ("AU750Y", "7bd455c7", "Computer-made picture of the exact model"),
    ("AU750Y", "", ""),
])  # fmt: skip
def test_under_a_large_picture_stands_what_it_does_not_show(alloy, shape, says):
    assert caption(Photo(alloy="AU750Y", shape=shape), alloy) == says
    assert caption(None, alloy) == ""
    with translation.override("th"):
        assert "Computer-made" not in caption(Photo(alloy="AU750Y", shape=shape), alloy)


def _page(client, language, address, metal):
    return client.get(f"/{language}/pieces/sill/{address}", {"metal": metal}).content.decode()


def _picture():
    made = BytesIO()
    Image.new("RGB", (80, 100), "white").save(made, "PNG")
    return SimpleUploadedFile("sill.png", made.getvalue(), "image/png")
