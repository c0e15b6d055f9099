"""A payment applies once, whoever tells of it first and however often; and only for what we asked."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from foundation.flow import WrongTurn
from foundation.mail.models import Letter
from foundation.outbox.actions import drain
from foundation.outbox.models import Work
from store.catalogue.actions import expire_holds
from store.catalogue.models import Hold, Stock, StockMovement
from store.orders import actions
from store.orders.models import Order, WorkOrder
from store.payments import actions as payments
from store.payments import stripe_door
from store.payments.models import Finding, Invoice, MoneyEntry, Payment, Refund, StripeEvent
from tests.store import cast, ordering
from tests.store.ordering import ask, made_to_order, place, ready_made, settle

PAID = ("checkout.session.completed", "payment_intent.succeeded", "charge.succeeded")


def books_balance():
    """What came less what went back, by our ledger: what lies with Stripe, and what the accounts sum to."""
    at_stripe = sum(e.amount_minor for e in MoneyEntry.objects.filter(debit="card"))
    at_stripe -= sum(e.amount_minor for e in MoneyEntry.objects.filter(credit="card"))
    return at_stripe


def test_paid_and_back_in_the_browser_the_order_is_confirmed_and_stock_goes_once(stripe, variant):
    order = place(ready_made(variant))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    order.refresh_from_db()
    assert (order.state, order.money) == ("confirmed", "paid")
    assert Stock.objects.get(variant=variant).on_hand == 1
    assert books_balance() == order.gross_minor == stripe.balance()["gbp"]


@pytest.mark.parametrize(("made", "says"), [(True, True), (False, False)])
def test_the_letter_about_a_deposit_says_that_it_is_one(stripe, variant, ring, made, says):
    order = place(made_to_order(ring) if made else ready_made(variant))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    drain()
    letter = Letter.objects.get(template="orders/mail/received")
    assert ("This is the deposit. The rest is asked for once it is made and packed." in letter.text) == says


def test_the_webhook_alone_is_enough(stripe, variant):
    order = place(ready_made(variant))
    stripe.pay(ask(order))
    for event in stripe.events(*PAID):
        assert stripe.deliver(event) == 200
    drain()
    order.refresh_from_db()
    assert order.state == "confirmed"


def test_the_webhook_may_come_before_we_know_the_page(stripe, variant):
    order = place(ready_made(variant))
    attempt = ask(order)
    stripe.pay(attempt)
    type(attempt).objects.filter(pk=attempt.pk).update(session_id=None, url="", intent_id="")
    stripe.deliver(stripe.events("checkout.session.completed")[0])
    drain()
    order.refresh_from_db()
    assert order.state == "confirmed"


@pytest.mark.parametrize("seed", range(4))
def test_three_events_delivered_five_times_each_in_any_order_apply_once(stripe, variant, ring, seed):
    order = place(ready_made(variant), made_to_order(ring))
    attempt = ask(order)
    stripe.pay(attempt)
    deliveries = [event for event in stripe.events(*PAID) for _ in range(5)]
    random.Random(seed).shuffle(deliveries)
    for number, event in enumerate(deliveries):
        assert stripe.deliver(event) == 200
        if number % 3 == seed % 3:
            drain()
    settle(attempt)
    order.refresh_from_db()
    assert (order.state, order.money) == ("confirmed", "part")
    assert Payment.objects.count() == Invoice.objects.count() == WorkOrder.objects.count() == 1
    assert StripeEvent.objects.count() == 3
    assert StockMovement.objects.filter(kind="sold").count() == 1
    assert Letter.objects.filter(template="orders/mail/received").count() == 1
    assert books_balance() == stripe.balance()["gbp"]


def test_events_and_browser_at_the_same_moment_apply_once(stripe, transactional_db):
    ordering.house_of(cast)
    ring = cast.ring()
    order = place(made_to_order(ring))
    attempt = ask(order)
    stripe.pay(attempt)
    events = stripe.events(*PAID)
    for event in events:
        stripe.deliver(event)

    def one(number):
        try:
            if number % 2:
                payments.look_again(type(attempt).objects.get(pk=attempt.pk), now=timezone.now())
            for event in StripeEvent.objects.all():
                payments.read_event(event)
            drain(rounds=3)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(16)))
    Work.objects.filter(done_at=None).update(next_at=timezone.now())
    drain()
    assert Payment.objects.count() == 1
    assert WorkOrder.objects.get().state == "opened"
    assert Order.objects.get().state == "confirmed"
    assert Work.objects.filter(dead_at__isnull=False).count() == 0


def test_a_paid_commission_opens_one_ticket_however_often_stripe_calls(stripe, ring):
    order = place(made_to_order(ring))
    attempt = ask(order)
    stripe.pay(attempt)
    with patch("production.intake.open_ticket", return_value="T-1") as open_ticket:
        for _ in range(5):
            for event in stripe.events():
                stripe.deliver(event)
            settle(attempt)
    assert open_ticket.call_count == 1
    wanted = open_ticket.call_args.args[0]
    assert (wanted.engraving, wanted.customer, wanted.alloy, wanted.needs_approval) == (
        "toujours",
        "Mara V.",
        "PT950Ru",
        True,
    )
    assert WorkOrder.objects.get().ticket_number == "T-1"


def test_no_ticket_opens_before_the_deposit_is_settled(stripe, ring):
    order = place(made_to_order(ring))
    ask(order)
    drain()
    assert WorkOrder.objects.count() == 0


def test_asking_twice_leads_to_one_page(stripe, variant):
    order = place(ready_made(variant))
    first, second = ask(order), ask(order)
    assert first.pk == second.pk
    assert first.url == second.url
    assert len([t for t in stripe.books.things.values() if t["object"] == "checkout.session"]) == 1


def test_a_lost_answer_gives_the_same_page_again(stripe, variant):
    order = place(ready_made(variant))
    attempt = actions.ask_for_payment(order=order, due=order.dues.get(), now=timezone.now())
    stripe_door.open_page(payments.attempts._page(attempt), key=str(attempt.idempotency_key))  # the reply is lost
    payments.open_page(attempt)
    assert len([t for t in stripe.books.things.values() if t["object"] == "checkout.session"]) == 1


def test_where_stripe_is_away_nothing_is_charged_and_it_can_be_tried_again(stripe, variant, settings):
    order = place(ready_made(variant))
    attempt = actions.ask_for_payment(order=order, due=order.dues.get(), now=timezone.now())
    base, settings.STRIPE_API_BASE = settings.STRIPE_API_BASE, "http://127.0.0.1:9"
    with pytest.raises(payments.PaymentPageAway, match="Nothing was charged"):
        payments.open_page(attempt)
    settings.STRIPE_API_BASE = base
    assert payments.open_page(attempt).startswith(base)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount_total", 1),
        ("currency", "thb"),
        ("livemode", True),
        ("client_reference_id", "00000000-0000-4000-8000-000000000001"),
    ],
)
def test_a_page_that_is_not_what_we_asked_for_applies_nothing_and_is_found(stripe, variant, field, value):
    order = place(ready_made(variant))
    attempt = ask(order)
    stripe.pay(attempt)
    stripe.books.things[attempt.session_id][field] = value
    settle(attempt)
    order.refresh_from_db()
    assert order.state == "awaiting_payment"
    assert Payment.objects.count() == 0
    assert "does not fit" in Finding.objects.get().text


def test_forged_stale_and_future_stamps_change_nothing(stripe, variant):
    attempt = ask(place(ready_made(variant)))
    stripe.pay(attempt)
    event = stripe.events("checkout.session.completed")[0]
    now = time.time()
    assert stripe.deliver(event, signature="t=1,v1=00") == 400
    assert stripe.deliver(event, signature="") == 400
    assert stripe.deliver(event, signature="nonsense") == 400
    assert stripe.deliver(event, at=now - 301) == 400
    assert stripe.deliver(event, at=now + 330) == 400
    assert stripe.deliver(event, body=b"{}") == 400
    assert stripe.deliver(event, body=b"\xff\xfe") == 400
    stripe.server.news.secret = "whsec_of_somebody_else"
    assert stripe.deliver(event) == 400
    assert StripeEvent.objects.count() == 0


def test_an_event_of_the_other_mode_is_refused(stripe, variant):
    stripe.pay(ask(place(ready_made(variant))))
    event = stripe.events("checkout.session.completed")[0] | {"livemode": True}
    assert stripe.deliver(event) == 400


def test_a_signed_event_about_nothing_of_ours_is_kept_and_found(stripe, house):
    event = {
        "id": "evt_x", "type": "charge.succeeded", "livemode": False, "object": "event", "created": 1,
        "data": {"object": {"object": "charge", "id": "ch_x", "metadata": {"attempt": "not-a-uuid"}}},
    }  # fmt: skip
    assert stripe.deliver(event) == 200
    drain()
    assert Finding.objects.get().due is None


def test_the_word_of_an_event_is_not_believed_the_page_is_fetched_again(stripe, variant):
    order = place(ready_made(variant))
    attempt = ask(order)
    told = stripe.events()
    session = stripe.books.shown(stripe.books.get("checkout.session", attempt.session_id))
    lie = {"id": "evt_lie", "type": "checkout.session.completed", "livemode": False, "object": "event", "created": 1,
           "data": {"object": session | {"payment_status": "paid", "status": "complete"}}}  # fmt: skip
    assert stripe.deliver(lie) == 200
    drain()
    assert told is not None
    assert Payment.objects.count() == 0


def test_events_that_never_reached_us_are_found_by_the_sweep(stripe, variant):
    order = place(ready_made(variant))
    stripe.pay(ask(order))
    for thing in stripe.books.things.values():
        if thing["object"] == "event":
            thing["pending_webhooks"] = 1
    payments.find_missed(now=timezone.now())
    drain()
    order.refresh_from_db()
    assert order.state == "confirmed"


def test_an_abandoned_page_runs_out_and_frees_what_was_held(stripe, variant):
    line = ready_made(variant)
    order = place(line)
    attempt = ask(order)
    later = timezone.now() + timedelta(minutes=60)
    stripe.pass_time(3600)
    payments.look_again(attempt, now=later)
    assert actions.expire_unpaid(now=later) == 1
    order.refresh_from_db()
    attempt.refresh_from_db()
    assert (order.state, attempt.state) == ("expired", "expired")
    assert Hold.objects.get(key=line.reference).state == "released"
    assert Stock.objects.get(variant=variant).held == 0


def test_an_order_whose_page_may_have_been_paid_is_not_let_go_before_stripe_was_asked(stripe, variant):
    order = place(ready_made(variant))
    stripe.pay(ask(order))
    later = timezone.now() + timedelta(minutes=60)
    assert actions.expire_unpaid(now=later) == 0
    payments.find_missed(now=later)
    drain()
    order.refresh_from_db()
    assert order.state == "confirmed"


def test_late_money_takes_stock_again_where_there_is_some(stripe, variant):
    order, attempt = _paid_late(stripe, variant)
    settle(attempt)
    order.refresh_from_db()
    assert order.state == "confirmed"
    assert Stock.objects.get(variant=variant).on_hand == 1


def test_late_money_for_what_is_gone_goes_back_by_itself_and_we_say_so(stripe, ring):
    only = cast.variant(ring, on_hand=1)
    order, attempt = _paid_late(stripe, only)
    ready_made(only)  # somebody else's basket
    settle(attempt)
    order.refresh_from_db()
    assert order.state == "expired"
    assert Refund.objects.get().state == "done"
    assert stripe.balance()["gbp"] == books_balance() == 0
    assert Letter.objects.filter(template="orders/mail/too_late").count() == 1
    assert StockMovement.objects.filter(kind="sold").count() == 0
    assert WorkOrder.objects.count() == 0


def _paid_late(stripe, variant):
    """The page was paid in its last second; we hear of it when the order and its hold have run out."""
    order = place(ready_made(variant))
    attempt = ask(order)
    stripe.pay(attempt)
    later = timezone.now() + timedelta(hours=5)
    expire_holds(now=later)
    with patch("store.orders.actions.calling_off.payments.stop_asking"):
        assert actions.expire_unpaid(now=later) == 1
    return order, attempt


def test_money_for_an_order_that_another_replaced_goes_back(stripe, variant):
    basket, line = uuid4(), ready_made(variant)
    first = place(line, basket=basket)
    attempt = ask(first)
    stripe.pay(attempt)
    second = place(line, basket=basket)
    stripe.pay(ask(second))
    for event in stripe.events(*PAID):
        stripe.deliver(event)
    drain()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("cancelled", "confirmed")
    assert stripe.balance()["gbp"] == second.gross_minor == books_balance()
    assert StockMovement.objects.filter(kind="sold").count() == 1


def test_what_staff_record_counts_like_a_card(stripe, ring):
    sales = ordering.member("sam@ajour.example", "sales")
    order = place(made_to_order(ring), channel="conversation")
    due = order.dues.get(kind="deposit")
    payments_made = actions.record_for_order(
        order=order,
        due=due,
        method="transfer",
        amount_minor=due.amount_minor,
        note="HSBC 0412",
        at=timezone.now(),
        by=sales,
    )
    drain()
    order.refresh_from_db()
    assert order.state == "confirmed"
    assert payments_made.recorded_by == sales
    assert MoneyEntry.objects.get(payment=payments_made).debit == "transfer"


def test_part_of_a_due_waits_for_the_rest_and_too_much_goes_back(stripe, ring):
    sales = ordering.member("sam@ajour.example", "sales")
    order = place(made_to_order(ring))
    due = order.dues.get(kind="deposit")
    record = {"order": order, "due": due, "method": "cash", "note": "", "at": timezone.now(), "by": sales}
    actions.record_for_order(amount_minor=1000, **record)
    drain()
    assert Order.objects.get().state == "awaiting_payment"
    actions.record_for_order(amount_minor=due.amount_minor, **record)
    drain()
    assert Order.objects.get().state == "confirmed"
    assert Refund.objects.get().amount_minor == 1000


def test_no_more_goes_back_than_came_however_many_ask_at_once(stripe, transactional_db):
    ordering.house_of(cast)
    variant = cast.variant(cast.ring(), on_hand=1)
    attempt = ask(place(ready_made(variant)))
    stripe.pay(attempt)
    settle(attempt)
    payment = Payment.objects.get()

    def one(number):
        try:
            payments.refund(
                payment=payment, amount_minor=payment.amount_minor // 3, reason="", key=f"r{number}", by=None
            )
        except payments.TooMuch:
            return 0
        finally:
            connections.close_all()
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(24))) == 3
    drain()
    assert stripe.balance()["gbp"] == books_balance() >= 0


def test_money_rows_are_written_once_and_never_changed(stripe, variant):
    attempt = ask(place(ready_made(variant)))
    stripe.pay(attempt)
    settle(attempt)
    for model in (Payment, MoneyEntry, Invoice):
        row = model.objects.first()
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.filter(pk=row.pk).update(currency="THB")
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()


def test_invoices_are_gapless_and_come_to_the_order_exactly(stripe, variant, ring):
    order = place(ready_made(variant), made_to_order(ring))
    for kind in ("deposit", "balance"):
        attempt = ask(order, kind)
        stripe.pay(attempt)
        settle(attempt)
    invoices = list(Invoice.objects.order_by("serial"))
    assert [invoice.serial for invoice in invoices] == [1, 2]
    assert sum(invoice.gross_minor for invoice in invoices) == order.gross_minor
    assert sum(invoice.tax_minor for invoice in invoices) == order.tax_minor
    assert [i.gross_minor for i in invoices] == [d.amount_minor for d in order.dues.all()]
    assert all(line.gross_minor == line.net_minor + line.tax_minor for i in invoices for line in i.lines.all())


def test_a_number_that_was_rolled_back_is_given_again(stripe, variant, ring):
    first, second = place(ready_made(variant)), place(made_to_order(ring))
    from store.orders.actions.invoicing import invoice_due

    with pytest.raises(RuntimeError), transaction.atomic():
        invoice_due(first.dues.get(), on=timezone.localdate())
        raise RuntimeError
    assert invoice_due(second.dues.get(kind="deposit"), on=timezone.localdate()).serial == 1


def test_an_order_called_off_pays_everything_back_and_stops_the_work(stripe, variant, ring):
    sales = ordering.member("sam@ajour.example", "sales")
    order = place(ready_made(variant), made_to_order(ring))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    actions.cancel_order(order=order, by=sales, reason="The buyer changed her mind.")
    drain()
    order.refresh_from_db()
    assert (order.state, order.money) == ("cancelled", "refunded")
    assert stripe.balance()["gbp"] == books_balance() == 0
    assert Stock.objects.get(variant=variant).on_hand == 2
    assert WorkOrder.objects.get().state == "cancelled"
    notes = Invoice.objects.order_by("serial")
    assert [note.kind for note in notes] == ["invoice", "credit_note"]
    sales_account = sum(e.amount_minor for e in MoneyEntry.objects.filter(credit__in=["sales", "tax"]))
    assert sales_account == sum(e.amount_minor for e in MoneyEntry.objects.filter(debit__in=["sales", "tax"]))


def test_an_order_of_which_a_parcel_has_left_is_not_called_off(stripe, variant):
    sales = ordering.member("sam@ajour.example", "sales")
    order = place(ready_made(variant))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    order.parcels.update(dispatched_at=timezone.now())
    with pytest.raises(actions.CannotCallOff, match="on its way"):
        actions.cancel_order(order=order, by=sales, reason="too slow")
    assert not Refund.objects.exists()
    assert Stock.objects.get(variant=variant).on_hand == 1


def test_what_the_carrier_has_just_taken_is_not_called_off_and_nothing_is_half_done(stripe, variant):
    """The news was still on its way to the order when somebody said yes."""
    sales = ordering.member("sam@ajour.example", "sales")
    order = place(ready_made(variant))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    with (
        patch("packing.intake.cancel_parcel", side_effect=WrongTurn("It has left.")),
        pytest.raises(actions.CannotCallOff, match="has just left"),
    ):
        actions.cancel_order(order=order, by=sales, reason="too slow")
    drain()
    order.refresh_from_db()
    assert order.state == "confirmed"
    assert Stock.objects.get(variant=variant).on_hand == 1
    assert not Refund.objects.exists()
    assert not order.lines.exclude(called_off_at=None).exists()
