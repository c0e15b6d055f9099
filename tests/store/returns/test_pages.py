"""Returns on their pages and through the API: the buyer by her link, the office by number."""

from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.mail.models import Letter
from foundation.outbox.actions import drain
from store.catalogue.models import Stock
from store.orders import actions as orders
from store.orders.models import Order
from store.payments.models import Refund
from store.returns.actions import Wish, ask_back
from store.returns.models import Return
from tests.calling import Caller
from tests.store import cast, trading
from tests.store.ordering import ready_made

pytestmark = pytest.mark.django_db


def send(client, path, **said):
    return client.post(f"/en/{path}", said | {"action_id": str(uuid4())}, follow=True)


@pytest.fixture
def order(bought, ring):
    return bought(ready_made(cast.variant(ring, on_hand=2), quantity=2))


def test_a_buyer_asks_the_packer_notes_it_and_the_office_decides(client, order, sales, london, stripe):
    token, line = orders.token_of(order), order.lines.get()
    page = client.get(f"/en/orders/{token}/").content.decode()
    assert f"/en/orders/{token}/return/" in page
    at = f"orders/{token}/return/"
    assert "Choose what you send back" in send(client, at, cause="size").content.decode()
    assert "Until " in client.get(f"/en/{at}").content.decode()
    asked = send(client, at, cause="size", words="A size too small.", **{f"line-{line.pk}": 1}).content.decode()
    back = Return.objects.get()
    assert back.number in asked
    client.force_login(sales)
    here = f"office/returns/{back.number}/"
    assert "A size too small." in client.get(f"/en/{here}").content.decode()
    send(client, f"{here}arrive/", site=london.pk)
    row = back.lines.get()
    found = {f"row{row.pk}-condition": "as_sold", f"row{row.pk}-becomes": "tray", f"row{row.pk}-deduction": "10.00"}
    assert "what is deducted for" in send(client, f"{here}decide/", **found).content.decode()
    found |= {f"row{row.pk}-why": "its box"}
    shown = send(client, f"{here}decide/", **found)
    assert "Yes, send" in shown.content.decode()
    assert not Refund.objects.exists()
    agreed = shown.context["outcome"].agreed
    send(client, f"{here}decide/", agreed=agreed, **found)
    drain()
    assert Refund.objects.get().amount_minor == line.gross_minor // 2 - 1_000
    assert sum(stock.on_hand for stock in Stock.objects.all()) == 1
    assert back.number in client.get("/en/office/returns/").content.decode()


def test_she_keeps_it_after_all(client, order):
    token = orders.token_of(order)
    send(client, f"orders/{token}/return/", cause="mind", **{f"line-{order.lines.get().pk}": 2})
    back = Return.objects.get()
    send(client, f"orders/{token}/return/{back.number}/drop/")
    back.refresh_from_db()
    assert back.state == "withdrawn"
    assert send(client, f"orders/{'x' * 22}/return/{back.number}/drop/").status_code == 404


def test_the_office_opens_one_and_gives_part_of_the_money_back(client, order, sales, stripe):
    client.force_login(sales)
    at = f"office/orders/{order.number}/"
    assert f"/en/{at}return/" in client.get(f"/en/{at}").content.decode()
    send(client, f"{at}return/", cause="faulty", **{f"line-{order.lines.get().pk}": 1})
    assert Return.objects.get().state == "awaited"
    page = client.get(f"/en/{at}refund/", {"amount": "25.00", "reason": "a scratch"}).content.decode()
    assert "Yes, send £25 back" in page
    assert "Between a penny and" in client.get(f"/en/{at}refund/", {"amount": "9999", "reason": "x"}).content.decode()
    send(client, f"{at}refund/", amount="25.00", reason="a scratch")
    drain()
    assert stripe.balance()["gbp"] == order.gross_minor - 2_500


@pytest.fixture
def on_account(house):
    """A company's order of four pieces that have arrived; nothing is paid yet."""
    bought, _not_here = trading.two_sizes()
    order = trading.order(trading.company(), {bought: 4})
    trading.send(order.parcels.get(), arrive=True)
    return Order.objects.get(pk=order.pk)


def decided(client, order, london):
    """One piece of it comes back and is shown first, then decided. Answers both pages."""
    back = ask_back(
        order=order, wishes=[Wish(order.lines.get(), 1)], cause="mind", words="", now=timezone.now(), by=None
    )
    here = f"office/returns/{back.number}/"
    send(client, f"{here}arrive/", site=london.pk)
    row = back.lines.get()
    found = {f"row{row.pk}-condition": "as_sold", f"row{row.pk}-becomes": "tray"}
    shown = send(client, f"{here}decide/", **found)
    agreed = shown.context["outcome"].agreed
    send(client, f"{here}decide/", agreed=agreed, **found)
    drain()
    return shown.content.decode(), Letter.objects.filter(template__endswith="decided").latest("pk")


def test_of_a_return_on_account_that_is_not_paid_less_is_owed_and_nothing_goes_back(client, on_account, sales, london):
    client.force_login(sales)
    page, letter = decided(client, on_account, london)
    assert "Yes, credit £" in page
    assert "Owed less" in page
    assert "Goes back" not in page
    assert "less; a credit note" in letter.text
    assert "goes back" not in f"{letter.subject} {letter.text}"
    assert not Refund.objects.exists()


def test_a_return_through_the_api(order, sales, london):
    buyer, office, line = Caller(), Caller(sales), order.lines.get()
    mine = f"orders/{orders.token_of(order)}/returns/"
    assert buyer.get(mine)["may"][0]["left"] == 2
    made = buyer.post(mine, lines=[{"line": line.pk, "quantity": 1}], cause="mind")
    assert made["state"] == "awaited"
    assert "can be sent back" in buyer.refused(mine, lines=[{"line": line.pk, "quantity": 2}], cause="mind")["detail"]
    at = f"office/returns/{made['number']}/"
    office.post(f"{at}arrive/", site=london.code)
    found = [{"id": made["lines"][0]["id"], "becomes": "tray"}]
    seen = office.post(f"{at}decide/", lines=found)
    assert seen["state"] == "arrived"
    assert office.refused(f"{at}decide/", lines=found, agreed="1:0:1")["detail"].startswith("It would be another")
    done = office.post(f"{at}decide/", lines=found, agreed=seen["agreed"])
    assert (done["state"], done["refund_minor"]) == ("decided", line.gross_minor // 2)
    assert office.get("office/returns/", state="decided")["results"][0]["number"] == made["number"]
    given = office.post(f"office/orders/{order.number}/refund/", amount_minor=100, reason="a late parcel")
    assert given["credit"]


def test_another_buyers_link_shows_nothing_of_it(client, bought, ring, order):
    other = bought(ready_made(cast.variant(ring, sku="OTHER", on_hand=1)))
    send(client, f"orders/{orders.token_of(order)}/return/", cause="mind", **{f"line-{order.lines.get().pk}": 1})
    number = Return.objects.get().number
    token = orders.token_of(other)
    assert number not in client.get(f"/en/orders/{token}/return/").content.decode()
    assert send(client, f"orders/{token}/return/{number}/drop/").status_code == 404
    wrong = client.post(
        f"/api/v1/orders/{token}/returns/", {"lines": [{"line": order.lines.get().pk}], "cause": "mind"},
        content_type="application/json", headers={"Idempotency-Key": str(uuid4())},
    )  # fmt: skip
    assert wrong.status_code == 404
