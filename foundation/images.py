"""Pictures that strangers send: refused, or rebuilt from their pixels. Nothing of the sent bytes survives."""

import io
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000
MOST_BYTES = 15 * 1024 * 1024
LONGEST_SIDE_PX = 2400
PAPER = (252, 252, 250)
"""What shows through a transparent picture: the house's paper."""


class NotAPicture(Exception):
    """Why this picture was not taken, in a sentence."""


@dataclass(frozen=True)
class Rebuilt:
    """A picture made anew: JPEG bytes without any metadata, and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def rebuild(sent: bytes) -> Rebuilt:
    """Decode one frame of a JPEG, PNG or WebP and make a new JPEG from its pixels, at most 2,400 px long.

    Refuses with NotAPicture: other formats, over 15 MB, over 40 megapixels (Pillow's own limit lets a 481 kB PNG of
    169 megapixels through), several frames, and what cannot be decoded.
    """
    if len(sent) > MOST_BYTES:
        raise NotAPicture(_("This picture is larger than 15 MB. Send a smaller one."))
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _from_pixels(_opened(sent))
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
            raise NotAPicture(_("This file could not be read as a JPEG, PNG or WebP picture.")) from error
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise _too_many_pixels() from error


def _too_many_pixels() -> NotAPicture:
    return NotAPicture(_("This picture has more than 40 megapixels. Send a smaller one."))


def _opened(sent: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(sent), formats=FORMATS)
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_many_pixels()
    if getattr(picture, "n_frames", 1) > 1:
        raise NotAPicture(_("This picture moves. Send a still one."))
    return picture


def _from_pixels(picture: Image.Image) -> Rebuilt:
    picture.draft(
        "RGB", (LONGEST_SIDE_PX, LONGEST_SIDE_PX)
    )  # JPEG decodes at a fraction of the size where that will do
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX))
    flat = _flattened(upright)
    clean = Image.frombytes("RGB", flat.size, flat.tobytes())
    return Rebuilt(jpeg=_encoded(clean, "JPEG", quality=90), width=clean.width, height=clean.height)


def _flattened(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "P", "PA"):
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, (*PAPER, 255))
        return Image.alpha_composite(ground, layered).convert("RGB")
    return picture.convert("RGB")


def renditions(jpeg: bytes, *, widths: Iterable[int]) -> Iterator[tuple[int, str, bytes]]:
    """The picture at each of these widths, in px, as "avif" and as "jpeg": decoded once, and scaled once a width."""
    picture = Image.open(io.BytesIO(jpeg), formats=("JPEG",))
    for width in widths:
        scaled = _scaled(picture, width)
        yield width, "avif", _encoded(scaled, "AVIF", quality=52, speed=8)  # a card of 800 × 1,000 stays under 35 KB
        yield width, "jpeg", _encoded(scaled, "JPEG", quality=82, progressive=True, optimize=True)


def _scaled(picture: Image.Image, width: int) -> Image.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS) if width != picture.width else picture


def _encoded(picture: Image.Image, kind: str, **how: int | bool) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()
