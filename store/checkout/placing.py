"""A basket becomes an order: what the page and the API both do."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.people.models import User
from store.baskets.actions import hold_again, lock
from store.baskets.offer import Contents
from store.orders import actions
from store.orders.actions.placing import HOLD_OUTLASTS, PAY_WITHIN
from store.orders.drafts import OrderDraft
from store.orders.models import Order
from store.payments.models import Attempt


@transaction.atomic(savepoint=False)
def place(draft: OrderDraft, found: Contents, *, now: datetime, by: User | None) -> tuple[Order, Attempt]:
    """Place the order of a basket without problems and ask for its first payment. Two tabs with one basket wait for each
    other; what is no longer held is held again.

    Refuses with CannotOrder, CannotPay, or the baskets' NotForSale: then nothing of the caller's transaction may stand.
    """
    if found.basket is None:
        raise actions.CannotOrder(_("Your basket is empty."))
    lock(found.basket)
    actions.give_way(basket=found.basket.reference)  # orders are locked before stock, here as everywhere
    if hold_again(basket=found.basket, until=now + PAY_WITHIN["web"] + HOLD_OUTLASTS, by=by):
        raise actions.HoldRanOut(_("Something in your basket has gone to somebody else. Nothing was charged."))
    return actions.place_and_ask(draft=draft, now=now, by=by)
