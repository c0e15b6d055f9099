"""The life of a tree: patterns on a trunk, a flask, one pour, and the weights that come back."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.flow import HOUSE, Flow, Move
from foundation.people.roles import Role


class TreeState(TextChoices):
    PLANNED = "planned", _("Planned")
    BUILT = "built", _("Built")
    CHARGED = "charged", _("Charged")
    POURED = "poured", _("Poured")
    RECONCILED = "reconciled", _("Reconciled")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


S = TreeState
AT_THE_FURNACE = (Role.CASTER, Role.PRODUCTION_MANAGER)

TREE = Flow(
    S.PLANNED,
    [
        Move(S.PLANNED, S.BUILT, by=AT_THE_FURNACE, label=_("Weigh the wax")),
        Move(S.PLANNED, S.CANCELLED, by=(*AT_THE_FURNACE, HOUSE), label=_("Take apart")),
        Move(S.BUILT, S.CHARGED, by=AT_THE_FURNACE, label=_("Issue the metal")),
        Move(S.BUILT, S.CANCELLED, by=AT_THE_FURNACE, label=_("Take apart")),
        Move(S.CHARGED, S.POURED, by=AT_THE_FURNACE, label=_("Pour")),
        Move(S.CHARGED, S.FAILED, by=AT_THE_FURNACE, label=_("The pour failed")),
        Move(S.POURED, S.RECONCILED, by=AT_THE_FURNACE, needs=("why_not_reconciled",), label=_("Weigh back")),
        Move(S.POURED, S.FAILED, by=AT_THE_FURNACE, label=_("The cast failed")),
    ],
)
