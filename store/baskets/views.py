"""The basket's pages."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.api.once import once, refused
from foundation.asked import asked
from foundation.files.actions import NotTaken
from foundation.files.links import picture
from foundation.files.models import File
from foundation.house.models import DeliveryMethod
from foundation.people.models import User
from store.baskets import actions
from store.baskets.carrier import basket_for, basket_of, count_in, hand_out, stones_held_by, user_of
from store.baskets.forms import AddForm, GiftForm, LineForm
from store.baskets.models import Basket, BasketLine
from store.baskets.offer import Contents, LineShown, contents
from store.catalogue.actions import OutOfStock
from store.catalogue.brands import shop_brand
from store.catalogue.models import Piece
from store.catalogue.pictures import shown_in
from store.catalogue.wording import alloy_short, ring_size
from store.pricing.choices import CannotBeMade
from store.pricing.choosing import Chosen, available, choose, find_with_ways, not_offered, variants_with_stock
from store.pricing.offer import NoPriceToday, Today, prices_today

REFUSALS = (actions.NotForSale, actions.TooMany, OutOfStock, CannotBeMade, NotTaken, NoPriceToday)


SKETCH = "sketch"
"""Tells a refusal that belongs to the drawing from the others."""


@require_safe
def basket(request: HttpRequest) -> HttpResponse:
    """Everything in the basket, and what it comes to."""
    basket = basket_of(request)
    brand = basket.brand if basket else shop_brand()
    found = contents(basket, brand=brand, now=timezone.now())
    delivery = _cheapest(brand.seller_id)
    context = {
        "found": found, "lines": [_line(line, ZoneInfo(brand.seller.time_zone)) for line in found.lines], "sums": _sums(found, delivery),
        "checkout": reverse("checkout:checkout"), "gift_form": GiftForm(initial=_gift(found.basket)), "brand": brand,
        "trail": [{"label": _("Home"), "href": reverse("shop:home")}],
    }  # fmt: skip
    return hand_out(render(request, "baskets/basket.html", context), token="", count=found.count)


@asked
def _cheapest(seller_id: int) -> QuerySet[DeliveryMethod]:
    return DeliveryMethod.objects.filter(seller_id=seller_id).order_by("price_minor")[:3]


@require_POST
@once
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Lay a piece into the basket as chosen. Where it can't be, back to the piece, with the reason."""
    piece = find_with_ways(slug, None, with_photos=False)
    form = AddForm(request.POST, request.FILES)
    if not form.is_valid():
        return _back(request, piece, {}, _("Something in the form could not be read. Choose again."))
    asked = form.asked()
    if strange := not_offered(piece, asked):
        return _back(request, piece, form.kept(), " ".join(strange.values()))
    chosen = choose(piece, asked, brand=piece.brand, today=_today(piece), mine=stones_held_by(request))
    if chosen.price is None:
        return _back(request, piece, form.kept(), chosen.refusal)
    if chosen.price.gross_minor != form.cleaned_data["agreed"]:
        return _back(
            request, piece, form.kept(), _("This is the price of what you chose now. Add it once more to agree.")
        )
    return _added(request, chosen, form)


def _added(request: HttpRequest, chosen: Chosen, form: AddForm) -> HttpResponse:
    found, token = basket_for(request)
    by, now = user_of(request), timezone.now()
    try:
        with transaction.atomic():
            drawing = _take_out_first(found, form.cleaned_data["line"], by=by)
            _lay_in(found, chosen, form, drawing, now=now, by=by)
    except REFUSALS as refusal:
        about = SKETCH if isinstance(refusal, NotTaken) else ""
        back = _back(request, chosen.choice.piece, form.kept(), str(refusal), about=about)
        return hand_out(back, token=token, count=count_in(found))
    messages.success(request, _("%(name)s is in your basket.") % {"name": chosen.choice.piece.name})
    return hand_out(redirect("baskets:basket"), token=token, count=count_in(found))


def _take_out_first(found: Basket, line: int | None, *, by: User | None) -> File | None:
    """A line that is chosen differently goes out as the new one comes in. Answers its drawing, which stays."""
    old = found.lines.filter(pk=line).select_related("basket", "sketch").first() if line else None
    if old is None:
        return None
    actions.remove_line(line=old, by=by)
    return old.sketch


def _lay_in(
    found: Basket, chosen: Chosen, form: AddForm, drawing: File | None, *, now: datetime, by: User | None
) -> None:
    if chosen.variant is not None:
        actions.add_variant(basket=found, variant=chosen.variant, quantity=1, now=now, by=by)
        return
    actions.add_made_to_order(
        basket=found, choice=chosen.choice, agreed_minor=form.cleaned_data["agreed"], wish=form.cleaned_data["wish"],
        sketch=form.cleaned_data["sketch"] or drawing, now=now, by=by,
    )  # fmt: skip


@require_POST
@once
def change(request: HttpRequest, line: int) -> HttpResponse:
    """Another number, another size, or the new price agreed to."""
    row = _own_line(request, line)
    form = LineForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A basket takes 1 to 20 of one piece."))
        return refused(redirect("baskets:basket"))
    wanted = form.cleaned_data
    variants = {one.pk: one for one in row.piece.variants.filter(withdrawn_at=None)}
    try:
        actions.change_line(
            line=row, quantity=wanted["quantity"], variant=variants.get(wanted["variant"] or 0),
            now=timezone.now(), by=user_of(request),
        )  # fmt: skip
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return refused(redirect("baskets:basket"))
    return redirect("baskets:basket")


@require_POST
@once
def remove(request: HttpRequest, line: int) -> HttpResponse:
    """Take a line out."""
    row = _own_line(request, line)
    actions.remove_line(line=row, by=user_of(request))
    messages.success(request, _("%(name)s is no longer in your basket.") % {"name": row.piece.name})
    return redirect("baskets:basket")


@require_POST
@once
def accept(request: HttpRequest, line: int) -> HttpResponse:
    """Keep a line at its new price."""
    row = _own_line(request, line)
    found = contents(row.basket, brand=row.basket.brand, now=timezone.now())
    shown = next(one for one in found.lines if one.line.pk == row.pk)
    if shown.price is not None:
        actions.accept_price(line=row, agreed_minor=shown.price.gross_minor)
    return redirect("baskets:basket")


@require_POST
@once
def gift(request: HttpRequest) -> HttpResponse:
    """Whether it is a gift, and what the card says."""
    found = basket_of(request)
    form = GiftForm(request.POST)
    if found is None or not form.is_valid():
        messages.error(request, _("Keep the note under 240 letters."))
        return refused(redirect("baskets:basket"))
    told = form.cleaned_data
    actions.note_gift(basket=found, gift=told["gift"], note=told["gift_note"], hide_prices=told["hide_prices"])
    messages.success(request, _("Noted."))
    return redirect("baskets:basket")


def _own_line(request: HttpRequest, pk: int) -> BasketLine:
    found = basket_of(request)
    if found is None:
        raise Http404
    return get_object_or_404(
        found.lines.select_related("basket__brand__seller", "piece", "variant__piece", "stone"), pk=pk
    )


def _today(piece: Piece) -> Today | None:
    try:
        return prices_today(piece.brand) if piece.made_to_order else None
    except NoPriceToday:
        return None


def _back(request: HttpRequest, piece: Piece, asked: dict[str, str], reason: str, *, about: str = "") -> HttpResponse:
    """Back to the piece as it was chosen, with the reason; `about` names the field that it belongs to."""
    messages.error(request, reason, extra_tags=about)
    return refused(redirect(f"{piece.get_absolute_url()}?{urlencode(asked)}" if asked else piece.get_absolute_url()))


def _line(shown: LineShown, zone: ZoneInfo) -> dict[str, Any]:
    line, photo = shown.line, shown.photo
    asked = {
        "metal": line.alloy,
        "size": line.ring_inner_um,
        "stone": line.stone_id,
        "engraving": line.engraving,
        "place": line.engraving and line.engraving_place,
        "wish": line.wish,
        "line": line.pk,
    }
    return {
        "shown": shown, "line": line, "name": line.piece.name, "tray": line.piece.tray,
        "href": f"{line.piece.get_absolute_url()}?{urlencode({k: v for k, v in asked.items() if v})}",
        "photo": picture(photo.file, alt=line.piece.name, widths=(160, 320)) if photo else None,
        "shown_in": shown_in(photo, line.alloy),
        "other_sizes": _other_variants(line), "until_words": _clock(shown, zone), "once": shown.price and shown.price.gross_minor,
    }  # fmt: skip


def _clock(shown: LineShown, zone: ZoneInfo) -> str:
    """Until when it is kept, on the seller's clock."""
    return f"{timezone.localtime(shown.hold.expires_at, zone):%H:%M %Z}" if shown.hold else ""


def _other_variants(line: BasketLine) -> list[dict[str, Any]]:
    """The sizes and metals of the same piece that lie in the tray, for changing a line in place."""
    if line.variant is None:
        return []
    rows = [one for one in variants_with_stock(line.piece_id) if one.withdrawn_at is None]
    found = [one for one in rows if one.pk == line.variant_id or available(one)]
    if len(found) < 2:
        return []
    return [
        {"value": one.pk, "chosen": one.pk == line.variant_id,
         "label": ", ".join(filter(None, [alloy_short(one.alloy), ring_size(one.ring_inner_um) if one.ring_inner_um else ""]))}
        for one in found
    ]  # fmt: skip


def _sums(found: Contents, delivery: list[DeliveryMethod]) -> dict[str, Any]:
    return {"gross": found.gross_minor, "tax": found.tax_minor, "currency": found.currency, "delivery": delivery}


def _gift(found: Basket | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {"gift": found.gift, "gift_note": found.gift_note, "hide_prices": found.hide_prices}
