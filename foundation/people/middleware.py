"""Staff must have a second factor before any page of the house opens to them."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

OPEN = ("/accounts/", "/static/", "/healthz", "/i18n/")


class SecondFactorMiddleware(MiddlewareMixin):
    """Sends staff without a second factor to where they set one up."""

    get_response: Callable[[HttpRequest], HttpResponse]

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        user = request.user
        if not settings.STAFF_NEED_SECOND_FACTOR or not user.is_authenticated or not user.is_staff:
            return None
        if any(part in request.path for part in OPEN) or is_mfa_enabled(user):
            return None
        return redirect("mfa_activate_totp")
