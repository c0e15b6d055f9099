"""A company orders on account: what it pays, what is made, what is invoiced, and what is kept apart."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.mail.models import Letter
from foundation.outbox.actions import drain
from store.buyers import actions as buyers
from store.catalogue.models import Stock
from store.orders import actions as orders
from store.orders import questions
from store.orders.actions import AlreadyOrdered, CannotOrder
from store.orders.models import Due, LineChange, ParcelNote, WorkOrder
from store.orders.owing import exposure_minor
from store.payments.models import Invoice, MoneyEntry
from store.trade.offer import terms_of
from store.trade.statement import statement_of
from tests.store import cast, ordering, trading

pytestmark = pytest.mark.django_db


@pytest.fixture
def halden(house):
    cast.fixings()
    return trading.company()


@pytest.fixture
def sizes(house):
    return trading.two_sizes()


def pay(due, minor, method="transfer"):
    orders.record_for_order(
        order=due.order, due=due, method=method, amount_minor=minor, note="seen", at=timezone.now(), by=trading.clerk()
    )
    drain()
    due.refresh_from_db()


def test_all_sizes_of_a_style_count_together_and_each_line_carries_its_net_price(halden, sizes):
    small, medium = sizes
    order = trading.order(halden, {small: 4, medium: 8}, po="PO-1")
    assert order.state == "confirmed"
    assert order.terms_days == 30
    assert {line.net_minor // line.quantity for line in order.lines.all()} == {55_000}  # 1,200 less VAT, less 45 %
    assert order.net_minor == 12 * 55_000 + 1_000  # delivery of 12.00 has 2.00 of VAT in it
    assert order.gross_minor == order.net_minor + order.tax_minor


def test_what_the_tray_lacks_becomes_one_work_order_for_each_size(halden, sizes, workshop):
    small, medium = sizes
    order = trading.order(halden, {small: 6, medium: 3})
    asked = {work.ring_inner_um: work.quantity for work in workshop.opened}
    assert asked == {15_700: 2, 17_200: 3}
    assert {work.channel for work in workshop.opened} == {"trade"}
    assert Stock.objects.get(variant=small).on_hand == 0
    assert order.lines.filter(purpose="stock").get().quantity == 4
    assert all(line.promise_on for line in order.lines.all())


def test_the_tray_leaves_first_and_what_is_made_follows_when_all_of_it_is(halden, sizes):
    small, medium = sizes
    order = trading.order(halden, {small: 6, medium: 3})
    first = ParcelNote.objects.get(order=order)
    assert [line.quantity for line in first.lines()] == [4]
    works = list(WorkOrder.objects.filter(line__order=order))
    trading.make(works[0])
    assert ParcelNote.objects.filter(order=order).count() == 1
    trading.make(works[1])
    second = ParcelNote.objects.get(order=order, shipment=2)
    assert sorted(line.quantity for line in second.lines()) == [2, 3]


def test_staff_may_send_what_is_made_without_waiting(halden, sizes):
    small, medium = sizes
    order = trading.order(halden, {small: 6, medium: 3})
    with pytest.raises(orders.NothingToSend):
        orders.send_what_is_made(order=order, by=trading.clerk())
    trading.make(WorkOrder.objects.filter(line__order=order).first())
    orders.send_what_is_made(order=order, by=trading.clerk())
    assert ParcelNote.objects.filter(order=order).count() == 2


def test_each_shipment_has_an_invoice_of_its_own_and_together_they_are_the_order(halden, sizes):
    small, medium = sizes
    order = trading.order(halden, {small: 6, medium: 3}, po="PO-7")
    assert not order.dues.exists()
    trading.send(order.parcels.get(), arrive=True)
    trading.make_all(order)
    trading.send(order.parcels.get(shipment=2), arrive=True)
    order.refresh_from_db()
    dues = list(Due.objects.filter(order=order))
    assert [due.kind for due in dues] == ["shipment", "shipment"]
    assert sum(due.amount_minor for due in dues) == order.gross_minor
    papers = list(Invoice.objects.order_by("serial"))
    assert [paper.serial for paper in papers] == [1, 2]
    assert sum(paper.gross_minor for paper in papers) == order.gross_minor
    assert {paper.po_number for paper in papers} == {"PO-7"}
    assert papers[0].due_on == papers[0].issued_on + timedelta(days=30)
    assert papers[0].paid_on is None
    assert order.state == "completed"
    assert order.money == "unpaid"
    assert questions.orders_that_do_not_add_up() == []


def test_an_invoice_is_paid_in_two_parts_and_the_statement_follows(halden, sizes):
    small, _medium = sizes
    order = trading.order(halden, {small: 4})
    trading.send(order.parcels.get(), arrive=True)
    due = order.dues.get()
    pay(due, 100_000)
    order.refresh_from_db()
    assert (due.state, order.money) == ("asked", "part")
    assert statement_of(halden, on=timezone.localdate()).owed_minor == due.amount_minor - 100_000
    pay(due, due.amount_minor - 100_000)
    order.refresh_from_db()
    assert (due.state, order.money) == ("paid", "paid")
    found = statement_of(halden, on=timezone.localdate())
    assert found.owed_minor == 0
    assert [entry.amount_minor < 0 for entry in found.entries] == [False, True, True]
    assert exposure_minor(halden) == 0
    assert Letter.objects.filter(template="orders/mail/paid").count() == 1


def test_the_card_is_asked_for_what_is_left_and_no_more(halden, sizes, stripe):
    small, _medium = sizes
    order = trading.order(halden, {small: 4})
    trading.send(order.parcels.get())
    due = order.dues.get()
    pay(due, 100_000)
    attempt = orders.ask_for_payment(order=order, due=due, now=timezone.now())
    assert attempt.amount_minor == due.amount_minor - 100_000


def test_what_came_too_much_is_to_be_sent_back(halden, sizes):
    small, _medium = sizes
    order = trading.order(halden, {small: 4})
    trading.send(order.parcels.get())
    due = order.dues.get()
    pay(due, due.amount_minor + 500)
    assert due.state == "paid"
    assert statement_of(halden, on=timezone.localdate()).owed_minor == 0


def test_over_the_limit_the_order_waits_with_its_stock_held_until_somebody_decides(halden, sizes):
    small, _medium = sizes
    halden.credit_limit_minor = 100_000
    halden.save()
    order = trading.order(halden, {small: 4})
    assert order.state == "review"
    stock = Stock.objects.get(variant=small)
    assert (stock.on_hand, stock.held) == (4, 4)
    assert exposure_minor(halden) == 0
    orders.accept_over_limit(order=order, by=trading.clerk())
    drain()
    order.refresh_from_db()
    assert order.state == "confirmed"
    assert Stock.objects.get(variant=small).on_hand == 0
    assert exposure_minor(halden) == order.gross_minor


def test_a_refused_review_gives_the_stock_back(halden, sizes):
    small, _medium = sizes
    halden.credit_limit_minor = 0
    halden.save()
    order = trading.order(halden, {small: 4})
    orders.cancel_order(order=order, by=trading.clerk(), reason="too much for now")
    stock = Stock.objects.get(variant=small)
    assert (stock.on_hand, stock.held) == (4, 0)


def test_nobody_decides_for_two_weeks_and_the_order_lets_go(halden, sizes):
    small, _medium = sizes
    halden.credit_limit_minor = 0
    halden.save()
    order = trading.order(halden, {small: 4})
    assert orders.expire_unpaid(now=timezone.now() + timedelta(days=15)) == 1
    order.refresh_from_db()
    assert order.state == "expired"
    assert Stock.objects.get(variant=small).held == 0


def test_open_orders_and_unpaid_invoices_count_against_the_limit_once_each(halden, sizes):
    small, medium = sizes
    order = trading.order(halden, {small: 6, medium: 3})
    assert exposure_minor(halden) == order.gross_minor
    trading.send(order.parcels.get())
    assert exposure_minor(halden) == order.gross_minor
    due = order.dues.get()
    pay(due, due.amount_minor)
    assert exposure_minor(halden) == order.gross_minor - due.amount_minor


def test_a_purchase_order_number_is_taken_once_and_free_again_when_its_order_is_off(halden, sizes):
    small, _medium = sizes
    first = trading.order(halden, {small: 1}, po="PO-9")
    with pytest.raises(AlreadyOrdered, match=first.number):
        trading.order(halden, {small: 1}, po="PO-9")
    orders.cancel_order(order=first, by=trading.clerk(), reason="wrong size")
    drain()
    assert trading.order(halden, {small: 1}, po="PO-9").state == "confirmed"


def test_the_same_form_twice_is_one_order(halden, sizes):
    small, _medium = sizes
    reference = uuid4()
    first = trading.order(halden, {small: 1}, reference=reference)
    again = trading.order(halden, {small: 1}, reference=reference)
    assert first.pk == again.pk
    assert Stock.objects.get(variant=small).on_hand == 3


def test_a_suspended_company_sees_no_price_and_orders_nothing(halden, sizes):
    small, _medium = sizes
    terms = terms_of(halden)
    suspended = buyers.suspend(company=halden, reason="an invoice is 90 days late", by=trading.clerk())
    assert terms_of(suspended) is None
    with pytest.raises(CannotOrder, match="not open"):
        trading.order(suspended, {small: 1}, terms=terms)
    assert Stock.objects.get(variant=small).held == 0


def test_the_books_sum_to_zero_after_all_of_it(halden, sizes):
    small, medium = sizes
    order = trading.order(halden, {small: 6, medium: 3})
    trading.send(order.parcels.get(), arrive=True)
    trading.make_all(order)
    trading.send(order.parcels.get(shipment=2), arrive=True)
    for due in order.dues.all():
        pay(due, due.amount_minor // 2)
        pay(due, due.amount_minor - due.amount_minor // 2)
    customers = sum(e.amount_minor for e in MoneyEntry.objects.filter(debit="customers")) - sum(
        e.amount_minor for e in MoneyEntry.objects.filter(credit="customers")
    )
    assert customers == 0
    assert questions.payments_that_do_not_fit(now=timezone.now()) == []
    assert questions.books_that_do_not_agree() == []


def agree(order):
    """Every question the books ask of orders is answered by nothing."""
    assert questions.orders_that_do_not_add_up() == []
    assert questions.credits_that_do_not_agree() == []
    assert questions.payments_that_do_not_fit(now=timezone.now()) == []


def test_a_change_of_what_is_made_on_account_is_asked_of_a_person_and_nothing_is_written(halden, client):
    small, _medium = trading.two_sizes(on_hand=(0, 0))
    order = trading.order(halden, {small: 2})
    line = order.lines.get()
    client.force_login(ordering.member("nia@example.com", "sales"))
    at = f"/en/office/orders/{order.number}/lines/{line.pk}/change/"
    said = {"size": line.ring_inner_um, "engraving": "always", "place": "inside"}
    assert "This order cannot be changed here. Write to us." in client.get(at, said).content.decode()
    answer = client.post(at, said | {"agreed": "0:2026-01-01:x", "action_id": str(uuid4())})
    assert (answer.status_code, LineChange.objects.count()) == (409, 0)


def test_a_line_that_has_not_left_is_called_off_and_never_invoiced(halden, sizes):
    small, medium = sizes
    order = trading.order(halden, {small: 6, medium: 3})
    line = order.lines.get(ring_inner_um=medium.ring_inner_um, purpose="custom")
    orders.cancel_order(order=order, by=trading.clerk(), reason="too many", lines=[line])
    drain()
    assert exposure_minor(halden) == order.gross_minor - line.gross_minor
    trading.send(order.parcels.get(), arrive=True)
    trading.make_all(order)
    trading.send(order.parcels.get(shipment=2), arrive=True)
    assert exposure_minor(halden) == order.gross_minor - line.gross_minor
    assert sum(paper.gross_minor for paper in Invoice.objects.all()) == order.gross_minor - line.gross_minor
    order.refresh_from_db()
    assert order.state == "completed"
    agree(order)


def test_what_lies_in_a_shipment_that_is_not_sealed_is_taken_out_and_the_rest_packed_anew(halden, sizes):
    small, medium = sizes
    order = trading.order(halden, {small: 2, medium: 3})
    asked = order.parcels.get()
    line = order.lines.get(purpose="stock")
    orders.cancel_order(order=order, by=trading.clerk(), reason="wrong size", lines=[line])
    drain()
    asked.refresh_from_db()
    assert asked.cancelled_at
    assert Stock.objects.get(variant=small).on_hand == 4
    trading.make_all(order)
    second = order.parcels.get(cancelled_at=None)
    trading.send(second)
    assert sum(paper.gross_minor for paper in Invoice.objects.all()) == order.gross_minor - line.gross_minor
    agree(order)


def test_a_shipment_that_has_left_is_not_called_off(halden, sizes):
    small, medium = sizes
    order = trading.order(halden, {small: 2, medium: 3})
    trading.send(order.parcels.get())
    with pytest.raises(orders.CannotCallOff, match="on its way"):
        orders.cancel_order(order=order, by=trading.clerk(), reason="no")
    with pytest.raises(orders.CannotCallOff, match="has left"):
        orders.cancel_order(order=order, by=trading.clerk(), reason="no", lines=[order.lines.get(purpose="stock")])
    orders.cancel_order(order=order, by=trading.clerk(), reason="no", lines=[order.lines.get(purpose="custom")])
    drain()
    order.refresh_from_db()
    assert order.delivery_state in ("sent", "delivered")
    agree(order)
