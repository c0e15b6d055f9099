"""How an order's amounts lie in its dues: each line's share of each, and what of it was not taken back yet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from store.orders.flow import DueState
from store.orders.models import CreditPart, Due, DueKind, Order, OrderLine
from store.orders.totals import Amount, part_of, rest_of

NOTHING = Amount(0, 0, 0)
IN_PARTS = (DueKind.FULL, DueKind.DEPOSIT, DueKind.BALANCE)


@dataclass(frozen=True)
class Share:
    """So much of a line (None: of the delivery) in a due. No due: an order on account of which this has not left."""

    due: Due | None
    line: OrderLine | None
    amount: Amount

    @property
    def is_paid(self) -> bool:
        """Whether its due was paid in full."""
        return self.due is not None and self.due.state == DueState.PAID

    def of(self, gross_minor: int) -> "Share":
        """So much of it, the tax in proportion."""
        return Share(self.due, self.line, part_of([self.amount], gross_minor)[0])


def agreed_in(due: Due) -> list[Share]:
    """What this due is made of, as it was agreed: the lines in their order, then the delivery. Empty shares left out."""
    if due.kind == DueKind.CHANGE:
        change = due.change
        shares = [Share(due, change.line, Amount(change.net_minor, change.tax_minor, change.tax_rate_bp))]
    elif due.kind == DueKind.SHIPMENT:
        shares = [*_of_shipment(due)]
    else:
        shares = [*_of_order(due)]
    return [share for share in shares if share.amount.gross_minor]


def left_in(due: Due) -> list[Share]:
    """What this due is made of, less what was taken back."""
    if not due.credited_minor:
        return agreed_in(due)
    return _less(agreed_in(due), _taken(CreditPart.objects.filter(due=due)))


def left_of(order: Order) -> list[Share]:
    """All that an order still comes to, share by share, in the order of its dues."""
    dues = list(order.dues.exclude(state=DueState.CANCELLED, kind=DueKind.CHANGE).order_by("pk"))
    shares = [share for due in dues for share in agreed_in(due)]
    if order.is_on_account:
        shares += _not_left_yet(order, {share.line.pk if share.line else None for share in shares})
    return _less(shares, _taken(CreditPart.objects.filter(credit__order=order)))


def _of_order(due: Due) -> Iterable[Share]:
    order = due.order
    lines = list(order.lines.all())
    whole = [Amount(row.net_minor, row.tax_minor, row.tax_rate_bp) for row in lines] + [_delivery(order)]
    parts = _parts(whole, [row.is_custom for row in lines], due)
    yield from (Share(due, line, part) for line, part in zip([*lines, None], parts, strict=True))


def _parts(whole: list[Amount], custom: list[bool], due: Due) -> tuple[Amount, ...]:
    """A deposit covers everything but the part of the custom lines that the balance covers."""
    if due.kind == DueKind.FULL:
        return tuple(whole)
    made = [amount if is_custom else NOTHING for amount, is_custom in zip(whole, [*custom, False], strict=True)]
    at_once = sum(amount.gross_minor for amount in whole) - sum(amount.gross_minor for amount in made)
    deposit = due.order.dues.get(kind=DueKind.DEPOSIT).amount_minor - at_once
    first = part_of(made, deposit)
    rest = rest_of(made, first)
    return rest if due.kind == DueKind.BALANCE else rest_of(whole, rest)


def _of_shipment(due: Due) -> Iterable[Share]:
    order, parcel = due.order, due.parcel
    if parcel is None:
        return
    for line in parcel.lines():
        yield Share(due, line, Amount(line.net_minor, line.tax_minor, line.tax_rate_bp))
    if parcel.bears_delivery:
        yield Share(due, None, _delivery(order))


def _not_left_yet(order: Order, invoiced: set[int | None]) -> list[Share]:
    lines = [line for line in order.lines.all() if line.pk not in invoiced]
    shares = [Share(None, line, Amount(line.net_minor, line.tax_minor, line.tax_rate_bp)) for line in lines]
    return shares if None in invoiced else [*shares, Share(None, None, _delivery(order))]


def _delivery(order: Order) -> Amount:
    return Amount(order.delivery_net_minor, order.delivery_tax_minor, order.tax_rate_bp)


def _taken(parts: QuerySet[CreditPart]) -> dict[tuple[int | None, int | None], tuple[int, int]]:
    rows = parts.values_list("due", "line").annotate(net=Sum("net_minor"), tax=Sum("tax_minor"))
    found: dict[tuple[int | None, int | None], tuple[int, int]] = defaultdict(lambda: (0, 0))
    return found | {(due, line): (net, tax) for due, line, net, tax in rows}


def _less(shares: list[Share], taken: dict[tuple[int | None, int | None], tuple[int, int]]) -> list[Share]:
    found = []
    for share in shares:
        key = (share.due.pk if share.due else None, share.line.pk if share.line else None)
        net, tax = taken.get(key, (0, 0))
        amount = Amount(share.amount.net_minor - net, share.amount.tax_minor - tax, share.amount.rate_bp)
        if amount.gross_minor:
            found.append(Share(share.due, share.line, amount))
    return found
