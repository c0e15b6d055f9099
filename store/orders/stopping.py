"""What it means to call an order, or some of its lines, off now: read, and shown before anybody says yes."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from production import intake
from production.intake import Far
from store.orders.flow import OrderState, WorkState
from store.orders.kept import Sort, kept_minor, rule_for, spread, work_minor
from store.orders.models import Order, OrderLine, ParcelNote, WorkOrder
from store.orders.shares import Share, left_of

OVER = (WorkState.SCRAPPED, WorkState.CANCELLED)
READY = (WorkState.MADE, WorkState.FINISHED)
OPEN = (OrderState.AWAITING_PAYMENT, OrderState.REVIEW, OrderState.CONFIRMED)


class CannotCallOff(Exception):
    """Why an order, or a line of it, cannot be called off any more, in a sentence."""


@dataclass(frozen=True)
class LineOff:
    """A line to call off: how far it is, why that much is kept, and in minor units what was paid for it, what the house
    keeps of that, and what it would still have owed.
    """

    line: OrderLine
    work: WorkOrder | None
    far: Far
    why: str
    piece: str
    paid_minor: int
    kept_minor: int
    unpaid_minor: int

    @property
    def back_minor(self) -> int:
        """What goes back."""
        return self.paid_minor - self.kept_minor


@dataclass(frozen=True)
class StopOffer:
    """What a yes would mean. `agreed` goes back with it: should anything be different then, nothing is done.

    `shares` is what is taken back, of each line in each due.
    """

    lines: tuple[LineOff, ...]
    is_whole: bool
    delivery_minor: int
    shares: tuple[Share, ...]

    @property
    def kept_minor(self) -> int:
        return sum(one.kept_minor for one in self.lines)

    @property
    def back_minor(self) -> int:
        """What goes back in all, VAT included."""
        return sum(one.back_minor for one in self.lines) + self.delivery_minor

    @property
    def unpaid_minor(self) -> int:
        """What is not asked for any more."""
        return sum(one.unpaid_minor for one in self.lines)

    @property
    def agreed(self) -> str:
        """The sums and how far each line is, as they were shown."""
        return f"{self.back_minor}:{self.kept_minor}:" + ",".join(f"{one.line.pk}={one.far}" for one in self.lines)


def work_of(line: OrderLine) -> WorkOrder | None:
    """The work order that makes a line now."""
    return line.work_orders.exclude(state__in=OVER).order_by("-pk").first()


def can_be_called_off(order: Order) -> list[OrderLine]:
    """The lines that have not left and were not called off; none of an order that is over."""
    if order.state not in OPEN:
        return []
    gone = {line.pk for parcel in _left(order) for line in parcel.lines()}
    return [line for line in order.live_lines() if line.pk not in gone]


def look(order: Order, lines: Collection[OrderLine] | None = None, *, waive: bool = False) -> StopOffer:
    """What it means to call these lines off, or the whole order; with `waive` the house keeps nothing. Reads only.

    Refuses, with CannotCallOff, what has left, is off already, or cannot be stopped at this moment.
    """
    free = can_be_called_off(order)
    wanted = free if lines is None else [line for line in free if line.pk in {one.pk for one in lines}]
    _check(order, free, wanted, lines)
    shares = left_of(order) if order.state == OrderState.CONFIRMED else []
    is_whole = len(wanted) == len(order.live_lines())
    seen = [_line(line, [s for s in shares if s.line and s.line.pk == line.pk], waive=waive) for line in wanted]
    delivery = [share for share in shares if share.line is None] if is_whole else []
    return StopOffer(
        lines=tuple(off for off, _back in seen), is_whole=is_whole,
        delivery_minor=sum(share.amount.gross_minor for share in delivery if share.is_paid),
        shares=(*(share for _off, back in seen for share in back), *delivery),
    )  # fmt: skip


def _check(order: Order, free: list[OrderLine], wanted: list[OrderLine], lines: Collection[OrderLine] | None) -> None:
    if order.state not in OPEN:
        raise CannotCallOff(_("This order is %(state)s.") % {"state": order.get_state_display()})
    if lines is None and len(free) < len(order.live_lines()):
        raise CannotCallOff(_("A parcel of this order is on its way. Take it back as a return when it comes."))
    if not wanted or (lines is not None and len(wanted) < len({line.pk for line in lines})):
        raise CannotCallOff(_("This has left the house, or was called off before."))
    if order.state != OrderState.CONFIRMED and len(wanted) < len(free):
        raise CannotCallOff(_("Nothing is paid yet: call the whole order off and order again."))


def _line(line: OrderLine, shares: list[Share], *, waive: bool) -> tuple[LineOff, list[Share]]:
    work = work_of(line)
    far = _far(work)
    sort = Sort.ENGRAVED if line.engraving else Sort.CUSTOM
    rule = rule_for(far, sort if line.is_custom else Sort.READY)
    paid = [share for share in shares if share.is_paid]
    paid_minor = sum(share.amount.gross_minor for share in paid)
    kept = 0 if waive else kept_minor(rule, work_minor=_work_minor(line, shares), paid_minor=paid_minor)
    parts = zip(paid, spread(kept, [share.amount.gross_minor for share in paid]), strict=True)
    back = [share.of(share.amount.gross_minor - part) for share, part in parts if share.amount.gross_minor > part]
    unpaid = [share for share in shares if not share.is_paid]
    off = LineOff(
        line=line, work=work, far=far, why="" if waive else str(rule.why), piece=_becomes(line, far), paid_minor=paid_minor,
        kept_minor=kept, unpaid_minor=sum(share.amount.gross_minor for share in unpaid),
    )  # fmt: skip
    return off, [*back, *unpaid]


def _far(work: WorkOrder | None) -> Far:
    if work is None or work.state == WorkState.ASKED:
        return Far.NOT_BEGUN
    if work.state in READY:
        return Far.MADE
    stand = intake.where(reference=work.reference)
    if stand.why_not:
        raise CannotCallOff(stand.why_not)
    return stand.far


def goes_on(line: OrderLine, far: Far) -> bool:
    """Whether the workshop ends a piece though nobody waits for it: finished, and fit for somebody else."""
    return far == Far.FINISHED and not line.engraving


def _becomes(line: OrderLine, far: Far) -> str:
    if not line.is_custom:
        return _("back in the tray")
    if far == Far.MADE or goes_on(line, far):
        return _("it is melted: it bears your words") if line.engraving else _("it goes to our tray, for somebody else")
    return _("metal back to the pot, stones back to their boxes") if far != Far.NOT_BEGUN else _("not begun")


def _work_minor(line: OrderLine, shares: list[Share]) -> int:
    """The making's part of all that the line came to, changes made in the making among it."""
    changed = sum(share.amount.gross_minor for share in shares if share.due and share.due.kind == "change")
    return work_minor(gross_minor=line.gross_minor, net_minor=line.net_minor, making_minor=line.making_minor) + changed


def _left(order: Order) -> list[ParcelNote]:
    return [parcel for parcel in order.parcels.filter(cancelled_at=None) if parcel.dispatched_at or parcel.delivered_at]
