"""Secret links to an order's page."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from store.orders.models import Order, OrderLink
from store.orders.numbers import hashed, link_token


class LinkReplaced(Exception):
    """This link was in force once. A newer one was sent."""


@transaction.atomic
def make_link(order: Order) -> str:
    """A new secret for the order's page; the one before stops working. Answers the secret."""
    serial = order.links.count() + 1
    order.links.filter(replaced_at=None).update(replaced_at=timezone.now())
    token = link_token(order.reference, serial)
    OrderLink.objects.create(order=order, serial=serial, hashed=hashed(token))
    return token


def token_of(order: Order) -> str:
    """The secret in force. Where the house's key has changed since, a new one is made."""
    link = order.links.get(replaced_at=None)
    token = link_token(order.reference, link.serial)
    return token if hashed(token) == link.hashed else make_link(order)


def find_by_token(token: str) -> Order | None:
    """The order of this secret. Refuses, with LinkReplaced, one that was in force before."""
    if not 16 <= len(token) <= 64:
        return None
    link = OrderLink.objects.select_related("order__seller", "order__brand").filter(hashed=hashed(token)).first()
    if link is None:
        return None
    if link.replaced_at:
        raise LinkReplaced
    return link.order


def page_url(order: Order) -> str:
    """The whole address of the order's page, in its buyer's language; a company's people sign in to see theirs."""
    with override(order.language):
        if order.is_on_account:
            return settings.SITE_URL + reverse("trade:order", args=[order.number])
        return settings.SITE_URL + reverse("aftercare:order", args=[token_of(order)])
