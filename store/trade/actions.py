"""What a buyer does with the order pad, and the order that it becomes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.people.models import User
from production.offer import CannotWeigh
from store.buyers.models import TradeCompany
from store.catalogue.actions import OutOfStock, hold_stock
from store.catalogue.models import Variant
from store.orders import actions as orders
from store.orders.actions.placing import HOLD_OUTLASTS, PAY_WITHIN, CannotOrder
from store.orders.drafts import Address, OrderDraft
from store.orders.models import Order
from store.trade.models import PadLine
from store.trade.offer import Priced, draft_line

HELD_FOR = PAY_WITHIN["trade"] + HOLD_OUTLASTS + timedelta(minutes=1)


@transaction.atomic
def write_pad(*, user: User, quantities: Mapping[str, int]) -> int:
    """Let the pad say exactly this many of these stock numbers, and leave its other lines alone. 0 takes a line off.

    Answers how many lines the pad has. Stock numbers that are not on sale are passed over.
    """
    variants = {row.sku: row for row in Variant.objects.filter(sku__in=quantities, withdrawn_at=None)}
    for sku, variant in sorted(variants.items()):
        if quantities[sku]:
            PadLine.objects.update_or_create(user=user, variant=variant, defaults={"quantity": quantities[sku]})
        else:
            PadLine.objects.filter(user=user, variant=variant).delete()
    return PadLine.objects.filter(user=user).count()


@transaction.atomic
def clear_pad(*, user: User) -> None:
    """Empty the pad."""
    PadLine.objects.filter(user=user).delete()


@transaction.atomic
def order_on_account(
    *,
    reference: UUID,
    company: TradeCompany,
    lines: tuple[Priced, ...],
    po_number: str,
    address: Address,
    delivery: str,
    brand: str,
    currency: str,
    now: datetime,
    by: User,
) -> Order:
    """Place these lines on the company's account, once per `reference`: what lies in the tray is kept, the rest is made.

    Refuses, with CannotOrder, nothing at all, lines that cannot be had, and stock that somebody else took meanwhile;
    the rest as `orders.place_on_account` does.
    """
    if placed := Order.objects.of_company(company).filter(placed_as=reference).first():
        return placed
    if not lines:
        raise CannotOrder(_("There is nothing on this order yet."))
    if problem := next((line.problem for line in lines if line.problem), ""):
        raise CannotOrder(problem)
    try:
        drafts = tuple(part for line in lines for part in draft_line(line, order=reference))
    except CannotWeigh as refusal:
        raise CannotOrder(str(refusal)) from refusal
    _hold(lines, reference=reference, now=now)
    draft = OrderDraft(
        reference=reference, brand=brand, channel="trade", language=company.language, currency=currency,
        email=company.email, name=company.contact_name, phone=company.phone, address=address, delivery=delivery,
        lines=drafts, user_id=by.pk, company_id=company.pk, po_number=po_number.strip(), hide_prices=True,
    )  # fmt: skip
    return orders.place_on_account(draft=draft, now=now, by=by)


def _hold(lines: tuple[Priced, ...], *, reference: UUID, now: datetime) -> None:
    for line in sorted((one for one in lines if one.from_tray), key=lambda one: one.variant.pk):
        try:
            hold_stock(
                item=line.variant, quantity=line.from_tray, key=line.key(reference, "tray"), until=now + HELD_FOR
            )
        except OutOfStock as refusal:
            raise CannotOrder(
                _("%(reason)s Look at your order again: the rest of it can be made.") % {"reason": refusal}
            ) from refusal
