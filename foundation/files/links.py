"""Addresses of files. A public picture has a lasting one; anything else a signed one that ends."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.signing import TimestampSigner
from django.urls import reverse

from foundation.files.models import File

LASTS = timedelta(hours=12)
signer = TimestampSigner(salt="foundation.files")


@dataclass(frozen=True)
class Picture:
    """What a page needs to show a picture: a source, sets of sources by width, and its size in pixels."""

    src: str
    avif: str
    jpeg: str
    width: int
    height: int
    alt: str = ""


def url(file: File) -> str:
    """Where the file opens. Private files by a link that works for twelve hours."""
    return _address(file, file.path)


def picture(file: File, *, alt: str = "", widths: tuple[int, ...] = ()) -> Picture:
    """The picture with all its renditions (or those of `widths`); before they are made, the picture itself."""
    return Picture(
        src=_source(file), avif=_set(file, "avif", widths), jpeg=_set(file, "jpeg", widths),
        width=file.width or 0, height=file.height or 0, alt=alt,
    )  # fmt: skip


def _source(file: File) -> str:
    made = [width for width in file.renditions.get("jpeg", []) if width <= 800]
    return _address(file, file.rendition_path("jpeg", max(made)) if made else file.path)


def _set(file: File, kind: str, widths: tuple[int, ...]) -> str:
    made = [width for width in file.renditions.get(kind, []) if not widths or width in widths]
    return ", ".join(f"{_address(file, file.rendition_path(kind, width))} {width}w" for width in made)


def _address(file: File, path: str) -> str:
    if file.is_public:
        return settings.MEDIA_URL + path
    return reverse("files:private", args=[signer.sign(path)])
