"""The page on which a change of a piece in the making is looked at, and agreed to: the same for the buyer and the office."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.mass import format_mass
from foundation.people.models import User
from store.orders import actions, wording
from store.orders.changes import CannotChange, ChangeOffer, look, piece_of, too_late, why_not
from store.orders.forms import ChangeForm
from store.orders.models import LineChange, Order, OrderLine


def shown(line: OrderLine, said: Mapping[str, Any], *, now: datetime, refusal: str = "") -> dict[str, Any]:
    """The form, and, once something was said, what it means or why it cannot be."""
    form, offer = _form(line, said or None), None
    closed = why_not(line)
    if said and not closed and form.is_valid():
        try:
            offer = look(line, form.asked(), now=now)
        except CannotChange as why:
            refusal = refusal or str(why)
    return {
        "line": line, "order": line.order, "form": form, "offer": offer, "refusal": refusal, "closed": closed, "too_late": () if closed else too_late(line),
        "facts": _facts(offer, line.order) if offer else [], "place": offer.asked.engraving_place if offer else "",
    }  # fmt: skip


def agree(order: Order, line: OrderLine, said: Mapping[str, Any], *, by: User | None, now: datetime) -> LineChange:
    """The yes. Refuses, with CannotChange, what cannot be read, is too late, or is not as it was shown."""
    form = _form(line, said)
    if not form.is_valid():
        raise CannotChange(" ".join(str(why) for whys in form.errors.values() for why in whys))
    return actions.agree_change(
        order=order, line=line, asked=form.asked(), agreed=str(said.get("agreed", ""))[:300], by=by, by_name=order.name, now=now
    )  # fmt: skip


def _form(line: OrderLine, said: Mapping[str, Any] | None) -> ChangeForm:
    piece = piece_of(line)
    return ChangeForm(said, line=line, most=piece.engraving_most if piece else 0)


def _facts(offer: ChangeOffer, order: Order) -> list[dict[str, Any]]:
    stands = _("later than promised") if offer.is_later else _("as promised")
    minutes = ngettext("%d minute at the bench", "%d minutes at the bench", offer.minutes) % offer.minutes
    rows = [
        (_("What changes"), offer.words),
        (_("Done again or added"), ", ".join(offer.steps) + (f" ({minutes})" if offer.minutes else "")),
        (_("Not needed any more"), ", ".join(offer.left_out)),
        (_("Metal added"), format_mass(offer.more_mg) if offer.more_mg else ""),
        (_("Metal saved"), format_mass(offer.less_mg) if offer.less_mg else ""),
        (_("Leaves us by"), f"{wording.day(offer.promise_on)}, {stands}"),
    ]
    found: list[dict[str, Any]] = [{"label": label, "value": value} for label, value in rows if value]
    return [*found, *_sums(offer, order)]


def _sums(offer: ChangeOffer, order: Order) -> list[dict[str, Any]]:
    """What it costs, or what it comes to less: how much is not asked for any more, and how much goes back."""
    if not offer.back_minor:
        cost = wording.money(offer.gross_minor, order.currency) if offer.gross_minor else _("nothing")
        return [{"label": _("It costs"), "value": cost, "total": True}]
    rows = [
        (_("Taken off what is still to be paid"), offer.unpaid_minor),
        (_("Goes back the way it came"), offer.back_minor - offer.unpaid_minor),
    ]
    told = [{"label": label, "value": wording.money(minor, order.currency)} for label, minor in rows if minor]
    less = {"label": _("It comes to less by"), "value": wording.money(offer.back_minor, order.currency), "total": True}
    return [*told, less]
