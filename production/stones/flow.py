"""What happens to a stone once a ticket has asked for it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.flow import HOUSE, Flow, Move
from foundation.people.roles import Role


class AllotmentState(TextChoices):
    RESERVED = "reserved", _("Reserved")
    ISSUED = "issued", _("Issued")
    SET = "set", _("Set")
    RETURNED = "returned", _("Returned")
    BROKEN = "broken", _("Broken")
    LOST = "lost", _("Lost")


S = AllotmentState
AT_THE_BENCH = (Role.SETTER, Role.BENCH_JEWELLER, Role.PRODUCTION_MANAGER)

ALLOTMENT = Flow(
    S.RESERVED,
    [
        Move(S.RESERVED, S.ISSUED, by=(*AT_THE_BENCH, HOUSE), label=_("Issue")),
        Move(S.RESERVED, S.RETURNED, by=(*AT_THE_BENCH, HOUSE), label=_("Release")),
        Move(S.ISSUED, S.SET, by=(*AT_THE_BENCH, HOUSE), label=_("Set")),
        Move(S.ISSUED, S.RETURNED, by=(*AT_THE_BENCH, HOUSE), label=_("Return")),
        Move(S.ISSUED, S.BROKEN, by=AT_THE_BENCH, label=_("Broken")),
        Move(S.ISSUED, S.LOST, by=AT_THE_BENCH, label=_("Lost")),
        Move(S.SET, S.ISSUED, by=(*AT_THE_BENCH, HOUSE), label=_("Unset")),
    ],
)
