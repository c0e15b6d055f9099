"""What a piece costs, and why it may have no price."""

import pytest

from store.catalogue.models import Piece
from store.pricing.choices import CannotBeMade, Choice, can_be_engraved
from store.pricing.choosing import choose, with_ways
from store.pricing.offer import NoPriceToday, price_of, prices_today, quote_piece
from tests.store import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def sill():
    """A ring that is made to order, on a day with fixings."""
    cast.fixings()
    return cast.ring()


def choice(piece, **chosen):
    return Choice(**({"piece": piece, "alloy": "AU750Y", "ring_inner_um": 17_109} | chosen))


def test_a_fixed_price_names_the_vat_that_is_in_it():
    brand, _ = cast.house()
    price = price_of(variant=cast.variant(cast.ring(), price_minor=120_000), brand=brand)
    assert (price.net_minor, price.tax_minor, price.gross_minor) == (100_000, 20_000, 120_000)
    assert not price.is_taken_apart


def test_a_quote_is_taken_apart_and_the_parts_add_up(sill):
    stone = cast.single_stone(sill)
    price = quote_piece(choice(sill, stone=stone), today=prices_today(sill.brand))
    assert price.metal_minor + price.stones_minor + price.making_minor == price.net_minor
    assert price.net_minor + price.tax_minor == price.gross_minor
    assert price.stones_minor == 90_000
    assert price.fixing.source == "LBMA PM"


def test_a_quote_comes_to_whole_pounds(sill):
    price = quote_piece(choice(sill), today=prices_today(sill.brand))
    assert price.gross_minor % 100 == 0


def test_a_larger_ring_costs_more_metal(sill):
    today = prices_today(sill.brand)
    small, large = (quote_piece(choice(sill, ring_inner_um=um), today=today) for um in (15_000, 20_000))
    assert large.metal_mg > small.metal_mg
    assert large.metal_minor > small.metal_minor


def test_a_quote_keeps_why(sill):
    price = quote_piece(choice(sill), today=prices_today(sill.brand))
    metal = next(line for line in price.trace["lines"] if line["part"] == "metal")
    assert (metal["minor_per_kg"], metal["fineness_ppt10"], metal["metal_mg"]) == (10_200_000, 7500, price.metal_mg)


def test_without_a_fixing_there_is_no_price_and_a_sentence_says_so():
    piece = cast.ring()
    with pytest.raises(NoPriceToday, match="can’t be worked out today"):
        prices_today(piece.brand)


def test_without_the_fixing_of_its_metal_a_choice_has_no_price(sill):
    sill.metals.create(alloy="PD950")
    with pytest.raises(NoPriceToday):
        quote_piece(choice(sill, alloy="PD950"), today=prices_today(sill.brand))


def test_without_a_fixing_what_lies_in_the_tray_still_has_its_price():
    piece = cast.ring()
    cast.variant(piece, on_hand=1, ring_inner_um=17_200)
    found = choose(with_ways(Piece.objects).get(), {"size": "17200"}, brand=piece.brand, today=None)
    assert found.variant is not None
    assert found.price.gross_minor == 120_000


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"alloy": "AG925"}, "not made in this metal"),
        ({"ring_inner_um": None}, "Choose a ring size"),
        ({"ring_inner_um": 30_000}, "not made in this size"),
        ({"engraving": "x" * 25}, "room for 24"),
        ({"engraving": "love \u202e evol"}, "cannot be engraved"),
        ({"engraving": "for you 💍"}, "cannot be engraved"),
        ({"engraving": "a\x00b"}, "cannot be engraved"),
    ],
)
def test_what_the_workshop_does_not_make_is_refused_in_a_sentence(sill, chosen, sentence):
    with pytest.raises(CannotBeMade, match=sentence):
        quote_piece(choice(sill, **chosen), today=prices_today(sill.brand))


@pytest.mark.parametrize(
    "text", ["until the light goes", "Ευρυδίκη", "Марина", "รักเสมอ", "I + J ♥ 2026", "né à Besançon"]
)
def test_the_alphabets_of_the_house_can_be_engraved(text):
    assert all(can_be_engraved(letter) for letter in text)


def test_a_stone_of_another_piece_cannot_be_chosen(sill):
    other = cast.single_stone(cast.ring("mullion"))
    with pytest.raises(CannotBeMade, match="no longer offered"):
        quote_piece(choice(sill, stone=other), today=prices_today(sill.brand))


def test_engraving_turns_a_ready_ring_into_one_that_is_made(sill):
    cast.variant(sill, on_hand=1, ring_inner_um=17_109)
    piece = with_ways(Piece.objects).get()
    asked = {"metal": "AU750Y", "size": "17109"}
    today = prices_today(piece.brand)
    assert choose(piece, asked, brand=piece.brand, today=today).variant is not None
    assert choose(piece, asked | {"engraving": "J"}, brand=piece.brand, today=today).variant is None
