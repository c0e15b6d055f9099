"""The page of an order: opened by its secret, true to where the order stands, and nobody else's."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.files.models import File
from foundation.mail.models import Letter
from foundation.outbox.actions import drain
from production import intake
from production.intake import Far, Stand
from production.signals import design_ready, promise_moved, ticket_moved
from store.catalogue.models import Photo, Piece
from store.orders import actions, wording
from store.orders.models import Order, WorkOrder
from store.payments.models import Invoice
from tests.store import ordering
from tests.store.ordering import ask, made_to_order, place, settle


@pytest.fixture
def commission(stripe, ring):
    order = place(made_to_order(ring))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    return order


def page(client, order):
    return client.get(f"/en/orders/{actions.token_of(order)}/").content.decode()


def show_design(order, revision=1):
    work = WorkOrder.objects.get(line__order=order)
    design_ready.send(None, reference=work.reference, revision=revision, render="", note="")
    drain()
    return work


def test_before_it_is_paid_it_asks_for_the_payment(client, stripe, ring):
    order = place(made_to_order(ring))
    text = page(client, order)
    assert "Your order waits for its payment" in text
    token, due = actions.token_of(order), order.dues.get(kind="deposit")
    answer = client.post(f"/en/orders/{token}/pay/{due.pk}/", {"action_id": str(uuid4())})
    assert answer["Location"].startswith("/payments/go/")


def test_what_can_be_paid_now_is_not_said_to_wait_until_somebody_asks(client, ring):
    text = page(client, place(made_to_order(ring)))
    assert "Deposit (to be paid)" in text
    assert "Balance (not yet asked for)" in text


def test_paid_but_not_noted_yet_it_does_not_ask_again(client, stripe, ring):
    from store.payments import actions as payments

    order = place(made_to_order(ring))
    attempt = ask(order)
    stripe.pay(attempt)
    payments.look_again(attempt, now=timezone.now())
    text = page(client, order)
    assert "your payment is here" in text
    assert "/pay/" not in text
    assert "Deposit (paid, being noted)" in text
    assert "Balance (not yet asked for)" in text


def test_the_ribbon_and_the_sentence_follow_the_news(client, commission):
    work = WorkOrder.objects.get()
    for sequence, stage in enumerate(("design", "casting", "assembly"), start=1):
        ticket_moved.send(
            None, reference=work.reference, number="T", sequence=sequence, stage=stage, state="open", at=timezone.now(),
            headline="", note="", photos=[],
        )  # fmt: skip
    drain()
    text = page(client, commission)
    assert "is being filed and set" in text
    assert text.count('data-state="done"') == 2
    assert "as promised" in text


def test_where_it_is_late_it_says_so_first(client, commission):
    work = WorkOrder.objects.get()
    promise_moved.send(
        None, reference=work.reference, sequence=1, old_on=timezone.localdate(),
        new_on=timezone.localdate() + timedelta(days=40), cause="The stone came late.",
    )  # fmt: skip
    drain()
    text = page(client, commission)
    assert "It is late: it leaves us by" in text
    assert "The stone came late." in text


def test_a_design_is_commented_on_and_the_next_approved_by_name(client, commission, workshop):
    work, token = show_design(commission), actions.token_of(commission)
    client.post(f"/en/orders/{token}/designs/{work.pk}/1/comment/", {"text": "Lower", "action_id": str(uuid4())})
    show_design(commission, revision=2)
    stale = client.post(
        f"/en/orders/{token}/designs/{work.pk}/1/approve/", {"name": "Mara", "action_id": str(uuid4())}, follow=True
    )
    assert "There is a newer design" in stale.content.decode()
    assert stale.status_code == 409
    number = str(uuid4())
    for _ in range(2):
        client.post(f"/en/orders/{token}/designs/{work.pk}/2/approve/", {"name": "Mara Vogel", "action_id": number})
    assert workshop.approved == [{"reference": work.reference, "revision": 2, "by_name": "Mara Vogel"}]
    text = page(client, commission)
    assert "Mara Vogel approved design 2" in text
    assert "You asked for a change of design 1" in text
    assert "“Lower”" in text


def test_words_about_a_design_that_was_replaced_stay_in_their_box_beside_the_reason(client, commission):
    work, token = show_design(commission), actions.token_of(commission)
    show_design(commission, revision=2)
    said = {"text": "A longer thought about the claws.", "action_id": str(uuid4())}
    answer = client.post(f"/en/orders/{token}/designs/{work.pk}/1/comment/", said)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'A longer thought about the claws.</textarea><p class="error"' in text
    assert "There is a newer design. Look at it before you answer." in text
    assert "design 2" in text
    assert client.get(f"/en/orders/{token}/designs/{work.pk}/1/comment/")["Location"] == f"/en/orders/{token}/"


def test_an_approval_without_a_name_says_so_at_the_name(client, commission, workshop):
    work, token = show_design(commission), actions.token_of(commission)
    said = {"name": " ", "action_id": str(uuid4())}
    text = client.post(f"/en/orders/{token}/designs/{work.pk}/1/approve/", said).content.decode()
    assert "Type your name: it stands under the approval.</p>" in text
    assert 'aria-invalid="true"' in text
    assert workshop.approved == []


def test_the_whole_drawing_is_shown_before_it_is_approved(client, commission):
    work = WorkOrder.objects.get(line__order=commission)
    file = File.objects.create(
        purpose="design", name="sill.png", sha256="1" * 64, suffix=".png", size=1, width=8, height=10
    )
    design_ready.send(None, reference=work.reference, revision=1, render=str(file.reference), note="")
    drain()
    drawing = page(client, commission).partition('class="design"')[2]
    assert drawing.index('class="photo free"') < drawing.index("Approve it with your name")


def test_her_own_wish_stands_in_the_order(client, commission):
    commission.lines.update(wish="Claws as fine as you can.")
    assert "Claws as fine as you can." in page(client, commission)


def test_the_drawing_she_sent_hangs_beside_it(client, commission):
    sketch = File.objects.create(
        purpose="sketch", name="sketch.jpg", sha256="2" * 64, suffix=".jpg", size=1, width=8, height=10
    )
    assert "The drawing you sent" not in page(client, commission)
    commission.lines.update(files=[sketch.reference])
    assert "<figcaption>The drawing you sent</figcaption>" in page(client, commission)


def test_packed_and_paid_it_says_so_and_while_the_balance_waits_only_that(client, commission):
    WorkOrder.objects.update(state="made")
    Order.objects.filter(pk=commission.pk).update(delivery_state="packed")
    assert "Your order is packed" in page(client, commission)
    commission.dues.filter(kind="balance").update(state="asked")
    text = page(client, commission)
    assert "It leaves as soon as the balance is paid." in text
    assert "as promised" not in text


def test_a_program_answers_a_design_too(client, commission, workshop):
    work, token = show_design(commission), actions.token_of(commission)
    answer = client.post(
        f"/api/v1/orders/{token}/designs/{work.pk}/1/approve/", {"name": "Mara Vogel"}, content_type="application/json",
        HTTP_IDEMPOTENCY_KEY=str(uuid4()),
    )  # fmt: skip
    assert answer.status_code == 200
    assert client.get(f"/api/v1/orders/{token}/").json()["designs"][0]["approved_by"] == "Mara Vogel"


def test_called_off_it_says_what_goes_back_and_no_longer_where_it_goes(client, commission, monkeypatch):
    monkeypatch.setattr(intake, "where", lambda **said: Stand(Far.NOT_BEGUN, ""))
    paid = commission.dues.get(kind="deposit").amount_minor
    actions.cancel_order(order=commission, by=None, reason="She changed her mind.")
    text = " ".join(page(client, commission).split())
    assert "This order is called off" in text
    assert f"{wording.money(paid, 'GBP')} goes back the way it came" in text
    assert "Called off" in text
    assert f"{wording.money(paid, 'GBP')} goes back to you" in text
    assert "Goes to" not in text
    assert "<dd>£0</dd>" in text
    drain()
    assert f"{wording.money(paid, 'GBP')} paid back" in page(client, commission)


def test_called_off_unpaid_it_says_that_nothing_was_charged(client, ring):
    order = place(made_to_order(ring))
    actions.cancel_order(order=order, by=None, reason="She changed her mind.")
    assert "Nothing was charged." in page(client, order)


def test_the_invoice_is_a_pdf_of_this_order_only(client, commission, ring):
    token, invoice = actions.token_of(commission), Invoice.objects.get()
    answer = client.get(f"/en/orders/{token}/invoices/{invoice.reference}/")
    assert answer.content.startswith(b"%PDF")
    other = actions.token_of(place(made_to_order(ring)))
    assert client.get(f"/en/orders/{other}/invoices/{invoice.reference}/").status_code == 404


def test_a_stranger_finds_nothing_and_an_old_link_says_that_it_was_replaced(client, commission):
    assert client.get(f"/en/orders/{'x' * 22}/").status_code == 404
    old = actions.token_of(commission)
    actions.make_link(commission)
    answer = client.get(f"/en/orders/{old}/")
    assert answer.status_code == 410
    assert "This link was replaced" in answer.content.decode()
    assert client.get(f"/api/v1/orders/{old}/").status_code == 409


def test_another_buyers_due_cannot_be_paid_through_ones_own_link(client, stripe, ring):
    mine, theirs = place(made_to_order(ring)), place(made_to_order(ring))
    answer = client.post(
        f"/en/orders/{actions.token_of(mine)}/pay/{theirs.dues.first().pk}/", {"action_id": str(uuid4())}
    )
    assert answer.status_code == 404


def test_a_lost_link_is_sent_again_and_a_stranger_learns_nothing(client, commission):
    said = []
    for email in ("mara@example.com", "eve@example.com"):
        answer = client.post(
            "/en/orders/find/", {"number": commission.number, "email": email, "action_id": str(uuid4())}, follow=True
        )
        said.append([str(m) for m in answer.context["messages"]])
    assert said[0] == said[1]
    assert [letter.to for letter in Letter.objects.filter(template="orders/mail/link")] == ["mara@example.com"]


def test_those_who_sign_in_see_their_own_orders(client, commission):
    mara, eve = ordering.member("mara@example.com", "customer"), ordering.member("eve@example.com", "customer")
    Order.objects.filter(pk=commission.pk).update(user=mara)
    client.force_login(mara)
    assert commission.number in client.get("/en/orders/").content.decode()
    assert client.get(f"/en/orders/mine/{commission.number}/").status_code == 302
    client.force_login(eve)
    assert commission.number not in client.get("/en/orders/").content.decode()
    assert client.get(f"/en/orders/mine/{commission.number}/").status_code == 404


def test_the_page_asks_the_database_no_more_than_it_needs(client, commission, django_assert_max_num_queries):
    show_design(commission)
    page(client, commission)
    with django_assert_max_num_queries(12):
        page(client, commission)


def test_the_diary_tells_what_was_done_on_the_page_through_the_api_and_in_a_letter(client, commission):
    work = WorkOrder.objects.get()
    cast = {"done": "casting", "pieces": 1, "mg": 3040, "alloy": "AU750Y", "others": 5}
    ticket_moved.send(
        None, reference=work.reference, number="T", sequence=1, stage="assembly", state="open", at=timezone.now(),
        headline="assembly", note="", photos=[], facts=cast,
    )  # fmt: skip
    drain()
    said = "Poured with 5 other pieces. It came out of the flask at 3.04\xa0g."
    assert said in page(client, commission)
    token = actions.token_of(commission)
    assert client.get(f"/api/v1/orders/{token}/").json()["diary"][-1]["facts"] == cast
    assert said in Letter.objects.get(template="orders/mail/stage").text


def test_a_picture_in_another_metal_says_so_and_that_no_camera_took_it(client, commission):
    line = commission.lines.get()
    file = File.objects.create(
        purpose="shop", name="sill.jpg", sha256="0" * 64, suffix=".jpg", size=1, width=8, height=10
    )
    Photo.objects.create(
        piece=Piece.objects.get(slug=line.piece_slug),
        file=file,
        alloy="AU750Y",
        view="side",
        shape="7bd455c7",
    )
    type(line).objects.filter(pk=line.pk).update(picture=file.reference)
    assert "Shown in 18 ct yellow gold · Computer-made picture of the exact model<" in page(client, commission)


def test_of_several_pieces_each_entry_names_its_own_and_what_happened_to_all_is_said_once(client, stripe, ring):
    two = made_to_order(ring)
    order = place(two, replace(made_to_order(ring), ring_inner_um=18_190))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    at = timezone.now()
    for work in WorkOrder.objects.all():
        ticket_moved.send(
            None, reference=work.reference, number="T", sequence=1, stage="casting", state="open", at=at,
            headline="casting", note="", photos=[],
        )  # fmt: skip
    drain()
    text = page(client, order)
    names = [wording.line_short(line) for line in order.lines.order_by("pk")]
    assert len(set(names)) == 2
    assert text.count("<b>Your piece is being cast in metal</b>") == 1
    assert " · ".join(names) in text or " · ".join(reversed(names)) in text


def test_once_all_has_come_back_the_link_leads_to_her_returns_and_no_longer_asks_for_more(client, commission):
    commission.parcels.create(delivered_at=timezone.now())
    assert "Send something back" in page(client, commission)
    for due in commission.dues.all():
        commission.dues.filter(pk=due.pk).update(credited_minor=due.amount_minor)
    text = page(client, commission)
    assert "Your returns" in text
    assert "Send something back" not in text


def test_of_a_long_diary_the_newest_entries_are_read_at_once_and_none_is_left_out(client, commission):
    work = WorkOrder.objects.get()
    for sequence in range(1, 15):
        ticket_moved.send(
            None, reference=work.reference, number="T", sequence=sequence, stage="casting", state="open",
            at=timezone.now() + timedelta(minutes=sequence), headline="on_hold", note=f"Rest {sequence}.", photos=[],
        )  # fmt: skip
    drain()
    newest, _, earlier = page(client, commission).partition('class="earlier"')
    assert [n for n in range(1, 15) if f"Rest {n}." in newest] == [*range(7, 15)]
    assert [n for n in range(1, 15) if f"Rest {n}." in earlier] == [*range(1, 7)]
    assert "Order placed" in earlier


def test_where_the_moved_day_is_over_too_it_does_not_say_that_it_will_leave_then(client, commission):
    work = WorkOrder.objects.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    Order.objects.filter(pk=commission.pk).update(promise_on=yesterday - timedelta(days=5))
    promise_moved.send(
        None, reference=work.reference, sequence=2, old_on=yesterday - timedelta(days=5), new_on=yesterday, cause="It rested.",
    )  # fmt: skip
    drain()
    text = page(client, commission)
    assert f"It should have left us by {wording.weekday(yesterday)} and has not" in text
    assert "it leaves us by" not in text
