"""How a card payment and a refund go."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.flow import HOUSE, Flow, Move
from foundation.people.roles import Role


class AttemptState(TextChoices):
    ASKED = "asked", _("asked for")
    OPEN = "open", _("payment page open")
    PAID = "paid", _("paid")
    EXPIRED = "expired", _("run out")
    FAILED = "failed", _("failed")


ATTEMPT_FLOW = Flow(
    AttemptState.ASKED,
    [
        Move(AttemptState.ASKED, AttemptState.OPEN),
        Move(AttemptState.ASKED, AttemptState.PAID),  # the payment's news came before our own call's answer
        Move(AttemptState.ASKED, AttemptState.EXPIRED),
        Move(AttemptState.ASKED, AttemptState.FAILED),
        Move(AttemptState.OPEN, AttemptState.PAID),
        Move(AttemptState.OPEN, AttemptState.EXPIRED),
        Move(AttemptState.OPEN, AttemptState.FAILED),
    ],
)


class RefundState(TextChoices):
    ASKED = "asked", _("asked for")
    DONE = "done", _("paid back")
    FAILED = "failed", _("failed")


REFUND_FLOW = Flow(
    RefundState.ASKED,
    [
        Move(
            RefundState.ASKED,
            RefundState.DONE,
            by=(HOUSE, Role.SALES),
            needs=("sent_by_hand",),
            label=_("It has been paid back"),
        ),
        Move(RefundState.ASKED, RefundState.FAILED),
        Move(RefundState.DONE, RefundState.FAILED),  # a bank may send it back days after Stripe called it done
    ],
)
