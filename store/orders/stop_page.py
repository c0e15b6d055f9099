"""The page on which an order, or some of its lines, is called off: what it means is shown first. For the buyer and the office."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.people.models import User
from store.orders import actions, wording
from store.orders.models import Order, OrderLine
from store.orders.stopping import CannotCallOff, LineOff, StopOffer, can_be_called_off, look

REASON = 200


def shown(order: Order, said: QueryDict, *, staff: bool, refusal: str = "") -> dict[str, Any]:
    """The lines to choose from, and what it means to call off those that are chosen: all, until somebody chooses."""
    free = can_be_called_off(order)
    chosen = _chosen(free, said)
    waive = staff and "waive" in said
    offer, why = None, refusal
    try:
        offer = look(order, None if _is_all(order, chosen) else chosen, waive=waive)
    except CannotCallOff as cannot:
        why = refusal or str(cannot)
    picked = {line.pk for line in chosen}
    return {
        "order": order, "rows": [(line, wording.line_in_words(line), line.pk in picked) for line in free], "offer": offer, "refusal": why,
        "sheet": [_row(off, order.currency) for off in offer.lines] if offer else [], "facts": _facts(offer, order) if offer else [],
        "waive": waive, "reason": said.get("reason", "")[:REASON], "staff": staff, "picked": chosen,
    }  # fmt: skip


def agree(order: Order, said: QueryDict, *, by: User | None) -> Order:
    """The yes. Refuses, with CannotCallOff, without a word why, and what is not as it was shown."""
    reason = " ".join(said.get("reason", "").split())[:REASON]
    if by is not None and not reason:
        raise CannotCallOff(_("Say why it is called off: the buyer reads it."))
    chosen = _chosen(can_be_called_off(order), said)
    return actions.cancel_order(
        order=order, by=by, reason=reason or _("You called it off."), agreed=said.get("agreed", "") or "none", now=timezone.now(),
        lines=None if _is_all(order, chosen) else chosen, waive=by is not None and "waive" in said,
    )  # fmt: skip


def _chosen(free: list[OrderLine], said: QueryDict) -> list[OrderLine]:
    wanted = set(said.getlist("line"))
    return [line for line in free if not wanted or str(line.pk) in wanted]


def _is_all(order: Order, chosen: list[OrderLine]) -> bool:
    return len(chosen) == len(order.live_lines())


def _row(off: LineOff, currency: str) -> dict[str, Any]:
    return {
        "name": off.line.piece_name, "choices": ", ".join(wording.choices_in_words(off.line)), "why": off.why, "piece": off.piece,
        "paid": wording.money(off.paid_minor, currency), "kept": wording.money(off.kept_minor, currency) if off.kept_minor else "",
        "back": wording.money(off.back_minor, currency),
    }  # fmt: skip


def _facts(offer: StopOffer, order: Order) -> list[dict[str, Any]]:
    rows = [
        (_("Delivery, paid back"), offer.delivery_minor), (_("Kept for the work done"), offer.kept_minor),
        (_("Not asked for any more"), offer.unpaid_minor),
    ]  # fmt: skip
    found: list[dict[str, Any]] = [
        {"label": label, "value": wording.money(minor, order.currency)} for label, minor in rows if minor
    ]
    return [*found, {"label": _("Goes back"), "value": wording.money(offer.back_minor, order.currency), "total": True}]
