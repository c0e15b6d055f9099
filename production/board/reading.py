"""Reading what was typed at the bench."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from foundation.mass import parse_mass
from foundation.people.models import User
from foundation.people.signing import second_person
from production.board.refusals import Unreadable


def grams(request: HttpRequest, name: str, *, optional: bool = False) -> int:
    """A weight in grams as milligrams. Refuses what is no weight; 0 for nothing where that is allowed."""
    typed = request.POST.get(name, "")[:40].strip()
    if typed:
        return parse_mass(typed)
    if optional:
        return 0
    raise Unreadable(_("A weight is missing. Write it like 3.52."))


def whole(request: HttpRequest, name: str) -> int:
    """A whole number."""
    typed = request.POST.get(name, "")[:12].strip()
    if not typed.isdecimal():
        raise Unreadable(_("“%(typed)s” is not a whole number.") % {"typed": typed})
    return int(typed)


def reference(request: HttpRequest, name: str) -> UUID | None:
    """A reference out of a list; None where nothing, or no reference, was chosen."""
    try:
        return UUID(request.POST.get(name, "")[:36])
    except ValueError:
        return None


def day(request: HttpRequest, name: str) -> date | None:
    """A day as a date field sends it; None where it was left empty. Refuses what is no day."""
    typed = request.POST.get(name, "")[:10].strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise Unreadable(_("“%(typed)s” is not a day.") % {"typed": typed}) from error


def upload(request: HttpRequest, name: str) -> UploadedFile:
    """A file that must be there."""
    file: Any = request.FILES.get(name)
    if file is None:
        raise Unreadable(_("Choose a file first."))
    return file


def witness(request: HttpRequest) -> User | None:
    """The second person who signs, by their own address and password; None where nobody is named."""
    email, password = request.POST.get("witness_email", "").strip(), request.POST.get("witness_password", "")
    return second_person(request, email=email, password=password) if email else None
