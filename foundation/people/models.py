"""A person, and the roles they hold."""

from typing import Any, ClassVar
from uuid import UUID

import uuid_utils.compat
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from foundation.people.roles import STAFF, Role


def new_reference() -> UUID:
    """A UUIDv7: opaque to people, in order of making for the index."""
    return uuid_utils.compat.uuid7()


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with this address; without a password they sign in by a link that sets one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An admin of the house, for the very first sign-in."""
        user = self.create_user(email, password, **fields)
        user.roles_held.create(role=Role.ADMIN)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. Customers need not: an order's page opens by its own link."""

    reference = models.UUIDField(default=new_reference, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="people_user_email_once_whatever_case")]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles this person holds now."""
        return frozenset(self.roles_held.values_list("role", flat=True)) if self.is_active else frozenset()

    def has_role(self, *roles: str) -> bool:
        """Whether they hold one of these. An admin holds every role of the staff."""
        wanted = {str(role) for role in roles}
        return bool(self.roles & wanted) or (Role.ADMIN in self.roles and bool(wanted & STAFF))

    @property
    def is_staff(self) -> bool:
        """Whether they work here."""
        return bool(self.roles & STAFF)

    @property
    def access(self) -> str:
        """How they get in: open, closed, or invited, who has yet to choose a password."""
        if not self.is_active:
            return "closed"
        return "open" if self.has_usable_password() else "invited"

    @property
    def initials(self) -> str:
        """Two letters for a small round mark."""
        words = (self.name or self.email).replace("@", " ").split()
        return "".join(word[0] for word in words[:2]).upper()


class RoleHeld(models.Model):
    """That a person holds a role. Giving and taking are rows made and removed; who gave it stays."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=24, choices=Role.choices)
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="people_role_held_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="people_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"
