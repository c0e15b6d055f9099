"""What the workshop and the packers tell becomes what the buyer reads; and money opens the parcel."""

import random
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.files.models import File
from foundation.mail.models import Letter
from foundation.outbox.actions import drain
from packing.models import Parcel
from packing.signals import parcel_delivered, parcel_dispatched, parcel_sealed
from production.signals import design_ready, promise_moved, ready_to_pack, ticket_moved, ticket_scrapped
from store.catalogue.models import Photo, Variant
from store.orders import actions, wording
from store.orders.contents import from_tray
from store.orders.models import Diary, LineProgress, Order, ParcelNote, ShownDesign, StageReached, WorkOrder
from tests.store.ordering import ask, made_to_order, place, ready_made, settle

STAGES = ("design", "casting", "assembly", "finishing", "quality", "packaging")


@pytest.fixture
def commission(stripe, ring):
    """An order of one piece to be made, its deposit paid and its ticket open."""
    order = place(made_to_order(ring))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    order.refresh_from_db()
    return order


def work_of(order):
    return WorkOrder.objects.get(line__order=order)


def moved(work, sequence, stage, *, at=None):
    ticket_moved.send(
        None, reference=work.reference, number="T-1", sequence=sequence, stage=stage, state="open",
        at=at or timezone.now(), headline="moved", note="", photos=[],
    )  # fmt: skip


def made(work):
    ready_to_pack.send(None, reference=work.reference, made={"serial": "S-1", "alloy": "PT950Ru", "fineness_ppt10": 9500,
                       "gross_mg": 7100, "hallmark_status": "marked", "marks": "AJR 950", "engraving": "toujours"})  # fmt: skip
    drain()


def told(template):
    return Letter.objects.filter(template=f"orders/mail/{template}").count()


@pytest.mark.parametrize("seed", range(3))
def test_news_in_any_order_leaves_the_newest_standing_and_every_entry_in_the_diary(commission, seed):
    work = work_of(commission)
    news = list(enumerate(STAGES[:5], start=1)) * 2
    random.Random(seed).shuffle(news)
    for sequence, stage in news:
        moved(work, sequence, stage)
        drain()
    progress = LineProgress.objects.get(work_order=work)
    assert (progress.sequence, progress.stage) == (5, "quality")
    assert Diary.objects.filter(work_order=work).count() == 5
    assert StageReached.objects.filter(work_order=work).count() == 5


def test_only_some_stages_are_told_by_mail_and_each_once(commission):
    work = work_of(commission)
    for sequence, stage in enumerate([*STAGES, "assembly", "finishing", "quality", "packaging"], start=1):
        moved(work, sequence, stage)
    drain()
    assert told("stage") == 4
    subjects = Letter.objects.filter(template="orders/mail/stage").values_list("subject", flat=True)
    assert f"Your piece is being cast in metal ({commission.number})" in subjects


def test_a_piece_that_inspection_sent_back_is_told_by_mail_with_what_was_not_right_each_time_once(commission):
    work = work_of(commission)
    for sequence in (6, 8, 6):
        ticket_moved.send(
            None, reference=work.reference, number="T-1", sequence=sequence, stage="assembly", state="open", at=timezone.now(),
            headline="sent_back", note="", photos=[], facts={"fault": "ST-LOO", "again": "assembly"},
        )  # fmt: skip
    drain()
    assert told("sent_back") == 2
    letter = Letter.objects.filter(template="orders/mail/sent_back").first()
    assert "not yet as it should be. A stone did not sit as it should. The setter does it again." in letter.text
    assert wording.day(LineProgress.objects.get(work_order=work).promise_on) in letter.text


def test_news_of_a_ticket_that_is_not_ours_is_let_pass(commission):
    ticket_moved.send(
        None, reference=uuid4(), number="T-9", sequence=1, stage="casting", state="open", at=timezone.now(),
        headline="moved", note="", photos=[],
    )  # fmt: skip
    drain()
    assert Diary.objects.count() == 0


def test_the_buyer_comments_sees_another_design_and_approves_it_by_name(commission, workshop):
    work, now = work_of(commission), timezone.now()
    design_ready.send(None, reference=work.reference, revision=1, render="", note="First idea")
    drain()
    actions.comment_on_design(order=commission, work_order=work, revision=1, text="Lower", by_name="Mara", now=now)
    with pytest.raises(actions.CannotAnswer, match="asked for a change"):
        actions.approve_design(order=commission, work_order=work, revision=1, by_name="Mara Vogel", now=now)
    design_ready.send(None, reference=work.reference, revision=2, render="", note="Lower now")
    drain()
    with pytest.raises(actions.CannotAnswer, match="newer design"):
        actions.approve_design(order=commission, work_order=work, revision=1, by_name="Mara Vogel", now=now)
    with pytest.raises(actions.CannotAnswer, match="Type your name"):
        actions.approve_design(order=commission, work_order=work, revision=2, by_name=" ", now=now)
    for _ in range(2):
        actions.approve_design(order=commission, work_order=work, revision=2, by_name="Mara Vogel", now=now)
    assert [said["revision"] for said in workshop.approved] == [2]
    assert workshop.comments[0]["text"] == "Lower"
    assert told("design_ready") == 2
    assert ShownDesign.objects.get(revision=2).approved_by == "Mara Vogel"


def test_a_moved_promise_is_told_with_its_cause_and_older_news_is_ignored(commission):
    work, day = work_of(commission), timezone.localdate()
    for sequence, days in ((2, 30), (1, 25)):
        promise_moved.send(
            None, reference=work.reference, sequence=sequence, old_on=day, new_on=day + timedelta(days=days),
            cause="The stone came late.",
        )  # fmt: skip
        drain()
    assert LineProgress.objects.get().promise_on == day + timedelta(days=30)
    assert told("promise_moved") == 1


def test_sealed_asks_for_the_balance_and_paid_lets_the_parcel_go(commission, stripe):
    made(work_of(commission))
    note = ParcelNote.objects.get()
    parcel_sealed.send(None, reference=note.reference, contents=[], at=timezone.now())
    drain()
    commission.refresh_from_db()
    assert commission.dues.get(kind="balance").state == "asked"
    assert Parcel.objects.get().released_at is None
    assert told("balance_due") == 1
    attempt = ask(commission, "balance")
    stripe.pay(attempt)
    settle(attempt)
    assert Parcel.objects.get().released_at is not None
    commission.refresh_from_db()
    assert commission.money == "paid"


def test_a_balance_paid_early_lets_the_parcel_go_as_soon_as_it_is_asked_for(commission, stripe):
    attempt = ask(commission, "balance")
    stripe.pay(attempt)
    settle(attempt)
    made(work_of(commission))
    assert Parcel.objects.get().released_at is not None
    parcel_sealed.send(None, reference=ParcelNote.objects.get().reference, contents=[], at=timezone.now())
    drain()
    assert told("balance_due") == 0


def test_the_parcel_says_what_the_piece_became(commission):
    made(work_of(commission))
    made(work_of(commission))
    content = Parcel.objects.get().contents.get()
    assert (content.serial, content.fineness, content.gross_mg, content.marks) == ("S-1", "950", 7100, "AJR 950")
    assert str(content.reference) == str(work_of(commission).reference)


def test_what_lies_in_the_tray_is_packed_at_once_and_needs_no_balance(stripe, variant, workshop):
    order = place(ready_made(variant, quantity=2))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    parcel = Parcel.objects.get()
    assert (parcel.contents.get().quantity, workshop.opened) == (2, [])
    assert parcel.released_at is not None, "nothing is owed for it: the packers need not wait to be told"
    assert ParcelNote.objects.get().released_at is not None
    released_at = parcel.released_at
    parcel_sealed.send(None, reference=parcel.reference, contents=[], at=timezone.now())
    drain()
    parcel.refresh_from_db()
    assert parcel.released_at == released_at


def test_dispatched_and_delivered_complete_the_order_and_are_told(stripe, variant):
    order = place(ready_made(variant))
    attempt = ask(order)
    stripe.pay(attempt)
    settle(attempt)
    note, now = ParcelNote.objects.get(), timezone.now()
    for _ in range(2):
        parcel_delivered.send(None, reference=note.reference, at=now)
        parcel_dispatched.send(
            None, reference=note.reference, carrier="Royal Mail", tracking_number="RM123456", tracking_url="", at=now
        )
        parcel_sealed.send(None, reference=note.reference, contents=[], at=now)
        drain()
    order.refresh_from_db()
    assert (order.state, order.delivery_state) == ("completed", "delivered")
    assert told("delivered") == 1


def test_a_scrapped_piece_is_asked_for_again_in_a_work_order_of_its_own(commission, workshop):
    ticket_scrapped.send(None, reference=work_of(commission).reference, sequence=4, reason="Porosity")
    drain()
    assert [(w.purpose, w.state) for w in WorkOrder.objects.order_by("pk")] == [
        ("custom", "scrapped"),
        ("recast", "opened"),
    ]
    assert [order.purpose for order in workshop.opened] == ["custom", "recast"]
    assert Order.objects.get().making == "making"


@pytest.mark.parametrize(
    ("marks", "metal_mg", "said"),
    [
        ("AJR · 950 · leopard’s head", 4_200, ("marked", "AJR · 950 · leopard’s head")),
        ("", 4_200, ("not_described", "")),  # heavy enough to need a mark, and none is on record: none is claimed
        ("", 499, ("exempt", "")),
        ("", 500, ("not_described", "")),  # exempt is strictly lighter
        ("", 0, ("not_described", "")),  # nobody weighed it
    ],
)
def test_a_piece_from_the_tray_claims_only_the_hallmark_that_is_on_record(variant, marks, metal_mg, said):
    Variant.objects.filter(pk=variant.pk).update(marks=marks, metal_mg=metal_mg, alloy="PT950Ru")
    variant.refresh_from_db()
    order = place(ready_made(variant))
    content = from_tray(order.lines.get())
    assert (content.hallmark_status, content.marks) == said


def test_the_workshop_is_told_which_metal_the_picture_shows(stripe, ring, workshop):
    file = File.objects.create(purpose="shop", name="a.jpg", sha256="0" * 64, suffix=".jpg", size=1, width=8, height=10)
    Photo.objects.create(piece=ring, file=file, alloy="AU750Y", view="side")
    attempt = ask(place(replace(made_to_order(ring), picture=file.reference)))
    stripe.pay(attempt)
    settle(attempt)
    drain()
    asked = workshop.opened[-1]
    assert (asked.alloy, asked.picture_alloy) == ("PT950Ru", "AU750Y")
