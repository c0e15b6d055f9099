"""What may come back, and until when: the law's days, the house's own, and what stays sold by consent.

The law: fourteen days from the day on which the buyer has the goods, for contracts at a distance, without a reason
(Directive 2011/83/EU, Article 9; in the United Kingdom the Consumer Contracts Regulations 2013, regulation 30). Goods made to
the buyer's specifications are excepted (Article 16(c); regulation 28(1)(b)), which the buyer was told and agreed to when
ordering. The house gives what its brand said on the day of the order, which the order keeps.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.house.models import LAWS_RETURN_DAYS
from store.orders import wording
from store.orders.models import Order, OrderLine
from store.returns.flow import ReturnState
from store.returns.models import Return as Returned
from store.returns.models import ReturnLine, ReturnQuerySet


@dataclass(frozen=True)
class Chance:
    """A line that has arrived: how many of it are still the buyer's, until when it is hers to send back, and why it is not."""

    line: OrderLine
    left: int
    until: date | None
    why_not: str


def chances(order: Order, *, now: datetime) -> list[Chance]:
    """Every line that reached the buyer, in the order's order."""
    at = _arrived(order)
    gone = sent_back(order)
    found = []
    for line in order.lines.filter(called_off_at=None):
        if line.pk in at:
            until = timezone.localdate(at[line.pk]) + timedelta(days=order.return_days)
            left = line.quantity - gone.get(line.pk, 0)
            found.append(Chance(line, left, until, _why_not(line, left, until, now, days=order.return_days)))
    return found


def sent_back(order: Order) -> dict[int, int]:
    """How many of each line are on their way back, here, or were taken back."""
    return _pieces(Returned.objects.filter(order=order).counting())


def taken_back(order: Order) -> dict[int, int]:
    """How many of each line were looked at and kept: what is still on its way may yet stay with its buyer."""
    return _pieces(Returned.objects.filter(order=order, state=ReturnState.DECIDED))


def _pieces(returns: ReturnQuerySet) -> dict[int, int]:
    rows = ReturnLine.objects.filter(of__in=returns).exclude(becomes="buyer").values_list("line")
    return dict(rows.annotate(n=Sum("quantity")))


def is_within_the_law(order: Order, lines: list[OrderLine], *, now: datetime) -> bool:
    """Whether all of these may be sent back by right: within fourteen days, and not made for the buyer alone."""
    at = _arrived(order)
    by_right = timedelta(days=LAWS_RETURN_DAYS + 1)
    return all(line.returnable and (line.pk not in at or now < at[line.pk] + by_right) for line in lines)


def _why_not(line: OrderLine, left: int, until: date, now: datetime, *, days: int) -> str:
    if left < 1:
        return _("It has come back, or is on its way.")
    if not line.returnable:
        agreed = (
            wording.day(timezone.localdate(line.consent_non_returnable_at)) if line.consent_non_returnable_at else ""
        )
        return _("It was made for you alone, and cannot be sent back: you agreed to that on %(day)s.") % {"day": agreed}
    if timezone.localdate(now) > until:
        return _("Its %(days)d days ended on %(day)s.") % {"days": days, "day": wording.day(until)}
    return ""


def _arrived(order: Order) -> dict[int, datetime]:
    """When each line reached the buyer: its parcel arrived, or it was handed over. The law's days count from then."""
    handover = getattr(order, "handover", None)
    if handover is not None:
        return {line.pk: handover.at for line in order.lines.all()}
    parcels = order.parcels.filter(cancelled_at=None)
    return {line.pk: parcel.delivered_at for parcel in parcels if parcel.delivered_at for line in parcel.lines()}
