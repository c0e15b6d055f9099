"""What the buyer is written about a return."""

from typing import Any

from django.utils.translation import override

from foundation.house.models import Site
from foundation.mail.actions import send_letter
from store.orders import wording
from store.orders.actions import page_url
from store.returns.models import Return


def write_letter(back: Return, name: str, **more: Any) -> None:
    """One letter of each name for a return."""
    order = back.order
    if not order.email:
        return
    site = Site.objects.filter(seller=order.seller, is_workshop=False).order_by("pk").first()
    with override(order.language):
        pieces = [f"{row.line.piece_name} × {row.quantity}" for row in back.lines.select_related("line")]
        context = {
            "back": back,
            "order": order,
            "pieces": ", ".join(pieces),
            "url": page_url(order),
            "site": site,
        } | more
    send_letter(
        to=order.email, language=order.language, template=f"returns/mail/{name}", context=context, brand=order.brand,
        key=f"return:{back.pk}:{name}",
    )  # fmt: skip


def money(minor: int, back: Return) -> str:
    """An amount as the buyer reads it."""
    with override(back.order.language):
        return wording.money(minor, back.order.currency)
