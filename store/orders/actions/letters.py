"""Letters to a buyer. Each is written once per key, in their language, with the link to their order's page."""

from typing import Any
from uuid import UUID

from django.utils.translation import override

from foundation.mail.actions import send_letter
from store.orders import done, wording
from store.orders.actions.links import page_url
from store.orders.models import Due, LineProgress, Order, ParcelNote, WorkOrder
from store.payments.models import Refund


def write_letter(
    order: Order,
    name: str,
    *,
    key: str = "",
    due: Due | None = None,
    work: WorkOrder | None = None,
    parcel: ParcelNote | None = None,
    refund: UUID | None = None,
    **more: Any,
) -> None:
    """Write the letter `name` about this order, once per `key` (once per order where there is none).

    A buyer who gave a telephone number alone reads it all on the order's page: nothing is written.
    """
    if not order.email:
        return
    with override(order.language):
        context: dict[str, Any] = {"order": order, "url": page_url(order), "lines": _lines(order), **more}
        if due is not None:
            context |= {"amount": wording.money(due.owed_minor, order.currency), "due": due}
            context["due_day"] = wording.day(due.due_on) if due.due_on else ""
        if work is not None:
            context |= _about_work(work, str(more.get("stage", "")))
        if parcel is not None:
            context["parcel"] = parcel
        if refund is not None:
            back = Refund.objects.get(reference=refund)
            context |= {"amount": wording.money(back.amount_minor, order.currency), "reason": back.reason}
        context["promise"] = wording.day(order.promise_on)
        context["total"] = wording.money(order.gross_minor, order.currency)
    send_letter(
        to=order.email, language=order.language, template=f"orders/mail/{name}", context=context, brand=order.brand,
        key=f"order:{order.pk}:{name}:{key}",
    )  # fmt: skip


def _lines(order: Order) -> list[str]:
    return [wording.line_in_words(line) for line in order.lines.all()]


def _done(work: WorkOrder, stage: str) -> str:
    """What was done to the piece before it came to this stage."""
    entry = work.diary.filter(stage=stage).order_by("pk").first() if stage else None
    return done.in_words(entry.facts) if entry else ""


def _about_work(work: WorkOrder, stage: str) -> dict[str, Any]:
    progress = LineProgress.objects.filter(work_order=work).first()
    promise = progress.promise_on if progress and progress.promise_on else work.line.promise_on
    return {
        "piece": work.line.piece_name, "promise_of_piece": wording.day(promise), "stage_words": wording.begun(stage, has_stones=bool(work.line.stones)),
        "done": _done(work, stage),
        "cause": progress.promise_cause if progress else "",
    }  # fmt: skip
