"""The life of a ticket, and of each operation on it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.flow import HOUSE, Flow, Move
from foundation.people.roles import MAKERS, Role


class TicketState(TextChoices):
    OPEN = "open", _("In the workshop")
    ON_HOLD = "on_hold", _("On hold")
    FINISHED = "finished", _("Finished")
    SCRAPPED = "scrapped", _("Scrapped")
    CANCELLED = "cancelled", _("Cancelled")
    MERGED = "merged", _("Put into another bag")


class OperationState(TextChoices):
    PENDING = "pending", _("Not yet")
    READY = "ready", _("Ready")
    RUNNING = "running", _("At the bench")
    PAUSED = "paused", _("Paused")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Left out")
    FAILED = "failed", _("Sent back")


HANDS = (*MAKERS, Role.INSPECTOR, Role.PRODUCTION_MANAGER)
MANAGER = (Role.PRODUCTION_MANAGER,)
DIVIDERS = (Role.CASTER, Role.PRODUCTION_MANAGER)
"""Who splits a bag of several pieces, and merges bags: whoever stands at the trees, and the manager."""
T, P = TicketState, OperationState

TICKET = Flow(
    T.OPEN,
    [
        Move(T.OPEN, T.ON_HOLD, by=(HOUSE, *HANDS), label=_("Hold")),
        Move(T.ON_HOLD, T.OPEN, by=(HOUSE, *HANDS), needs=("loss_is_open",), label=_("Go on")),
        Move(T.OPEN, T.FINISHED, needs=("work_is_left", "metal_is_left")),
        Move(T.OPEN, T.SCRAPPED, by=MANAGER, needs=("metal_is_left",), label=_("Scrap")),
        Move(T.ON_HOLD, T.SCRAPPED, by=MANAGER, needs=("metal_is_left",), label=_("Scrap")),
        Move(T.OPEN, T.CANCELLED, by=(HOUSE, *MANAGER), needs=("metal_is_left",)),
        Move(T.ON_HOLD, T.CANCELLED, by=(HOUSE, *MANAGER), needs=("metal_is_left",)),
        Move(T.OPEN, T.MERGED, by=DIVIDERS, needs=("metal_is_left",)),
    ],
)

AT_WORK = ("not_its_turn", "ticket_rests", "not_your_craft")
OPERATION = Flow(
    P.PENDING,
    [
        Move(P.PENDING, P.READY, needs=("not_its_turn",)),
        Move(P.READY, P.PENDING),  # something comes before it now
        Move(P.PAUSED, P.PENDING),
        Move(P.PENDING, P.SKIPPED),
        Move(P.READY, P.RUNNING, by=HANDS, needs=AT_WORK, label=_("Start")),
        Move(P.RUNNING, P.PAUSED, by=(HOUSE, *HANDS), needs=("not_your_craft", "in_other_hands"), label=_("Pause")),
        Move(P.PAUSED, P.RUNNING, by=HANDS, needs=AT_WORK, label=_("Go on")),
        Move(
            P.RUNNING,
            P.DONE,
            by=HANDS,
            needs=(*AT_WORK, "in_other_hands", "evidence_is_missing"),
            then=("tickets.open_next",),
            label=_("Done"),
        ),
        Move(P.READY, P.DONE, needs=("not_its_turn", "evidence_is_missing"), then=("tickets.open_next",)),
        Move(P.READY, P.SKIPPED, by=(HOUSE, *MANAGER), then=("tickets.open_next",), label=_("Leave out")),
        Move(
            P.RUNNING, P.FAILED, by=(Role.INSPECTOR,), needs=("in_other_hands",), then=("tickets.open_next",)
        ),  # through an inspection, not a button
    ],
)
