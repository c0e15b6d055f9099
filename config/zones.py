"""Whose clock a page shows: the workshop's own on the benches, the seller's everywhere else."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from foundation.house.models import Seller, Site

BENCHES = ("/workshop/", "/packing/")
KEPT_SECONDS = 300


class ZoneMiddleware:
    """Times are kept in UTC and shown in the zone of whoever reads them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone(at_the_bench=any(part in request.path for part in BENCHES))):
            return self.get_response(request)


def _zone(*, at_the_bench: bool) -> ZoneInfo:
    name = cache.get_or_set(f"zone:{at_the_bench}", lambda: _named(at_the_bench=at_the_bench), KEPT_SECONDS)
    return ZoneInfo(name or "UTC")


def _named(*, at_the_bench: bool) -> str:
    rows = Site.objects.filter(is_workshop=True) if at_the_bench else Seller.objects.filter(brands__isnull=False)
    return rows.order_by("pk").values_list("time_zone", flat=True).first() or "UTC"
