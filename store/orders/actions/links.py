"""Secret links to an order's page."""

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from foundation.asked import asked
from foundation.joined import joined
from foundation.written import written
from store.orders.models import Order, OrderLink
from store.orders.numbers import hashed, link_token


class LinkReplaced(Exception):
    """This link was in force once. A newer one was sent."""


@joined
def make_link(order: Order) -> str:
    """A new secret for the order's page; the one before stops working. Answers the secret."""
    serial = order.links.count() + 1
    order.links.filter(replaced_at=None).update(replaced_at=timezone.now())
    return _write(order, serial)


def first_link(order: Order) -> str:
    """The secret of an order that has just been written."""
    return _write(order, 1)


def _write(order: Order, serial: int) -> str:
    token = link_token(order.reference, serial)
    written(OrderLink(order=order, serial=serial, hashed=hashed(token)))
    return token


def token_of(order: Order) -> str:
    """The secret in force. Where the house's key has changed since, a new one is made."""
    link = _in_force(order.pk)[0]
    token = link_token(order.reference, link.serial)
    return token if hashed(token) == link.hashed else make_link(order)


def find_by_token(token: str) -> Order | None:
    """The order of this secret. Refuses, with LinkReplaced, one that was in force before."""
    if not 16 <= len(token) <= 64:
        return None
    link = _of_hash.first(hashed(token))
    if link is None:
        return None
    if link.replaced_at:
        raise LinkReplaced
    return link.order


@asked
def _in_force(order_id: int) -> QuerySet[OrderLink]:
    return OrderLink.objects.filter(order_id=order_id, replaced_at=None)


@asked
def _of_hash(hashed: str) -> QuerySet[OrderLink]:
    return OrderLink.objects.filter(hashed=hashed).select_related("order__seller", "order__brand")


def page_url(order: Order) -> str:
    """The whole address of the order's page, in its buyer's language; a company's people sign in to see theirs."""
    with override(order.language):
        if order.is_on_account:
            return settings.SITE_URL + reverse("trade:order", args=[order.number])
        return settings.SITE_URL + reverse("aftercare:order", args=[token_of(order)])
