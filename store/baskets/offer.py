"""What a basket comes to: its lines in words and money, its dates, and whatever keeps it from being ordered."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.core.cache import cache
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from foundation.asked import asked, known
from foundation.house.models import Brand
from production import offer as workshop
from production.offer import Promise
from store.baskets.actions import held_item, holds_of
from store.baskets.models import Basket, BasketLine
from store.catalogue.dispatch import leaves_on
from store.catalogue.models import Hold, Photo, Stock, StoneChoice
from store.catalogue.pictures import in_metal
from store.catalogue.wording import alloy_name, ring_size, stones_of
from store.orders.drafts import DraftFixing, DraftLine, DraftStone
from store.pricing.choices import CannotBeMade, Choice
from store.pricing.choosing import photos_of
from store.pricing.offer import NoPriceToday, Price, Today, price_of, prices_today, quote_piece

PROMISE_KEPT_SECONDS = 60


@dataclass(frozen=True)
class Problem:
    """What keeps a basket from being ordered, in a sentence. `code`: empty, gone, withdrawn, price_rose, no_price, no_date."""

    code: str
    text: str
    line: int | None = None


@dataclass(frozen=True)
class LineShown:
    """A line with everything a page or an order needs to know of it."""

    line: BasketLine
    price: Price | None
    choices: tuple[tuple[str, str], ...]
    photo: Photo | None
    promise_on: date | None
    hold: Hold | None
    problems: tuple[Problem, ...] = field(default_factory=tuple)

    @property
    def gross_minor(self) -> int:
        """The line's price for all of it, VAT included; 0 while there is none."""
        return self.price.gross_minor * self.line.quantity if self.price else 0

    @property
    def tax_minor(self) -> int:
        """The VAT in that."""
        return self.price.tax_minor * self.line.quantity if self.price else 0


@dataclass(frozen=True)
class Contents:
    """A basket's contents as they stand now. It can be ordered when `problems` is empty."""

    basket: Basket | None
    currency: str
    lines: tuple[LineShown, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def gross_minor(self) -> int:
        """All lines, VAT included, before delivery."""
        return sum(line.gross_minor for line in self.lines)

    @property
    def tax_minor(self) -> int:
        """The VAT in that."""
        return sum(line.tax_minor for line in self.lines)

    @property
    def count(self) -> int:
        """How many pieces."""
        return sum(line.line.quantity for line in self.lines)

    @property
    def promise_on(self) -> date | None:
        """The day the last of it leaves."""
        days = [line.promise_on for line in self.lines if line.promise_on]
        return max(days) if days and len(days) == len(self.lines) else None

    @property
    def has_made_to_order(self) -> bool:
        """Whether any of it is made for this buyer, and cannot be sent back."""
        return any(line.line.is_made_to_order for line in self.lines)


def contents(basket: Basket | None, *, brand: Brand, now: datetime) -> Contents:
    """Everything in the basket, priced and dated now, with the one list of what keeps it from being ordered."""
    lines = _lines(basket)
    if basket is None or not lines:
        empty = Problem("empty", _("Your basket is empty."))
        return Contents(basket=basket, currency=brand.seller.currency, problems=(empty,))
    holds = holds_of(lines)
    today = _today(lines, brand)
    shown = tuple(_shown(line, holds.get(line.reference), brand=brand, today=today, now=now) for line in lines)
    found = tuple(problem for line in shown for problem in line.problems)
    return Contents(basket=basket, currency=basket.currency, lines=shown, problems=found)


def problems(basket: Basket | None, *, brand: Brand, now: datetime) -> tuple[Problem, ...]:
    """What keeps the basket from being ordered: the list the page shows is the gate that checkout asks."""
    return contents(basket, brand=brand, now=now).problems


def draft_lines(found: Contents) -> tuple[DraftLine, ...]:
    """The basket's lines as an order takes them. Ask only where there are no problems."""
    return tuple(_draft(shown) for shown in found.lines)


def draft_one(line: BasketLine, *, price: Price, promise_on: date) -> DraftLine:
    """A line that lies in no basket, chosen and priced, as an order takes it."""
    return _draft(LineShown(line=line, price=price, choices=(), photo=_photo(line), promise_on=promise_on, hold=None))


def choice_of(line: BasketLine) -> Choice:
    """What was chosen for a line that is made to order."""
    return Choice(
        piece=line.piece, alloy=line.alloy, ring_inner_um=line.ring_inner_um, stone=line.stone,
        engraving=line.engraving, engraving_place=line.engraving_place,
    )  # fmt: skip


def _lines(basket: Basket | None) -> list[BasketLine]:
    if basket is None:
        return []
    lines = _of_basket(basket.pk)
    pieces = [line.piece for line in lines]
    photos = photos_of([piece.pk for piece in pieces])
    for piece in pieces:
        known(piece, "photos", photos)
    if made := [line.piece for line in lines if line.is_made_to_order]:
        prefetch_related_objects(made, "metals", "stones")
    return lines


@asked
def _of_basket(basket_id: int) -> QuerySet[BasketLine]:
    return BasketLine.objects.filter(basket_id=basket_id).select_related("piece", "variant", "stone", "sketch")


def _today(lines: Sequence[BasketLine], brand: Brand) -> Today | None:
    """What prices rest on where something is made to order; None where the day's fixing is missing."""
    if not any(line.is_made_to_order for line in lines):
        return None
    try:
        return prices_today(brand)
    except NoPriceToday:
        return None


def _shown(line: BasketLine, hold: Hold | None, *, brand: Brand, today: Today | None, now: datetime) -> LineShown:
    price, found = _priced(line, brand=brand, today=today)
    shown = LineShown(
        line=line, price=price, choices=in_words(line), photo=_photo(line), hold=hold, promise_on=None,
        problems=tuple(found) + tuple(_stock_problems(line, hold)),
    )  # fmt: skip
    if shown.problems:
        return shown
    promised = _promised(line, hold, now=now)
    if promised is None:
        text = _("We can’t name a day for %(name)s now. Ask us, and we answer.") % {"name": line.piece.name}
        return replace(shown, problems=(Problem("no_date", text, line.pk),))
    return replace(shown, promise_on=promised)


def _priced(line: BasketLine, *, brand: Brand, today: Today | None) -> tuple[Price | None, list[Problem]]:
    name = line.piece.name
    if not line.piece.is_on_show or (line.variant and line.variant.withdrawn_at):
        return None, [Problem("withdrawn", _("%(name)s is no longer sold. Take it out.") % {"name": name}, line.pk)]
    try:
        price = _price(line, brand=brand, today=today)
    except (CannotBeMade, NoPriceToday) as refusal:
        return None, [Problem("no_price", str(refusal), line.pk)]
    if price.gross_minor > line.agreed_minor:
        return price, [
            Problem("price_rose", _("The price of %(name)s has gone up since you chose it.") % {"name": name}, line.pk)
        ]
    return price, []


def _price(line: BasketLine, *, brand: Brand, today: Today | None) -> Price:
    if line.variant is not None:
        return price_of(variant=line.variant, brand=brand)
    if today is None:
        raise NoPriceToday
    return quote_piece(choice_of(line), today=today)


def _stock_problems(line: BasketLine, hold: Hold | None) -> list[Problem]:
    """A hold that ran out is no trouble while the piece is free: checkout holds it again."""
    item = None if hold else held_item(line)
    if item is None or any(stock.available >= line.quantity for stock in Stock.objects.of(item)):
        return []
    gone = _("%(name)s was kept for you, but the time ran out and somebody else has it now.") % {
        "name": line.piece.name
    }
    return [Problem("gone", gone, line.pk)]


def _promised(line: BasketLine, hold: Hold | None, *, now: datetime) -> date | None:
    if line.variant is None:
        promised = kept_promise(choice_of(line), now=now)
        return promised.on if promised else None
    stock = hold.stock if hold else Stock.objects.of(line.variant).select_related("site").first()
    return leaves_on(stock.site, now=now) if stock else None


def kept_promise(choice: Choice, *, now: datetime) -> Promise | None:
    """The day that pages name and baskets agree to: asked of the workshop once a minute for each kind of work."""
    piece, stones = choice.piece, choice.stone.count if choice.stone else 0
    key = f"shop.promise:{piece.kind}:{stones}:{bool(choice.engraving)}:{bool(piece.plating)}"
    return cache.get_or_set(key, lambda: promise_for(choice, wish="", now=now), PROMISE_KEPT_SECONDS)


def promise_for(choice: Choice, *, wish: str, now: datetime) -> Promise | None:
    """When a piece made to order leaves the workshop, and its six stages; None where no day can be named."""
    try:
        return workshop.promise(
            kind=choice.piece.kind, stones=choice.stone.count if choice.stone else 0,
            engraving=bool(choice.engraving), plating=bool(choice.piece.plating), now=now,
            needs_approval=needs_approval(wish),
        )  # fmt: skip
    except (workshop.CannotPromise, workshop.UnknownKind):
        return None


def needs_approval(wish: str) -> bool:
    """Whether a drawing goes to the buyer before the metal is cast: whenever something is made to order."""
    return True


def in_words(line: BasketLine) -> tuple[tuple[str, str], ...]:
    """All choices of a line, each with its name."""
    item = line.variant or line.stone
    words = [
        (_("Metal"), alloy_name(line.alloy)),
        (_("Ring size"), ring_size(line.ring_inner_um) if line.ring_inner_um else ""),
        (_("Stone"), stones_of(item)),
        (_("Report"), " ".join(filter(None, [item.report_lab, item.report_number])) if item else ""),
        (_("Engraved"), f"“{line.engraving}”, {line.get_engraving_place_display()}" if line.engraving else ""),
        (_("Your wish"), line.wish),
        (_("Your drawing"), line.sketch.name if line.sketch else ""),
    ]
    return tuple((name, value) for name, value in words if value)


def _photo(line: BasketLine) -> Photo | None:
    return next(iter(in_metal(line.piece.photos.all(), line.alloy)), None)


def _draft(shown: LineShown) -> DraftLine:
    line, price, piece, many = shown.line, shown.price, shown.line.piece, shown.line.quantity
    if price is None or shown.promise_on is None:
        raise ValueError(f"{piece} has no price or date: look at the basket's problems first")
    return DraftLine(
        reference=line.reference, purpose="custom" if line.is_made_to_order else "stock",
        piece_reference=piece.reference, piece_slug=piece.slug, piece_name=piece.name, style_code=piece.style_code,
        kind=piece.kind, family=piece.family, alloy=line.alloy, quantity=many,
        net_minor=price.net_minor * many, tax_minor=price.tax_minor * many, gross_minor=price.gross_minor * many,
        tax_rate_bp=price.vat_rate_bp, promise_on=shown.promise_on,
        parameters=piece.parameters_for(ring_inner_um=line.ring_inner_um, stone=line.stone),
        sku=line.variant.sku if line.variant else "", ring_inner_um=line.ring_inner_um,
        length_um=line.variant.length_um if line.variant else None, stones=_draft_stones(line),
        engraving=line.engraving, engraving_place=line.engraving_place, finish=piece.finish, plating=piece.plating,
        wish=line.wish, files=(line.sketch.reference,) if line.sketch else (), metal_mg=price.metal_mg,
        metal_minor=price.metal_minor * many, stones_minor=price.stones_minor * many,
        making_minor=price.making_minor * many, fixing=_draft_fixing(price), trace=price.trace,
        picture=shown.photo.file.reference if shown.photo else None, care=piece.care,
        holds_stock=held_item(line) is not None, returnable=not line.is_made_to_order,
        needs_approval=line.is_made_to_order and needs_approval(line.wish),
    )  # fmt: skip


def _draft_fixing(price: Price) -> DraftFixing | None:
    found = price.fixing
    if found is None:
        return None
    return DraftFixing(metal=found.metal, minor_per_kg=found.minor_per_kg, on=found.on, source=found.source)


def _draft_stones(line: BasketLine) -> tuple[DraftStone, ...]:
    stone = line.stone
    if isinstance(stone, StoneChoice):
        return (
            DraftStone(
                species=stone.species, cut=stone.cut, length_um=stone.length_um, width_um=stone.width_um,
                mct=stone.mct, count=stone.count, grown=stone.grown, colour=stone.colour, treatment=stone.treatment,
                origin=stone.origin, report_lab=stone.report_lab, report_number=stone.report_number,
            ),
        )  # fmt: skip
    variant = line.variant
    if variant is None or not variant.stone_species:
        return ()
    count = max(variant.stone_count, 1)
    return (
        DraftStone(
            species=variant.stone_species, cut=variant.stone_cut, length_um=variant.stone_um or 0, width_um=variant.stone_um or 0,
            mct=variant.stone_mct // count, count=count, grown=variant.stone_grown or "mined",
            treatment=variant.stone_treatment, origin=variant.stone_origin, report_lab=variant.report_lab,
            report_number=variant.report_number,
        ),
    )  # fmt: skip
