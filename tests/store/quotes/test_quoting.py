"""A quote stands at its prices until its day, becomes one order however often it is approved, and is followed by it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.flow import WrongTurn
from foundation.mail.models import Letter
from foundation.outbox.actions import drain
from store.catalogue.actions import OutOfStock, hold_stock
from store.catalogue.models import Hold, Stock
from store.orders import actions as orders
from store.orders.drafts import DraftStone
from store.orders.models import Order
from store.payments import actions as payments
from store.quotes import actions
from store.quotes.flow import QuoteState
from store.quotes.frozen import freeze, thaw
from store.quotes.models import PriceChange, Quote
from store.quotes.offering import CannotOffer
from store.quotes.page import show, stones_in_words, ways_to_share


def pay_by_transfer(order, sales):
    due = order.dues.earliest("pk")
    orders.record_for_order(
        order=order, due=due, method="transfer", amount_minor=due.amount_minor, note="slip", at=timezone.now(), by=sales
    )
    drain()


def test_the_link_is_kept_as_a_hash_alone_and_finds_its_quote(talk, ring):
    quote = talk.shared(talk.offered(ring))
    token = actions.token_of(quote)
    assert len(token) >= 22
    assert token not in str(Quote.objects.values().get())
    assert actions.find_by_token(token) == quote
    assert actions.find_by_token(token[::-1]) is None


def test_a_line_comes_back_from_its_column_as_it_went_in(talk, ring, variant):
    for offered in (talk.offered(ring, wish="lower"), talk.ready(variant), talk.bespoke()):
        assert thaw(freeze(offered.line)) == offered.line


def test_prices_stand_though_the_metal_moves(talk, ring):
    quote = talk.shared(talk.offered(ring))
    before = show(quote, now=timezone.now()).sums.total_minor
    talk.brand.making_rate_minor_per_hour *= 2
    talk.brand.save()
    assert talk.price_today(ring) > quote.lines.get().gross_minor
    quote.delivery.price_minor = 9_900
    quote.delivery.save()
    order = talk.approve(quote)
    assert order.gross_minor == before
    assert (
        order.lines.get().metal_minor + order.lines.get().stones_minor + order.lines.get().making_minor
        == order.lines.get().net_minor
    )


def test_what_is_made_is_paid_by_the_agreed_deposit(talk, ring):
    order = talk.approve(talk.shared(talk.offered(ring), deposit_percent=30))
    deposit, balance = order.dues.order_by("pk")
    made, delivery = order.lines.get().gross_minor, 1_200
    assert deposit.amount_minor == (made * 30 + 50) // 100 + delivery
    assert deposit.amount_minor + balance.amount_minor == order.gross_minor


def test_without_a_deposit_all_of_it_is_one_due(talk, ring):
    order = talk.approve(talk.shared(talk.offered(ring), deposit_percent=100))
    assert [due.kind for due in order.dues.all()] == ["full"]


def test_a_bespoke_piece_is_sold_for_the_price_that_was_agreed_and_made(talk, workshop, sales):
    quote = talk.shared(talk.bespoke(250_001))
    order = talk.approve(quote)
    line = order.lines.get()
    assert line.gross_minor == 250_001
    assert line.net_minor + line.tax_minor == 250_001
    assert line.tax_minor == 41_667
    assert line.consent_non_returnable_at
    pay_by_transfer(order, sales)
    assert [(asked.piece_name, asked.family, asked.wish) for asked in workshop] == [
        ("A brooch for her mother", "", "A wren on a twig")
    ]
    quote.refresh_from_db()
    assert quote.state == QuoteState.PAID


def test_bespoke_needs_the_buyers_consent(talk):
    quote = talk.shared(talk.bespoke())
    with pytest.raises(actions.CannotApprove, match="cannot be sent back"):
        talk.approve(quote, consented=False)
    assert not Order.objects.exists()


def test_what_lies_in_the_tray_is_kept_for_the_quote_until_it_runs_out(talk, variant):
    quote = talk.shared(talk.ready(variant))
    with pytest.raises(OutOfStock):
        hold_stock(item=variant, quantity=1, key=quote.reference, until=timezone.now() + timedelta(hours=1))
    talk.run_out(quote)
    assert actions.expire_overdue(now=timezone.now()) == 1
    assert Stock.objects.of(variant).get().held == 0
    quote.refresh_from_db()
    assert quote.state == QuoteState.EXPIRED


def test_a_single_stone_is_kept_too(talk, ring):
    talk.shared(talk.offered(ring))
    with pytest.raises(CannotOffer, match="basket or sold"):
        talk.offered(ring, asked={"stone": str(ring.stones.first().pk)})


def test_what_somebody_else_has_by_now_cannot_be_shared(talk, variant):
    quote = talk.draft(talk.ready(variant))
    talk.shared(talk.ready(variant))
    with pytest.raises(actions.CannotShare, match="sold, or kept"):
        actions.share(quote=quote, by=talk.sales)
    quote.refresh_from_db()
    assert quote.state == QuoteState.DRAFTED


def test_approved_twice_it_is_one_order(talk, variant):
    quote = talk.shared(talk.ready(variant))
    answer = talk.answer(quote)
    first = actions.approve(quote=quote, answer=answer, now=timezone.now())
    second = actions.approve(quote=Quote.objects.get(), answer=answer, now=timezone.now())
    assert first == second
    assert Order.objects.count() == 1
    assert first.channel == "conversation"


@pytest.mark.parametrize("state", ["drafted", "withdrawn", "run out"])
def test_only_a_shared_quote_that_stands_is_approved(talk, variant, state):
    quote = talk.draft(talk.ready(variant))
    answer = talk.answer(quote)
    if state != "drafted":
        actions.share(quote=quote, by=talk.sales)
    if state == "withdrawn":
        actions.withdraw(quote=quote, reason="sold at the counter", by=talk.sales)
    if state == "run out":
        talk.run_out(quote)
    with pytest.raises(actions.CannotApprove):
        actions.approve(quote=quote, answer=answer, now=timezone.now())
    assert not Order.objects.exists()


def test_another_price_needs_a_reason_and_is_written_down(talk, ring):
    offered = talk.offered(ring)
    with pytest.raises(CannotOffer, match="reason"):
        talk.cheaper(offered, 100_000, reason=" ")
    quote = talk.shared(talk.cheaper(offered, offered.line.gross_minor - 10_000))
    line = quote.lines.get()
    with pytest.raises(actions.CannotChange, match="reason"):
        actions.change_price(line=line, gross_minor=90_000, reason="", by=talk.sales)
    actions.change_price(line=line, gross_minor=90_000, reason="a second thought", by=talk.sales)
    told = [(change.old_minor, change.new_minor, change.reason, change.by) for change in PriceChange.objects.all()]
    listed = offered.line.gross_minor
    assert told == [
        (listed, listed - 10_000, "an old friend", talk.sales), (listed - 10_000, 90_000, "a second thought", talk.sales)
    ]  # fmt: skip


def test_a_change_falls_on_making_and_never_below_nothing(talk, ring):
    line = talk.offered(ring).line
    less = talk.cheaper(talk.offered(ring), line.gross_minor - 6_000).line
    assert (less.metal_minor, less.stones_minor) == (line.metal_minor, line.stones_minor)
    assert less.making_minor < line.making_minor
    lost = talk.cheaper(talk.offered(ring), 10_000).line
    assert (lost.metal_minor, lost.stones_minor, lost.making_minor, lost.fixing) == (0, 0, 0, None)


def test_a_price_that_changed_since_it_was_seen_is_not_approved_unseen(talk, ring):
    quote = talk.shared(talk.offered(ring))
    answer = talk.answer(quote)
    actions.change_price(line=quote.lines.get(), gross_minor=900_000, reason="a larger stone", by=talk.sales)
    with pytest.raises(actions.CannotApprove, match="price has changed"):
        actions.approve(quote=quote, answer=answer, now=timezone.now())


def test_a_day_that_moved_back_since_it_was_seen_is_not_approved_unseen(talk, ring):
    quote = talk.shared(talk.offered(ring))
    with pytest.raises(actions.CannotApprove, match="later"):
        talk.approve(quote, promised_on=timezone.localdate())


def test_it_is_for_one_country_alone(talk, ring):
    quote = talk.shared(talk.offered(ring))
    answer = talk.answer(quote)
    with pytest.raises(actions.CannotApprove, match="another country"):
        talk.approve(quote, address=replace(answer.address, country="DE"))


def test_sent_out_of_the_country_it_comes_to_the_price_before_vat(talk, variant):
    quote = talk.shared(talk.ready(variant), country="US")
    page = show(quote, now=timezone.now())
    assert page.sums.total_minor == 100_000 + 1_000
    assert page.lines[0].gross_minor == 100_000
    assert all(part["part"] != "tax" for part in page.lines[0].parts)


def test_run_out_it_is_asked_for_again_once_and_renewed_at_its_prices(talk, ring):
    quote = talk.shared(talk.offered(ring))
    total = show(quote, now=timezone.now()).sums.total_minor
    actions.ask_again(quote=quote, now=timezone.now())
    assert not Letter.objects.filter(template="quotes/mail/asked_again").exists()
    talk.run_out(quote)
    actions.expire_overdue(now=timezone.now())
    for _ in range(2):
        actions.ask_again(quote=Quote.objects.get(), now=timezone.now())
    assert Letter.objects.filter(template="quotes/mail/asked_again").count() == 1
    token = actions.token_of(quote)
    actions.renew(quote=Quote.objects.get(), valid_until_at=timezone.now() + timedelta(days=7), by=talk.sales)
    found = actions.find_by_token(token)
    assert (found.state, found.asked_again_at) == (QuoteState.SHARED, None)
    assert talk.approve(found).gross_minor == total


def test_not_paid_in_time_the_quote_runs_out_with_its_order_and_can_be_renewed(talk, variant):
    quote = talk.shared(talk.ready(variant))
    order = talk.approve(quote)
    Order.objects.filter(pk=order.pk).update(pay_by_at=timezone.now() - timedelta(hours=3))
    orders.expire_unpaid(now=timezone.now())
    drain()
    quote.refresh_from_db()
    assert quote.state == QuoteState.EXPIRED
    actions.renew(quote=quote, valid_until_at=timezone.now() + timedelta(days=7), by=talk.sales)
    second = talk.approve(Quote.objects.select_related("brand__seller", "delivery").get())
    assert second != order
    pay_by_transfer(second, talk.sales)
    assert Quote.objects.get().state == QuoteState.PAID
    assert Stock.objects.of(variant).get().on_hand == 0


def test_money_that_comes_late_for_the_first_of_two_orders_goes_back(talk, variant):
    quote = talk.shared(talk.ready(variant))
    order = talk.approve(quote)
    due = order.dues.get()
    Order.objects.filter(pk=order.pk).update(pay_by_at=timezone.now() - timedelta(hours=3))
    orders.expire_unpaid(now=timezone.now())
    drain()
    actions.renew(quote=Quote.objects.get(), valid_until_at=timezone.now() + timedelta(days=7), by=talk.sales)
    second = talk.approve(Quote.objects.select_related("brand__seller", "delivery").get())
    pay_by_transfer(second, talk.sales)
    late = payments.record_payment(
        due=due.reference, seller=order.seller, method="transfer", amount_minor=due.amount_minor, currency="GBP", note="",
        at=timezone.now(), by=talk.sales,
    )  # fmt: skip
    drain()
    assert late.refundable_minor() == 0
    quote.refresh_from_db()
    assert (quote.order, quote.state) == (second, QuoteState.PAID)


def test_withdrawn_it_calls_off_the_order_that_nobody_has_paid(talk, variant):
    quote = talk.shared(talk.ready(variant))
    order = talk.approve(quote)
    quote.refresh_from_db()
    actions.withdraw(quote=quote, reason="she changed her mind", by=talk.sales)
    drain()
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert Stock.objects.of(variant).get().held == 0
    assert Quote.objects.get().state == QuoteState.WITHDRAWN


def test_a_paid_quote_is_not_withdrawn(talk, variant):
    quote = talk.shared(talk.ready(variant))
    order = talk.approve(quote)
    due = order.dues.earliest("pk")
    orders.record_for_order(
        order=order, due=due, method="cash", amount_minor=due.amount_minor, note="", at=timezone.now(), by=talk.sales
    )
    drain()
    quote.refresh_from_db()
    with pytest.raises(WrongTurn):
        actions.withdraw(quote=quote, reason="no", by=talk.sales)
    assert Hold.objects.get().state == "taken"


def test_a_draft_takes_more_lines_a_shared_quote_none(talk, ring, variant):
    quote = talk.draft(talk.offered(ring))
    actions.add_line(quote=quote, offered=talk.ready(variant), by=talk.sales)
    actions.share(quote=quote, by=talk.sales)
    with pytest.raises(actions.CannotChange, match="stands"):
        actions.add_line(quote=quote, offered=talk.bespoke(), by=talk.sales)
    order = talk.approve(quote)
    assert order.lines.count() == 2


def test_either_an_address_or_a_number_is_enough_but_one_is_needed(talk, ring):
    with pytest.raises(actions.CannotChange, match="one of them is enough"):
        talk.draft(talk.offered(ring), email="", phone="")


def test_the_links_to_hand_it_over_are_plain_and_carry_words_and_address(talk, ring):
    quote = talk.shared(talk.offered(ring), email="mara@example.com")
    whatsapp, line, mail = (way["href"] for way in ways_to_share(quote))
    assert whatsapp.startswith("https://wa.me/66812345678?text=Mara%20Vogel")
    assert line.startswith("https://line.me/R/msg/text/?Mara%20Vogel")
    assert mail.startswith("mailto:mara%40example.com?subject=")
    assert all(actions.token_of(quote) in way for way in (whatsapp, line, mail))
    there = talk.draft(talk.bespoke(), phone="081 234 5678")
    assert ways_to_share(actions.share(quote=there, by=talk.sales))[0]["href"].startswith("https://wa.me/?text=")


def test_the_price_taken_apart_never_lets_a_grown_stone_pass_for_a_mined_one():
    stones = (
        DraftStone(species="diamond", cut="round", length_um=6500, width_um=6500, mct=1050, count=1, grown="lab"),
        DraftStone(species="pearl", cut="pearl", length_um=7500, width_um=7500, mct=2980, count=2, grown="cultured"),
    )
    assert stones_in_words(stones) == "Diamond, laboratory-grown 1.05\xa0ct, Cultured pearl 7.5\xa0mm"
