"""Which stones fit what a ticket wants."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Abs

from production.stones.flow import AllotmentState
from production.stones.models import Allotment, Stone, StoneParcel, Wanted

TOLERANCE_UM = 100
"""A seat takes a stone up to a tenth of a millimetre off: a house default."""


def stone_for(wanted: Wanted) -> Stone | None:
    """A free single stone that fits: the one asked for by number or certificate and no other; without one the nearest in weight that no report names: such a stone is sold by its report."""
    taken = Allotment.objects.filter(stone=OuterRef("pk")).exclude(state=AllotmentState.RETURNED)
    free = Stone.objects.filter(~Exists(taken), site=wanted.site, **_fits(wanted)).select_for_update(skip_locked=True)
    if wanted.asked_for:
        return free.filter(Q(number=wanted.asked_for) | Q(certificate=wanted.asked_for)).first()
    return free.filter(certificate="").order_by(Abs(F("mct") - wanted.mct), "pk").first()


def parcel_for(wanted: Wanted) -> StoneParcel | None:
    """A very stone is never taken from a parcel. Otherwise the oldest parcel that holds all that is missing; none that holds only some of it, so that a row matches."""
    if wanted.asked_for:
        return None
    rows = StoneParcel.objects.filter(site=wanted.site, pcs__gte=wanted.missing, **_fits(wanted))
    return rows.select_for_update().order_by("received_on", "pk").first()


def _fits(wanted: Wanted) -> dict[str, object]:
    return {
        "species": wanted.species,
        "cut": wanted.cut,
        "length_um__range": (wanted.length_um - TOLERANCE_UM, wanted.length_um + TOLERANCE_UM),
        "width_um__range": (wanted.width_um - TOLERANCE_UM, wanted.width_um + TOLERANCE_UM),
    }
