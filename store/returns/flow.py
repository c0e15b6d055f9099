"""How a return goes: asked for, awaited, arrived, decided."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.flow import HOUSE, Flow, Move
from foundation.people.roles import Role

DESK = (Role.SALES, Role.PRODUCTION_MANAGER)


class ReturnState(TextChoices):
    ASKED = "asked", _("asked for")
    AWAITED = "awaited", _("on its way to us")
    ARRIVED = "arrived", _("here, to be inspected")
    DECIDED = "decided", _("decided")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("taken back")


S = ReturnState
RETURN_FLOW = Flow(
    S.ASKED,
    [
        Move(
            S.ASKED, S.AWAITED, by=(HOUSE, *DESK), label=_("Accept it")
        ),  # within the days it is a right: the house does
        Move(S.ASKED, S.REFUSED, by=DESK, label=_("Refuse it")),
        Move(S.ASKED, S.WITHDRAWN, by=(HOUSE, *DESK), label=_("Take it back")),
        Move(S.AWAITED, S.WITHDRAWN, by=(HOUSE, *DESK), label=_("It does not come")),
        Move(S.AWAITED, S.ARRIVED, by=(Role.PACKER, *DESK), label=_("It is here")),
        Move(S.ARRIVED, S.DECIDED, by=DESK, label=_("Decide")),
    ],
)
