"""A buyer changes a piece while it is being made: a yes to what was shown, paid where it costs, then made; or taken back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.outbox.actions import put
from foundation.people.models import User
from production import intake
from production.intake import Asked
from store.orders import wording
from store.orders.actions.crediting import take_back
from store.orders.actions.invoicing import invoice_due
from store.orders.actions.letters import write_letter
from store.orders.actions.standing import note_standing
from store.orders.changes import CannotChange, ChangeOffer, look, words_of, work_of
from store.orders.flow import ChangeState, DueState, OrderState
from store.orders.models import Cause, Due, DueKind, LineChange, Order, OrderLine, ShownDesign, WorkOrder
from store.payments import actions as payments

PAY_WITHIN = timedelta(days=3)
"""How long the bench waits for the money of a change: a house default."""


@transaction.atomic
def agree_change(
    *, order: Order, line: OrderLine, asked: Asked, agreed: str, by: User | None, by_name: str, now: datetime
) -> LineChange:
    """Say yes to a change as it was shown. The bench stops; what it costs is owed, and what costs nothing is made at once.

    Refuses, with CannotChange, what is too late, and what is not as it was shown any more.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    line = OrderLine.objects.select_related("order__brand__seller").get(pk=line.pk, order=order)
    offer, work = look(line, asked, now=now), work_of(line)
    if agreed != offer.agreed or work is None:
        raise CannotChange(_("It would be another price or another day now than you saw. Look again."))
    change = _write(order, line, work, offer, by=by, by_name=by_name, now=now)
    with override(order.language):
        words = words_of(change)
    try:
        intake.hold_for_change(
            reference=work.reference, wanted=asked, seen=offer.seen, words=words,
            until=timezone.localdate(change.pay_by_at) if change.due_id else None,
        )  # fmt: skip
    except intake.CannotChange as refusal:
        raise CannotChange(str(refusal)) from refusal
    if change.due is None:
        _take_off(order, offer, change, words=words, now=now)
        return make_change(change=change, now=now)
    note_standing(order)
    write_letter(order, "change_agreed", key=str(change.pk), due=change.due, words=words, piece=line.piece_name)
    return change


def _take_off(order: Order, offer: ChangeOffer, change: LineChange, *, words: str, now: datetime) -> None:
    """What the piece comes to less: off what is still to be paid, and money back, each invoice by a credit note."""
    if not offer.back:
        return
    with override(order.language):
        told = _("%(what)s: %(sum)s less") % {"what": words, "sum": wording.money(offer.back_minor, order.currency)}
    take_back(
        order=order, shares=offer.back, cause=Cause.CHANGED, key=f"changed:{change.pk}", reason=words, words=told,
        by=change.by, now=now,
    )  # fmt: skip


def _write(
    order: Order, line: OrderLine, work: WorkOrder, offer: ChangeOffer, *, by: User | None, by_name: str, now: datetime
) -> LineChange:
    due = None
    if offer.gross_minor:
        due = Due.objects.create(order=order, kind=DueKind.CHANGE, amount_minor=offer.gross_minor, asked_at=now)
        due.move(DueState.ASKED, by=None)
    asked = offer.asked
    return LineChange.objects.create(
        line=line, work_order=work, due=due, old_ring_inner_um=line.ring_inner_um, old_engraving=line.engraving,
        old_engraving_place=line.engraving_place, ring_inner_um=asked.ring_inner_um, engraving=asked.engraving,
        engraving_place=asked.engraving_place if asked.engraving else "", steps_again=list(offer.steps),
        minutes=offer.minutes, more_mg=offer.more_mg, less_mg=offer.less_mg, back_minor=offer.back_minor, net_minor=offer.net_minor, tax_minor=offer.tax_minor,
        gross_minor=offer.gross_minor, tax_rate_bp=offer.tax_rate_bp, promise_on=offer.promise_on, by=by,
        by_name=" ".join(by_name.split())[:120], agreed_at=now, pay_by_at=now + PAY_WITHIN,
    )  # fmt: skip


@transaction.atomic
def make_change(*, change: LineChange, now: datetime) -> LineChange:
    """It is paid, or costs nothing: the line says what is made now, the order what it comes to, the workshop makes it so."""
    order = Order.objects.select_for_update().get(lines__changes=change)
    change = LineChange.objects.select_related("line", "work_order", "due").get(pk=change.pk)
    change.move(ChangeState.MADE, by=None)
    line, asked = change.line, Asked(change.ring_inner_um, change.engraving, change.engraving_place)
    line.ring_inner_um, line.engraving, line.engraving_place = (
        asked.ring_inner_um,
        asked.engraving,
        asked.engraving_place,
    )
    if change.ring_inner_um != change.old_ring_inner_um:
        line.parameters = line.parameters | {"inner_diameter_um": asked.ring_inner_um}
    line.promise_on = max(line.promise_on, change.promise_on)
    line.save(update_fields=["ring_inner_um", "engraving", "engraving_place", "parameters", "promise_on"])
    order.promise_on = max(order.promise_on, line.promise_on)
    order.net_minor, order.tax_minor = order.net_minor + change.net_minor, order.tax_minor + change.tax_minor
    order.gross_minor += change.gross_minor
    order.save(update_fields=["promise_on", "net_minor", "tax_minor", "gross_minor"])
    _tell(order, change, asked, now=now)
    note_standing(order)
    return change


def _tell(order: Order, change: LineChange, asked: Asked, *, now: datetime) -> None:
    """The workshop, whoever waits for an answer to a drawing, and the buyer."""
    work = change.work_order
    with override(order.language):
        words = words_of(change)
        back = wording.money(change.back_minor, order.currency) if change.back_minor else ""
    intake.make_change(reference=work.reference, wanted=asked, words=words, by_name=change.by_name)
    newest = ShownDesign.objects.filter(work_order=work).order_by("-revision").first()
    if newest and not newest.is_answered:
        newest.comment, newest.commented_at = words, now
        newest.save(update_fields=["comment", "commented_at"])
    write_letter(order, "changed", key=str(change.pk), words=words, piece=change.line.piece_name, back=back)


@transaction.atomic
def note_change_paid(*, order: Order, owed: Due, now: datetime) -> None:
    """The money of a change is here: its invoice is written, and it is made."""
    change = owed.change
    invoice_due(owed, on=now.date())
    make_change(change=change, now=now)


@transaction.atomic
def withdraw_change(*, change: LineChange, by: User | None, note: str = "") -> LineChange:
    """Take a change back before it is paid: nothing is owed for it, the piece goes on as it was. Refuses one that is made."""
    Order.objects.select_for_update().get(lines__changes=change)
    change = LineChange.objects.select_related("work_order", "due", "line__order").get(pk=change.pk)
    change.move(ChangeState.WITHDRAWN, by=by, note=note)
    if change.due and change.due.is_open:
        payments.stop_asking(due=change.due.reference)
        change.due.move(DueState.CANCELLED, by=None)
    put("orders.drop_change", key=f"orders.drop_change:{change.pk}", payload={"change_id": change.pk})
    note_standing(change.line.order)
    return change


def drop_change(*, change_id: int) -> None:
    """The workshop goes on with the piece as it was."""
    intake.drop_change(reference=LineChange.objects.select_related("work_order").get(pk=change_id).work_order.reference)


def withdraw_unpaid_changes(*, now: datetime) -> int:
    """Take back changes whose time to pay is over, and those of orders that are off. Answers how many."""
    rows = LineChange.objects.filter(state=ChangeState.WAITING)
    late = rows.filter(pay_by_at__lte=now) | rows.exclude(line__order__state=OrderState.CONFIRMED)
    found = list(late.order_by("pk")[:200])
    for change in found:
        withdraw_change(change=change, by=None, note="not paid in time")
    return len(found)
