"""A piece: everything about it, chosen through its address, so that all of it works without scripts."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.messages import get_messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.asked import asked
from production.offer import CannotWeigh
from store.baskets.carrier import stones_held_by
from store.catalogue.models import Collection, Piece
from store.catalogue.wording import swatch
from store.pricing.choosing import choose, find_with_ways
from store.pricing.offer import NoPriceToday, Today, prices_today
from store.pricing.turning import model_of_choice
from store.shop import piece_page

CHOICES = ("metal", "size", "stone", "engraving", "place")
LONGEST = 120


@require_safe
def piece(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a piece. Asked by the form itself (without scripts), its address is cleared of the form's own secrets."""
    if "csrfmiddlewaretoken" in request.GET:
        return redirect(f"{request.path}?{urlencode(_asked(request) | _written(request))}")
    found, context = _chosen(request, slug)
    shelf = _shelves.first(found.pk)
    trail = [{"label": _("Home"), "href": reverse("shop:home")}]
    if shelf:
        trail.append({"label": shelf.name, "href": shelf.get_absolute_url()})
    return render(request, "shop/piece.html", context | {"trail": trail, "not_taken": _not_taken(request)})


@asked
def _shelves(piece_id: int) -> QuerySet[Collection]:
    return Collection.objects.filter(pieces=piece_id).order_by("inside_id", "position")[:1]


@require_safe
def price(request: HttpRequest, slug: str) -> HttpResponse:
    """What changes on that page as something else is chosen."""
    _found, context = _chosen(request, slug)
    return render(request, "shop/_chosen.html", context | {"fragment": True})


@require_safe
def model(request: HttpRequest, slug: str) -> JsonResponse:
    """Where the piece's 3D model lies and which metal it is chosen in; 202 while it is being built, 404 if it has none."""
    found = find_with_ways(slug, request.user)
    mine = stones_held_by(request)
    choice = choose(found, _asked(request), brand=found.brand, today=_today(found), mine=mine).choice
    try:
        url = model_of_choice(choice)
    except CannotWeigh as refusal:
        return JsonResponse({"detail": str(refusal)}, status=404)
    answer = {"url": url, "metal": swatch(choice.alloy) if choice.alloy else "yellow"}
    return JsonResponse(answer, status=200 if url else 202)


def _chosen(request: HttpRequest, slug: str) -> tuple[Piece, dict[str, Any]]:
    found = find_with_ways(slug, request.user)
    today = _today(found)
    mine = stones_held_by(request)
    chosen = choose(found, _asked(request), brand=found.brand, today=today, mine=mine)
    context = piece_page.page(found, chosen, brand=found.brand, today=today, now=timezone.now(), mine=mine)
    asked = request.GET.get("photo", "")
    shown = piece_page.photos(found, alloy_code=chosen.choice.alloy, asked=asked, query=_asked(request))
    return found, context | {
        "photos": shown,
        "front": next((one for one in shown if one.is_current), None),
        "scale_um": piece_page.SCALE_UM,
        "brand": found.brand,
        "line": "",
        "wish": "",
        **_written(request),
    }


def _written(request: HttpRequest) -> dict[str, str]:
    """What the form carries beside the choices: the basket's line it changes, and the wish."""
    return {key: request.GET[key][:most] for key, most in (("line", 12), ("wish", 2000)) if request.GET.get(key)}


def _not_taken(request: HttpRequest) -> str:
    """Why the drawing that was sent could not be taken."""
    return next((str(one) for one in get_messages(request) if "sketch" in one.tags.split()), "")


def _today(found: Piece) -> Today | None:
    if not found.made_to_order:
        return None
    try:
        return prices_today(found.brand)
    except NoPriceToday:
        return None


def _asked(request: HttpRequest) -> dict[str, str]:
    return {key: request.GET[key][:LONGEST] for key in CHOICES if request.GET.get(key)}
