"""The door to the studio: from where a piece can be pictured, asking for pictures, and how each of them stands.

A picture that was taken is told with `picture_taken`; nothing here waits for one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from foundation.people.models import User
from production.pictures import actions
from production.pictures.actions import StudioClosed
from production.pictures.flow import WAITING
from production.pictures.models import StudioPicture
from production.pictures.presence import is_open
from production.pictures.taking import views
from production.shapes.building import coloured, fingerprint
from production.shapes.families import FAMILIES
from production.shapes.parameters import Refused

__all__ = [
    "CannotPicture",
    "NoSuchPicture",
    "PictureAsked",
    "Shown",
    "Studio",
    "StudioClosed",
    "answer",
    "ask",
    "shape_of",
    "studio",
    "views_of",
]


class CannotPicture(Exception):
    """No picture can be taken of such a piece, in a sentence."""


class NoSuchPicture(Exception):
    """The studio was not asked for this picture of this piece, or not by the office."""


@dataclass(frozen=True)
class Shown:
    """The piece in a picture: its shape, the species set in it where the drawing has one, and the tray under it."""

    family: str
    parameters: Mapping[str, object]
    species: str
    tray: str


@dataclass(frozen=True)
class PictureAsked:
    """One picture that the studio was asked for, and how it stands. `moves`: (state, button) for whoever asks."""

    reference: UUID
    alloy: str
    view: str
    state: str
    state_name: str
    why_not: str
    moves: tuple[tuple[str, str], ...]

    @property
    def waits(self) -> bool:
        """Whether it is still to be taken."""
        return self.state in WAITING


@dataclass(frozen=True)
class Studio:
    """Whether somebody takes pictures now, which ones one piece was asked in, and for how long its last may still take."""

    is_open: bool
    pictures: tuple[PictureAsked, ...]
    seconds_to_go: int | None


def views_of(*, family: str, parameters: Mapping[str, object]) -> tuple[str, ...]:
    """From where such a piece can be pictured, the view for a card in the shop first; () for what cannot be drawn."""
    return views(family, parameters) if family in FAMILIES else ()


def shape_of(shown: Shown) -> str:
    """Names the exact model that a picture of this would show. Refuses with CannotPicture what cannot be made."""
    try:
        return fingerprint(shown.family, coloured(shown.family, shown.parameters, shown.species))
    except Refused as refusal:
        raise CannotPicture(str(refusal)) from refusal


def ask(*, subject: UUID, shown: Shown, alloys: Sequence[str], views: Sequence[str], by: User | None) -> int:
    """Ask for pictures of the asker's piece, in each alloy from each side. Answers how many were not waiting already.

    Refuses with StudioClosed where no studio is open, with CannotPicture what cannot be made.
    """
    measures = coloured(shown.family, shown.parameters, shown.species)
    wanted = [(alloy, view) for alloy in alloys for view in views]
    try:
        rows = actions.ask(
            subject=subject, family=shown.family, parameters=measures, wanted=wanted, tray=shown.tray, by=by
        )
    except Refused as refusal:
        raise CannotPicture(str(refusal)) from refusal
    return len(rows)


def answer(*, reference: UUID, subject: UUID, to: str, by: User) -> None:
    """Ask again for a picture that was not taken, or call one off. Refuses with NoSuchPicture, WrongTurn, StudioClosed."""
    row = StudioPicture.objects.for_user(by).filter(reference=reference, subject=subject).first()
    if row is None:
        raise NoSuchPicture
    actions.answer(picture=row, to=to, by=by)


def studio(*, subject: UUID, by: User) -> Studio:
    """How the studio stands, with the newest picture of each alloy and view that one piece was asked in."""
    newest = {(row.alloy, row.view): row for row in StudioPicture.objects.for_user(by).of(subject)}
    return Studio(is_open(), tuple(_asked(row, by) for row in newest.values()), _seconds_to_go(newest.values()))


def _asked(row: StudioPicture, by: User) -> PictureAsked:
    moves = tuple((move.to, move.label) for move in row.choices_for(by))
    return PictureAsked(row.reference, row.alloy, row.view, row.state, str(row.get_state_display()), row.why_not, moves)


def _seconds_to_go(rows: Iterable[StudioPicture]) -> int | None:
    """Until the last of these is taken, by how long the last few took and how many stand in line up to it."""
    last = max((row.pk for row in rows if row.state in WAITING), default=None)
    each = StudioPicture.objects.usual_seconds() if last else None
    return each and each * StudioPicture.objects.waiting().filter(pk__lte=last).count()
