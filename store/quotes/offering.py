"""What staff choose to offer, as a line that an order would take, priced by the rules of the shop."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from foundation.files.models import File
from foundation.house.models import Brand
from foundation.money import Money, Taxed
from foundation.people.models import new_reference
from store.baskets.actions import held_item
from store.baskets.models import BasketLine
from store.baskets.offer import draft_one
from store.catalogue.models import Piece, StoneChoice, Variant
from store.orders.drafts import DraftLine
from store.pricing.choices import CannotBeMade
from store.pricing.choosing import Chosen, choose
from store.pricing.offer import NoPriceToday, Today, prices_today, quote_piece
from store.quotes.frozen import at_price
from store.quotes.promising import day_of, day_of_making

BESPOKE = "BESPOKE"
MOST_OF_ONE = 20


class CannotOffer(Exception):
    """Why this cannot be offered, in a sentence."""


@dataclass(frozen=True)
class Wish:
    """What is chosen of a piece. `asked` names its choices as the shop's addresses do; `made` asks the workshop for it
    though one lies in the tray.
    """

    piece: Piece
    asked: Mapping[str, str]
    quantity: int = 1
    wish: str = ""
    made: bool = False


@dataclass(frozen=True)
class Bespoke:
    """A piece that stands in no catalogue: described in words, for a price that was agreed, VAT included."""

    name: str
    kind: str
    alloy: str
    description: str
    agreed_minor: int
    ring_inner_um: int | None = None
    picture: File | None = None


@dataclass(frozen=True)
class Offered:
    """A line to be quoted, with what it holds. `listed_minor` is what it was worked out to, `reason` why it is not that."""

    line: DraftLine
    variant: Variant | None = None
    stone: StoneChoice | None = None
    listed_minor: int = 0
    reason: str = field(default="")


def today_of(brand: Brand) -> Today | None:
    """What the day's prices rest on; None where the fixing is missing."""
    try:
        return prices_today(brand)
    except NoPriceToday:
        return None


def chosen_of(wanted: Wish, *, today: Today | None) -> Chosen:
    """The choice completed and priced: from the tray where it lies there, unless it is to be made."""
    brand = wanted.piece.brand
    chosen = choose(wanted.piece, wanted.asked, brand=brand, today=today)
    if chosen.variant is None or not (wanted.made or wanted.wish) or not wanted.piece.made_to_order:
        return chosen
    try:
        if today is None:
            raise NoPriceToday
        return replace(chosen, variant=None, price=quote_piece(chosen.choice, today=today))
    except (CannotBeMade, NoPriceToday) as refusal:
        return replace(chosen, variant=None, price=None, refusal=str(refusal))


def offer_piece(wanted: Wish, *, today: Today | None, now: datetime) -> Offered:
    """A piece of the catalogue as a line. Refuses with CannotOffer what has no price, or no day."""
    chosen = chosen_of(wanted, today=today)
    if chosen.price is None:
        raise CannotOffer(chosen.refusal)
    row = _row(wanted, chosen)
    draft = draft_one(row, price=chosen.price, promise_on=now.date())
    day = day_of(draft, variant=chosen.variant, now=now)
    if day is None:
        raise CannotOffer(_("No day can be named for %(name)s now.") % {"name": wanted.piece.name})
    held = held_item(row)
    return Offered(
        line=replace(draft, promise_on=day), variant=chosen.variant,
        stone=held if isinstance(held, StoneChoice) else None, listed_minor=draft.gross_minor,
    )  # fmt: skip


def offer_bespoke(wanted: Bespoke, *, brand: Brand, now: datetime) -> Offered:
    """A bespoke piece as a line: its price is what was agreed, with the VAT that is in it."""
    day = day_of_making(kind=wanted.kind, stones=0, engraving=False, plating=False, now=now)
    if day is None:
        raise CannotOffer(_("The workshop can name no day for this kind of piece now."))
    reference = new_reference()
    taxed = Taxed.from_gross(Money(wanted.agreed_minor, brand.seller.currency), brand.seller.vat_rate_bp)
    picture = wanted.picture.reference if wanted.picture else None
    line = DraftLine(
        reference=reference, purpose="custom", piece_reference=reference, piece_slug="", piece_name=wanted.name,
        style_code=BESPOKE, kind=wanted.kind, family="", alloy=wanted.alloy, quantity=1, net_minor=taxed.net.minor,
        tax_minor=taxed.tax.minor, gross_minor=taxed.gross.minor, tax_rate_bp=taxed.rate_bp, promise_on=day,
        ring_inner_um=wanted.ring_inner_um, wish=wanted.description, files=(picture,) if picture else (),
        picture=picture, trace={"agreed_minor": wanted.agreed_minor}, returnable=False, needs_approval=True,
    )  # fmt: skip
    return Offered(line=line, listed_minor=line.gross_minor)


def for_price(offered: Offered, gross_minor: int, *, reason: str, currency: str) -> Offered:
    """The same for another price. Refuses with CannotOffer a price without a reason, and nothing."""
    if gross_minor == offered.line.gross_minor:
        return offered
    if gross_minor < 1 or len(reason.strip()) < 3:
        raise CannotOffer(_("Another price needs a reason: it stays written beside it."))
    return replace(offered, line=at_price(offered.line, gross_minor, currency), reason=reason.strip()[:200])


def _row(wanted: Wish, chosen: Chosen) -> BasketLine:
    """The choice as a basket would hold it; it is never saved."""
    choice = chosen.choice
    made = chosen.variant is None
    return BasketLine(
        piece=wanted.piece, variant=chosen.variant, alloy=choice.alloy, ring_inner_um=choice.ring_inner_um,
        stone=choice.stone if made else None, engraving=choice.engraving if made else "",
        engraving_place=choice.engraving_place if made and choice.engraving else "", wish=wanted.wish if made else "",
        quantity=wanted.quantity, agreed_minor=chosen.price.gross_minor if chosen.price else 0,
    )  # fmt: skip
