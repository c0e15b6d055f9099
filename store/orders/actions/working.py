"""What a confirmed order sets going: tickets in the workshop, and what the workshop tells of them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import override

from foundation.house.models import Site
from foundation.outbox.actions import put
from production import intake
from store.catalogue.flow import HoldState
from store.catalogue.models import Hold
from store.catalogue.pictures import by_file
from store.orders import done, wording
from store.orders.actions.changing import withdraw_change
from store.orders.actions.leaving import leave_made
from store.orders.actions.letters import write_letter
from store.orders.actions.standing import note_standing
from store.orders.flow import ChangeState, WorkState
from store.orders.models import Diary, LineProgress, Order, OrderLine, ShownDesign, StageReached, WorkOrder

TOLD_BY_MAIL = ("casting", "assembly", "finishing", "packaging")
"""Stages whose beginning is worth a letter. That of packaging says that the piece has passed its inspection."""
SENT_BACK = "sent_back"
"""News that an inspection found something, and its letter."""


def start_work(order: Order) -> None:
    """Write a work order for each line that is to be made, and owe opening its ticket; owe a parcel for the rest."""
    lines = list(order.lines.all())
    for line in lines:
        if line.is_custom:
            ask_workshop(line, purpose="custom", attempt=1)
    if any(not line.is_custom for line in lines) and not lies_at_the_counter(order):
        put(
            "orders.request_stock_parcel", key=f"orders.request_stock_parcel:{order.pk}", payload={"order_id": order.pk}
        )


def lies_at_the_counter(order: Order) -> bool:
    """Whether it is collected where all of it from the tray lies: then nobody packs a parcel."""
    if order.delivery.collected_at_id is None:
        return False
    holds = Hold.objects.of_key(*order.held_keys()).filter(state=HoldState.TAKEN)
    return not holds.exclude(stock__site=order.delivery.collected_at_id).exists()


def ask_workshop(line: OrderLine, *, purpose: str, attempt: int) -> WorkOrder:
    """A work order for this line, and the ticket it opens owed."""
    suffix = f"{line.position}" if attempt == 1 else f"{line.position}.{attempt}"
    work = WorkOrder.objects.create(line=line, purpose=purpose, attempt=attempt, number=f"{line.order.number}-{suffix}")
    LineProgress.objects.create(work_order=work, promise_on=line.promise_on)
    put("orders.open_ticket", key=f"orders.open_ticket:{work.pk}", payload={"work_order_id": work.pk})
    return work


@transaction.atomic
def open_ticket(*, work_order_id: int) -> None:
    """Open the ticket for a work order: exactly one, however often this is called."""
    work = _locked(pk=work_order_id)
    if work is None or work.state != WorkState.ASKED:
        return
    work.ticket_number = intake.open_ticket(_request(work))
    work.save(update_fields=["ticket_number"])
    work.move(WorkState.OPENED, by=None)
    note_standing(work.line.order)


@transaction.atomic
def note_progress(
    *,
    reference: UUID,
    sequence: int,
    stage: str,
    state: str,
    at: datetime,
    headline: str,
    note: str = "",
    photos: list[str] | None = None,
    facts: dict[str, Any] | None = None,
) -> None:
    """A ticket is somewhere new. The diary keeps every entry; where it stands is what the newest news says."""
    work = _locked(reference=reference)
    if work is None or work.state == WorkState.CANCELLED:
        return
    Diary.objects.bulk_create(
        [
            Diary(
                order=work.line.order, work_order=work, key=f"{reference}:{sequence}", headline=headline, stage=stage,
                note=note, photos=photos or [], facts=facts or {}, at=at,
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    progress = LineProgress.objects.select_for_update().get(work_order=work)
    if sequence > progress.sequence:
        progress.sequence, progress.stage, progress.ticket_state = sequence, stage, state
        progress.headline, progress.at = headline, at
        progress.save(update_fields=["sequence", "stage", "ticket_state", "headline", "at"])
    _note_stage(work, stage, at)
    if headline == SENT_BACK:
        _tell_sent_back(work, sequence, facts or {})


@transaction.atomic
def note_promise(*, reference: UUID, sequence: int, new_on: date, cause: str) -> None:
    """The promised day changed."""
    work = _locked(reference=reference)
    if work is None or work.state == WorkState.CANCELLED:
        return
    progress = LineProgress.objects.select_for_update().get(work_order=work)
    if sequence <= progress.promise_sequence:
        return
    progress.promise_sequence, progress.promise_on, progress.promise_cause = sequence, new_on, cause[:200]
    progress.save(update_fields=["promise_sequence", "promise_on", "promise_cause"])
    write_letter(work.line.order, "promise_moved", key=f"promise:{reference}:{sequence}", work=work)


@transaction.atomic
def note_design(*, reference: UUID, revision: int, render: str, note: str, at: datetime) -> None:
    """A revision waits for the buyer: show it on their page and write."""
    work = _locked(reference=reference)
    if work is None or work.state == WorkState.CANCELLED:
        return
    _shown, made = ShownDesign.objects.get_or_create(
        work_order=work, revision=revision,
        defaults={"render": UUID(render) if render else None, "note": note, "shown_at": at},
    )  # fmt: skip
    if made:
        write_letter(
            work.line.order, "design_ready", key=f"design:{reference}:{revision}", work=work, revision=revision
        )


@transaction.atomic
def note_made(*, reference: UUID, made: dict[str, Any], now: datetime) -> None:
    """The piece passed its last inspection: keep its facts and owe its parcel.

    One that was called off meanwhile goes to nobody: the office decides what becomes of it.
    """
    work = _locked(reference=reference)
    if work is None or work.state not in (WorkState.OPENED, WorkState.CANCELLED):
        return
    work.made = made
    work.save(update_fields=["made"])
    if work.state == WorkState.CANCELLED:
        leave_made(work, now=now)
        return
    work.move(WorkState.MADE, by=None)
    note_standing(work.line.order)
    put("orders.request_parcel", key=f"orders.request_parcel:{work.pk}", payload={"work_order_id": work.pk})


@transaction.atomic
def note_finished(*, reference: UUID) -> None:
    """The ticket's books are closed."""
    work = _locked(reference=reference)
    if work is not None and work.state == WorkState.MADE:
        work.move(WorkState.FINISHED, by=None)
        note_standing(work.line.order)


@transaction.atomic
def note_scrapped(*, reference: UUID, reason: str) -> None:
    """The piece was scrapped: the line is made again, in a work order of its own. A change that waits for its money is
    taken back with the piece it was reckoned on; money that still comes for it goes back.
    """
    work = _locked(reference=reference)
    if work is None or work.state not in (WorkState.OPENED, WorkState.MADE):
        return
    work.move(WorkState.SCRAPPED, by=None, note=reason)
    for change in work.line.changes.filter(state=ChangeState.WAITING):
        withdraw_change(change=change, by=None, note=reason)
    attempt = work.line.work_orders.filter(purpose="recast").count() + 1
    ask_workshop(work.line, purpose="recast", attempt=attempt + 1)
    note_standing(work.line.order)


def _locked(**which: Any) -> WorkOrder | None:
    """The work order, its order taken first: everything that changes an order takes it in this order."""
    work = WorkOrder.objects.filter(**which).first()
    if work is None:
        return None
    Order.objects.select_for_update().get(lines__work_orders=work)
    rows = WorkOrder.objects.select_related("line__order__brand", "line__order__seller")
    return rows.select_for_update(of=("self",)).get(pk=work.pk)


def _note_stage(work: WorkOrder, stage: str, at: datetime) -> None:
    """The first time a work order comes to a stage stands on the ribbon, and some of them in a letter."""
    reached, first = StageReached.objects.get_or_create(work_order=work, stage=stage, defaults={"at": at})
    if not first and at < reached.at:
        StageReached.objects.filter(pk=reached.pk).update(at=at)
    if first and stage in TOLD_BY_MAIL and not work.line.order.is_on_account:
        write_letter(work.line.order, "stage", key=f"stage:{work.reference}:{stage}", work=work, stage=stage)


def _tell_sent_back(work: WorkOrder, sequence: int, facts: dict[str, Any]) -> None:
    """What inspection found, in a letter; a company reads it on the order's page."""
    order = work.line.order
    if order.is_on_account:
        return
    with override(order.language):
        why = done.in_words(facts)
    write_letter(order, SENT_BACK, key=f"{work.reference}:{sequence}", work=work, why=why)


def _request(work: WorkOrder) -> intake.WorkOrder:
    """What the workshop gets to know."""
    line, order = work.line, work.line.order
    site = Site.objects.workshops().first()
    shown = by_file([line.picture]).get(line.picture) if line.picture else None
    with override(order.language):
        customer = wording.short_name(order.name)
    return intake.WorkOrder(
        reference=work.reference, number=work.number, purpose=work.purpose, kind=line.kind,
        piece_name=line.piece_name, style_code=line.style_code, family=line.family, parameters=line.parameters,
        alloy=line.alloy, ring_inner_um=line.ring_inner_um, stones=tuple(_stone(stone) for stone in line.stones),
        engraving=line.engraving, engraving_place=line.engraving_place, finish=line.finish, plating=line.plating,
        quantity=line.quantity, channel=order.channel, brand=order.brand.code, site=site.code if site else "",
        language=order.language, customer=customer, wish=line.wish, files=tuple(line.files),
        promise_on=line.promise_on, needs_approval=line.needs_approval, picture=line.picture,
        picture_alloy=shown.alloy if shown else "", country=order.country,
    )  # fmt: skip


def _stone(stone: dict[str, Any]) -> intake.StoneWanted:
    return intake.StoneWanted(
        species=stone["species"], cut=stone["cut"], length_um=stone["length_um"], width_um=stone["width_um"],
        mct=stone["mct"], count=stone["count"], label=stone["report_number"],
    )  # fmt: skip
