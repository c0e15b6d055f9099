"""The life of a parcel."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.flow import HOUSE, Flow, Move
from foundation.people.roles import Role


class ParcelState(TextChoices):
    REQUESTED = "requested", _("To pack")
    PACKING = "packing", _("Being packed")
    SEALED = "sealed", _("Sealed")
    DISPATCHED = "dispatched", _("On its way")
    DELIVERED = "delivered", _("Delivered")
    CANCELLED = "cancelled", _("Cancelled")


PACKER = (Role.PACKER,)
DESK = (HOUSE, Role.PACKER, Role.SALES)
S = ParcelState

PARCEL = Flow(
    S.REQUESTED,
    [
        Move(S.REQUESTED, S.PACKING, by=PACKER, label=_("Start packing"), then=("packing.make_papers",)),
        Move(
            S.PACKING,
            S.SEALED,
            by=PACKER,
            needs=("something_unscanned", "something_not_packed", "papers_missing"),
            label=_("Seal the parcel"),
        ),
        Move(S.SEALED, S.PACKING, by=PACKER, label=_("Open it again")),
        Move(
            S.SEALED,
            S.DISPATCHED,
            by=(Role.PACKER, Role.SALES),
            needs=("not_released", "tracking_missing"),
            label=_("Hand to the carrier"),
        ),
        Move(S.DISPATCHED, S.DELIVERED, by=DESK, label=_("It has arrived")),
        Move(S.REQUESTED, S.CANCELLED, by=DESK),
        Move(S.PACKING, S.CANCELLED, by=DESK),
        Move(S.SEALED, S.CANCELLED, by=DESK),
    ],
)
