"""The withdrawal function: a buyer withdraws from the contract without signing in, in two steps.

Directive 2011/83/EU, Article 11a, as inserted by Directive (EU) 2023/2673: a function that is there all the time the right can be
used, easy to find; the buyer gives name, contract and an electronic address, confirms, and is sent an acknowledgement with the
content, date and time of the statement on a durable medium without undue delay.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.house.models import LAWS_RETURN_DAYS
from foundation.mail.actions import send_letter
from store.orders import actions as orders
from store.orders.actions import CannotCallOff, page_url
from store.orders.flow import OrderState
from store.orders.models import Order, OrderLine
from store.orders.stopping import can_be_called_off
from store.returns.actions.asking import CannotReturn, Wish, ask_back
from store.returns.models import Cause
from store.returns.rights import chances, is_within_the_law


@transaction.atomic
def withdraw_from(*, number: str, email: str, name: str, now: datetime) -> Order | None:
    """Withdraw from all that may be withdrawn from of this order: what has not left is called off in full, what arrived is
    awaited back. The acknowledgement is sent whatever comes of it, and says so. None where there is no such order: whoever
    asked is told the same.
    """
    found = Order.objects.filter(number=number.strip().upper(), email__iexact=email.strip(), company=None).first()
    if found is None or found.state not in (OrderState.AWAITING_PAYMENT, OrderState.CONFIRMED, OrderState.COMPLETED):
        return None
    order = Order.objects.select_for_update(of=("self",)).select_related("brand", "seller").get(pk=found.pk)
    with override(order.language):
        off, back, stays = _call_off(order, now=now), _send_back(order, now=now), []
        taken = {line.pk for line in (*off, *back)}
        stays = [line for line in order.lines.filter(called_off_at=None) if line.pk not in taken]
        _acknowledge(order, name=name, off=off, back=back, stays=stays, now=now)
    return order


def _call_off(order: Order, *, now: datetime) -> list[OrderLine]:
    lines = [line for line in can_be_called_off(order) if line.returnable]
    whole = len(lines) == len(order.live_lines())
    if not lines or (order.state != OrderState.CONFIRMED and not whole):
        return []
    try:
        with transaction.atomic():
            orders.cancel_order(
                order=order, by=None, reason=_("You withdrew from the contract."), lines=None if whole else lines,
                waive=True, now=now,
            )  # fmt: skip
    except CannotCallOff:
        return []
    return lines


def _send_back(order: Order, *, now: datetime) -> list[OrderLine]:
    here = [chance for chance in chances(order, now=now) if not chance.why_not]
    mine = [chance for chance in here if is_within_the_law(order, [chance.line], now=now)]
    wishes = [Wish(chance.line, chance.left) for chance in mine]
    if not wishes:
        return []
    try:
        ask_back(order=order, wishes=wishes, cause=Cause.MIND, is_withdrawal=True, now=now, by=None)
    except CannotReturn:
        return []
    return [wish.line for wish in wishes]


def _acknowledge(
    order: Order, *, name: str, off: list[OrderLine], back: list[OrderLine], stays: list[OrderLine], now: datetime
) -> None:
    context = {
        "order": order, "name": name.strip() or order.name, "at": timezone.localtime(now), "url": page_url(order),
        "off": ", ".join(line.piece_name for line in off), "back": ", ".join(line.piece_name for line in back),
        "stays": ", ".join(line.piece_name for line in stays), "days": LAWS_RETURN_DAYS,
    }  # fmt: skip
    send_letter(
        to=order.email, language=order.language, template="returns/mail/withdrawn", context=context, brand=order.brand,
        key=f"withdrawal:{order.pk}:{now:%Y%m%d%H%M}",
    )  # fmt: skip
