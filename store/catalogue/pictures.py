"""Which of a piece's pictures stand for it in an alloy, and what is said where they show another."""

from collections.abc import Iterable

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


def other_metal(photo: Photo | None, alloy: str) -> str:
    """The alloy a picture shows, in words, where it is not the one that was chosen; else ""."""
    if photo is None or not alloy or photo.alloy in ("", alloy):
        return ""
    return alloy_name(photo.alloy)
