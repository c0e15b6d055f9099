"""Every address of the house, room by room."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from foundation.api import tokens
from foundation.office.views.findings import metrics
from packing import api as packing_api
from production.casting import api as casting_api
from production.metal import api as metal_api
from production.planning import api as planning_api
from production.quality import api as quality_api
from production.stones import api as stones_api
from production.tickets import api as tickets_api
from store.aftercare import api as aftercare_api
from store.baskets import api as baskets_api
from store.checkout import api as checkout_api
from store.counter import api as counter_api
from store.orders import api as orders_api
from store.quotes import api as quotes_api
from store.returns import api as returns_api
from store.shop import api as shop_api
from store.trade import api as trade_api


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


api: list[URLPattern | URLResolver] = [
    *tokens.routes,
    *packing_api.routes,
    *tickets_api.routes,
    *casting_api.routes,
    *quality_api.routes,
    *metal_api.routes,
    *stones_api.routes,
    *planning_api.routes,
    *shop_api.routes,
    *baskets_api.routes,
    *orders_api.routes,
    *checkout_api.routes,
    *aftercare_api.routes,
    *trade_api.routes,
    *quotes_api.routes,
    *returns_api.routes,
    *counter_api.routes,
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
]

handler404 = "config.unanswered.not_found"
handler500 = "config.unanswered.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include(api)),
    path("", include("foundation.files.urls")),
    path("", include("store.payments.urls")),
    *i18n_patterns(
        # what buyers ask for all day comes first
        path("", include("store.shop.urls")),
        path("", include("store.baskets.urls")),
        path("", include("store.checkout.urls")),
        path("", include("store.aftercare.urls")),
        path("accounts/", include("allauth.urls")),
        path("", include("foundation.ui.urls")),
        path("", include("demo.urls")),
        path("", include("foundation.office.urls")),
        path("", include("packing.urls")),
        path("", include("production.board.urls")),
        path("", include("store.catalogue.urls")),
        path("", include("store.orders.urls")),
        path("", include("store.trade.urls")),
        path("", include("store.quotes.urls")),
        path("", include("store.returns.urls")),
        path("", include("store.counter.urls")),
    ),
]
