"""Money that moves again after we thought it had come to rest."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.outbox.actions import drain
from foundation.outbox.models import Work
from foundation.ui.templatetags.ui import money
from store.orders import actions
from store.payments import actions as payments
from store.payments import stripe_door
from store.payments.models import Attempt, Finding, MoneyEntry, Payment, Refund, StripeEvent
from tests.store.ordering import ask, place, ready_made, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(stripe, variant):
    order = place(ready_made(variant))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    return Payment.objects.get()


def seen(status, refund):
    return stripe_door.RefundSeen(stripe_id="re_1", status=status, amount_minor=refund.amount_minor)


def owed_to_customers():
    entries = MoneyEntry.objects.all()
    taken = sum(e.amount_minor for e in entries if e.credit == "customers")
    return taken - sum(e.amount_minor for e in entries if e.debit == "customers")


def test_a_refund_that_fails_after_it_was_done_is_taken_back_in_the_books_and_a_person_is_asked(paid, monkeypatch):
    before = owed_to_customers()
    refund = payments.refund(payment=paid, amount_minor=1_000, reason="A scratch.", key="scratch", by=None)
    drain()
    refund.refresh_from_db()
    assert refund.state == "done"
    for _ in range(3):  # told three times
        payments.refunds.note_refund(refund, seen("failed", refund))
    refund.refresh_from_db()
    assert refund.state == "failed"
    assert owed_to_customers() == before
    assert paid.refundable_minor() == paid.amount_minor
    assert Finding.objects.filter(text__contains="did not reach the buyer").count() == 1


def test_a_refund_that_fails_at_once_is_asked_about_too(paid, monkeypatch):
    def declined(**_):
        raise stripe_door.Declined("the card is gone")

    monkeypatch.setattr(stripe_door, "refund", declined)
    payments.refund(payment=paid, amount_minor=1_000, reason="A scratch.", key="scratch", by=None)
    drain()
    assert Refund.objects.get().state == "failed"
    assert Finding.objects.filter(text__contains="did not reach the buyer").count() == 1


def test_pay_pressed_while_the_payment_is_on_its_way_to_the_order_opens_no_second_page(stripe, variant, client):
    order = place(ready_made(variant))
    attempt = ask(order)
    stripe.pay(attempt)
    payments.look_again(attempt, now=timezone.now())  # paid; the order has not been told yet
    again = actions.ask_for_payment(order=order, due=order.dues.get(), now=timezone.now())
    assert again == attempt
    assert Attempt.objects.count() == 1
    assert (
        client.get(f"/payments/go/{again.reference}/")["Location"].split("?")[0].endswith(f"/paid/{again.reference}/")
    )


def test_once_it_was_sent_back_it_can_be_paid_again(stripe, paid):
    payments.refund(payment=paid, amount_minor=paid.amount_minor, reason="A mistake.", key="all", by=None)
    wanted = payments.Ask(
        due=paid.due, seller=paid.seller, amount_minor=paid.amount_minor, currency="GBP", what="Again", email="m@example.com",
        language="en", success_url="https://x/{attempt}", cancel_url="https://x/{attempt}",
    )  # fmt: skip
    assert payments.ask(wanted, now=timezone.now()) != paid.attempt


def test_a_page_that_does_not_fit_is_not_opened(stripe, variant, monkeypatch):
    order = place(ready_made(variant))
    attempt = actions.ask_for_payment(order=order, due=order.dues.get(), now=timezone.now())
    honest = stripe_door.open_page

    def dearer(wanted, *, key):
        page = honest(wanted, key=key)
        return type(page)(**{**vars(page), "amount_minor": page.amount_minor + 1})

    monkeypatch.setattr(stripe_door, "open_page", dearer)
    assert payments.open_page(attempt) == ""
    assert Finding.objects.filter(text__contains="does not fit").count() == 1


def test_an_overdue_page_is_asked_about_once_an_hour_however_often_the_sweep_runs(stripe, variant):
    ask(place(ready_made(variant)))
    later = (timezone.now() + timedelta(hours=2)).replace(minute=5)
    for minute in range(0, 50, 5):
        payments.find_missed(now=later + timedelta(minutes=minute))
    assert Work.objects.filter(kind="payments.look_again").count() == 1


def test_every_missed_event_is_found_however_many_pages_they_fill(stripe, variant):
    for _ in range(130):
        stripe.server.news.tell("payment_intent.created", {"object": "payment_intent", "id": "pi_x", "metadata": {}})
    for event in stripe.books.all("event") if hasattr(stripe.books, "all") else []:
        event["pending_webhooks"] = 1
    found = stripe_door.undelivered(since=timezone.now() - timedelta(days=1))
    assert len({one.event_id for one in found}) >= 130


def test_the_sweep_keeps_each_missed_event_once(stripe, variant):
    order = place(ready_made(variant))
    stripe.pay(ask(order))
    payments.find_missed(now=timezone.now())
    kept = StripeEvent.objects.count()
    payments.find_missed(now=timezone.now())
    assert StripeEvent.objects.count() == kept


@pytest.mark.parametrize("language", ["th"])
def test_why_money_goes_back_is_worded_for_the_buyer_not_for_the_worker(stripe, variant, language):
    order = place(ready_made(variant), language=language)
    attempt = ask(order)
    stripe.pay(attempt)
    Attempt.objects.filter(pk=attempt.pk).update(state="open")
    attempt.refresh_from_db()
    attempt.move("expired", by=None)
    settle(attempt)
    payments.settle(attempt, stripe_door.look_at(attempt.session_id), now=timezone.now())
    reason = Refund.objects.get().reason
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in reason), reason


def test_a_refusal_says_the_amount_as_people_write_it(paid):
    with pytest.raises(payments.TooMuch) as refusal:
        payments.refund(payment=paid, amount_minor=paid.amount_minor + 1, reason="", key="r", by=None)
    assert str(refusal.value) == f"{money(paid.amount_minor, 'GBP')} of this payment is left to send back."
