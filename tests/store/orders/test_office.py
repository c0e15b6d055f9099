"""The office sees every order by where it stands, records what came, and answers for the books."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.outbox.actions import drain
from store.orders import questions
from store.orders.models import Order
from store.payments.models import Payment
from tests.store import ordering
from tests.store.ordering import ask, made_to_order, place, ready_made, settle


def send(client, number, what, **said):
    return client.post(f"/en/office/orders/{number}/{what}/", said | {"action_id": str(uuid4())}, follow=True)


def test_orders_are_found_by_where_they_stand(office, stripe, variant, ring):
    waiting, paid = place(ready_made(variant)), place(made_to_order(ring))
    attempt = ask(paid)
    stripe.pay(attempt)
    settle(attempt)
    text = office.get("/en/office/orders/?money=part&making=making").content.decode()
    assert paid.number in text
    assert waiting.number not in text
    assert waiting.number in office.get(f"/en/office/orders/?q={waiting.number.lower()}").content.decode()
    assert "No order like that" in office.get("/en/office/orders/?q=nobody").content.decode()


def test_a_transfer_is_recorded_and_the_order_goes_on(office, ring):
    order = place(made_to_order(ring), channel="conversation")
    due = order.dues.get(kind="deposit")
    wrong = office.post(
        f"/en/office/orders/{order.number}/payments/",
        {"due": due.pk, "method": "transfer", "amount": "-1", "action_id": str(uuid4())},
    )
    assert wrong.status_code == 422
    assert Payment.objects.count() == 0
    amount = f"{due.amount_minor / 100:.2f}"
    send(office, order.number, "payments", due=due.pk, method="transfer", amount=amount, note="HSBC 0412")
    drain()
    assert Order.objects.get().state == "confirmed"
    assert "HSBC 0412" in office.get(f"/en/office/orders/{order.number}/").content.decode()


def test_the_link_is_replaced_and_sent(office, variant):
    order = place(ready_made(variant))
    send(office, order.number, "link", new="yes")
    assert order.links.count() == 2


def test_an_order_is_called_off_with_a_reason(office, variant):
    order = place(ready_made(variant))
    agreed = office.get(f"/en/office/orders/{order.number}/cancel/").context["offer"].agreed
    assert "Say why" in send(office, order.number, "cancel", reason="", agreed=agreed).content.decode()
    assert "another sum" in send(office, order.number, "cancel", reason="Asked by telephone").content.decode()
    send(office, order.number, "cancel", reason="Asked by telephone", agreed=agreed)
    assert Order.objects.get().state == "cancelled"


@pytest.mark.parametrize("role", ["customer", "polisher"])
def test_the_offices_pages_are_closed_to_others(client, role, variant):
    order = place(ready_made(variant))
    client.force_login(ordering.member("x@ajour.example", role))
    for url in ("/en/office/orders/", f"/en/office/orders/{order.number}/", "/api/v1/office/orders/"):
        assert client.get(url).status_code == 403
    assert client.post(f"/en/office/orders/{order.number}/cancel/", {"reason": "x"}).status_code == 403


def test_the_books_raise_no_finding_while_all_is_well_and_one_where_a_ticket_is_missing(client, stripe, variant, ring):
    order = place(ready_made(variant), made_to_order(ring))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    later = timezone.now() + timedelta(hours=1)
    asked = (
        questions.paid_lines_without_a_ticket, questions.made_pieces_without_a_parcel, questions.payments_that_do_not_fit
    )  # fmt: skip
    assert [question(now=later) for question in asked] == [[], [], []]
    assert questions.orders_that_do_not_add_up() == questions.books_that_do_not_agree() == []
    other = place(made_to_order(ring))
    other.move("confirmed", by=None)
    assert len(questions.paid_lines_without_a_ticket(now=later)) == 1
