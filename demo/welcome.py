"""What a visitor of the demo is told: who can sign in, and what to try first."""

from django.conf import settings
from django.urls import reverse

from demo.people import BUYERS, PASSWORD, STAFF, email_of
from store.orders.actions import page_url
from store.orders.models import Order


def welcome() -> str:
    """One line for each role, then the stories, with addresses that open at once."""
    lines = [f"Everybody’s password: {PASSWORD}", "", *(_login(*person) for person in (*STAFF, *BUYERS)), *_stories()]
    return "\n".join(lines)


def _login(role: str, name: str, language: str) -> str:
    label = getattr(role, "label", role)
    return f"  {email_of(role):34} {label}, {name}{' (in Thai)' if language == 'th' else ''}"


def _stories() -> list[str]:
    site = settings.SITE_URL
    lines = [
        "",
        "Try first:",
        f"  Buy what lies in the tray:               {site}{reverse('shop:collection', args=['rings'])}",
        "                                           pay with 4242 4242 4242 4242, any date to come, any CVC",
        f"  Have one made:                           {site}{reverse('shop:piece', args=['sill'])}",
    ]
    if order := _on_the_benches():
        lines.append(f"  Follow an order that is on the benches:  {page_url(order)}")
    return [
        *lines,
        f"  Order for a shop, as {email_of('trade_buyer')}:  {site}{reverse('trade:pad')}",
        f"  See it at the benches, as {email_of('production_manager')}:  {site}{reverse('board:board')}",
        "",
    ]


def _on_the_benches() -> Order | None:
    return Order.objects.filter(making="making").order_by("pk").first() or Order.objects.order_by("pk").first()
