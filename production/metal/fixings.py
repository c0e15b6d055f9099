"""Entering the day's price of fine metal."""

from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.house.models import Seller
from foundation.people.models import User
from production.metal.models import Fixing

JUMP_PERCENT = 10


class FixingLooksWrong(Exception):
    """The price is far from the last one: it has to be confirmed."""


class FixingRefused(Exception):
    """The price cannot be."""


@transaction.atomic
def enter_fixing(
    *,
    seller: Seller,
    metal: str,
    minor_per_kg: int,
    currency: str,
    on: date,
    source: str,
    by: User | None,
    today: date,
    confirmed: bool = False,
) -> Fixing:
    """Write down a day's price of fine metal, per kilogram. Refuses a price more than 10 % off the last one until confirmed."""
    if minor_per_kg <= 0:
        raise FixingRefused(_("A price has to be more than nothing."))
    if on > today:
        raise FixingRefused(_("A fixing cannot be of a day to come."))
    last = Fixing.objects.latest_for(metal=metal, currency=currency)
    if last and not confirmed and _jumps(last.minor_per_kg, minor_per_kg):
        raise FixingLooksWrong(
            _("This is %(percent)s %% away from the last fixing (%(on)s). Look again; confirm it if it is right.")
            % {
                "percent": abs(minor_per_kg - last.minor_per_kg) * 100 // last.minor_per_kg,
                "on": date_format(last.on, "j F Y"),
            }
        )
    return Fixing.objects.create(
        seller=seller, metal=metal, minor_per_kg=minor_per_kg, currency=currency, on=on, source=source, by=by
    )


def _jumps(last: int, now: int) -> bool:
    return abs(now - last) * 100 > last * JUMP_PERCENT
