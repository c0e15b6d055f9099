"""The style guide: every component in every state, and screens put together from them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.ui import samples

SCREENS = ("home", "list", "piece", "basket", "track", "board", "ticket")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component."""
    return render(request, "ui/styleguide.html", samples.everything(SCREENS))


@require_safe
def screen(request: HttpRequest, screen: str) -> HttpResponse:
    """One page put together from components, with sample values."""
    if screen not in SCREENS:
        raise Http404
    return render(request, f"ui/screens/{screen}.html", samples.everything(SCREENS) | {"screen": screen})
