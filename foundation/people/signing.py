"""A second person signs beside the first: by their own address and password, at the same desk."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from foundation.people.models import User


class CannotSign(Exception):
    """Why the second person's signature does not count."""


def second_person(request: HttpRequest, *, email: str, password: str) -> User:
    """Another member of staff, who gave their own password. Refuses anybody else, whoever asks, and endless guessing."""
    try:
        found = get_adapter().authenticate(request, email=email, password=password)
    except ValidationError as too_many:
        raise CannotSign(" ".join(too_many.messages)) from too_many
    if not isinstance(found, User) or not found.is_staff or found == request.user:
        raise CannotSign(_("The second person could not sign: another member of staff, with their own password."))
    return found
