"""How a hold on stock ends."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.flow import HOUSE, Flow, Move
from foundation.people.roles import OFFICE


class HoldState(TextChoices):
    LIVE = "live", _("held")
    TAKEN = "taken", _("sold")
    RELEASED = "released", _("put back")
    EXPIRED = "expired", _("run out")
    RETURNED = "returned", _("come back")


HOLD_FLOW = Flow(
    HoldState.LIVE,
    [
        Move(HoldState.LIVE, HoldState.TAKEN, by=(HOUSE, *OFFICE)),
        Move(HoldState.LIVE, HoldState.RELEASED, by=(HOUSE, *OFFICE)),
        Move(HoldState.LIVE, HoldState.EXPIRED),
        Move(HoldState.TAKEN, HoldState.RETURNED, by=(HOUSE, *OFFICE)),
    ],
)
