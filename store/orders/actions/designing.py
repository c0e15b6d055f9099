"""The buyer answers a design: a comment asks for another revision, a name approves it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from production import intake
from store.orders.actions.letters import write_letter
from store.orders.models import Order, ShownDesign, WorkOrder

LONGEST_COMMENT = 4000


class CannotAnswer(Exception):
    """Why this design cannot be answered now, in a sentence."""


@transaction.atomic
def approve_design(*, order: Order, work_order: WorkOrder, revision: int, by_name: str, now: datetime) -> ShownDesign:
    """Approve the newest revision by typing one's name. Approving it again changes nothing."""
    design = _newest(order, work_order, revision)
    name = " ".join(by_name.split())[:120]
    if len(name) < 2:
        raise CannotAnswer(_("Type your name: it stands under the approval."))
    if design.approved_at:
        return design
    if design.commented_at:
        raise CannotAnswer(_("You asked for a change to this design. Wait for the next one, or write to us."))
    design.approved_by, design.approved_at = name, now
    design.save(update_fields=["approved_by", "approved_at"])
    try:
        intake.approve_design(reference=work_order.reference, revision=revision, by_name=name)
    except intake.REFUSALS as refusal:
        raise CannotAnswer(str(refusal)) from refusal
    write_letter(order, "approved", key=f"{work_order.pk}:{revision}", work=work_order, revision=revision, by_name=name)
    return design


@transaction.atomic
def comment_on_design(
    *, order: Order, work_order: WorkOrder, revision: int, text: str, by_name: str, now: datetime
) -> ShownDesign:
    """Say what should be different: a new revision is made."""
    design = _newest(order, work_order, revision)
    text = text.strip()
    if not text:
        raise CannotAnswer(_("Write what should be different."))
    if len(text) > LONGEST_COMMENT:
        raise CannotAnswer(_("Keep it under %(most)d letters.") % {"most": LONGEST_COMMENT})
    if design.approved_at:
        raise CannotAnswer(_("You have approved this design already. Write to us if something has to change."))
    design.comment = f"{design.comment}\n{text}".strip()
    design.commented_at = now
    design.save(update_fields=["comment", "commented_at"])
    name = by_name.strip()[:120] or order.name
    try:
        intake.comment_on_design(reference=work_order.reference, revision=revision, text=text, by_name=name)
    except intake.REFUSALS as refusal:
        raise CannotAnswer(str(refusal)) from refusal
    return design


def _newest(order: Order, work_order: WorkOrder, revision: int) -> ShownDesign:
    designs = ShownDesign.objects.filter(work_order=work_order, work_order__line__order=order)
    design = designs.select_for_update().order_by("-revision").first()
    if design is None:
        raise CannotAnswer(_("No design has been shown to you yet."))
    if design.revision != revision:
        raise CannotAnswer(_("There is a newer design. Look at it before you answer."))
    return design
