"""The office's pages for pieces: somebody without code adds one with photos and price, from a phone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.api.once import once
from foundation.files.actions import NotTaken
from foundation.files.links import picture
from foundation.house.models import Site
from foundation.people.doors import StaffRequest, staff
from foundation.people.roles import OFFICE
from store.catalogue import actions
from store.catalogue.actions.pieces import what_it_lacks
from store.catalogue.brands import shop_brand
from store.catalogue.forms.pictures import PhotosForm
from store.catalogue.forms.pieces import MeasuresForm, PieceForm
from store.catalogue.forms.sold import CountForm, StoneForm, VariantForm
from store.catalogue.models import Photo, Piece, StoneChoice, Variant
from store.catalogue.wording import alloy_short, ring_size, stones_of

MOST_PHOTOS = 12


@require_safe
@staff(*OFFICE)
def pieces(request: StaffRequest) -> HttpResponse:
    """Every piece, newest first, with what it still lacks."""
    words = request.GET.get("q", "")[:60]
    rows = Piece.objects.prefetch_related("photos__file").order_by("-pk")
    page = Paginator(rows.filter(name__icontains=words) if words else rows, 30).get_page(request.GET.get("page"))
    shown = [_listed(piece) for piece in page.object_list]
    return render(request, "catalogue/pieces.html", {"rows": shown, "page": page, "words": words})


@staff(*OFFICE)
@once
def new_piece(request: StaffRequest) -> HttpResponse:
    """Add a piece. Pictures, prices and stones follow on its own page."""
    return _piece_form(request, None)


@staff(*OFFICE)
@once
def piece(request: StaffRequest, pk: int) -> HttpResponse:
    """A piece's facts, and doors to everything else about it."""
    rows = Piece.objects.select_related("brand__seller").prefetch_related(
        "metals", "collections", "photos__file", "variants__stock", "stones"
    )
    return _piece_form(request, get_object_or_404(rows, pk=pk))


def _piece_form(request: StaffRequest, row: Piece | None) -> HttpResponse:
    form = PieceForm(request.POST or None, instance=row, initial={} if row else {"position": 100})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save_for(shop_brand())
            actions.set_metals(piece=saved, alloys=form.cleaned_data["metals"], by=request.user)
        messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
        return redirect("catalogue:piece", saved.pk)
    context = {"form": form, "piece": row} | (_about(row) if row else {})
    return render(request, "catalogue/piece.html", context, status=422 if form.errors else 200)


@staff(*OFFICE)
@once
def measures(request: StaffRequest, pk: int) -> HttpResponse:
    """The measures of its shape, asked of the workshop before they are kept."""
    row = _piece(pk)
    form = MeasuresForm(request.POST or None, piece=row)
    if request.method == "POST" and form.is_valid():
        actions.set_measures(piece=row, parameters=form.parameters(), by=request.user)
        messages.success(request, _("The measures are kept. The workshop can make it so."))
        if row.photos.exclude(shape="").exists():
            messages.info(request, _("Its computer-made pictures show it as it was: have them taken again."))
        return redirect("catalogue:piece", pk)
    return _form(request, row, form, _("Measures"))


@staff(*OFFICE)
@once
def photos(request: StaffRequest, pk: int) -> HttpResponse:
    """Add pictures, several at a time."""
    row = _piece(pk)
    form = PhotosForm(request.POST or None, piece=row)
    uploads = request.FILES.getlist("pictures")[:MOST_PHOTOS]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            for upload in uploads:
                photo = actions.add_photo(
                    piece=row, upload=upload, by=request.user, alloy=told["alloy"], view=told["view"], alt=told["alt"],
                    width_um=told["width_um"],
                )  # fmt: skip
                messages.success(request, _("%(photo)s is added.") % {"photo": photo.file.name})
            return redirect("catalogue:piece", pk)
        except NotTaken as refusal:
            form.add_error(None, str(refusal))
    return render(request, "catalogue/photos.html", {"form": form, "piece": row}, status=422 if form.errors else 200)


@require_POST
@staff(*OFFICE)
@once
def remove_photo(request: StaffRequest, pk: int, photo: int) -> HttpResponse:
    """Take a picture off the piece. The file itself stays: an order may show it."""
    get_object_or_404(Photo, pk=photo, piece_id=pk).delete()
    return redirect("catalogue:piece", pk)


@staff(*OFFICE)
@once
def new_variant(request: StaffRequest, pk: int) -> HttpResponse:
    """Add a ready-made variant with its price and how many there are."""
    row = _piece(pk)
    form = VariantForm(request.POST or None, piece=row)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = form.save_for(row)
            if form.cleaned_data["found"]:
                site = Site.objects.filter(seller=row.brand.seller).order_by("is_workshop", "pk").first()
                if site is not None:
                    actions.receive_stock(item=made, site=site, quantity=form.cleaned_data["found"], by=request.user)
            actions.relist(row)
        messages.success(request, _("%(sku)s is in the tray.") % {"sku": made.sku})
        return redirect("catalogue:piece", pk)
    return _form(request, row, form, _("Ready-made"))


@staff(*OFFICE)
@once
def variant(request: StaffRequest, pk: int, variant: int) -> HttpResponse:
    """Another price, or another number after a count."""
    row = _piece(pk)
    one = get_object_or_404(Variant.objects.select_related("piece"), pk=variant, piece=row)
    stock = one.stock.first()
    initial = {
        "price_minor": one.price_minor,
        "found": stock.on_hand if stock else 0,
        "site": stock.site_id if stock else None,
    }
    form = CountForm(request.POST or None, piece=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                actions.price_variant(variant=one, price_minor=told["price_minor"], by=request.user)
                actions.count_stock(item=one, site=told["site"], found=told["found"], by=request.user)
            messages.success(request, _("%(sku)s is saved.") % {"sku": one.sku})
            return redirect("catalogue:piece", pk)
        except actions.HeldForBuyers as refusal:
            form.add_error("found", str(refusal))
    return _form(request, row, form, f"{one.sku}")


@staff(*OFFICE)
@once
def new_stone(request: StaffRequest, pk: int) -> HttpResponse:
    """Add a stone that it can be made with."""
    row = _piece(pk)
    form = StoneForm(request.POST or None, piece=row)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = form.save_for(row)
            site = Site.objects.filter(seller=row.brand.seller).order_by("pk").first()
            if form.cleaned_data["only_one"] and site is not None:
                actions.receive_stock(item=made, site=site, quantity=1, by=request.user)
            actions.relist(row)
            actions.owe_models(row)
        return redirect("catalogue:piece", pk)
    return _form(request, row, form, _("A stone to choose"))


@require_POST
@staff(*OFFICE)
@once
def withdraw_stone(request: StaffRequest, pk: int, stone: int) -> HttpResponse:
    """Offer a stone no longer. Orders that have it keep it."""
    actions.withdraw_stone(stone=get_object_or_404(StoneChoice, pk=stone, piece_id=pk), now=timezone.now())
    return redirect("catalogue:piece", pk)


@require_POST
@staff(*OFFICE)
@once
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Show it to everybody."""
    try:
        row = actions.publish_piece(piece=_piece(pk), by=request.user, now=timezone.now())
        messages.success(request, _("%(name)s is on show.") % {"name": row.name})
    except actions.NotReadyToShow as refusal:
        messages.error(request, str(refusal))
    return redirect("catalogue:piece", pk)


@require_POST
@staff(*OFFICE)
@once
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take it off the shop."""
    try:
        row = actions.withdraw_piece(piece=_piece(pk), by=request.user, now=timezone.now())
        messages.success(request, _("%(name)s is off the shop.") % {"name": row.name})
    except actions.NotReadyToShow as refusal:
        messages.error(request, str(refusal))
    return redirect("catalogue:piece", pk)


def _piece(pk: int) -> Piece:
    return get_object_or_404(Piece.objects.select_related("brand__seller"), pk=pk)


def _form(request: StaffRequest, row: Piece, form: Any, title: str) -> HttpResponse:
    context = {"form": form, "piece": row, "title": title}
    return render(request, "catalogue/form.html", context, status=422 if form.errors else 200)


def _listed(row: Piece) -> dict[str, Any]:
    photo = next(iter(row.photos.all()), None)
    return {"piece": row, "photo": picture(photo.file, alt="", widths=(160,)) if photo else None, "state": _state(row)}


def _state(row: Piece) -> dict[str, str]:
    if row.withdrawn_at:
        return {"tone": "plain", "words": _("off the shop")}
    if row.published_at:
        return {"tone": "ok", "words": _("on show")}
    return {"tone": "soon", "words": _("draft")}


def _about(row: Piece) -> dict[str, Any]:
    return {
        "state": _state(row), "lacks": what_it_lacks(row),
        "photos": [
            {"pk": one.pk, "picture": picture(one.file, alt=str(one), widths=(160, 320)), "words": str(one)}
            for one in row.photos.all()
        ],
        "variants": [_variant_row(one, row) for one in row.variants.all()],
        "stones": [
            {"pk": one.pk, "words": stones_of(one), "price": one.price_minor, "currency": one.currency,
             "report": one.report_number, "off": one.withdrawn_at}
            for one in row.stones.all()
        ],
    }  # fmt: skip


def _variant_row(one: Variant, row: Piece) -> dict[str, Any]:
    stocks = list(one.stock.all())
    words = [alloy_short(one.alloy), ring_size(one.ring_inner_um) if one.ring_inner_um else "", stones_of(one)]
    return {
        "pk": one.pk, "sku": one.sku, "words": ", ".join(word for word in words if word), "price": one.price_minor,
        "currency": one.currency, "on_hand": sum(stock.on_hand for stock in stocks), "held": sum(stock.held for stock in stocks),
    }  # fmt: skip
