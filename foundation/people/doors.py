"""Who may open a page."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from foundation.people.models import User

View = Callable[..., Any]


class StaffRequest(HttpRequest):
    """A request behind a door: somebody is signed in."""

    user: User


def staff(*roles: str) -> Callable[[View], View]:
    """A page for people who hold one of these roles; others are asked to sign in, or told that it is not theirs."""

    def door(view: View) -> View:
        @login_required
        @functools.wraps(view)
        def wrapper(request: StaffRequest, *args: Any, **kwargs: Any) -> Any:
            if not request.user.has_role(*roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wrapper

    return door
