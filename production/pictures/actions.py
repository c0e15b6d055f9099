"""Asking the studio for pictures, and what becomes of each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.files.actions import keep_image
from foundation.flow import WrongTurn
from foundation.outbox.actions import put
from foundation.people.models import User
from production.pictures.flow import WAITING, PictureState
from production.pictures.models import StudioPicture
from production.pictures.presence import is_open
from production.shapes.building import asked, fingerprint
from production.shapes.parameters import Refused

TAKE = "pictures.take"


class StudioClosed(Exception):
    """Nobody is there who could take a picture."""

    def __init__(self) -> None:
        super().__init__(_("No studio is open: no worker with the renderer is running. A photo can be added instead."))


@transaction.atomic
def ask(
    *, subject: UUID, family: str, parameters: Mapping[str, object], wanted: Sequence[tuple[str, str]], tray: str,
    by: User | None,
) -> list[StudioPicture]:  # fmt: skip
    """Ask for each of these (alloy, view), in this order. What waits already is not asked for twice.

    Refuses with StudioClosed where no studio is open, with Refused what cannot be made.
    """
    if not is_open():
        raise StudioClosed
    facts = {"family": family, "parameters": dict(asked(family, parameters)), "shape": fingerprint(family, parameters)}
    wait = set(StudioPicture.objects.of(subject).waiting().values_list("alloy", "view"))
    rows = [
        StudioPicture(subject=subject, alloy=alloy, view=view, tray=tray, asked_by=by, **facts)
        for alloy, view in wanted
        if (alloy, view) not in wait
    ]
    for row in rows:
        row.save()
        put(TAKE, key=f"{TAKE}:{row.pk}:0", payload={"id": row.pk, "sequence": 0})
    return rows


@transaction.atomic
def begin(*, picture: StudioPicture, now: datetime) -> bool:
    """The studio turns to it. Says whether there is anything to do: one that was called off or taken needs nothing."""
    if picture.state == PictureState.ASKED:
        picture.move(PictureState.BEING_TAKEN, by=None)
    if picture.state not in WAITING:
        return False
    picture.began_at = now
    picture.save(update_fields=["began_at"])
    return True


@transaction.atomic
def keep(*, picture: StudioPicture, png: bytes, width_um: int, now: datetime) -> None:
    """It was taken: kept as a file of the shop's, and told to whoever asked."""
    upload = SimpleUploadedFile(f"{picture.family}-{picture.alloy}-{picture.view}.png", png, "image/png")
    picture.file = keep_image(upload=upload, by=picture.asked_by, purpose="shop")
    picture.width_um, picture.ended_at = width_um, now
    picture.save(update_fields=["file", "width_um", "ended_at"])
    picture.move(PictureState.TAKEN, by=None)


@transaction.atomic
def refuse(*, picture: StudioPicture, refusal: Refused, now: datetime) -> None:
    """It cannot be taken: kept with why, in a sentence for each reader's own language."""
    with override("en"):  # as it is written in the code, to be put into each reader's language
        figures = {name: str(told) if not isinstance(told, int) else told for name, told in refusal.figures.items()}
        picture.refusal = {"rule": refusal.rule, "sentence": str(refusal.sentence), "figures": figures}
    picture.ended_at = now
    picture.save(update_fields=["refusal", "ended_at"])
    picture.move(PictureState.NOT_TAKEN, by=None)


@transaction.atomic
def answer(*, picture: StudioPicture, to: str, by: User) -> None:
    """Somebody of the office asks again for one that was not taken, or calls one off. Refuses with WrongTurn, StudioClosed."""
    if to == PictureState.ASKED:
        _refuse_asking_again(picture)
    picture.move(to, by=by)
    if to == PictureState.ASKED:
        picture.refusal, picture.ended_at = {}, None
        picture.save(update_fields=["refusal", "ended_at"])


def _refuse_asking_again(picture: StudioPicture) -> None:
    """Where the studio is closed, or the same was asked for anew meanwhile."""
    if not is_open():
        raise StudioClosed
    same = StudioPicture.objects.of(picture.subject).waiting().filter(alloy=picture.alloy, view=picture.view)
    if same.exists():
        raise WrongTurn(_("This picture waits at the studio already."))
