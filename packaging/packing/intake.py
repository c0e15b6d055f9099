"""The door of packing: ask for a parcel, release it, call it off."""

from uuid import UUID

from packing import actions
from packing.models import Parcel
from packing.request import Content, ParcelRequest

__all__ = ["Content", "ParcelRequest", "cancel_parcel", "release_parcel", "request_parcel"]


def request_parcel(request: ParcelRequest) -> str:
    """Ask for a parcel and get its number. Asking again under the same reference gives the same parcel."""
    return actions.request_parcel(request=request).number


def release_parcel(*, reference: UUID) -> None:
    """What is owed for it is paid: it may leave. Saying so twice is saying so once."""
    actions.release_parcel(parcel=Parcel.objects.get(reference=reference))


def cancel_parcel(*, reference: UUID, reason: str) -> None:
    """Call it off. Refuses, with WrongTurn, a parcel that has left."""
    actions.cancel_parcel(parcel=Parcel.objects.get(reference=reference), reason=reason, by=None)
