"""Leaving evidence. Every row carries the client's own id, so that a dropped line and a second tap change nothing."""

from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.files.actions import keep_image
from foundation.files.models import File
from foundation.mass import format_mass
from foundation.people.models import User
from production.tickets.flow import OperationState
from production.tickets.models import Evidence, Operation, Ticket

HEAVIEST_MG = 2_000_000
"""No piece or bag here weighs two kilograms: a slip of the hand or of the unit."""
WEIGHED_AT_THE_BENCH: tuple[str, ...] = (
    Evidence.Kind.WEIGHT_IN, Evidence.Kind.ADDED, Evidence.Kind.WEIGHT_OUT, Evidence.Kind.FILINGS,
)  # fmt: skip
PHOTOGRAPHED: tuple[str, ...] = (Evidence.Kind.PHOTO, Evidence.Kind.ENGRAVING_PROOF)
OPEN_TO_EVIDENCE = (OperationState.READY, OperationState.RUNNING, OperationState.PAUSED)


class NotEvidence(Exception):
    """Why this was not written down, in a sentence."""


@transaction.atomic
def record(
    *,
    operation: Operation,
    kind: str,
    action_id: str,
    by: User | None,
    mg: int | None = None,
    file: File | None = None,
    others: int | None = None,
    text: str = "",
    for_customer: bool = False,
) -> Evidence:
    """Write one row, once per `action_id`: a second tap, however close, is given the row of the first.

    Refuses an operation that is not at hand, and an id that another operation used.
    """
    Ticket.objects.select_for_update().get(pk=operation.ticket_id)
    if written := _written(action_id, operation):
        return written
    operation.refresh_from_db(fields=["state"])
    if operation.state not in OPEN_TO_EVIDENCE:
        raise NotEvidence(
            _("“%(operation)s” is not at hand: start it first, or look again.") % {"operation": operation}
        )
    row = Evidence(
        operation=operation, kind=kind, mg=mg, file=file, others=others, text=text, for_customer=for_customer, by=by,
        action_id=action_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        if (written := _written(action_id, operation)) is None:
            raise
        return written
    return row


def _written(action_id: str, operation: Operation) -> Evidence | None:
    """What was written under this id."""
    row = Evidence.objects.filter(action_id=action_id).first()
    if row and row.operation_id != operation.pk:
        raise NotEvidence(_("This was already written at another operation. Open the page again."))
    return row


def weigh(
    *, operation: Operation, kind: str, mg: int, by: User | None, action_id: str, others: int | None = None
) -> Evidence:
    """Write a weight in milligrams, of a casting also how many `others` were poured with it. Refuses nothing, and more than two
    kilograms.
    """
    if mg <= 0:
        raise NotEvidence(_("The weight has to be more than nothing."))
    if mg > HEAVIEST_MG:
        raise NotEvidence(
            _("%(weight)s is more than two kilograms. Look at the unit: grams.") % {"weight": format_mass(mg)}
        )
    return record(operation=operation, kind=kind, mg=mg, others=others, by=by, action_id=action_id)


@transaction.atomic
def add_photo(
    *,
    operation: Operation,
    upload: UploadedFile,
    by: User,
    action_id: str,
    for_customer: bool = True,
    kind: str = "photo",
) -> Evidence:
    """Keep a photo of the work; `for_customer` lets the customer see it with the next news."""
    if written := _written(action_id, operation):
        return written
    file = keep_image(upload=upload, by=by, purpose="bench")
    return record(operation=operation, kind=kind, file=file, by=by, action_id=action_id, for_customer=for_customer)


def note(*, operation: Operation, text: str, by: User, action_id: str) -> Evidence:
    """Write a note for whoever has the bag next."""
    if not text.strip():
        raise NotEvidence(_("Write the note first."))
    return record(operation=operation, kind=Evidence.Kind.NOTE, text=text.strip()[:2000], by=by, action_id=action_id)


@transaction.atomic
def leave(
    *,
    operation: Operation,
    weights: Mapping[str, int],
    photos: Mapping[str, UploadedFile],
    text: str,
    for_customer: bool,
    by: User,
    action_id: str,
) -> None:
    """Write all that came with one act: weights in mg and photos by kind, and a note where there is one."""
    for kind, mg in weights.items():
        weigh(operation=operation, kind=kind, mg=mg, by=by, action_id=f"{action_id}:{kind}")
    for kind, upload in photos.items():
        key = f"{action_id}:{kind}"
        add_photo(operation=operation, upload=upload, by=by, kind=kind, action_id=key, for_customer=for_customer)
    if text.strip():
        note(operation=operation, text=text, by=by, action_id=f"{action_id}:note")
