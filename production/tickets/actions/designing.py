"""The drawing operation ends when its design is shown to the customer."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.people.models import User
from foundation.people.roles import Role
from production.designs.actions import show_revision, upload_revision
from production.designs.models import Brief, Revision
from production.tickets.actions.evidence import record
from production.tickets.actions.working import finish_operation, start_operation
from production.tickets.flow import OperationState
from production.tickets.models import Evidence, Operation, Ticket


class NotDrawn(Exception):
    """Why no design of this ticket can be shown now."""


@transaction.atomic
def draw(*, ticket: Ticket, render: UploadedFile, cad: UploadedFile, note: str, by: User, action_id: str) -> Revision:
    """Keep a version and show it. One act: a version that nobody is shown helps nobody.

    Refuses whoever is no designer, a ticket whose design is finished, and files that cannot be taken.
    """
    if reason := not_a_designer(by):
        raise NotDrawn(reason)
    operation, brief = _begun(ticket, by), Brief.objects.get(reference=ticket.reference)
    revision = upload_revision(
        brief=brief, render=render, cad=cad, note=note, predicted_mg=ticket.predicted_mg, by=by
    )  # fmt: skip
    return show_design(operation=operation, revision=revision, by=by, action_id=action_id)


def not_a_designer(by: User) -> str:
    """Why this person shows no designs; "" when they do. Nobody steps in: the customer approves what a designer drew."""
    return "" if by.has_role(Role.DESIGNER) else _("Designs are shown by a designer.")


def _begun(ticket: Ticket, by: User) -> Operation:
    """The design stage's operation, started if it is the drawing and nobody began it."""
    operation = ticket.current
    if operation is None or operation.craft not in ("draw", "approve"):
        raise NotDrawn(_("The design of this ticket is finished."))
    if operation.craft == "draw" and operation.state == OperationState.READY:
        start_operation(operation=operation, by=by)
    return operation


@transaction.atomic
def show_design(*, operation: Operation, revision: Revision, by: User, action_id: str) -> Revision:
    """Show a version to the customer. The first one shown ends the drawing; later ones wait beside the approval."""
    show_revision(revision=revision, by=by)
    if operation.craft == "draw" and operation.state == OperationState.RUNNING:
        text = str(revision.number)
        record(operation=operation, kind=Evidence.Kind.REVISION, by=by, action_id=f"{action_id}:shown", text=text)
        finish_operation(operation=operation, by=by, action_id=action_id)
    return revision
