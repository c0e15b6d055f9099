"""Drawing, showing, talking about and approving designs."""

from collections.abc import Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.files.actions import keep_image, keep_private
from foundation.people.models import User
from production.designs.flow import RevisionState
from production.designs.models import Brief, Comment, Revision

LONGEST_COMMENT = 4000


class NotTheNewest(Exception):
    """The version that was meant is not the one that waits for an answer."""


class NothingSaid(Exception):
    """A comment needs words; an approval needs a name."""


@transaction.atomic
def open_brief(*, reference: UUID, piece_name: str, wish: str, files: Sequence[UUID]) -> Brief:
    """What is to be designed for this work order. Once per reference."""
    facts = {"piece_name": piece_name, "wish": wish, "files": list(files)}
    return Brief.objects.get_or_create(reference=reference, defaults=facts)[0]


@transaction.atomic
def upload_revision(
    *, brief: Brief, render: UploadedFile, cad: UploadedFile, note: str, predicted_mg: int | None, by: User
) -> Revision:
    """A new version: its picture and its CAD file. Older ones are superseded. Refuses after the approval."""
    Brief.objects.select_for_update().get(pk=brief.pk)
    if brief.revisions.filter(state=RevisionState.APPROVED).exists():
        raise NotTheNewest(_("The design is approved. A change after that is a new agreement with the customer."))
    picture = keep_image(upload=render, by=by, purpose="design")
    file = keep_private(upload=cad, by=by, purpose="cad")
    for older in brief.revisions.exclude(state=RevisionState.SUPERSEDED):
        older.move(RevisionState.SUPERSEDED, by=None)
    number = brief.revisions.count() + 1
    return Revision.objects.create(
        brief=brief,
        number=number,
        render=picture,
        cad=file,
        note=note.strip()[:LONGEST_COMMENT],
        predicted_mg=predicted_mg,
    )


@transaction.atomic
def show_revision(*, revision: Revision, by: User) -> Revision:
    """Show it to the customer and ask for approval."""
    revision.move(RevisionState.SHOWN, by=by)
    return revision


@transaction.atomic
def comment(*, brief: Brief, number: int, text: str, by_name: str, from_customer: bool) -> Comment:
    """Say something about a version. From the customer it asks for a new one. Refuses silence and a stale version."""
    said = text.strip()
    if not said or len(said) > LONGEST_COMMENT:
        raise NothingSaid(_("Write what should be different, in up to 4,000 letters."))
    revision = _shown(brief, number)
    return Comment.objects.create(
        revision=revision, text=said, by_name=by_name.strip()[:120], from_customer=from_customer
    )


@transaction.atomic
def approve(*, brief: Brief, number: int, by_name: str) -> Revision:
    """The customer agrees, by name. Again changes nothing. Refuses a version that is not the newest shown."""
    name = by_name.strip()[:120]
    if len(name) < 2:
        raise NothingSaid(_("Type your name to approve the design."))
    revision = brief.revisions.select_for_update().filter(number=number).first()
    if revision and revision.state == RevisionState.APPROVED:
        return revision
    revision = _shown(brief, number)
    revision.move(RevisionState.APPROVED, by=None, note=name)
    revision.approved_by_name, revision.approved_at = name, timezone.now()
    revision.save(update_fields=["approved_by_name", "approved_at"])
    return revision


@transaction.atomic
def revise_agreed(*, reference: UUID, note: str, by_name: str, predicted_mg: int | None) -> Revision | None:
    """A change that the customer agreed to in words: the approved design stays as it was, and a new version says what is new.

    It shows the same drawing until that is adapted. A version that waits for an answer gets the words as a comment, so that
    another is drawn. None where nothing was drawn yet.
    """
    brief = Brief.objects.select_for_update().get(reference=reference)
    newest = brief.revisions.newest()
    if newest and newest.state == RevisionState.SHOWN:
        comment(brief=brief, number=newest.number, text=note, by_name=by_name, from_customer=True)
    if newest is None or newest.state != RevisionState.APPROVED:
        return None
    newest.move(RevisionState.SUPERSEDED, by=None, note=note)
    new = Revision.objects.create(
        brief=brief, number=newest.number + 1, render=newest.render, cad=newest.cad, note=note[:LONGEST_COMMENT],
        predicted_mg=predicted_mg, approved_by_name=by_name[:120], approved_at=timezone.now(),
    )  # fmt: skip
    new.move(RevisionState.APPROVED, by=None, note=by_name[:120])
    return new


def _shown(brief: Brief, number: int) -> Revision:
    newest = brief.revisions.select_for_update().newest()
    if newest is None or newest.number != number or newest.state != RevisionState.SHOWN:
        raise NotTheNewest(_("There is a newer version of this design, or none waits for you. Open the page again."))
    return newest
