"""The life of one version of a design."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.flow import HOUSE, Flow, Move
from foundation.people.roles import Role


class RevisionState(TextChoices):
    DRAWN = "drawn", _("Drawn")
    SHOWN = "shown", _("Waits for the customer")
    APPROVED = "approved", _("Approved")
    SUPERSEDED = "superseded", _("Superseded")


S = RevisionState
REVISION = Flow(
    S.DRAWN,
    [
        Move(S.DRAWN, S.SHOWN, by=(Role.DESIGNER,), label=_("Show it to the customer"), then=("designs.tell_shown",)),
        Move(S.SHOWN, S.APPROVED, by=(HOUSE, Role.DESIGNER)),
        Move(S.DRAWN, S.SUPERSEDED),
        Move(S.SHOWN, S.SUPERSEDED),
        Move(S.DRAWN, S.APPROVED),  # a change that was agreed to in words, of a design that is approved
        Move(S.APPROVED, S.SUPERSEDED),
    ],
)
