"""Deny by default: an API view that does not say who may use it is used by nobody."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from foundation.people.roles import Role


class Nobody(BasePermission):
    """The default. A view names somebody else, or is closed."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return False


class Anyone(BasePermission):
    """Open to the world, said on purpose."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return True


class SignedIn(BasePermission):
    """Anybody with an account."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user and request.user.is_authenticated)


def holding(*roles: str) -> type[BasePermission]:
    """A permission for people who hold one of these roles."""

    class Holding(BasePermission):
        @property
        def message(self) -> str:
            return _("This is not yours to do. It takes: %(roles)s.") % {
                "roles": ", ".join(str(Role(role).label) for role in roles)
            }

        def has_permission(self, request: Request, view: Any) -> bool:
            return bool(request.user.is_authenticated and request.user.has_role(*roles))

    return Holding
