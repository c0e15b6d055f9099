"""Whose clock a page shows: the workshop's own on the benches, the seller's everywhere else."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

BENCHES = ("/workshop/", "/packing/")


class ZoneMiddleware:
    """Times are kept in UTC and shown in the zone of whoever reads them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone(at_the_bench=any(part in request.path for part in BENCHES))):
            return self.get_response(request)


def _zone(*, at_the_bench: bool) -> ZoneInfo:
    return ZoneInfo(settings.WORKSHOP_TIME_ZONE if at_the_bench else settings.SHOP_TIME_ZONE)
