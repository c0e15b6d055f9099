"""Having a piece's pictures taken by the workshop's studio, and hanging them on the piece."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.files.models import File
from foundation.people.models import User
from production import studio
from store.catalogue.models import Photo, Piece
from store.catalogue.wording import alloy_name


def in_the_studio(piece: Piece) -> studio.Shown:
    """The piece as a picture shows it: by its own measures, and with the first stone on offer where they name none."""
    stone = next((one for one in piece.stones.all() if one.withdrawn_at is None), None)
    if "cut" in piece.parameters or stone is None:
        return studio.Shown(piece.family, piece.parameters, _species_in_the_tray(piece), piece.tray)
    measures = piece.parameters_for(ring_inner_um=None, stone=stone)
    return studio.Shown(piece.family, measures, stone.species, piece.tray)


def _species_in_the_tray(piece: Piece) -> str:
    """What a ready-made piece is set with, where its measures do not say so."""
    ready = next((one for one in piece.variants.all() if one.withdrawn_at is None), None)
    return "" if ready is None or "gem" in piece.parameters else ready.stone_species


def alloys_of(piece: Piece) -> list[str]:
    """Every alloy the piece is sold in, the first shown first."""
    made = [one.alloy for one in piece.metals.all()]
    ready = [one.alloy for one in piece.variants.all() if one.withdrawn_at is None]
    return list(dict.fromkeys([*made, *ready]))


@transaction.atomic
def ask_studio(*, piece: Piece, alloys: Sequence[str], views: Sequence[str], by: User) -> int:
    """Ask for a picture of the piece in each alloy from each side. Answers how many were not waiting already.

    Two who ask at once wait for each other. Refuses with the studio's StudioClosed and CannotPicture.
    """
    Piece.objects.select_for_update().get(pk=piece.pk)
    return studio.ask(subject=piece.reference, shown=in_the_studio(piece), alloys=alloys, views=views, by=by)


@transaction.atomic
def answer_studio(*, piece: Piece, picture: UUID, to: str, by: User) -> None:
    """Ask again for a picture that was not taken, or call one off; who asks anew meanwhile waits.

    Refuses with the studio's NoSuchPicture and StudioClosed, and with WrongTurn.
    """
    Piece.objects.select_for_update().get(pk=piece.pk)
    studio.answer(reference=picture, subject=piece.reference, to=to, by=by)


@transaction.atomic
def hang_picture(*, piece: UUID, file: UUID, alloy: str, view: str, shape: str, width_um: int) -> Photo | None:
    """Hang a picture that was taken: in the place of the computer-made one of this alloy and view, else last in the row."""
    row = Piece.objects.select_for_update().filter(reference=piece).first()
    if row is None:
        return None
    older = row.photos.filter(alloy=alloy, view=view).exclude(shape="").first()
    photo = older or Photo(piece=row, alloy=alloy, view=view, position=row.photos.count())
    photo.file, photo.shape, photo.width_um = File.objects.get(reference=file), shape, width_um
    photo.alt = in_words(photo)
    photo.save()
    return photo


def in_words(photo: Photo) -> str:
    """A computer-made picture for those who don't see it."""
    told: dict[str, Any] = {
        "name": photo.piece.name, "metal": alloy_name(photo.alloy), "view": photo.get_view_display().lower(),
    }  # fmt: skip
    return (_("%(name)s: %(metal)s, %(view)s. Computer-made picture of the exact model.") % told)[:160]
