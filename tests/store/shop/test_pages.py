"""The shop's pages, as a buyer without scripts meets them."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from foundation.house.models import Brand, Seller
from store.baskets.models import Basket
from store.catalogue.models import Stock
from tests.store import cast

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


@pytest.fixture
def shelf():
    """A made-to-order ring with a single stone, and two bands in the tray."""
    cache.clear()
    cast.fixings()
    sill, hearth = cast.ring("sill"), cast.ring("hearth", made_to_order=False)
    cast.single_stone(sill)
    cast.variant(hearth, on_hand=2, ring_inner_um=17_109, price_minor=92_000)
    cast.variant(hearth, on_hand=0, ring_inner_um=18_303, price_minor=92_000)
    cast.listed(sill, hearth)
    return sill, hearth


PAGES = ["/", "/collections/rings/", "/collections/rings/?metal=yellow&metal=rose&when=ready&from=100&to=2000&size=17109",
         "/collections/rings/?sort=cheapest", "/search/?q=saphire", "/search/", "/pieces/sill/", "/pieces/hearth/",
         "/pieces/sill/price/?metal=PT950Ru", "/basket/", "/hallmarks/", "/ring-sizes/", "/ring-sizes/sizer/"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "th"])
def test_every_page_opens_in_both_languages_within_its_queries(client, shelf, address, language):
    client.get(f"/{language}{address}")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/{language}{address}")
    assert answer.status_code == 200
    assert len(asked) <= MOST_QUERIES, [query["sql"][:120] for query in asked]


def test_a_piece_says_within_how_many_days_the_brand_takes_it_back(client, shelf):
    Brand.objects.update(return_days=45)
    cache.clear()
    assert "Within 45 days" in client.get("/en/pieces/hearth/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?size=abc&from=-5&to=;&page=99999999999&sort=x&metal=&stone='",
        "?page=0",
        "?when=never",
        "?size=" + "9" * 99,
        "?metal=%00&stone=%00a&q=%00&size=%00",
    ],
)
def test_a_mangled_address_still_shows_a_list(client, shelf, query):
    assert client.get("/en/collections/rings/" + query).status_code == 200
    assert client.get("/en/search/" + query).status_code == 200


@pytest.mark.parametrize(
    "query", ["?metal=LEAD", "?size=1", "?stone=999999", "?engraving=" + "x" * 5000, "?photo=x", "?place=under"]
)
def test_a_mangled_choice_still_shows_the_piece(client, shelf, query):
    assert client.get("/en/pieces/sill/" + query).status_code == 200


def test_a_search_forgives_a_letter(client, shelf):
    assert b"Sill" in client.get("/en/search/?q=saphire").content


def test_a_report_number_is_found(client, shelf):
    assert b"Sill" in client.get("/en/search/?q=GIT-0418").content


def test_nothing_found_names_the_filter_to_drop(client, shelf):
    page = client.get("/en/collections/rings/?metal=platinum&when=ready").content.decode()
    assert "Nothing has all of this" in page
    assert "Drop “" in page


def test_the_piece_page_changes_with_its_address(client, shelf):
    page = client.get("/en/pieces/sill/?metal=PT950Ru&engraving=until+the+light+goes").content.decode()
    assert "Platinum 950, ruthenium" in page
    assert "until the light goes" in page


def test_the_price_worked_out_without_a_script_leaves_no_secret_in_the_address(client, shelf):
    asked = {"csrfmiddlewaretoken": "x" * 64, "action_id": "y", "engraving": "J", "wish": "Lower.", "agreed": "1"}
    assert client.get("/en/pieces/sill/", asked)["Location"] == "/en/pieces/sill/?engraving=J&wish=Lower."


def test_an_engraving_cannot_break_the_page(client, shelf):
    page = client.get("/en/pieces/sill/?engraving=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


def test_an_engraving_that_cannot_be_cut_is_said_and_not_sold(client, shelf):
    page = client.get("/en/pieces/sill/?engraving=%F0%9F%92%8D").content.decode()
    assert "cannot be engraved" in page


def test_a_sold_size_can_be_seen_and_not_chosen(client, shelf):
    page = client.get("/en/pieces/hearth/").content.decode()
    assert re.search(r'value="18303"[^>]* disabled', page)


def form(page, **more):
    """What the piece page's form sends."""
    agreed = re.search(r'name="agreed" value="(\d+)"', page)
    number = re.search(r'name="action_id" value="([^"]+)"', page)
    return {"action_id": number[1], "agreed": agreed[1] if agreed else ""} | more


def test_a_ready_ring_goes_into_the_basket_and_is_kept(client, shelf):
    page = client.get("/en/pieces/hearth/").content.decode()
    answer = client.post("/en/basket/add/hearth/", form(page, metal="AU750Y", size="17109"), follow=True)
    assert "£920" in answer.content.decode()
    assert "Kept for you until" in answer.content.decode()
    assert Stock.objects.get(variant__ring_inner_um=17_109).held == 1
    assert client.cookies["basket_count"].value == "1"


def test_pressing_twice_adds_once(client, shelf):
    sent = form(client.get("/en/pieces/hearth/").content.decode(), metal="AU750Y", size="17109")
    for _ in range(3):
        client.post("/en/basket/add/hearth/", sent)
    assert Stock.objects.get(variant__ring_inner_um=17_109).held == 1


def test_a_price_that_was_tampered_with_adds_nothing(client, shelf):
    page = client.get("/en/pieces/hearth/").content.decode()
    sent = form(page, metal="AU750Y", size="17109") | {"agreed": "1"}
    answer = client.post("/en/basket/add/hearth/", sent, follow=True)
    assert "Add it once more to agree" in answer.content.decode()
    assert Basket.objects.count() == 0


def test_a_size_that_the_metal_does_not_come_in_is_said_and_no_other_laid_in(client, shelf):
    page = client.get("/en/pieces/hearth/").content.decode()
    answer = client.post("/en/basket/add/hearth/", form(page, metal="AU750Y", size="19000"), follow=True)
    assert "Hearth is not made in this size." in answer.content.decode()
    assert Basket.objects.count() == 0


def test_a_commission_with_a_drawing_goes_into_the_basket_with_all_its_choices(client, shelf, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sill, _ = shelf
    page = client.get("/en/pieces/sill/?engraving=J").content.decode()
    stone = sill.stones.get()
    sent = form(page, metal="AU750Y", size="17109", stone=stone.pk, engraving="J", place="inside", wish="Lower.")
    answer = client.post("/en/basket/add/sill/", sent | {"sketch": _png()}, follow=True).content.decode()
    for words in ("“J”, inside", "Lower.", "sketch.png", "Oval sapphire, 1.40\xa0ct"):
        assert words in answer


def test_a_drawing_that_is_no_picture_is_refused_and_nothing_added(client, shelf):
    page = client.get("/en/pieces/sill/").content.decode()
    fake = SimpleUploadedFile("sketch.svg", b"<svg onload=alert(1)>", "image/svg+xml")
    sent = form(page, metal="AU750Y", size="17109", wish="Claws as fine as you can.") | {"sketch": fake}
    again = client.post("/en/basket/add/sill/", sent, follow=True).content.decode()
    assert not any(basket.lines.exists() for basket in Basket.objects.all())
    assert "Claws as fine as you can.</textarea>" in again, "what was written stays"
    assert re.search(r'<details class="stack" open>.*id="id_sketch_error">This file', again, re.DOTALL)


def test_chosen_differently_a_commission_keeps_its_wish_and_its_drawing(client, shelf, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    stone = shelf[0].stones.get()
    page = client.get("/en/pieces/sill/").content.decode()
    sent = form(page, metal="AU750Y", size="17109", stone=stone.pk, wish="Lower.")
    basket = client.post("/en/basket/add/sill/", sent | {"sketch": _png()}, follow=True).content.decode()
    differently = re.search(r'href="(/en/pieces/sill/\?[^"]*line=\d+[^"]*)"', basket)[1].replace("&amp;", "&")
    again = client.get(differently).content.decode()
    assert "Lower.</textarea>" in again
    again = client.get(differently.replace("AU750Y", "PT950Ru")).content.decode()
    line = Basket.objects.get().lines.get()
    sent = form(again, metal="PT950Ru", size="17109", stone=stone.pk, wish="Lower.", line=line.pk)
    assert "sketch.png" in client.post("/en/basket/add/sill/", sent, follow=True).content.decode()


def test_what_was_done_to_a_stone_is_told_in_words_and_its_metal_has_no_wrong_reason(client, shelf):
    shelf[0].stones.update(treatment="none")
    page = client.get("/en/pieces/sill/?engraving=%F0%9F%92%8D").content.decode()
    assert "not treated" in page
    assert "other sizes" not in page


def test_another_guests_line_is_not_found(client, shelf):
    page = client.get("/en/pieces/hearth/").content.decode()
    client.post("/en/basket/add/hearth/", form(page, metal="AU750Y", size="17109"))
    line = Basket.objects.get().lines.get()
    client.cookies.clear()
    sent = {"action_id": "somebody-else-1"}
    assert client.post(f"/en/basket/{line.pk}/remove/", sent).status_code == 404


def test_a_draft_is_seen_by_the_office_alone(client, shelf):
    draft = cast.ring("quoin")
    draft.published_at = None
    draft.save()
    assert client.get("/en/pieces/quoin/").status_code == 404


def test_what_the_basket_holds_can_be_chosen_differently(client, shelf):
    sill, _ = shelf
    stone = sill.stones.get()
    page = client.get("/en/pieces/sill/").content.decode()
    client.post("/en/basket/add/sill/", form(page, metal="AU750Y", size="17109", stone=stone.pk))
    line = Basket.objects.get().lines.get()
    again = client.get(f"/en/pieces/sill/?metal=PT950Ru&stone={stone.pk}&line={line.pk}").content.decode()
    sent = form(again, metal="PT950Ru", size="17109", stone=stone.pk, line=line.pk)
    client.post("/en/basket/add/sill/", sent)
    assert [row.alloy for row in Basket.objects.get().lines.all()] == ["PT950Ru"]
    assert Stock.objects.get(stone=stone).held == 1


def _png():
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (40, 50), "white").save(made, "PNG")
    return SimpleUploadedFile("sketch.png", made.getvalue(), "image/png")


def test_a_shelf_shows_where_the_money_of_its_first_piece_goes_and_a_filtered_one_does_not(client, shelf):
    cast.listed(*shelf, *(cast.ring(name) for name in ("transom", "casement", "oriel")))
    page = client.get("/en/collections/rings/").content.decode()
    assert "Where the money in Sill goes" in page
    assert (
        page.count('<article class="card"') == page[: page.index("Where the money")].count('<article class="card"') + 1
    )
    assert "You pay" in page
    for asked in ("?when=made", "?page=2", "?sort=low"):
        assert "Where the money" not in client.get(f"/en/collections/rings/{asked}").content.decode()


def test_a_piece_that_lies_ready_says_what_its_stones_are(client, shelf):
    """Millimetres, not carats; where they grew, what was done to them, and who says so."""
    stud = cast.ring("finial", made_to_order=False)
    cast.variant(
        stud, on_hand=1, stone_species="pearl", stone_cut="pearl", stone_grown="cultured", stone_count=2, stone_mct=5962,
        stone_um=7500, stone_origin="Ise, Japan", stone_treatment="bleached", report_lab="Demo lab", report_number="D26-1",
        marks="AJR · 750 · leopard’s head",
    )  # fmt: skip
    page = client.get("/en/pieces/finial/").content.decode()
    for words in (
        "2 × cultured pearl, 7.5\xa0mm",
        "Ise, Japan",
        "bleached",
        "Demo lab D26-1",
        "AJR · 750 · leopard’s head",
    ):
        assert words in page


def test_a_filter_that_no_shelf_knows_is_left_out_and_never_shown_as_it_was_typed(client, shelf):
    page = client.get("/en/collections/rings/?metal=gold-yellow&stone=kryptonite").content.decode()
    assert "gold-yellow" not in re.sub(r"<(link|a|form|input)[^>]*>", "", page)
    assert "kryptonite</" not in page
    assert "Nothing has all of this" not in page


def test_the_foot_of_every_page_says_who_sells_and_follows_the_house_s_facts(client, shelf):
    foot = client.get("/en/").content.decode().partition("<footer")[2]
    assert "Ajour Ltd, 1 Bench Row" in foot
    assert 'href="mailto:bench@ajour.example"' in foot
    seller = Seller.objects.get()
    seller.legal_name, seller.address, seller.vat_number = "Roux & Fils", "2 Mill Lane\nBath", "GB123456789"
    with TestCase.captureOnCommitCallbacks(execute=True):
        seller.save()
    foot = client.get("/en/").content.decode().partition("<footer")[2]
    assert "Roux &amp; Fils, 2 Mill Lane, Bath" in foot
    assert "VAT number GB123456789" in foot
