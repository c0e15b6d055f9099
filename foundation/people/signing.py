"""A second person signs beside the first: by their own address and password, at the same desk."""

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext as _

from foundation.people.models import User


class CannotSign(Exception):
    """Why the second person's signature does not count."""


def second_person(request: HttpRequest, *, email: str, password: str) -> User:
    """Another member of staff, who gave their own password. Refuses anybody else, and whoever asks."""
    found = authenticate(request, email=email, password=password)
    if not isinstance(found, User) or not found.is_staff or found == request.user:
        raise CannotSign(_("The second person could not sign: another member of staff, with their own password."))
    return found
