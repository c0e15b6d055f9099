"""What a change of a piece in the making costs, when it would leave then, and what it means: shown before the yes."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from foundation.house.models import Brand
from production import intake
from production.intake import Asked
from store.catalogue.models import Piece
from store.catalogue.wording import sizes_between
from store.orders import wording
from store.orders.flow import ChangeState, OrderState, WorkState
from store.orders.models import LineChange, OrderLine, WorkOrder
from store.pricing.choices import CannotBeMade, Choice, check_engraving, check_size
from store.pricing.offer import NoPriceToday, prices_today, rates_of, to_whole_units
from store.pricing.quote import MetalLine, Quote, Rates, quote

OVER = (WorkState.SCRAPPED, WorkState.CANCELLED)


class CannotChange(Exception):
    """Why this line cannot be changed so, in a sentence."""


@dataclass(frozen=True)
class ChangeOffer:
    """What a yes would mean. `agreed` goes back with it: should anything be different then, nothing is done."""

    asked: Asked
    words: str
    steps: tuple[str, ...]
    recast: bool
    minutes: int
    more_mg: int
    net_minor: int
    tax_minor: int
    gross_minor: int
    tax_rate_bp: int
    promise_on: date
    is_later: bool
    seen: str

    @property
    def agreed(self) -> str:
        """Price, day and what the workshop does, as they were shown."""
        return f"{self.gross_minor}:{self.promise_on}:{self.seen}"


def work_of(line: OrderLine) -> WorkOrder | None:
    """The work order that makes a line now."""
    return line.work_orders.exclude(state__in=OVER).order_by("-pk").first()


def piece_of(line: OrderLine) -> Piece | None:
    """What the catalogue says of the piece: which sizes, how many letters."""
    return Piece.objects.filter(reference=line.piece).first()


def why_not(line: OrderLine) -> str:
    """Why nothing at all can be changed on this line; "" when something may be asked for."""
    order, work = line.order, work_of(line)
    if not line.is_custom or work is None:
        return _("Only what is made to order can be changed.")
    if order.state != OrderState.CONFIRMED or order.company_id:
        return _("This order cannot be changed here. Write to us.")
    if work.state in (WorkState.MADE, WorkState.FINISHED):
        return _("It is made and has passed its inspection: it cannot be changed any more.")
    if LineChange.objects.filter(line=line, state=ChangeState.WAITING).exists():
        return _("A change of this piece waits for its payment. Pay it, or take it back, before you ask for another.")
    return ""


def too_late(line: OrderLine) -> tuple[str, ...]:
    """What cannot be changed on it any more, before anybody has asked."""
    work = work_of(line)
    try:
        return intake.too_late(reference=work.reference) if work else ()
    except intake.CannotChange:
        return ()


def look(line: OrderLine, asked: Asked, *, now: datetime) -> ChangeOffer:
    """What this change means now. Refuses, with CannotChange, in a sentence, what is too late or is not made. Reads only."""
    work = work_of(line)
    if (why := why_not(line)) or work is None:
        raise CannotChange(why)
    _check(line, asked)
    try:
        looked = intake.look_at_change(reference=work.reference, wanted=asked, now=now)
        sum_ = cost(line, minutes=looked.minutes, more_mg=looked.more_mg)
    except (intake.CannotChange, NoPriceToday) as refusal:
        raise CannotChange(str(refusal)) from refusal
    return ChangeOffer(
        asked=asked, words=in_words(line, asked), steps=looked.steps, recast=looked.recast, minutes=looked.minutes,
        more_mg=looked.more_mg, net_minor=sum_.net.minor, tax_minor=sum_.tax.minor, gross_minor=sum_.gross.minor,
        tax_rate_bp=sum_.vat_bp, promise_on=looked.promise_on, is_later=looked.promise_on > line.promise_on,
        seen=looked.seen,
    )  # fmt: skip


def _check(line: OrderLine, asked: Asked) -> None:
    piece = piece_of(line)
    if piece is None:
        raise CannotChange(_("This piece is no longer in the catalogue. Write to us."))
    choice = Choice(
        piece=piece, alloy=line.alloy, ring_inner_um=asked.ring_inner_um, engraving=asked.engraving,
        engraving_place=asked.engraving_place,
    )  # fmt: skip
    try:
        check_size(choice)
        check_engraving(choice)
    except CannotBeMade as refusal:
        raise CannotChange(str(refusal)) from refusal


def cost(line: OrderLine, *, minutes: int, more_mg: int) -> Quote:
    """Work that is done again at the brand's hour, metal that is added at the fixing the order rests on, VAT as the order has it.

    Whole units, like every price. What is lighter or less work than before is not paid back.
    """
    order = line.order
    rates = replace(rates_of(order.brand), house_fee_minor=0, vat_bp=line.tax_rate_bp)
    alloy = wording.alloy_of(line.alloy)
    per_kg: dict[str, int] = {alloy.metal: _fixing(line, order.brand, alloy.metal)} if alloy and more_mg else {}
    metals = [MetalLine(line.alloy, more_mg)] if more_mg else []
    return to_whole_units(_quoted(metals, per_kg, minutes, rates))


def _quoted(metals: list[MetalLine], per_kg: dict[str, int], minutes: int, rates: Rates) -> Quote:
    return quote(metals=metals, minor_per_kg=per_kg, minutes={"again": minutes}, rates=rates)


def _fixing(line: OrderLine, brand: Brand, metal: str) -> int:
    if line.fixing_minor_per_kg:
        return line.fixing_minor_per_kg
    return prices_today(brand).fixings[metal].minor_per_kg


def in_words(line: OrderLine, asked: Asked) -> str:
    """What becomes what: "size UK N, EU 54 becomes UK P, EU 56"."""
    return told(
        (line.ring_inner_um, line.engraving, line.engraving_place),
        (asked.ring_inner_um, asked.engraving, asked.engraving_place),
    )


def told(old: tuple[int | None, str, str], new: tuple[int | None, str, str]) -> str:
    """A change in words."""
    parts = []
    if old[0] != new[0]:
        sizes = {"old": wording.ring_size(old[0]), "new": wording.ring_size(new[0])}
        parts.append(_("size %(old)s becomes %(new)s") % sizes)
    if old[1] != new[1]:
        words = {"old": old[1], "new": new[1]}
        if old[1] and new[1]:
            parts.append(_("engraving “%(old)s” becomes “%(new)s”") % words)
        else:
            parts.append(_("engraving “%(new)s” is added") % words if new[1] else _("no engraving"))
    elif old[2] != new[2]:
        parts.append(_("the engraving goes outside") if new[2] == "outside" else _("the engraving goes inside"))
    return "; ".join(parts)


def words_of(change: LineChange) -> str:
    """What became what."""
    return told(
        (change.old_ring_inner_um, change.old_engraving, change.old_engraving_place),
        (change.ring_inner_um, change.engraving, change.engraving_place),
    )


def sizes_of(line: OrderLine) -> list[tuple[int, str]]:
    """The sizes a line could be changed to, as choices; none for what is no ring."""
    piece = piece_of(line)
    if piece is None or not piece.is_ring or line.ring_inner_um is None:
        return []
    between = sizes_between(piece.ring_from_um or 0, piece.ring_to_um or 10**6)
    return [(um, wording.ring_size(um)) for um in sorted({*between, line.ring_inner_um})]
