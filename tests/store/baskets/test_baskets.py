"""Filling a basket, changing it, and what keeps it from being ordered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.people.models import User
from store.baskets import actions
from store.baskets.models import Basket
from store.baskets.offer import contents, draft_lines
from store.baskets.tasks import close_basket
from store.catalogue.actions import OutOfStock, expire_holds, price_variant, withdraw_piece
from store.catalogue.models import Hold, Stock
from store.pricing.choices import CannotBeMade, Choice
from tests.store import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ring():
    """One ring in the tray."""
    return cast.variant(cast.ring(), on_hand=1)


def add(basket, variant, quantity=1):
    return actions.add_variant(basket=basket, variant=variant, quantity=quantity, now=timezone.now(), by=None)


def look(basket):
    brand, _ = cast.house()
    return contents(basket, brand=brand, now=timezone.now())


def codes(basket):
    return [problem.code for problem in look(basket).problems]


def made(piece, **chosen):
    return Choice(**({"piece": piece, "alloy": "AU750Y", "ring_inner_um": 17_109} | chosen))


def add_made(basket, choice, agreed_minor=10_000_000, **more):
    return actions.add_made_to_order(
        basket=basket, choice=choice, agreed_minor=agreed_minor, now=timezone.now(), by=None, **more
    )


def test_what_lies_in_a_basket_is_kept_from_others(ring):
    add(cast.basket(), ring)
    with pytest.raises(OutOfStock):
        add(cast.basket("b" * 40), ring)


def test_taking_it_out_frees_it(ring):
    line = add(cast.basket(), ring)
    actions.remove_line(line=line, by=None)
    add(cast.basket("b" * 40), ring)


def test_the_same_ring_twice_is_one_line_of_two():
    ring = cast.variant(cast.ring(), on_hand=3)
    basket = cast.basket()
    add(basket, ring)
    add(basket, ring)
    assert [line.quantity for line in basket.lines.all()] == [2]
    assert Stock.objects.of(ring).get().held == 2


@pytest.mark.parametrize("quantity", [0, -1, 21, 10**9])
def test_a_number_that_makes_no_sense_is_refused_and_changes_nothing(ring, quantity):
    line = add(cast.basket(), ring)
    with pytest.raises(actions.TooMany):
        actions.change_line(line=line, quantity=quantity, now=timezone.now(), by=None)
    line.refresh_from_db()
    assert line.quantity == 1


def test_another_size_is_held_instead_of_the_first():
    piece = cast.ring()
    small, large = cast.variant(piece, on_hand=1, ring_inner_um=16_000), cast.variant(piece, on_hand=1)
    line = add(cast.basket(), small)
    actions.change_line(line=line, variant=large, now=timezone.now(), by=None)
    assert [Stock.objects.of(one).get().held for one in (small, large)] == [0, 1]


def test_a_basket_opens_for_its_own_secret_only(ring):
    add(cast.basket("a" * 40), ring)
    assert actions.find_basket(token="b" * 40, user=None) is None
    assert Basket.objects.filter(token_hash="a" * 40).count() == 0


def test_a_persons_basket_does_not_open_by_a_secret(ring):
    person = User.objects.create_user("mara@example.com")
    cast.basket("a" * 40, user=person)
    assert actions.find_basket(token="a" * 40, user=None) is None


def test_signing_in_makes_one_basket_of_two():
    person = User.objects.create_user("mara@example.com")
    piece = cast.ring()
    first, second = cast.variant(piece, on_hand=5), cast.variant(piece, on_hand=5)
    guest, own = cast.basket("a" * 40), cast.basket("b" * 40, user=person)
    add(own, first)
    add(guest, first, 2)
    add(guest, second)
    merged = actions.merge_baskets(guest=guest, user=person, now=timezone.now())
    assert {(line.variant_id, line.quantity) for line in merged.lines.all()} == {(first.pk, 3), (second.pk, 1)}
    assert Stock.objects.of(first).get().held == 3
    assert Hold.objects.live().count() == 2


def test_merging_keeps_what_there_is_of_a_last_ring():
    person = User.objects.create_user("mara@example.com")
    ring = cast.variant(cast.ring(), on_hand=2)
    guest, own = cast.basket("a" * 40), cast.basket("b" * 40, user=person)
    add(own, ring)
    add(guest, ring)
    actions.change_line(line=own.lines.get(), quantity=1, now=timezone.now(), by=None)
    assert actions.merge_baskets(guest=guest, user=person, now=timezone.now()).lines.get().quantity == 2
    assert Stock.objects.of(ring).get().held == 2


def test_an_empty_basket_cannot_be_ordered():
    assert codes(None) == ["empty"]


def test_a_basket_without_problems_becomes_lines_that_add_up(ring):
    basket = cast.basket()
    add(basket, ring)
    found = look(basket)
    assert found.problems == ()
    line = draft_lines(found)[0]
    assert (line.purpose, line.gross_minor, line.tax_minor, line.holds_stock) == ("stock", 120_000, 20_000, True)


def test_a_price_that_rose_is_asked_about_and_one_that_fell_is_passed_on(ring):
    basket = cast.basket()
    line = add(basket, ring)
    price_variant(variant=ring, price_minor=110_000, by=None)
    assert codes(basket) == []
    assert look(basket).gross_minor == 110_000
    price_variant(variant=ring, price_minor=130_000, by=None)
    assert codes(basket) == ["price_rose"]
    actions.accept_price(line=line, agreed_minor=130_000)
    assert codes(basket) == []


def test_a_withdrawn_piece_keeps_a_basket_from_being_ordered(ring):
    basket = cast.basket()
    add(basket, ring)
    withdraw_piece(piece=ring.piece, by=None, now=timezone.now())
    assert codes(basket) == ["withdrawn"]


def test_a_hold_that_ran_out_is_no_trouble_while_the_ring_is_free(ring):
    basket = cast.basket()
    add(basket, ring)
    expire_holds(now=timezone.now() + timedelta(hours=2))
    assert codes(basket) == []
    assert actions.hold_again(basket=basket, until=timezone.now() + timedelta(hours=1), by=None) == []
    assert Stock.objects.of(ring).get().held == 1


def test_a_hold_that_ran_out_and_went_to_somebody_else_is_told(ring):
    basket = cast.basket()
    add(basket, ring)
    expire_holds(now=timezone.now() + timedelta(hours=2))
    add(cast.basket("b" * 40), ring)
    assert codes(basket) == ["gone"]
    lost = actions.hold_again(basket=basket, until=timezone.now() + timedelta(hours=1), by=None)
    assert [line.variant_id for line in lost] == [ring.pk]


def test_a_piece_to_be_made_carries_all_that_was_chosen():
    cast.fixings()
    piece = cast.ring()
    stone = cast.single_stone(piece)
    basket = cast.basket()
    add_made(
        basket, made(piece, stone=stone, engraving="J + M", engraving_place="inside"), wish="A little lower, please."
    )
    found = look(basket)
    assert found.problems == ()
    assert ("Engraved", "“J + M”, inside") in found.lines[0].choices
    line = draft_lines(found)[0]
    assert (line.purpose, line.needs_approval, line.returnable) == ("custom", True, False)
    assert line.parameters["stone_width_um"] == 5_900
    assert line.parameters["inner_diameter_um"] == 17_109
    assert line.metal_minor + line.stones_minor + line.making_minor == line.net_minor
    assert Stock.objects.of(stone).get().held == 1


def test_without_a_fixing_what_is_to_be_made_cannot_be_ordered_and_says_why():
    piece = cast.ring()
    basket = cast.basket()
    add_made(basket, made(piece))
    assert codes(basket) == ["no_price"]
    assert "can’t be worked out today" in look(basket).problems[0].text


def test_a_wish_of_100_kilobytes_is_refused():
    with pytest.raises(CannotBeMade, match="under 2000"):
        add_made(cast.basket(), made(cast.ring()), wish="x" * 100_000)


def test_a_basket_that_became_an_order_takes_nothing_more(ring):
    basket = cast.basket()
    now = timezone.now()
    actions.close_basket(reference=basket.reference, placed_at=now, now=now)
    with pytest.raises(actions.NotForSale, match="has become an order"):
        add(basket, ring)


def test_a_gift_note_is_kept_only_with_a_gift():
    basket = actions.note_gift(basket=cast.basket(), gift=False, note="Happy birthday", hide_prices=True)
    assert (basket.gift_note, basket.hide_prices) == ("", False)


def test_who_signs_in_finds_both_baskets_in_one_and_what_is_there_once_is_kept_once(ring):
    mara, now = User.objects.create_user("mara@example.com"), timezone.now()
    guest, own = cast.basket(), cast.basket("b" * 40, user=mara)
    add(guest, cast.variant(cast.ring("lintel"), on_hand=1))
    two = cast.variant(ring.piece, on_hand=2, ring_inner_um=16_800)
    add(own, two)
    add(guest, two)
    actions.merge_baskets(guest=guest, user=mara, now=now)
    assert sorted(own.lines.values_list("piece__slug", "quantity")) == [("lintel", 1), ("sill", 2)]
    assert sorted(Hold.objects.live().values_list("quantity", flat=True)) == [1, 2]
    assert not Basket.objects.open().filter(pk=guest.pk).exists()


def test_a_closing_that_was_owed_before_it_named_the_hour_closes_all(ring):
    basket = cast.basket()
    add(basket, ring)
    close_basket(basket=str(basket.reference))
    assert not Basket.objects.open().filter(pk=basket.pk).exists()
