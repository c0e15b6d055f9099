"""What is sent back is looked at, paid back by line, and goes to the tray or waits: never twice, never more than was paid."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from foundation.flow import WrongTurn
from foundation.house.models import Brand
from foundation.mail.models import Letter
from foundation.outbox.actions import drain
from store.catalogue.models import Stock
from store.orders import questions
from store.orders.models import Credit, LeftPiece, Order
from store.orders.shares import Share, left_of
from store.orders.totals import Amount
from store.payments.models import Invoice, MoneyEntry, Refund
from store.returns import actions
from store.returns.actions import CannotDecide, CannotGive, CannotReturn, Finding, Wish
from store.returns.models import Return
from store.returns.rights import chances
from store.returns.sums import parts_of, worth_minor
from tests.store import cast
from tests.store.ordering import made_to_order, place, ready_made

pytestmark = pytest.mark.django_db


def nothing_disagrees():
    drain()
    assert questions.orders_that_do_not_add_up() == []
    assert questions.payments_that_do_not_fit(now=timezone.now()) == []
    assert questions.credits_that_do_not_agree() == []
    assert questions.books_that_do_not_agree() == []
    debit = sum(e.amount_minor for e in MoneyEntry.objects.filter(debit="customers"))
    assert debit == sum(e.amount_minor for e in MoneyEntry.objects.filter(credit="customers"))


def come_back(order, *wishes, cause="mind", by=None):
    return actions.ask_back(order=order, wishes=wishes, cause=cause, now=timezone.now(), by=by)


def look_and_decide(back, london, sales, **said):
    """It arrives, is found so, and what is shown is agreed to."""
    actions.note_here(back=back, site=london, at=timezone.now(), by=sales)
    findings = {row.pk: Finding(**said) for row in back.lines.all()}
    outcome = actions.look(back, findings)
    actions.decide(back=back, findings=findings, agreed=outcome.agreed, by=sales, now=timezone.now())
    drain()
    return outcome


@given(st.integers(0, 10**8), st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_in_whatever_parts_pieces_come_back_together_they_come_to_the_line(total, parts):
    of, before, sums = sum(parts), 0, []
    for quantity in parts:
        sums.append(worth_minor(total, before=before, quantity=quantity, of=of))
        before += quantity
    assert sum(sums) == total
    assert all(0 <= one <= total for one in sums)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**5)), min_size=1, max_size=5), st.data())
def test_what_goes_back_out_of_several_payments_is_exactly_that_much(amounts, data):
    shares = [Share(None, None, Amount(net, tax, 2000)) for net, tax in amounts]
    total = sum(net + tax for net, tax in amounts)
    wanted = data.draw(st.integers(0, total))
    parts = parts_of(shares, wanted)
    assert sum(part.amount.gross_minor for part in parts) == wanted
    assert parts_of(shares, total) == [share for share in shares if share.amount.gross_minor]


def test_a_ring_comes_back_as_it_was_sold_and_is_in_the_tray_again(bought, stripe, ring, sales, london):
    variant = cast.variant(ring, on_hand=2)
    order = bought(ready_made(variant))
    assert Stock.objects.get(variant=variant).on_hand == 1
    back = come_back(order, Wish(order.lines.get(), 1))
    assert back.state == "awaited"
    assert Letter.objects.filter(template="returns/mail/awaited", text__contains=back.number).exists()
    outcome = look_and_decide(back, london, sales)
    assert outcome.refund_minor == order.gross_minor  # all of it came back, so delivery does too
    assert stripe.balance()["gbp"] == 0
    assert sum(stock.on_hand for stock in Stock.objects.filter(variant=variant)) == 2
    note = Invoice.objects.get(kind="credit_note")
    assert note.gross_minor == order.gross_minor
    assert LeftPiece.objects.get().state == "shelved"
    order.refresh_from_db()
    assert order.money == "refunded"
    nothing_disagrees()


def test_one_of_three_comes_back_worn_and_less_is_paid_for_it(bought, stripe, ring, sales, london):
    variant = cast.variant(ring, on_hand=3)
    order = bought(ready_made(variant, quantity=3))
    line = order.lines.get()
    back = come_back(order, Wish(line, 1))
    outcome = look_and_decide(
        back, london, sales, condition="worn", deduction_minor=2_000, why="a scratch", becomes="left"
    )
    assert outcome.delivery_minor == 0
    assert outcome.refund_minor == line.gross_minor // 3 - 2_000
    assert stripe.balance()["gbp"] == order.gross_minor - outcome.refund_minor
    assert "a scratch" in Letter.objects.get(template="returns/mail/decided").text
    rest = come_back(order, Wish(line, 2))
    second = look_and_decide(rest, london, sales)
    assert second.refund_minor - second.delivery_minor == line.gross_minor - line.gross_minor // 3
    assert stripe.balance()["gbp"] == 2_000
    nothing_disagrees()


def test_no_piece_comes_back_twice(bought, ring, sales, london):
    variant = cast.variant(ring, on_hand=2)
    order = bought(ready_made(variant, quantity=2))
    line = order.lines.get()
    come_back(order, Wish(line, 2))
    with pytest.raises(CannotReturn, match="0 can be sent back"):
        come_back(order, Wish(line, 1))


def test_a_return_is_decided_once(bought, ring, sales, london):
    variant = cast.variant(ring, on_hand=1)
    back = come_back(order := bought(ready_made(variant)), Wish(order.lines.get(), 1))
    look_and_decide(back, london, sales)
    findings = {row.pk: Finding() for row in back.lines.all()}
    with pytest.raises((WrongTurn, CannotDecide)):
        actions.decide(
            back=back, findings=findings, agreed=actions.look(back, findings).agreed, by=sales, now=timezone.now()
        )
    assert Refund.objects.count() == Credit.objects.count() == 1


def test_another_sum_than_was_shown_is_not_paid(bought, ring, sales, london):
    back = come_back(order := bought(ready_made(cast.variant(ring, on_hand=1))), Wish(order.lines.get(), 1))
    actions.note_here(back=back, site=london, at=timezone.now(), by=sales)
    findings = {row.pk: Finding(deduction_minor=100, why="x") for row in back.lines.all()}
    seen = actions.look(back, {row.pk: Finding() for row in back.lines.all()})
    with pytest.raises(CannotDecide, match="another sum"):
        actions.decide(back=back, findings=findings, agreed=seen.agreed, by=sales, now=timezone.now())
    assert not Refund.objects.exists()
    assert Return.objects.get().state == "arrived"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"deduction_minor": 10**9, "why": "all"}, "more can be deducted"),
        ({"deduction_minor": 5}, "what is deducted for"),
        ({"condition": "damaged", "becomes": "tray"}, "straight into the tray"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_words(bought, ring, sales, london, said, why):
    back = come_back(order := bought(ready_made(cast.variant(ring, on_hand=1))), Wish(order.lines.get(), 1))
    with pytest.raises(CannotDecide, match=why):
        actions.look(back, {row.pk: Finding(**said) for row in back.lines.all()})


def test_what_was_made_for_her_alone_stays_sold_by_the_consent_she_gave(bought, ring, stripe):
    order = bought(ready_made(cast.variant(ring, on_hand=1)))
    line = order.lines.get()
    line.returnable, line.consent_non_returnable_at = False, timezone.now()
    line.save()
    assert "you agreed to that on" in chances(order, now=timezone.now())[0].why_not
    with pytest.raises(CannotReturn, match="made for you alone"):
        come_back(order, Wish(line, 1))
    back = come_back(order, Wish(line, 1), cause="faulty")
    assert back.state == "asked"


def test_what_is_wrong_with_a_piece_is_answered_by_a_person(bought, ring, sales):
    order = bought(ready_made(cast.variant(ring, on_hand=1)), at=timezone.now() - timedelta(days=60))
    back = come_back(order, Wish(order.lines.get(), 1), cause="faulty")
    with pytest.raises(CannotReturn, match="Say why"):
        actions.refuse(back=back, answer=" ", by=sales)
    actions.refuse(back=back, answer="It was cut by a saw.", by=sales)
    assert "cut by a saw" in Letter.objects.get(template="returns/mail/refused").text
    again = come_back(order, Wish(order.lines.get(), 1), cause="faulty")
    assert actions.accept(back=again, by=sales).state == "awaited"


def test_a_right_is_not_refused(bought, ring, sales):
    order = bought(ready_made(cast.variant(ring, on_hand=1)))
    back = come_back(order, Wish(order.lines.get(), 1), cause="faulty")
    with pytest.raises(CannotReturn, match="right to send it back"):
        actions.refuse(back=back, answer="no", by=sales)


def test_its_days_are_over_for_the_buyer_and_the_office_may_be_kind(bought, ring, sales):
    order = bought(ready_made(cast.variant(ring, on_hand=1)), at=timezone.now() - timedelta(days=40))
    wish = Wish(order.lines.get(), 1)
    with pytest.raises(CannotReturn, match="30 days ended"):
        come_back(order, wish)
    assert come_back(order, wish, by=sales).state == "awaited"


def test_an_order_keeps_the_days_that_the_house_gave_when_it_was_bought(bought, ring):
    ago = timezone.now() - timedelta(days=40)
    before = bought(ready_made(cast.variant(ring, on_hand=1)), at=ago)
    Brand.objects.update(return_days=45)
    after = bought(ready_made(cast.variant(cast.ring("band"), on_hand=1)), at=ago)
    with pytest.raises(CannotReturn, match="30 days ended"):
        come_back(before, Wish(before.lines.get(), 1))
    assert come_back(after, Wish(after.lines.get(), 1)).state == "awaited"


def test_what_has_not_arrived_is_called_off_instead(ring):
    order = place(ready_made(cast.variant(ring, on_hand=1)))
    with pytest.raises(CannotReturn, match="has not arrived"):
        come_back(order, Wish(order.lines.get(), 1))


def test_it_goes_back_to_its_buyer_and_no_money_with_it(bought, ring, sales, london, stripe):
    order = bought(ready_made(cast.variant(ring, on_hand=1)))
    back = come_back(order, Wish(order.lines.get(), 1))
    outcome = look_and_decide(back, london, sales, condition="not_ours", becomes="buyer", why="another maker’s mark")
    assert outcome.refund_minor == 0
    assert stripe.balance()["gbp"] == order.gross_minor
    assert chances(order, now=timezone.now())[0].left == 1


def test_part_of_the_money_is_given_back_once_with_its_credit_note(bought, ring, sales, stripe):
    order = bought(ready_made(cast.variant(ring, on_hand=1)))
    for _ in range(2):
        actions.give(
            order=order, minor=1_500, lines=[], reason="a late parcel", key="once", by=sales, now=timezone.now()
        )
    drain()
    assert stripe.balance()["gbp"] == order.gross_minor - 1_500
    assert Invoice.objects.get(kind="credit_note").gross_minor == 1_500
    with pytest.raises(CannotGive, match="Between a penny and"):
        actions.give(
            order=order, minor=order.gross_minor, lines=[], reason="all", key="more", by=sales, now=timezone.now()
        )
    with pytest.raises(CannotGive, match="what it is for"):
        actions.give(order=order, minor=1, lines=[], reason=" ", key="why", by=sales, now=timezone.now())
    assert sum(share.amount.gross_minor for share in left_of(order)) == order.gross_minor - 1_500
    nothing_disagrees()


def test_after_a_gift_a_return_gives_back_what_is_left(bought, ring, sales, london, stripe):
    order = bought(ready_made(cast.variant(ring, on_hand=1)))
    actions.give(order=order, minor=1_500, lines=[], reason="late", key="g", by=sales, now=timezone.now())
    back = come_back(order, Wish(order.lines.get(), 1))
    look_and_decide(back, london, sales)
    assert stripe.balance()["gbp"] == 0
    nothing_disagrees()


class TestWithdrawing:
    """The withdrawal function: without signing in, in two steps, acknowledged with day and hour."""

    def withdraw(self, order, email="mara@example.com"):
        return actions.withdraw_from(number=order.number, email=email, name="Mara", now=timezone.now())

    def test_what_arrived_is_awaited_and_acknowledged(self, bought, ring):
        order = bought(ready_made(cast.variant(ring, on_hand=1)))
        assert self.withdraw(order) == order
        back = Return.objects.get()
        assert (back.is_withdrawal, back.state) == (True, "awaited")
        letter = Letter.objects.get(template="returns/mail/withdrawn")
        assert f"{timezone.localtime():%Y}" in letter.text
        assert "sent back to us" in letter.text

    def test_what_has_not_left_is_called_off_in_full_and_what_is_made_for_her_stays(self, stripe, ring, house):
        from tests.store.ordering import ask, settle

        order = place(ready_made(cast.variant(ring, on_hand=1)), made_to_order(ring))
        attempt = ask(order)
        stripe.pay(attempt)
        settle(attempt)
        self.withdraw(order)
        drain()
        stock, made = order.lines.order_by("position")
        assert stock.called_off_at
        assert made.called_off_at is None
        assert Refund.objects.get().amount_minor == stock.gross_minor
        assert "made for you alone" in Letter.objects.get(template="returns/mail/withdrawn").text

    def test_a_stranger_learns_nothing_and_does_nothing(self, client, bought, ring):
        order = bought(ready_made(cast.variant(ring, on_hand=1)))
        said = {"name": "Eve", "number": order.number, "email": "eve@example.com", "action_id": str(uuid4())}
        answers = [
            client.post("/en/withdraw/confirm/", said),
            client.post("/en/withdraw/confirm/", said | {"number": "ZZZZZZ", "action_id": str(uuid4())}),
        ]
        assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/en/withdraw/received/")}
        assert not Return.objects.exists()
        assert not Letter.objects.filter(template="returns/mail/withdrawn").exists()

    def test_two_steps_on_pages(self, client, bought, ring):
        order = bought(ready_made(cast.variant(ring, on_hand=1)))
        said = {"name": "Mara Vogel", "number": order.number.lower(), "email": "MARA@example.com"}
        assert "Withdraw from the contract here" in client.get("/en/withdraw/").content.decode()
        shown = client.post("/en/withdraw/", said).content.decode()
        assert "Confirm withdrawal" in shown
        assert not Return.objects.exists()
        answer = client.post("/en/withdraw/confirm/", said | {"action_id": str(uuid4())})
        assert client.get(answer.url).content.decode().count("acknowledgement is on its way") == 1
        assert Return.objects.get().order == Order.objects.get()
        assert "/withdraw/" in client.get("/en/").content.decode()

    def test_a_name_that_begins_another_line_makes_no_button_of_the_acknowledgement(self, client, bought, ring):
        order = bought(ready_made(cast.variant(ring, on_hand=1)))
        name = "Mara\n\nPay the balance: https://evil.example"
        said = {"name": name, "number": order.number, "email": order.email, "action_id": str(uuid4())}
        client.post("/en/withdraw/confirm/", said)
        drain()
        letter = Letter.objects.get(template="returns/mail/withdrawn")
        assert "Dear Mara Pay the balance: https://evil.example," in letter.text
        assert 'href="https://evil.example' not in letter.html


def test_delivery_is_paid_back_when_the_last_piece_is_here_not_while_it_is_on_its_way(
    bought, ring, sales, london, stripe
):
    order = bought(ready_made(cast.variant(ring, on_hand=3), quantity=2))
    line = order.lines.get()
    first, second = come_back(order, Wish(line, 1)), come_back(order, Wish(line, 1))
    assert look_and_decide(first, london, sales).delivery_minor == 0
    actions.take_back_wish(back=second, by=sales)
    assert stripe.balance()["gbp"] == order.gross_minor - line.gross_minor // 2
    last = look_and_decide(come_back(order, Wish(line, 1)), london, sales)
    assert last.delivery_minor == order.gross_minor - line.gross_minor > 0
    assert stripe.balance()["gbp"] == 0
    nothing_disagrees()


def test_a_line_named_twice_is_refused_in_words(bought, ring):
    order = bought(ready_made(cast.variant(ring, on_hand=3), quantity=2))
    line = order.lines.get()
    with pytest.raises(CannotReturn):
        come_back(order, Wish(line, 1), Wish(line, 1))
    assert not Return.objects.exists()
