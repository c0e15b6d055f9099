"""Which of a piece's pictures stand for it in an alloy, and what is said where they show another."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from store.catalogue.models import Photo
from store.catalogue.wording import alloy_name, swatch


def in_metal(photos: Iterable[Photo], alloy: str) -> list[Photo]:
    """The pictures in this alloy, and those in whichever; where there are none, those of one that looks alike, or of the first there is."""
    found = list(photos)
    if not alloy:
        return found
    ours = [one for one in found if one.alloy in ("", alloy)]
    alike = [one for one in found if one.alloy and swatch(one.alloy) == swatch(alloy)]
    nearest = ours or alike or found
    first = next((one.alloy for one in nearest if one.alloy), "")
    return sorted((one for one in nearest if one.alloy in ("", first)), key=lambda one: not one.alloy)


def first_in(photos: Iterable[Photo], alloy: str) -> Photo | None:
    """The picture that stands for a piece in this alloy."""
    return next(iter(in_metal(photos, alloy)), None)


def other_metal(photo: Photo | None, alloy: str) -> str:
    """The alloy a picture shows, in words, where it is not the one that was chosen; else ""."""
    if photo is None or not alloy or photo.alloy in ("", alloy):
        return ""
    return alloy_name(photo.alloy)


def shown_in(photo: Photo | None, alloy: str) -> str:
    """Which metal a picture shows, in a sentence, where it is another than the one that was chosen; else ""."""
    metal = other_metal(photo, alloy)
    return _("Shown in %(metal)s") % {"metal": metal} if metal else ""


def caption(photo: Photo | None, alloy: str) -> str:
    """What is said under a large picture of what is sold in this alloy: another metal, and that no camera took it."""
    made = _("Computer-made picture of the exact model") if photo is not None and photo.shape else ""
    return " · ".join(filter(None, (shown_in(photo, alloy), made)))


def by_file(files: Iterable[UUID]) -> dict[UUID, Photo]:
    """The shop's pictures among these files, by the reference that orders and quotes keep of them."""
    return {one.file.reference: one for one in Photo.objects.filter(file__reference__in=files).select_related("file")}
