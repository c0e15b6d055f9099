"""An order exists, with everything that was agreed, before anybody pays."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from store.catalogue.models import Hold, Stock
from store.orders import actions
from store.orders.drafts import Address, DoesNotAddUp
from store.orders.models import Order, OrderLine
from store.orders.numbers import LETTERS
from tests.store.ordering import draft, made_to_order, place, ready_made


def test_an_order_has_its_lines_dues_and_a_number_that_tells_nothing(variant, ring):
    order = place(ready_made(variant), made_to_order(ring))
    assert len(order.number) == 6
    assert set(order.number) <= set(LETTERS)
    assert order.gross_minor == sum(line.gross_minor for line in order.lines.all()) + 1200
    assert sum(due.amount_minor for due in order.dues.all()) == order.gross_minor
    assert [due.kind for due in order.dues.all()] == ["deposit", "balance"]


def test_ready_made_pieces_are_paid_in_full(variant):
    order = place(ready_made(variant))
    assert [(due.kind, due.amount_minor) for due in order.dues.all()] == [("full", order.gross_minor)]


def test_the_deposit_is_half_of_what_is_made_and_all_of_the_rest(variant, ring):
    made, ready = made_to_order(ring), ready_made(variant)
    order = place(ready, made)
    half = (made.gross_minor + 1) // 2
    assert order.dues.get(kind="deposit").amount_minor == ready.gross_minor + 1200 + half
    assert order.dues.get(kind="balance").amount_minor == made.gross_minor - half


def test_what_leaves_the_country_bears_no_vat(ring):
    line = made_to_order(ring)
    there = Address("Mara Vogel", "12 Soi Ari", "Phaya Thai", "TH", region="Bangkok", postcode="10400")
    order = place(line, address=there)
    assert (order.tax_minor, order.tax_reason) == (0, "VATEX-EU-G")
    assert order.lines.get().gross_minor == line.net_minor
    assert order.delivery_net_minor == 1000


def test_placed_twice_under_one_reference_it_is_one_order(variant):
    wanted = draft(ready_made(variant))
    from django.utils import timezone

    first = actions.place_order(draft=wanted, now=timezone.now(), by=None)
    assert actions.place_order(draft=wanted, now=timezone.now(), by=None) == first
    assert Order.objects.count() == 1


def test_another_order_of_the_same_basket_takes_the_place_of_one_that_was_not_paid(variant):
    basket, line = uuid4(), ready_made(variant)
    first = place(line, basket=basket)
    second = place(line, basket=basket)
    first.refresh_from_db()
    assert (first.state, second.state) == ("cancelled", "awaiting_payment")
    assert {due.state for due in first.dues.all()} == {"cancelled"}
    assert Hold.objects.get(key=line.reference).state == "live"


def test_what_is_held_outlasts_the_payment_page(variant):
    line = ready_made(variant)
    order = place(line)
    assert Hold.objects.get(key=line.reference).expires_at > order.pay_by_at


def test_nothing_is_ordered_that_is_no_longer_held(variant):
    with pytest.raises(actions.HoldRanOut, match="time ran out"):
        place(ready_made(variant, hold=False))
    assert Order.objects.count() == 0


def test_what_cannot_be_sent_back_needs_a_word_before(ring):
    with pytest.raises(actions.CannotOrder, match="cannot be sent back"):
        place(made_to_order(ring), consented_at=None)


def test_a_line_that_does_not_add_up_cannot_even_be_drafted(ring):
    with pytest.raises(DoesNotAddUp):
        replace(made_to_order(ring), tax_minor=1)
    with pytest.raises(DoesNotAddUp):
        replace(made_to_order(ring), metal_minor=7)


def test_the_database_refuses_an_order_that_does_not_add_up(variant):
    order = place(ready_made(variant))
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(gross_minor=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.filter(order=order).update(tax_minor=1)


def test_an_order_goes_only_along_its_flow_whoever_writes(variant):
    order = place(ready_made(variant))
    with pytest.raises(DatabaseError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(state="completed")


def test_the_link_is_known_by_its_hash_and_an_old_one_says_so(variant):
    order = place(ready_made(variant))
    token = actions.token_of(order)
    assert token not in str(list(order.links.values()))
    assert len(token) >= 21
    assert actions.find_by_token(token) == order
    newer = actions.make_link(order)
    assert actions.find_by_token(newer) == order
    with pytest.raises(actions.LinkReplaced):
        actions.find_by_token(token)
    assert actions.find_by_token("x" * 22) is None


def test_stock_stays_where_it_is_until_money_comes(variant):
    place(ready_made(variant))
    stock = Stock.objects.get(variant=variant)
    assert (stock.on_hand, stock.held) == (2, 1)
