"""Who is signed in, with the roles they hold, in one question: every page asks it."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from foundation.people.models import User


class WithRoles(AuthenticationBackend):
    """allauth's own, whose user already knows their roles."""

    def get_user(self, user_id: Any) -> User | None:
        """The user with this key, if they may sign in."""
        held = ArrayAgg("roles_held__role", filter=Q(roles_held__isnull=False), default=[])
        user = User.objects.annotate(roles_known=held).filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.roles = frozenset(user.roles_known)
        return user
