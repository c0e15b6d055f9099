"""Calling off an order or a line of it: what is kept and what goes back is shown before, and is what happens."""

from unittest.mock import patch

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from foundation.flow import WrongTurn
from foundation.house.models import Site
from foundation.mail.models import Letter
from foundation.outbox.actions import drain
from production import intake
from production.intake import Far, Stand
from store.catalogue.models import Stock, Variant
from store.catalogue.wording import stones_of
from store.orders import actions, questions
from store.orders.actions import working
from store.orders.flow import LeftState
from store.orders.kept import RULES, Rule, Sort, kept_minor, rule_for, spread, work_minor
from store.orders.models import Credit, CreditPart, LeftPiece, Order, WorkOrder
from store.orders.shares import left_of
from store.orders.stopping import look
from store.payments.models import Invoice, MoneyEntry, Refund
from tests.store import cast
from tests.store.ordering import ask, made_to_order, place, ready_made, settle

MADE = {"serial": "T-1", "metal_mg": 7000, "gross_mg": 7280, "marks": "950", "alloy": "PT950Ru"}


def paid(stripe, *lines):
    """An order of these lines, its first due paid."""
    order = place(*lines)
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    return Order.objects.get(pk=order.pk)


def at(monkeypatch, far, why_not=""):
    """The workshop is so far with everything."""
    monkeypatch.setattr(intake, "where", lambda **said: Stand(far, why_not))


def call_off(order, sales, **said):
    actions.cancel_order(order=order, by=sales, reason="She changed her mind.", **said)
    drain()
    order.refresh_from_db()
    return order


def owed_by_customers():
    """The customers' account: nothing, when everybody has paid what their papers say and no more."""
    debit = sum(e.amount_minor for e in MoneyEntry.objects.filter(debit="customers"))
    return debit - sum(e.amount_minor for e in MoneyEntry.objects.filter(credit="customers"))


def nothing_disagrees():
    assert questions.orders_that_do_not_add_up() == []
    assert questions.payments_that_do_not_fit(now=timezone.now()) == []
    assert questions.credits_that_do_not_agree() == []
    assert questions.books_that_do_not_agree() == []
    assert questions.paid_lines_without_a_ticket(now=timezone.now()) == []
    assert questions.made_pieces_without_a_parcel(now=timezone.now()) == []


def test_every_sort_of_line_has_a_rule_at_every_point():
    assert set(RULES) == {(far, sort) for far in Far if far != Far.MADE for sort in Sort}
    assert rule_for(Far.MADE, Sort.CUSTOM) == rule_for(Far.FINISHED, Sort.CUSTOM)


@pytest.mark.parametrize("sort", [Sort.CUSTOM, Sort.ENGRAVED])
def test_the_further_the_work_the_more_of_it_is_kept(sort):
    kept = [rule_for(far, sort).percent for far in Far]
    assert kept == sorted(kept)
    assert kept[0] == 0


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from([0, 20, 60, 80, 100]))
def test_no_more_is_kept_than_was_paid(work, came, percent):
    assert 0 <= kept_minor(Rule(percent, ""), work_minor=work, paid_minor=came) <= min(came, work)


@given(st.lists(st.integers(0, 10**7), max_size=5), st.data())
def test_what_is_kept_is_spread_over_the_payments_exactly(came, data):
    kept = data.draw(st.integers(0, sum(came)))
    parts = spread(kept, came)
    assert sum(parts) == kept
    assert all(0 <= part <= minor for part, minor in zip(parts, came, strict=True))


def test_half_of_a_price_that_was_never_taken_apart_counts_as_work():
    assert work_minor(gross_minor=1000, net_minor=800, making_minor=0) == 500
    assert work_minor(gross_minor=1200, net_minor=1000, making_minor=250) == 300


@pytest.mark.parametrize(("far", "percent"), [("not_begun", 0), ("begun", 20), ("cast", 60)])
def test_what_is_shown_is_kept_and_the_rest_goes_back_with_its_credit_note(
    stripe, variant, ring, sales, monkeypatch, workshop, far, percent
):
    order = paid(stripe, ready_made(variant), made_to_order(ring))
    at(monkeypatch, Far(far))
    offer = look(order)
    line = order.lines.get(purpose="custom")
    deposit = order.dues.get(kind="deposit")
    work = work_minor(gross_minor=line.gross_minor, net_minor=line.net_minor, making_minor=line.making_minor)
    assert offer.kept_minor == kept_minor(rule_for(Far(far), Sort.ENGRAVED), work_minor=work, paid_minor=10**9)
    assert (offer.kept_minor == 0) == (percent == 0)
    assert offer.back_minor + offer.kept_minor == deposit.amount_minor
    call_off(order, sales, agreed=offer.agreed)
    assert order.state == "cancelled"
    assert stripe.balance()["gbp"] == offer.kept_minor
    assert sum(refund.amount_minor for refund in Refund.objects.all()) == offer.back_minor
    invoice, note = Invoice.objects.order_by("serial")
    assert (invoice.gross_minor, note.kind, note.corrects) == (deposit.amount_minor, "credit_note", invoice)
    assert note.gross_minor == offer.back_minor
    assert owed_by_customers() == 0
    assert Stock.objects.get(variant=variant).on_hand == 2
    assert len(workshop.cancelled) == 1
    assert WorkOrder.objects.get().state == "cancelled"
    assert order.money == ("part_back" if percent else "refunded")
    nothing_disagrees()


def test_with_a_good_word_nothing_is_kept(stripe, ring, sales, monkeypatch):
    order = paid(stripe, made_to_order(ring))
    at(monkeypatch, Far.CAST)
    assert look(order, waive=True).kept_minor == 0
    call_off(order, sales, waive=True)
    assert stripe.balance()["gbp"] == 0
    nothing_disagrees()


def test_a_yes_to_another_sum_than_was_shown_is_refused_and_nothing_is_done(stripe, ring, sales, monkeypatch):
    order = paid(stripe, made_to_order(ring))
    at(monkeypatch, Far.BEGUN)
    seen = look(order)
    at(monkeypatch, Far.CAST)
    with pytest.raises(actions.CannotCallOff, match="another sum"):
        actions.cancel_order(order=order, by=sales, reason="", agreed=seen.agreed)
    order.refresh_from_db()
    assert order.state == "confirmed"
    assert not Credit.objects.exists()
    assert not Refund.objects.exists()


def test_what_is_in_the_furnace_is_not_called_off(stripe, ring, sales, monkeypatch):
    order = paid(stripe, made_to_order(ring))
    at(monkeypatch, Far.BEGUN, "It is being cast just now.")
    with pytest.raises(actions.CannotCallOff, match="being cast"):
        actions.cancel_order(order=order, by=sales, reason="")


def test_a_line_is_called_off_and_the_rest_goes_on(stripe, variant, ring, sales, monkeypatch):
    order = paid(stripe, ready_made(variant), made_to_order(ring))
    balance = order.dues.get(kind="balance")
    at(monkeypatch, Far.BEGUN)
    line = order.lines.get(purpose="custom")
    offer = look(order, [line])
    assert offer.unpaid_minor == balance.amount_minor
    assert not offer.is_whole
    call_off(order, sales, lines=[line], agreed=offer.agreed)
    assert order.state == "confirmed"
    balance.refresh_from_db()
    assert (balance.state, balance.owed_minor) == ("cancelled", 0)
    assert order.money == "paid"
    assert order.making == "none"
    kept = order.dues.get(kind="deposit").owed_minor
    assert stripe.balance()["gbp"] == kept == order.lines.get(purpose="stock").gross_minor + 1200 + offer.kept_minor
    assert Stock.objects.get(variant=variant).on_hand == 1
    assert order.parcels.get().released_at or not order.parcels.get().sealed_at
    assert sum(share.amount.gross_minor for share in left_of(order)) == kept
    assert Letter.objects.filter(template="orders/mail/called_off").count() == 1
    nothing_disagrees()


def test_a_piece_from_the_tray_is_taken_out_of_its_parcel_and_the_others_are_packed_anew(stripe, ring, sales):
    one, other = cast.variant(ring, on_hand=2), cast.variant(ring, sku="AJ-OTHER", on_hand=1)
    order = paid(stripe, ready_made(one), ready_made(other))
    first = order.parcels.get()
    line = order.lines.get(sku=other.sku)
    call_off(order, sales, lines=[line])
    first.refresh_from_db()
    assert first.cancelled_at
    second = order.parcels.get(cancelled_at=None)
    assert [row.sku for row in second.lines()] == [one.sku]
    assert Stock.objects.get(variant=other).on_hand == 1
    assert Stock.objects.get(variant=one).on_hand == 1
    assert stripe.balance()["gbp"] == order.gross_minor - line.gross_minor
    nothing_disagrees()


def test_the_last_line_called_off_is_the_order_called_off_and_delivery_goes_back_too(stripe, ring, sales):
    one, other = cast.variant(ring, on_hand=1), cast.variant(ring, sku="AJ-OTHER", on_hand=1)
    order = paid(stripe, ready_made(one), ready_made(other))
    for line in order.lines.all():
        call_off(order, sales, lines=[line])
    assert (order.state, order.money) == ("cancelled", "refunded")
    assert stripe.balance()["gbp"] == owed_by_customers() == 0
    assert CreditPart.objects.filter(line=None).count() == 1
    nothing_disagrees()


def test_a_line_is_called_off_once(stripe, variant, ring, sales):
    order = paid(stripe, ready_made(variant), made_to_order(ring))
    line = order.lines.get(purpose="stock")
    call_off(order, sales, lines=[line])
    with pytest.raises(actions.CannotCallOff, match="before"):
        actions.cancel_order(order=order, by=sales, reason="again", lines=[line])
    assert Credit.objects.count() == 1


def test_the_balance_is_asked_for_less_and_its_open_page_is_closed(stripe, ring, sales, monkeypatch):
    order = paid(stripe, made_to_order(ring), made_to_order(ring, net=200_000))
    page = ask(order, kind="balance")
    at(monkeypatch, Far.BEGUN)
    line = order.lines.get(net_minor=200_000)
    call_off(order, sales, lines=[line])
    page.refresh_from_db()
    assert page.state == "expired"
    again = ask(order, kind="balance")
    assert again.amount_minor == order.dues.get(kind="balance").owed_minor < page.amount_minor
    stripe.pay(again)
    settle(again)
    order.refresh_from_db()
    assert order.money == "paid"
    last = Invoice.objects.order_by("serial").last()
    assert last.gross_minor == again.amount_minor
    nothing_disagrees()


def test_money_that_comes_for_a_balance_that_is_owed_no_more_goes_back(stripe, variant, ring, sales, monkeypatch):
    order = paid(stripe, ready_made(variant), made_to_order(ring))
    page = ask(order, kind="balance")
    stripe.pay(page)
    at(monkeypatch, Far.BEGUN)
    actions.cancel_order(order=order, by=sales, reason="no", lines=[order.lines.get(purpose="custom")])
    before = order.dues.get(kind="deposit").owed_minor
    settle(page)
    drain()
    assert stripe.balance()["gbp"] == before
    nothing_disagrees()


def made(order, workshop):
    """The workshop says that the piece is made."""
    work = WorkOrder.objects.get(line__order=order)
    working.note_made(reference=work.reference, made=MADE, now=timezone.now())
    drain()
    return work


@pytest.fixture
def books(monkeypatch):
    """What the workshop was asked to lay aside and to melt."""
    asked = {"aside": [], "melted": [], "parts": []}
    monkeypatch.setattr(intake, "lay_aside", lambda *, reference: asked["aside"].append(reference))
    monkeypatch.setattr(intake, "melt_made", lambda *, reference, by: asked["melted"].append(reference))
    monkeypatch.setattr(intake, "melt_part", lambda **said: asked["parts"].append((said["pieces"], said["gross_mg"])))
    return asked


def test_a_made_piece_with_words_on_it_can_only_be_melted(stripe, ring, sales, workshop, books):
    order = paid(stripe, made_to_order(ring))
    work = made(order, workshop)
    offer = look(order)
    assert offer.lines[0].kept_minor > 0
    call_off(order, sales, agreed=offer.agreed)
    left = LeftPiece.objects.get()
    assert books["aside"] == [work.reference]
    assert not workshop.cancelled
    with pytest.raises(Exception, match="words"):
        actions.shelve(left=left, price_minor=100_00, by=sales)
    actions.melt(left=left, by=sales)
    assert books["melted"] == [work.reference]
    left.refresh_from_db()
    assert left.state == LeftState.MELTED
    assert order.parcels.get().cancelled_at
    nothing_disagrees()


def test_a_made_piece_without_words_goes_into_the_tray_under_a_number_of_its_own(stripe, ring, sales, workshop, books):
    order = paid(stripe, made_to_order(ring))
    order.lines.update(engraving="")
    made(order, workshop)
    call_off(order, sales)
    left = actions.shelve(left=LeftPiece.objects.get(), price_minor=1_500_00, by=sales)
    variant = Variant.objects.get(sku=left.sku)
    assert (variant.metal_mg, variant.marks, variant.price_minor) == (7000, "950", 1_500_00)
    assert Stock.objects.get(variant=variant).on_hand == 1
    assert variant.piece == ring


def test_in_the_tray_it_still_says_where_its_stones_grew(stripe, ring, sales, workshop, books):
    """Two laboratory-grown diamonds of 0.50 ct are 1.00 ct in all, and never pass for mined ones."""
    order = paid(stripe, made_to_order(ring))
    stones = [{"species": "diamond", "cut": "round", "mct": 500, "count": 2, "grown": "lab", "width_um": 5100}]
    order.lines.update(engraving="", stones=stones)
    made(order, workshop)
    call_off(order, sales)
    left = actions.shelve(left=LeftPiece.objects.get(), price_minor=1_500_00, by=sales)
    variant = Variant.objects.get(sku=left.sku)
    assert stones_of(variant) == "2 × diamond, laboratory-grown, 1.00\xa0ct in all"


@pytest.fixture
def two_that_came_apart(stripe, ring, workshop, books):
    """Two pieces of one ticket, of which nobody waits for the one nor for the other."""
    order = paid(stripe, made_to_order(ring))
    order.lines.update(engraving="", quantity=2)
    work = made(order, workshop)
    line, site = order.lines.get(), Site.objects.order_by("pk")[0]
    told = {"site": site, "work": work, "quantity": 1, "why": "came back", "now": timezone.now()}
    return [lambda key=key: actions.leave(line, key=key, **told) for key in ("first", "second")]


def test_two_parts_of_what_one_ticket_made_are_melted_together_once_both_lie_here(two_that_came_apart, sales, books):
    first, second = two_that_came_apart
    with pytest.raises(actions.CannotDecide, match="weigh the metal"):
        actions.melt(left=first(), by=sales)
    assert first().state == LeftState.LYING
    second()
    actions.melt(left=first(), by=sales)
    assert {first().state, second().state} == {LeftState.MELTED}
    assert len(books["melted"]) == 1
    with pytest.raises(WrongTurn):
        actions.melt(left=second(), by=sales)


def test_a_part_of_what_one_ticket_made_is_melted_by_its_weight_whatever_became_of_the_other(
    two_that_came_apart, sales, books
):
    first, second = two_that_came_apart
    actions.shelve(left=first(), price_minor=1_500_00, by=sales)
    assert actions.to_weigh([second()]) == {second().pk}
    actions.melt(left=second(), by=sales, weighed_mg=3_200)
    assert (books["parts"], books["melted"]) == ([(1, 3_200)], [])


def test_two_that_lie_together_need_not_be_weighed(two_that_came_apart):
    first, second = two_that_came_apart
    assert actions.to_weigh([first(), second()]) == set()


def test_two_parts_of_what_one_ticket_made_lie_in_the_tray_under_one_number(two_that_came_apart, sales):
    first, second = [actions.shelve(left=left(), price_minor=1_500_00, by=sales) for left in two_that_came_apart]
    assert first.sku == second.sku
    assert Stock.objects.get(variant__sku=first.sku).on_hand == 2


def test_what_is_finished_is_ended_for_the_tray(stripe, ring, sales, workshop, monkeypatch, books):
    order = paid(stripe, made_to_order(ring))
    order.lines.update(engraving="")
    at(monkeypatch, Far.FINISHED)
    call_off(order, sales)
    assert not workshop.cancelled
    assert not LeftPiece.objects.exists()
    letters = Letter.objects.count()
    made(order, workshop)
    assert LeftPiece.objects.get().why == "called off"
    assert Letter.objects.count() == letters
    assert not order.parcels.exists()
    nothing_disagrees()


def test_two_at_once_make_one_credit(stripe, variant, sales):
    order = paid(stripe, ready_made(variant))
    stale = Order.objects.get(pk=order.pk)
    call_off(order, sales)
    with pytest.raises(actions.CannotCallOff):
        actions.cancel_order(order=stale, by=sales, reason="again")
    assert Refund.objects.count() == 1


def test_an_unpaid_order_is_called_off_without_a_credit(variant, sales):
    order = place(ready_made(variant))
    call_off(order, sales)
    assert order.state == "cancelled"
    assert Stock.objects.get(variant=variant).available == 2
    assert not Credit.objects.exists()


def test_the_workshops_refusal_is_the_offices_and_nothing_is_half_done(stripe, ring, sales, monkeypatch):
    """The piece passed its inspection between the look and the yes."""
    order = paid(stripe, made_to_order(ring))
    at(monkeypatch, Far.CAST)
    with (
        patch.object(intake, "cancel_ticket", side_effect=intake.CannotStop("It has passed its inspection.")),
        pytest.raises(actions.CannotCallOff, match="passed"),
    ):
        actions.cancel_order(order=order, by=sales, reason="no")
    order.refresh_from_db()
    assert order.state == "confirmed"
    assert WorkOrder.objects.get().state == "opened"
