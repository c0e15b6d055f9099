"""The house's front page, and what a shop for jewellery has to tell."""

from typing import Any

from django.core.cache import cache
from django.db.models import Case, F, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.files.links import picture
from foundation.length import RingSize, circumference_um, nearest, ring_sizes
from foundation.reference.hallmarks import RULES
from production import offer
from store.catalogue.models import Collection, Photo, Piece, Tray
from store.catalogue.wording import alloy_name
from store.pricing.wanted import Wanted
from store.shop.cards import cards, picture_for, shown_in
from store.shop.example import worked_example
from store.shop.piece_page import account, stage_names

BESTSELLERS = 4
BENCHES, BENCHES_KEPT_SECONDS = 4, 60


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page: one piece large, three more, and where the money goes."""
    ids = list(Piece.objects.on_show().order_by("position", "pk").values_list("pk", flat=True)[: BESTSELLERS + 1])
    shelf = Collection.objects.filter(inside=None).order_by("position", "pk").first()
    example = worked_example()
    return render(
        request,
        "shop/home.html",
        {
            "hero": _hero(), "shelf": shelf, "cards": cards(ids[:BESTSELLERS], wanted=Wanted()), "example": example,
            "example_name": alloy_name(example.choice.alloy) if example else "",
            "account": account(example) if example else [],
            "benches": cache.get_or_set(f"shop.benches:{get_language()}", _on_the_benches, BENCHES_KEPT_SECONDS),
        },
    )  # fmt: skip


@require_safe
def hallmarks(request: HttpRequest) -> HttpResponse:
    """The dealers' notice on hallmarks."""
    names = {"gold": _("Gold"), "silver": _("Silver"), "platinum": _("Platinum"), "palladium": _("Palladium")}
    rows = [
        {"metal": names[rule.metal], "grams": f"{rule.exempt_below_mg / 1000:.2f}".rstrip("0").rstrip("."),
         "swatch": "yellow" if rule.metal == "gold" else rule.metal, "standards": [str(one // 10) for one in rule.standards_ppt10]}
        for rule in RULES if rule.market == "GB"
    ]  # fmt: skip
    marks = [
        {"label": _("Sponsor’s mark"), "value": _("who sent the piece to be marked: us")},
        {"label": _("Fineness"), "value": _("parts of precious metal in a thousand")},
        {"label": _("Assay office"), "value": _("who tested it: London, Birmingham, Sheffield or Edinburgh")},
    ]
    return render(request, "shop/hallmarks.html", {"rows": rows, "marks": marks})


@require_safe
def ring_size_page(request: HttpRequest) -> HttpResponse:
    """Ring sizes in every system, and how to find yours."""
    rows = [_size_row(size) for size in ring_sizes("UK") if 13_500 <= size.inner_um <= 22_500]
    return render(request, "shop/ring_sizes.html", {"rows": rows})


@require_safe
def sizer(request: HttpRequest) -> HttpResponse:
    """A strip to print, with a line of 50 mm to check it by."""
    whole = [size for size in ring_sizes("UK") if "½" not in size.label and 14_000 <= size.inner_um <= 22_000]
    marks = [
        {"at": _mm(circumference_um(size.inner_um)), "label": size.label, "tall": n % 2} for n, size in enumerate(whole)
    ]
    circles = [
        {"label": size.label, "mm": _mm(size.inner_um), "r": _mm(size.inner_um // 2),
         "x": 14 + 28 * (n % 6), "y": 14 + 30 * (n // 6)}
        for n, size in enumerate(whole)
    ]  # fmt: skip
    return render(request, "shop/sizer.html", {"marks": marks, "circles": circles})


def _size_row(size: RingSize) -> dict[str, Any]:
    um = size.inner_um
    return {
        "uk": size.label, "us": nearest("US", um).label, "eu": nearest("EU", um).label, "jp": nearest("JP", um).label,
        "inner": _mm(um), "round": _mm(circumference_um(um)),
    }  # fmt: skip


def _mm(um: int) -> str:
    return f"{um / 1000:.1f}"


def _hero() -> dict[str, Any] | None:
    """The first piece on the ink tray, in its widest picture."""
    photos = Photo.objects.select_related("file", "piece").filter(piece__in=Piece.objects.on_show())
    wide_first = Case(When(file__width__gt=F("file__height"), then=0), default=1)
    found = photos.filter(piece__tray=Tray.INK).order_by(wide_first, "piece__position", "position").first()
    if found is None:
        return None
    is_tall = (found.file.height or 0) > (found.file.width or 0)
    return {"picture": picture(found.file, alt=""), "piece": found.piece, "is_tall": is_tall}


def _on_the_benches() -> list[dict[str, Any]]:
    """Designs that are being made now, with the shop's own picture of each and the stage it has reached."""
    found = offer.on_the_benches(most=BENCHES)
    pieces = Piece.objects.on_show().filter(style_code__in=[one.style_code for one in found])
    by_style = {piece.style_code: piece for piece in pieces.prefetch_related("photos__file")}
    names = stage_names()
    return [
        {
            "name": by_style[one.style_code].name, "href": by_style[one.style_code].get_absolute_url(), "tray": by_style[one.style_code].tray,
            "metal": alloy_name(one.alloy), "stage": names[one.stage],
            "picture": picture_for(list(by_style[one.style_code].photos.all()), one.alloy, by_style[one.style_code].name),
            "shown_in": shown_in(list(by_style[one.style_code].photos.all()), one.alloy),
        }
        for one in found
        if one.style_code in by_style
    ]  # fmt: skip
