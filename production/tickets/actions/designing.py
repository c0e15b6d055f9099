"""The drawing operation ends when its design is shown to the customer."""

from django.db import transaction

from foundation.people.models import User
from production.designs.actions import show_revision
from production.designs.models import Revision
from production.tickets.actions.evidence import record
from production.tickets.actions.working import finish_operation
from production.tickets.flow import OperationState
from production.tickets.models import Evidence, Operation


@transaction.atomic
def show_design(*, operation: Operation, revision: Revision, by: User, action_id: str) -> Revision:
    """Show a version to the customer. The first one shown ends the drawing; later ones wait beside the approval."""
    show_revision(revision=revision, by=by)
    if operation.craft == "draw" and operation.state == OperationState.RUNNING:
        text = str(revision.number)
        record(operation=operation, kind=Evidence.Kind.REVISION, by=by, action_id=f"{action_id}:shown", text=text)
        finish_operation(operation=operation, by=by, action_id=action_id)
    return revision
