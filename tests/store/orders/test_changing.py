"""A buyer changes size or words while the piece is made: shown before the yes, paid where it costs, kept beside what was ordered."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from foundation.flow import WrongTurn
from foundation.length import nearest
from foundation.outbox.actions import drain
from production import intake
from production.intake import Asked, ChangeLooked
from store.orders import actions, wording
from store.orders.changes import look
from store.orders.models import Due, LineChange, Order, OrderLine
from store.orders.questions import (
    books_that_do_not_agree,
    credits_that_do_not_agree,
    orders_that_do_not_add_up,
    payments_that_do_not_fit,
)
from store.orders.shares import left_of
from store.payments import actions as payments
from store.payments.models import Invoice, Refund
from tests.store import ordering

LATER = timezone.localdate() + timedelta(days=25)


class Benches:
    """The workshop's answers to a change, and what it was told."""

    def __init__(self):
        self.answer = ChangeLooked(("Resize the ring",), 45, 200, recast=False, promise_on=LATER, seen="resize-200")
        self.told = []

    def look_at_change(self, **said):
        return self.answer

    def too_late(self, **said):
        return ("Its stones are set: two sizes at most.",)

    def hold_for_change(self, *, seen, **said):
        if seen != self.answer.seen:
            raise intake.CannotChange("The workshop has gone on.")
        self.told.append("held")

    def make_change(self, *, wanted, **said):
        self.told.append(wanted)

    def drop_change(self, **said):
        self.told.append("dropped")


@pytest.fixture
def benches(monkeypatch):
    made = Benches()
    for name in ("look_at_change", "too_late", "hold_for_change", "make_change", "drop_change"):
        monkeypatch.setattr(intake, name, getattr(made, name))
    return made


@pytest.fixture
def line(ring, benches):
    """A ring that is paid for and in the workshop."""
    ring.ring_from_um, ring.ring_to_um, ring.engraving_most = 14_000, 22_000, 24
    ring.save()
    order = ordering.place(ordering.made_to_order(ring))
    by = ordering.member("sales@example.com", "sales")
    due = order.dues.earliest("pk")
    actions.record_for_order(
        order=order, due=due, method="transfer", amount_minor=due.amount_minor, note="", at=timezone.now(), by=by
    )
    drain()
    return OrderLine.objects.select_related("order__brand__seller").get(order=order)


UM = nearest("UK", 17_709).inner_um
LARGER = Asked(UM, "toujours", "inside")


def agree(line, asked=LARGER, agreed=None, by=None):
    offer = look(fresh(line), asked, now=timezone.now())
    return actions.agree_change(
        order=line.order, line=line, asked=asked, agreed=agreed or offer.agreed, by=by, by_name="Mara Vogel",
        now=timezone.now(),
    )  # fmt: skip


def fresh(line):
    return OrderLine.objects.select_related("order__brand__seller").get(pk=line.pk)


def pay(due):
    actions.record_for_order(
        order=due.order, due=due, method="transfer", amount_minor=due.amount_minor, note="", at=timezone.now(),
        by=ordering.member(f"{uuid4()}@example.com", "sales"),
    )  # fmt: skip
    drain()


def test_what_it_costs_and_when_it_leaves_is_shown_before_the_yes(line, benches):
    offer = look(line, LARGER, now=timezone.now())
    hour, per_kg = line.order.brand.making_rate_minor_per_hour, line.fixing_minor_per_kg
    least = 45 * hour // 60 + 200 * 9500 * per_kg // 10**10
    assert offer.net_minor >= least
    assert offer.gross_minor % 100 == 0
    assert (offer.promise_on, offer.is_later) == (LATER, True)
    assert not LineChange.objects.exists()
    assert benches.told == []


def test_a_paid_change_is_on_the_line_the_order_and_an_invoice_and_both_are_kept(line, benches):
    before = Order.objects.get(pk=line.order_id).gross_minor
    change = agree(line)
    assert (change.state, change.due.state, benches.told) == ("waiting", "asked", ["held"])
    assert fresh(line).ring_inner_um == 17_200
    assert orders_that_do_not_add_up() == []
    pay(change.due)
    row, change = fresh(line), LineChange.objects.get()
    assert (row.ring_inner_um, row.parameters["inner_diameter_um"], row.promise_on) == (UM, UM, LATER)
    assert (change.state, change.old_ring_inner_um, change.ring_inner_um) == ("made", 17_200, UM)
    assert benches.told[-1] == LARGER
    order = Order.objects.get(pk=line.order_id)
    assert order.gross_minor == before + change.gross_minor
    invoice = Invoice.objects.get(due=change.due.reference)
    assert invoice.gross_minor == change.gross_minor
    assert "becomes" in invoice.lines.get().text
    assert orders_that_do_not_add_up() == []
    assert payments_that_do_not_fit(now=timezone.now()) == []


def test_a_change_that_costs_nothing_is_made_at_once(line, benches):
    benches.answer = ChangeLooked((), 0, 0, recast=False, promise_on=line.promise_on, seen="without-0")
    change = agree(line, Asked(17_200, "always", "inside"))
    assert (change.state, change.due_id, fresh(line).engraving) == ("made", None, "always")
    assert benches.told == ["held", Asked(17_200, "always", "inside")]


SMALLER = Asked(nearest("UK", 16_307).inner_um, "always", "inside")


def lighter(line, benches, *, less_mg=900, **more):
    """The workshop says that it needs less metal, and no more work."""
    benches.answer = ChangeLooked(
        (), 0, 0, recast=False, promise_on=line.promise_on, seen=f"less-{less_mg}", less_mg=less_mg, **more
    )


def agrees(order):
    """The questions that are asked of the books at night are all silent."""
    now = timezone.now() + timedelta(hours=1)
    assert [*orders_that_do_not_add_up(), *payments_that_do_not_fit(now=now), *credits_that_do_not_agree()] == []
    assert books_that_do_not_agree() == []


def test_what_a_lighter_piece_needs_less_is_taken_off_what_is_still_to_be_paid(line, benches):
    """0.9 g of platinum 950 at the fixing the order rests on, VAT and all, to the whole pound below."""
    lighter(line, benches)
    balance, offer = line.order.dues.get(kind="balance"), look(fresh(line), SMALLER, now=timezone.now())
    markup_bp = line.order.brand.metal_markup_bp
    worth = 900 * 9500 * line.fixing_minor_per_kg * (10_000 + markup_bp) // 10**14 * 12 // 10
    assert 0 <= worth - offer.back_minor < 100 + 2
    assert (offer.gross_minor, offer.back_minor % 100, offer.unpaid_minor) == (0, 0, offer.back_minor)
    change = agree(line, SMALLER)
    assert (change.state, change.due_id, change.back_minor, change.less_mg) == ("made", None, offer.back_minor, 900)
    owed = Due.objects.get(pk=balance.pk)
    assert owed.owed_minor == balance.amount_minor - offer.back_minor
    assert not Refund.objects.exists()
    agrees(line.order)


def test_of_a_piece_that_is_paid_in_full_the_difference_goes_back_with_a_credit_note(line, benches, mailoutbox):
    balance = line.order.dues.get(kind="balance")
    balance.move("asked", by=None)
    pay(balance)
    lighter(line, benches)
    offer = look(fresh(line), SMALLER, now=timezone.now())
    assert (offer.unpaid_minor, offer.back_minor > 0) == (0, True)
    agree(line, SMALLER)
    drain()
    assert [row.amount_minor for row in Refund.objects.all()] == [offer.back_minor]
    note = Invoice.objects.get(kind="credit_note")
    assert (note.gross_minor, note.due) == (offer.back_minor, balance.reference)
    assert wording.money(offer.back_minor, "GBP") in mailoutbox[-1].body
    agrees(line.order)


def test_work_that_is_left_out_goes_against_metal_that_is_added(line, benches):
    benches.answer = ChangeLooked(
        (), 0, 200, recast=False, promise_on=LATER, seen="x", left_out=("Engrave",), spared_minutes=600
    )
    offer = look(fresh(line), LARGER, now=timezone.now())
    assert offer.gross_minor == 0
    assert offer.back_minor > 0
    assert offer.left_out == ("Engrave",)


def test_never_more_is_taken_off_than_the_piece_comes_to(line, benches):
    lighter(line, benches, less_mg=9_000_000)
    assert look(fresh(line), SMALLER, now=timezone.now()).back_minor == fresh(line).gross_minor


def test_the_page_says_what_comes_off_before_the_yes(line, client, benches):
    lighter(line, benches)
    said = {"size": SMALLER.ring_inner_um, "engraving": "always", "place": "inside"}
    page = client.get(f"/en/orders/{actions.token_of(line.order)}/lines/{line.pk}/change/", said)
    html = page.content.decode()
    less = wording.money(page.context["offer"].back_minor, "GBP")
    for words in ("Metal saved", "Taken off what is still to be paid", "It comes to less by", less, "Yes, change it<"):
        assert words in html
    assert "It costs" not in html


def test_a_lighter_piece_that_is_called_off_later_pays_back_what_is_left_and_no_more(line, benches, monkeypatch):
    lighter(line, benches)
    agree(line, SMALLER)
    drain()
    assert sum(share.amount.gross_minor for share in left_of(line.order)) == (
        Order.objects.get(pk=line.order_id).gross_minor - LineChange.objects.get().back_minor
    )


def test_another_price_or_day_than_was_shown_is_refused(line, benches):
    shown = look(line, LARGER, now=timezone.now()).agreed
    benches.answer = ChangeLooked(("Cast",), 200, 900, recast=True, promise_on=LATER, seen="cast-900")
    with pytest.raises(actions.CannotChange, match="another price or another day"):
        agree(line, agreed=shown)
    assert not Due.objects.filter(kind="change").exists()


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Asked(30_000, "", ""), "not made in this size"),
        (Asked(17_200, "x" * 40, "inside"), "room for 24"),
        (Asked(17_200, "☃", "inside"), "cannot be engraved"),
    ],
)
def test_what_the_piece_is_not_made_in_is_refused_in_a_sentence(line, asked, why):
    with pytest.raises(actions.CannotChange, match=why):
        look(line, asked, now=timezone.now())


def test_one_change_waits_at_a_time_and_can_be_taken_back(line, benches):
    change = agree(line)
    with pytest.raises(actions.CannotChange, match="waits for its payment"):
        look(fresh(line), LARGER, now=timezone.now())
    actions.withdraw_change(change=change, by=None)
    drain()
    assert (LineChange.objects.get().state, change.due.order.dues.get(kind="change").state) == (
        "withdrawn",
        "cancelled",
    )
    assert benches.told[-1] == "dropped"
    assert fresh(line).ring_inner_um == 17_200
    assert orders_that_do_not_add_up() == []
    with pytest.raises(WrongTurn):
        actions.withdraw_change(change=change, by=None)


def test_a_change_that_nobody_pays_is_taken_back_by_itself(line, benches):
    agree(line)
    assert actions.withdraw_unpaid_changes(now=timezone.now() + timedelta(days=2)) == 0
    assert actions.withdraw_unpaid_changes(now=timezone.now() + timedelta(days=4)) == 1
    drain()
    assert benches.told[-1] == "dropped"


def test_money_for_a_change_that_was_taken_back_goes_back(line, benches):
    change = agree(line)
    actions.withdraw_change(change=change, by=None)
    payments.record_payment(
        due=change.due.reference, seller=line.order.seller, method="transfer", amount_minor=change.gross_minor,
        currency="GBP", note="late", at=timezone.now(), by=ordering.member("late@example.com", "sales"),
    )  # fmt: skip
    drain()
    assert [row.amount_minor for row in Refund.objects.filter(payment__due=change.due.reference)] == [
        change.gross_minor
    ]
    assert LineChange.objects.get().state == "withdrawn"
    assert fresh(line).ring_inner_um == 17_200


@pytest.mark.django_db(transaction=True)
def test_two_yeses_at_once_are_one_change(line, benches):
    agreed, told = look(line, LARGER, now=timezone.now()).agreed, []

    def yes():
        try:
            agree(line, agreed=agreed)
            told.append("agreed")
        except actions.CannotChange as refusal:
            told.append(str(refusal))
        connection.close()

    both = [threading.Thread(target=yes) for _ in range(4)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert told.count("agreed") == 1
    assert Due.objects.filter(kind="change").count() == 1


def test_the_page_shows_the_price_before_the_yes_and_the_yes_leads_to_its_payment(line, client, benches):
    token = actions.token_of(line.order)
    at = f"/en/orders/{token}/lines/{line.pk}/change/"
    first = client.get(at).content.decode()
    assert "See what it means" in first
    assert "Its stones are set: two sizes at most." in first
    page = client.get(at, {"size": UM, "engraving": "toujours", "place": "inside"})
    html = page.content.decode()
    assert "Resize the ring" in html
    assert "Yes, change it and pay" in html
    offer = page.context["offer"]
    said = {
        "size": UM,
        "engraving": "toujours",
        "place": "inside",
        "agreed": offer.agreed,
        "action_id": str(uuid4()),
    }
    answer = client.post(at, said)
    assert (answer.status_code, "/pay" in answer["Location"] or "payments" in answer["Location"]) == (302, True)
    assert "waits for its payment" in client.get(f"/en/orders/{token}/").content.decode()
    wrong = client.post(at, said | {"action_id": str(uuid4())})
    assert wrong.status_code == 409


def test_the_office_changes_it_for_the_buyer_who_is_written_to(line, client, benches, mailoutbox):
    client.force_login(ordering.member("nia@example.com", "sales"))
    at = f"/en/office/orders/{line.order.number}/lines/{line.pk}/change/"
    offer = client.get(at, {"size": UM, "engraving": "toujours", "place": "inside"}).context["offer"]
    said = {
        "size": UM,
        "engraving": "toujours",
        "place": "inside",
        "agreed": offer.agreed,
        "action_id": str(uuid4()),
    }
    assert client.post(at, said).status_code == 302
    html = client.get(f"/en/office/orders/{line.order.number}/").content.decode()
    assert "Changed in the making" in html
    assert LineChange.objects.get().by.email == "nia@example.com"


def test_programs_see_what_a_change_means_and_say_yes_to_that_alone(line, client, benches):
    at = f"/api/v1/orders/{actions.token_of(line.order)}/"
    offer = client.get(f"{at}lines/{line.pk}/change/", {"ring_inner_um": UM}).json()
    assert (offer["steps"], offer["minutes"], offer["promise_on"]) == (["Resize the ring"], 45, LATER.isoformat())

    def yes(agreed):
        said = {"ring_inner_um": UM, "agreed": agreed}
        return client.post(
            f"{at}lines/{line.pk}/change/",
            said,
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid4())},
        )

    assert "another price" in yes("1:2026-01-01:x").json()["detail"]
    made = yes(offer["agreed"])
    assert (made.status_code, made.json()["state"], made.json()["old_ring_inner_um"]) == (201, "waiting", 17_200)
    told = client.get(at).json()
    assert [row["id"] for row in told["changes"]] == [made.json()["id"]]
    assert {"id": made.json()["due"], "kind": "change"}.items() <= told["dues"][-1].items()
    back = client.post(f"{at}changes/{made.json()['id']}/withdraw/", headers={"Idempotency-Key": str(uuid4())})
    assert back.json()["state"] == "withdrawn"


def test_a_change_that_waits_for_its_money_is_taken_back_when_its_piece_is_scrapped(line, benches):
    change = agree(line)
    actions.working.note_scrapped(reference=change.work_order.reference, reason="It cracked.")
    drain()
    change.refresh_from_db()
    assert change.state == "withdrawn"
    line.refresh_from_db()
    assert line.ring_inner_um == change.old_ring_inner_um
    assert not payments_that_do_not_fit(now=timezone.now() + timedelta(hours=1))


def test_money_for_a_change_that_comes_when_the_workshop_has_gone_on_goes_back(line, benches, monkeypatch):
    change = agree(line)

    def too_late(**_said):
        raise intake.CannotChange("It has passed its inspection.")

    monkeypatch.setattr(intake, "make_change", too_late)
    pay(change.due)
    change.refresh_from_db()
    assert (change.state, change.due.state) == ("withdrawn", "cancelled")
    assert benches.told == ["held", "dropped"]
    assert [row.amount_minor for row in Refund.objects.all()] == [change.gross_minor]
    assert not Invoice.objects.filter(due=change.due.reference).exists()
    assert fresh(line).ring_inner_um == 17_200
    assert not payments_that_do_not_fit(now=timezone.now() + timedelta(hours=1))
