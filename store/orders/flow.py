"""How an order, what is owed on it, and its work orders go."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.flow import HOUSE, Flow, Move
from foundation.people.roles import Role

SALES = (HOUSE, Role.SALES)


class OrderState(TextChoices):
    AWAITING_PAYMENT = "awaiting_payment", _("waiting for payment")
    REVIEW = "review", _("waiting for review")
    CONFIRMED = "confirmed", _("confirmed")
    COMPLETED = "completed", _("completed")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("not paid in time")


ORDER_FLOW = Flow(
    OrderState.AWAITING_PAYMENT,
    [
        Move(OrderState.AWAITING_PAYMENT, OrderState.CONFIRMED),
        Move(OrderState.AWAITING_PAYMENT, OrderState.CANCELLED, by=SALES),
        Move(OrderState.AWAITING_PAYMENT, OrderState.EXPIRED),
        Move(OrderState.AWAITING_PAYMENT, OrderState.REVIEW),  # on account, and over the company's limit
        Move(OrderState.REVIEW, OrderState.CONFIRMED, by=(Role.SALES,), label=_("Accept it over the limit")),
        Move(OrderState.REVIEW, OrderState.CANCELLED, by=SALES),
        Move(OrderState.REVIEW, OrderState.EXPIRED),
        Move(OrderState.EXPIRED, OrderState.CONFIRMED),  # the money came late, and what was held was still there
        Move(OrderState.CONFIRMED, OrderState.COMPLETED),
        Move(OrderState.CONFIRMED, OrderState.CANCELLED, by=SALES),
    ],
)


class DueState(TextChoices):
    OWED = "owed", _("not yet asked for")
    ASKED = "asked", _("to be paid")
    PAID = "paid", _("paid")
    CANCELLED = "cancelled", _("no longer owed")
    REFUNDED = "refunded", _("paid back")


DUE_FLOW = Flow(
    DueState.OWED,
    [
        Move(DueState.OWED, DueState.ASKED),
        Move(DueState.OWED, DueState.PAID),
        Move(DueState.OWED, DueState.CANCELLED, by=SALES),
        Move(DueState.ASKED, DueState.PAID),
        Move(DueState.ASKED, DueState.CANCELLED, by=SALES),
        Move(DueState.CANCELLED, DueState.PAID),  # late money for an order that could still be kept
        Move(DueState.PAID, DueState.REFUNDED),
    ],
)


class WorkState(TextChoices):
    ASKED = "asked", _("sent to the workshop")
    OPENED = "opened", _("in the workshop")
    MADE = "made", _("made and passed")
    FINISHED = "finished", _("finished")
    SCRAPPED = "scrapped", _("scrapped")
    CANCELLED = "cancelled", _("cancelled")


WORK_FLOW = Flow(
    WorkState.ASKED,
    [
        Move(WorkState.ASKED, WorkState.OPENED),
        Move(WorkState.ASKED, WorkState.CANCELLED, by=SALES),
        Move(WorkState.OPENED, WorkState.MADE),
        Move(WorkState.OPENED, WorkState.SCRAPPED),
        Move(WorkState.OPENED, WorkState.CANCELLED, by=SALES),
        Move(WorkState.MADE, WorkState.FINISHED),
        Move(WorkState.MADE, WorkState.SCRAPPED),
        Move(WorkState.MADE, WorkState.CANCELLED, by=SALES),
        Move(WorkState.FINISHED, WorkState.CANCELLED, by=SALES),  # sealed, and has not left
    ],
)


class ChangeState(TextChoices):
    WAITING = "waiting", _("waits for its payment")
    MADE = "made", _("made")
    WITHDRAWN = "withdrawn", _("taken back")


CHANGE_FLOW = Flow(
    ChangeState.WAITING,
    [
        Move(ChangeState.WAITING, ChangeState.MADE),
        Move(ChangeState.WAITING, ChangeState.WITHDRAWN, by=SALES),
    ],
)


class LeftState(TextChoices):
    LYING = "lying", _("waits to be decided on")
    SHELVED = "shelved", _("in the tray")
    MELTED = "melted", _("in the pot")


OFFICE = (Role.SALES, Role.PRODUCTION_MANAGER)
LEFT_FLOW = Flow(
    LeftState.LYING,
    [
        Move(LeftState.LYING, LeftState.SHELVED, by=OFFICE, needs=("why_not_shelved",), label=_("Lay it in the tray")),
        Move(LeftState.LYING, LeftState.MELTED, by=OFFICE, label=_("Melt it")),
    ],
)
