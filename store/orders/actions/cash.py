"""Cash is taken up to what the law lets a house take from one customer, and not a penny over."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from foundation.house.models import Seller
from store.orders import wording
from store.orders.linked import CashPaid, keys_of, linked_minor
from store.orders.models import Due, Order
from store.payments.flow import RefundState
from store.payments.models import Method, Payment
from store.payments.models.cash import CashRule, cash_rule_of

WALK_IN = "walk-in customer"
"""The name on the order of somebody who gave none: it tells nobody from another."""


class TooMuchCash(Exception):
    """Why this cash may not be taken, in a sentence."""


@transaction.atomic
def must_be_takeable(*, order: Order, amount_minor: int, at: datetime) -> None:
    """Refuse, with TooMuchCash, cash that would bring one customer's linked payments over the seller's limit.

    One till of a seller asks at a time, and the others wait until its payment is written: two payments at once can't
    each be under the limit alone. Call it inside the transaction that writes the payment.
    """
    rule = cash_rule_of(order.seller)
    if rule is None:
        raise TooMuchCash(
            _("No cash limit is set for %(seller)s. An admin sets it before cash is taken.") % {"seller": order.seller}
        )
    _one_at_a_time(order.seller)
    keys = _keys(order)
    known = bool(keys) and bool(order.email or order.phone)
    if amount_minor >= rule.ask_who_minor and not known:
        raise TooMuchCash(
            _("From %(sum)s in cash, write down a name and a telephone number or e-mail.")
            % {"sum": wording.money(rule.ask_who_minor, order.currency)}
        )
    before = linked_minor(_paid(order.seller, since=at - timedelta(days=rule.window_days)), order=order.pk, keys=keys)
    if before + amount_minor > rule.limit_minor:
        raise TooMuchCash(_why(rule, before, amount_minor, order.currency))


def _why(rule: CashRule, before: int, amount: int, currency: str) -> str:
    return _(
        "This customer paid %(before)s in cash in %(days)d days. With %(amount)s more it would be %(sum)s, over the "
        "limit of %(limit)s (%(source)s). Take a card or a transfer."
    ) % {
        "before": wording.money(before, currency), "days": rule.window_days, "amount": wording.money(amount, currency),
        "sum": wording.money(before + amount, currency), "limit": wording.money(rule.limit_minor, currency),
        "source": rule.source,
    }  # fmt: skip


def _one_at_a_time(seller: Seller) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payments.cash'), %s)", [seller.pk])


def _keys(order: Order) -> frozenset[str]:
    name = "" if order.name == WALK_IN else order.name
    return keys_of(name=name, email=order.email, phone=order.phone)


def _paid(seller: Seller, *, since: datetime) -> list[CashPaid]:
    rows = Payment.objects.filter(seller=seller, method=Method.CASH, received_at__gte=since).prefetch_related("refunds")
    payments = list(rows)
    dues = Due.objects.filter(reference__in=[row.due for row in payments]).select_related("order")
    orders = {due.reference: due.order for due in dues}
    return [CashPaid(orders[row.due].pk, _left(row), _keys(orders[row.due])) for row in payments if row.due in orders]


def _left(payment: Payment) -> int:
    """What of it has not gone back. What is only promised back still lies in the till."""
    return payment.amount_minor - sum(r.amount_minor for r in payment.refunds.all() if r.state == RefundState.DONE)
