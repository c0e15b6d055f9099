"""Staff must have a second factor before any page of the house opens to them."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

from foundation.people.models import User
from foundation.people.second_factor import lacks_second_factor

OPEN = re.compile(r"(/[a-z]{2})?/(accounts|static|i18n)/|/healthz$")


class SecondFactorMiddleware(MiddlewareMixin):
    """Sends staff without a second factor to where they set one up."""

    get_response: Callable[[HttpRequest], HttpResponse]

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        if OPEN.match(request.path_info) or not isinstance(request.user, User) or not lacks_second_factor(request.user):
            return None
        return redirect("mfa_activate_totp")
