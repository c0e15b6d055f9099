"""Who must have a second factor, and has none yet."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from foundation.people.models import User


def lacks_second_factor(user: User) -> bool:
    """Whether this person works here and must set one up before anything of the house opens to them."""
    return bool(settings.STAFF_NEED_SECOND_FACTOR) and user.is_staff and not is_mfa_enabled(user)
