"""Taking files in."""

import hashlib
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.files.kinds import is_what_it_says
from foundation.files.models import WIDTHS, File
from foundation.images import MOST_BYTES, NotAPicture, rebuild, renditions
from foundation.outbox.actions import put
from foundation.people.models import User

LARGEST_PRIVATE = 60 * 1024 * 1024
PRIVATE_SUFFIXES = (".stl", ".3mf", ".3dm", ".step", ".stp", ".obj", ".glb", ".pdf")


class NotTaken(Exception):
    """Why this file was not taken, in a sentence."""


@transaction.atomic
def keep_image(*, upload: UploadedFile, by: User | None, purpose: str) -> File:
    """Keep a picture, rebuilt from its pixels. Its renditions follow; it can be shown at once.

    Refuses with NotTaken what is not a JPEG, PNG or WebP of one frame, at most 15 MB and 40 megapixels.
    """
    if (upload.size or 0) > MOST_BYTES:
        raise NotTaken(_("This picture is larger than 15 MB. Send a smaller one."))
    try:
        made = rebuild(upload.read())
    except NotAPicture as refusal:
        raise NotTaken(str(refusal)) from refusal
    file = _file(made.jpeg, name=upload.name or "", suffix=".jpg", purpose=purpose, by=by)
    file.width, file.height = made.width, made.height
    file.save()
    _place(file.path, made.jpeg)
    put("files.make_renditions", key=f"files.make_renditions:{file.pk}", payload={"file_id": file.pk})
    return file


@transaction.atomic
def keep_private(*, upload: UploadedFile, by: User | None, purpose: str) -> File:
    """Keep a working file (CAD, PDF) as it is. It is only ever handed out as a download, by a signed link.

    Refuses with NotTaken another kind, more than 60 MB, nothing, and what is not what its name says.
    """
    suffix = PurePosixPath(upload.name or "").suffix.lower()
    if suffix not in PRIVATE_SUFFIXES:
        raise NotTaken(_("Send one of these: %(kinds)s.") % {"kinds": ", ".join(PRIVATE_SUFFIXES)})
    if (upload.size or 0) > LARGEST_PRIVATE:
        raise NotTaken(_("This file is larger than 60 MB. Send a smaller one."))
    sent = upload.read()
    if not sent:
        raise NotTaken(_("This file is empty."))
    if not is_what_it_says(sent, suffix):
        raise NotTaken(
            _("What is in this file is not what its name says (%(kind)s). Save it again, or send another.")
            % {"kind": suffix}
        )
    file = _file(sent, name=upload.name or "", suffix=suffix, purpose=purpose, by=by)
    file.save()
    _place(file.path, sent)
    return file


def make_renditions(file: File) -> None:
    """Make the picture in every width that pages ask for and it has pixels for, as AVIF and JPEG. Safe to repeat."""
    widths = [width for width in WIDTHS if width <= (file.width or 0)]
    if missing := [width for width in widths if not _has(file, width)]:
        with default_storage.open(file.path) as original:
            jpeg = original.read()
        for width, kind, made in renditions(jpeg, widths=missing):
            _place(file.rendition_path(kind, width), made)
    File.objects.filter(pk=file.pk).update(renditions={"avif": widths, "jpeg": widths})


def _file(content: bytes, *, name: str, suffix: str, purpose: str, by: User | None) -> File:
    called = PurePosixPath(name.replace("\\", "/")).name[-160:] or _("file")
    return File(
        purpose=purpose,
        name=called,
        suffix=suffix,
        size=len(content),
        sent_by=by,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _has(file: File, width: int) -> bool:
    return all(default_storage.exists(file.rendition_path(kind, width)) for kind in ("avif", "jpeg"))


def _place(path: str, content: bytes) -> None:
    """Write once: a file under its own hash never changes."""
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
