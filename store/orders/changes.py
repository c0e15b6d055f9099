"""What a change of a piece in the making costs, when it would leave then, and what it means: shown before the yes."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from foundation.house.models import Brand
from foundation.money import Money, Taxed, exponent
from production import intake
from production.intake import Asked
from store.catalogue.models import Piece
from store.catalogue.wording import sizes_between
from store.orders import wording
from store.orders.flow import ChangeState, OrderState, WorkState
from store.orders.models import LineChange, OrderLine, WorkOrder
from store.orders.shares import Share, left_of
from store.pricing.choices import CannotBeMade, Choice, check_engraving, check_size
from store.pricing.offer import NoPriceToday, prices_today, rates_of
from store.pricing.quote import MetalLine, Rates, quote

OVER = (WorkState.SCRAPPED, WorkState.CANCELLED)


class CannotChange(Exception):
    """Why this line cannot be changed so, in a sentence."""


@dataclass(frozen=True)
class ChangeOffer:
    """What a yes would mean. `agreed` goes back with it: should anything be different then, nothing is done.

    Either it costs `gross_minor`, or `back` is taken back: first of what is not paid yet, then of what is.
    """

    asked: Asked
    words: str
    steps: tuple[str, ...]
    left_out: tuple[str, ...]
    recast: bool
    minutes: int
    more_mg: int
    less_mg: int
    net_minor: int
    tax_minor: int
    gross_minor: int
    tax_rate_bp: int
    back: tuple[Share, ...]
    promise_on: date
    is_later: bool
    seen: str

    @property
    def back_minor(self) -> int:
        """What it comes to less than was ordered, VAT included."""
        return sum(share.amount.gross_minor for share in self.back)

    @property
    def unpaid_minor(self) -> int:
        """How much of that is not paid yet, and is simply not asked for any more."""
        return sum(share.amount.gross_minor for share in self.back if not share.is_paid)

    @property
    def agreed(self) -> str:
        """Price, day and what the workshop does, as they were shown."""
        return f"{self.gross_minor - self.back_minor}:{self.promise_on}:{self.seen}"


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
        sum_ = cost(line, minutes=looked.minutes - looked.spared_minutes, added_mg=looked.more_mg - looked.less_mg)
    except (intake.CannotChange, NoPriceToday) as refusal:
        raise CannotChange(str(refusal)) from refusal
    return ChangeOffer(
        asked=asked, words=in_words(line, asked), steps=looked.steps, left_out=looked.left_out, recast=looked.recast,
        minutes=looked.minutes, more_mg=looked.more_mg, less_mg=looked.less_mg,
        net_minor=max(sum_.net.minor, 0), tax_minor=max(sum_.tax.minor, 0), gross_minor=max(sum_.gross.minor, 0),
        tax_rate_bp=sum_.rate_bp, back=tuple(_off(line, -sum_.gross.minor)), promise_on=looked.promise_on,
        is_later=looked.promise_on > line.promise_on, seen=looked.seen,
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


def cost(line: OrderLine, *, minutes: int, added_mg: int) -> Taxed:
    """Work that is done again at the brand's hour, metal that is added at the fixing the order rests on, VAT as the order has it.

    Either may be less than nothing: metal the piece does not need any more, work that nobody has begun and that is left
    out. They go against the rest, and what comes out below nothing is the buyer's. Whole units, like every price.
    """
    currency = line.order.brand.seller.currency
    net = Money(_worth(line, minutes=0, mg=added_mg) + _worth(line, minutes=minutes, mg=0), currency)
    taxed = Taxed.from_net(net, line.tax_rate_bp)
    unit = 10 ** exponent(currency)
    return Taxed.from_gross(Money(-(-taxed.gross.minor // unit) * unit, currency), line.tax_rate_bp)


def _worth(line: OrderLine, *, minutes: int, mg: int) -> int:
    """What so much work, or metal, is sold at, before VAT; of less than nothing the same, taken off."""
    if minutes < 0 or mg < 0:
        return -_worth(line, minutes=-minutes, mg=-mg)
    brand, alloy = line.order.brand, wording.alloy_of(line.alloy)
    rates: Rates = replace(rates_of(brand), house_fee_minor=0, vat_bp=line.tax_rate_bp)
    per_kg: dict[str, int] = {alloy.metal: _fixing(line, brand, alloy.metal)} if alloy and mg else {}
    metals = [MetalLine(line.alloy, mg)] if mg else []
    return quote(metals=metals, minor_per_kg=per_kg, minutes={"again": minutes}, rates=rates).net.minor


def _off(line: OrderLine, minor: int) -> list[Share]:
    """So much of what this line still comes to: what is not paid yet before what is, the newest first."""
    mine = [share for share in left_of(line.order) if share.line and share.line.pk == line.pk] if minor > 0 else []
    found = []
    for share in sorted(mine, key=lambda one: (one.is_paid, -one.due.pk if one.due else 0)):
        part = min(minor, share.amount.gross_minor)
        found += [share.of(part)] if part else []
        minor -= part
    return found


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
