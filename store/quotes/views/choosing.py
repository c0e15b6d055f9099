"""What staff look for and choose, read from a request: a search, a piece with its choices, or something bespoke."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.files.actions import keep_image
from foundation.files.links import picture
from foundation.house.models import Brand
from foundation.people.models import User
from store.catalogue.models import Piece, Variant
from store.catalogue.pictures import first_in, shown_in
from store.orders import wording
from store.pricing.choosing import Chosen, with_ways
from store.pricing.models import Listing
from store.quotes.forms import BespokeForm, PieceForm
from store.quotes.offering import (
    Bespoke,
    CannotOffer,
    Offered,
    Wish,
    chosen_of,
    for_price,
    offer_bespoke,
    offer_piece,
    today_of,
)
from store.quotes.page import parts_of
from store.shop.views.lists import found_by

MOST_FOUND = 8
ASKED = ("metal", "size", "stone", "engraving", "place")
LONGEST = 120


@dataclass(frozen=True)
class Choosing:
    """Finished values for the page, and the line that comes of it. Exactly one of `piece_form` and `bespoke_form` is
    there once something is chosen; before that, what the search found.
    """

    brand: Brand
    words: str = ""
    found: tuple[dict[str, Any], ...] = ()
    piece: Piece | None = None
    wish: Wish | None = None
    chosen: Chosen | None = None
    piece_form: PieceForm | None = None
    bespoke_form: BespokeForm | None = None
    photo: Any = None
    parts: tuple[dict[str, Any], ...] = ()
    promise_on: date | None = None
    agreed_minor: int | None = None
    refusal: str = ""

    def is_valid(self) -> bool:
        """Whether what was sent can be offered; its form says why not."""
        form = self.piece_form or self.bespoke_form
        if form is None or not form.is_valid():
            return False
        if self.piece_form is not None and self.piece_form.cleaned_data["agreed"] != self.agreed_minor:
            said = _("This is the price of what is chosen now. Look at it and press the button again.")
            self.piece_form.add_error(None, self.refusal or said)
            return False
        return True

    def offered(self, *, by: User) -> Offered:
        """The line. Refuses with CannotOffer, and with the files' NotTaken a sketch that is no picture."""
        now, currency = timezone.now(), self.brand.seller.currency
        if self.bespoke_form is not None:
            return offer_bespoke(_bespoke(self.bespoke_form.cleaned_data, by=by), brand=self.brand, now=now)
        if self.wish is None or self.piece_form is None:
            raise CannotOffer(_("Choose a piece first."))
        offered = offer_piece(self.wish, today=today_of(self.brand), now=now)
        said = self.piece_form.cleaned_data
        if said["price"] is None:
            return offered
        return for_price(offered, said["price"], reason=said["reason"], currency=currency)


def choosing(request: HttpRequest, brand: Brand) -> Choosing:
    """What the request looks for, or has chosen."""
    said = request.POST if request.method == "POST" else request.GET
    if said.get("bespoke"):
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        return Choosing(brand, bespoke_form=BespokeForm(*sent, currency=brand.seller.currency))
    piece = with_ways(Piece.objects.on_show().filter(slug=said.get("piece", "")[:80])).first()
    if piece is not None:
        return _chosen(request, said, piece)
    words = " ".join(said.get("q", "").replace("\0", "").split())[:80]
    return Choosing(brand, words=words, found=tuple(_found(words)) if words else ())


def _chosen(request: HttpRequest, said: Mapping[str, str], piece: Piece) -> Choosing:
    brand, now = piece.brand, timezone.now()
    wish = Wish(
        piece=piece, asked={key: said[key][:LONGEST] for key in ASKED if said.get(key)}, quantity=_count(said),
        wish=said.get("wish", "").strip()[:2000], made=bool(said.get("made")),
    )  # fmt: skip
    today = today_of(brand)
    chosen = chosen_of(wish, today=today)
    sent = request.POST if request.method == "POST" and "redraw" not in request.POST else None
    typed = {name: said[name] for name in ("wish", "made", "quantity", "price", "reason") if said.get(name)}
    form = PieceForm(sent, initial=typed, chosen=chosen, currency=brand.seller.currency)
    line, refusal = None, chosen.refusal
    try:
        line = offer_piece(wish, today=today, now=now).line
    except CannotOffer as why:
        refusal = str(why)
    return Choosing(
        brand, piece=piece, wish=wish, chosen=chosen, piece_form=form, photo=_photo(piece, chosen.choice.alloy),
        parts=tuple(parts_of(line)) if line else (), promise_on=line.promise_on if line else None,
        agreed_minor=line.gross_minor if line else None, refusal=refusal,
    )  # fmt: skip


def _bespoke(said: dict[str, Any], *, by: User) -> Bespoke:
    sketch = keep_image(upload=said["picture"], by=by, purpose="sketch") if said["picture"] else None
    return Bespoke(
        name=said["title"], kind=said["kind"], alloy=said["alloy"], description=said["description"],
        agreed_minor=said["price"], ring_inner_um=said["size"], picture=sketch,
    )  # fmt: skip


def _count(said: Mapping[str, str]) -> int:
    text = said.get("quantity", "1")[:3]
    return min(max(int(text), 1), 20) if text.isascii() and text.isdigit() else 1


def _found(words: str) -> list[dict[str, Any]]:
    """Pieces that the words find, and the very variant whose stock number they are."""
    variant = Variant.objects.filter(sku__iexact=words, withdrawn_at=None).select_related("piece").first()
    pieces = list(found_by(words).prefetch_related("photos__file")[:MOST_FOUND])
    prices = _prices(pieces)
    rows = [{"piece": one, "photo": _photo(one, ""), "from": prices.get(one.pk, ""), "query": urlencode({"piece": one.slug})}
            for one in pieces]  # fmt: skip
    if variant is not None and variant.piece.is_on_show:
        asked = {"piece": variant.piece.slug, "metal": variant.alloy, "size": variant.ring_inner_um or ""}
        price = wording.money(variant.price_minor, variant.currency)
        rows.insert(0, {"piece": variant.piece, "sku": variant.sku, "photo": _photo(variant.piece, variant.alloy),
                        "shown_in": shown_in(first_in(variant.piece.photos.all(), variant.alloy), variant.alloy), "from": price, "query": urlencode(asked)})  # fmt: skip
    return rows


def _prices(pieces: list[Piece]) -> dict[int, str]:
    """The lowest price of each, as the list pages have it."""
    rows = Listing.objects.filter(piece__in=pieces).order_by("-price_minor")
    return {row.piece_id: _("from %(price)s") % {"price": wording.money(row.price_minor, row.currency)} for row in rows}


def _photo(piece: Piece, alloy: str) -> Any:
    photo = first_in(piece.photos.all(), alloy)
    return picture(photo.file, alt=piece.name, widths=(160, 320, 480)) if photo else None
