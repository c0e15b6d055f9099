"""The life of one picture that the studio was asked for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.flow import Flow, Move
from foundation.people.roles import OFFICE


class PictureState(TextChoices):
    ASKED = "asked", _("Waits for the studio")
    BEING_TAKEN = "being_taken", _("Being taken")
    TAKEN = "taken", _("Taken")
    NOT_TAKEN = "not_taken", _("Not taken")
    CALLED_OFF = "called_off", _("Called off")


S = PictureState
PICTURE = Flow(
    S.ASKED,
    [
        Move(S.ASKED, S.BEING_TAKEN),
        Move(S.BEING_TAKEN, S.TAKEN, then=("pictures.tell_taken",)),
        Move(S.BEING_TAKEN, S.NOT_TAKEN),
        Move(S.NOT_TAKEN, S.ASKED, by=OFFICE, label=_("Try again"), then=("pictures.take",)),
        Move(S.ASKED, S.CALLED_OFF, by=OFFICE, label=_("Call off")),
        Move(S.NOT_TAKEN, S.CALLED_OFF, by=OFFICE, label=_("Call off")),
    ],
)
WAITING = (S.ASKED, S.BEING_TAKEN)
