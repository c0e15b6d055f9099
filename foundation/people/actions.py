"""Inviting staff, and giving and taking roles."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.people.models import RoleHeld, User
from foundation.people.roles import STAFF, Role


class NotInvited(Exception):
    """Why this invitation was not made, in a sentence."""


class LastAdmin(Exception):
    """The house must keep an admin."""


@transaction.atomic
def invite(*, email: str, name: str, language: str, roles: list[str], by: User) -> User:
    """Make a person with these roles who has yet to choose a password. Refuses an address that already works here, or did."""
    if not set(roles) & STAFF:
        raise NotInvited(_("Choose at least one role of the workshop or office."))
    user = User.objects.filter(email__iexact=email).first()
    if user and user.is_staff:
        raise NotInvited(_("%(email)s already works here. Change their roles instead.") % {"email": email})
    if user and not user.is_active:
        raise NotInvited(_("The access of %(email)s was closed. Open it again on their page.") % {"email": email})
    user = user or User.objects.create_user(email, name=name, language=language)
    set_roles(user=user, roles=roles, by=by)
    return user


@transaction.atomic
def set_roles(*, user: User, roles: list[str], by: User) -> None:
    """Make these the roles that the person holds. Refuses to take the last admin away."""
    wanted = {str(role) for role in Role if role in roles}
    held = set(user.roles_held.select_for_update().values_list("role", flat=True))
    if Role.ADMIN in held - wanted and not _another_admin(user):
        raise LastAdmin(_("The house must keep an admin. Make somebody else one first."))
    user.roles_held.filter(role__in=held - wanted).delete()
    RoleHeld.objects.bulk_create([RoleHeld(user=user, role=role, given_by=by) for role in sorted(wanted - held)])
    user.__dict__.pop("roles", None)


@transaction.atomic
def close_account(*, user: User, by: User, now: datetime) -> None:
    """End somebody's access at once: sessions stop working with the next request, tokens for good."""
    if not _another_admin(user) and user.has_role(Role.ADMIN):
        raise LastAdmin(_("The house must keep an admin. Make somebody else one first."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.api_tokens.filter(revoked_at=None).update(revoked_at=now)


@transaction.atomic
def open_account(*, user: User, by: User) -> None:
    """Let somebody whose access was closed in again, in their old roles, once they chose a new password: what was signed in
    by the old one stays out.
    """
    user.is_active = True
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    user.__dict__.pop("roles", None)


def _another_admin(user: User) -> bool:
    return RoleHeld.objects.filter(role=Role.ADMIN, user__is_active=True).exclude(user=user).exists()
