"""A return is looked at, line by line: what goes back to the buyer is shown first, then paid, and the piece goes its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from foundation.files.models import File
from foundation.people.models import User
from store.orders import actions as orders
from store.orders.models import Cause as CreditCause
from store.orders.models import Order
from store.orders.shares import Share, left_of
from store.returns.actions.letters import money, write_letter
from store.returns.flow import ReturnState
from store.returns.models import Becomes, Condition, Return, ReturnLine
from store.returns.rights import taken_back
from store.returns.sums import parts_of, worth_minor


class CannotDecide(Exception):
    """Why it cannot be decided so, in a sentence."""


@dataclass(frozen=True)
class Finding:
    """What was found of a line, and what becomes of it. `deduction_minor` is less paid back, VAT included, for `why`."""

    condition: str = Condition.AS_SOLD
    deduction_minor: int = 0
    why: str = ""
    becomes: str = Becomes.TRAY
    photo: File | None = None


@dataclass(frozen=True)
class Decided:
    """One line: what its pieces came to, what goes back, and out of which dues."""

    row: ReturnLine
    finding: Finding
    worth_minor: int
    refund_minor: int
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Outcome:
    """What a yes would mean, in minor units. `agreed` goes back with it."""

    lines: tuple[Decided, ...]
    delivery_minor: int
    shares: tuple[Share, ...]
    back_minor: int

    @property
    def refund_minor(self) -> int:
        """All that is credited: what goes back, and what is owed less."""
        return sum(one.refund_minor for one in self.lines) + self.delivery_minor

    @property
    def less_owed_minor(self) -> int:
        """What was not paid yet, and is not asked for any more."""
        return self.refund_minor - self.back_minor

    @property
    def agreed(self) -> str:
        """The sums as they were shown."""
        return f"{self.refund_minor}:{self.delivery_minor}:" + ",".join(str(one.refund_minor) for one in self.lines)


def look(back: Return, findings: Mapping[int, Finding]) -> Outcome:
    """What these findings, by the key of each line, would mean. Reads only. Refuses, with CannotDecide, what cannot be."""
    order = back.order
    shares = left_of(order)
    lines = tuple(_line(row, findings.get(row.pk), shares) for row in back.lines.select_related("line"))
    delivery = [share for share in shares if share.line is None] if _is_all(order, lines) else []
    taken = (*(share for one in lines for share in one.shares), *delivery)
    return Outcome(
        lines=lines, delivery_minor=sum(share.amount.gross_minor for share in delivery), shares=taken,
        back_minor=orders.money_back(taken),
    )  # fmt: skip


def _line(row: ReturnLine, finding: Finding | None, shares: list[Share]) -> Decided:
    if finding is None:
        raise CannotDecide(_("Say of every line what was found."))
    kept = finding.becomes == Becomes.BUYER
    if finding.becomes == Becomes.TRAY and (
        not row.line.sku or finding.condition in (Condition.DAMAGED, Condition.NOT_OURS)
    ):
        raise CannotDecide(
            _("%(piece)s cannot go straight into the tray: decide on it later.") % {"piece": row.line.piece_name}
        )
    mine = [share for share in shares if share.line and share.line.pk == row.line_id]
    worth = 0 if kept else _worth(row, sum(share.amount.gross_minor for share in mine))
    if finding.deduction_minor > worth:
        raise CannotDecide(_("No more can be deducted than was paid for it."))
    if finding.deduction_minor and not finding.why.strip():
        raise CannotDecide(_("Say what is deducted for: the buyer reads it."))
    refund = worth - finding.deduction_minor
    return Decided(row, finding, worth, refund, tuple(parts_of(mine, refund)))


def _worth(row: ReturnLine, left_minor: int) -> int:
    """What these pieces came to. What was deducted for one of them before stays deducted; what was given away is not given twice."""
    decided = ReturnLine.objects.filter(line=row.line_id, of__state=ReturnState.DECIDED).exclude(becomes=Becomes.BUYER)
    before = decided.aggregate(pieces=Sum("quantity", default=0), minor=Sum("refund_minor", default=0))
    total = left_minor + before["minor"]
    worth = worth_minor(total, before=before["pieces"], quantity=row.quantity, of=row.line.quantity)
    return min(worth, left_minor)


def _is_all(order: Order, lines: tuple[Decided, ...]) -> bool:
    """Whether with this nothing of the order is left with its buyer: then delivery goes back too.

    Article 13(1) and (2) of Directive 2011/83/EU; regulation 34(2) and (3) of the Consumer Contracts Regulations 2013.
    What is only asked for, or on its way, is still hers: the return that is decided last pays it.
    """
    if any(one.finding.becomes == Becomes.BUYER for one in lines):
        return False
    gone = taken_back(order)
    for one in lines:
        gone[one.row.line_id] = gone.get(one.row.line_id, 0) + one.row.quantity
    return all(gone.get(line.pk, 0) >= line.quantity for line in order.lines.filter(called_off_at=None))


@transaction.atomic
def decide(*, back: Return, findings: Mapping[int, Finding], agreed: str, by: User, now: datetime) -> Return:
    """Decide, as it was shown: the money goes back with its credit note, once; pieces go into the tray, or wait.

    Refuses, with CannotDecide, other sums than were agreed to; with WrongTurn what is decided already or not here.
    """
    order = Order.objects.select_for_update().get(pk=back.order_id)
    back = Return.objects.select_related("order__brand", "site").get(pk=back.pk)
    outcome = look(back, findings)
    if agreed != outcome.agreed:
        raise CannotDecide(_("It would be another sum now than you saw. Look again."))
    back.move(ReturnState.DECIDED, by=by)
    back.decided_at = now
    back.save(update_fields=["decided_at"])
    for one in outcome.lines:
        _write(one)
        _put_away(back, one, by=by, now=now)
    if outcome.refund_minor:
        orders.take_back(
            order=order, shares=outcome.shares, cause=CreditCause.RETURNED, key=f"return:{back.pk}",
            reason=_("Return %(number)s") % {"number": back.number}, by=by, now=now,
        )  # fmt: skip
        orders.note_standing(order)
    less = sum(one.finding.deduction_minor for one in outcome.lines)
    whys = "; ".join(f"{one.row.line.piece_name}: {one.finding.why}" for one in outcome.lines if one.finding.why)
    write_letter(
        back, "decided", refund=_said(outcome.back_minor, back), less_owed=_said(outcome.less_owed_minor, back),
        deduction=_said(less, back), whys=whys,
    )  # fmt: skip
    return back


def _said(minor: int, back: Return) -> str:
    return money(minor, back) if minor else ""


def _write(one: Decided) -> None:
    row, finding = one.row, one.finding
    row.condition, row.becomes, row.photo = finding.condition, finding.becomes, finding.photo
    row.refund_minor, row.deduction_minor = one.refund_minor, finding.deduction_minor
    row.why = " ".join(finding.why.split())[:200]
    row.save(update_fields=["condition", "becomes", "photo", "refund_minor", "deduction_minor", "why"])


def _put_away(back: Return, one: Decided, *, by: User, now: datetime) -> None:
    if one.finding.becomes == Becomes.BUYER or back.site is None:
        return
    row = one.row
    work = row.line.work_orders.filter(state="finished").order_by("-pk").first()
    left = orders.leave(
        row.line, site=back.site, work=work, quantity=row.quantity, key=f"return:{row.pk}", now=now,
        why=_("came back as %(number)s, %(condition)s") % {"number": back.number, "condition": row.get_condition_display()},
    )  # fmt: skip
    if one.finding.becomes == Becomes.TRAY:
        orders.shelve(left=left, price_minor=0, by=by)
