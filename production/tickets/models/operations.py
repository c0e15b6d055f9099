"""One step at one bench."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from foundation.flow import Flow
from foundation.moves import Flowing, Step
from foundation.people.models import User
from foundation.people.roles import Role
from production.routes.stages import Stage
from production.tickets.flow import OPERATION, OperationState, TicketState

CLOSED = (OperationState.DONE, OperationState.SKIPPED, OperationState.FAILED)
SPACING = 100
"""Room between operations for those that are added when a piece is sent back."""
EVIDENCE_NAMES: dict[str, object] = {
    "revision": gettext_lazy("a version of the design that was shown"),
    "approval": gettext_lazy("the customer's approval"),
    "cast_weight": gettext_lazy("the weight of the casting"),
    "weight_in": gettext_lazy("the weight before the work"),
    "weight_out": gettext_lazy("the weight after the work"),
    "photo": gettext_lazy("a photo"),
    "stones_set": gettext_lazy("the stones, set"),
    "engraving_proof": gettext_lazy("a photo of the engraving"),
    "inspection": gettext_lazy("the inspection"),
    "sealed": gettext_lazy("the sealed parcel"),
}


class Operation(Flowing):
    """One step of a ticket, copied from its route; a piece that is sent back gets new ones, never changed old ones."""

    flow: ClassVar[Flow] = OPERATION

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="operations")
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=OperationState.choices, default=OperationState.PENDING)
    stage = models.CharField(max_length=12, choices=Stage.choices)
    craft = models.SlugField()
    name = models.CharField(max_length=80)
    name_th = models.CharField(max_length=80, blank=True)
    roles = ArrayField(models.CharField(max_length=24), default=list)
    minutes = models.PositiveIntegerField(default=0)
    evidence_needed = ArrayField(models.CharField(max_length=20), default=list)
    attempt = models.PositiveSmallIntegerField(default=1)
    fault = models.CharField(max_length=8, blank=True)
    """The defect's code, where the piece was sent back for one."""
    reason = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    copied_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    """The operation of the bag this one was split from, where that was done for both: its evidence lies there."""

    class Meta:
        ordering = ["position"]
        constraints = [
            OPERATION.constraint(),
            models.UniqueConstraint(fields=["ticket", "position"], name="tickets_operation_position_once"),
        ]
        triggers = OPERATION.triggers(unless=pgtrigger.Q(new__copied_from__isnull=False))
        indexes = [models.Index(fields=["state", "stage"], name="tickets_operation_open")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its name in the language that is active."""
        thai = (get_language() or "").startswith("th")
        return (self.name_th if thai else "") or self.name

    @property
    def is_by_the_house(self) -> bool:
        """Whether nobody at a bench does it: the customer approves, the parcel is sealed."""
        return not self.roles

    def evidence_left(self) -> models.Manager[Any]:
        """What it left behind: in the bag that this one was split from, where it was done for both."""
        evidence: models.Manager[Any] = (self.copied_from or self).evidence
        return evidence

    def missing(self) -> list[str]:
        """The evidence it must still leave behind, by code."""
        there = {row.kind for row in self.evidence.all()}
        return [kind for kind in self.evidence_needed if kind not in there]

    def not_its_turn(self, by: User | None) -> str:
        """Why it can't begin: an earlier operation is not done."""
        before = self._first_open_before()
        return _("First: %(operation)s.") % {"operation": before.title} if before else ""

    def _first_open_before(self) -> "Operation | None":
        """The first that has to be done before it. Without a query where its ticket came with all of them."""
        ticket = self._state.fields_cache.get("ticket")
        fetched = vars(ticket).get("_prefetched_objects_cache", {}).get("operations") if ticket else None
        if fetched is None:
            rows = type(self).objects.filter(ticket_id=self.ticket_id, position__lt=self.position)
            return rows.exclude(state__in=CLOSED).first()
        open_ = (row for row in fetched if row.position < self.position and row.state not in CLOSED)
        return min(open_, key=lambda row: row.position, default=None)

    def ticket_rests(self, by: User | None) -> str:
        """Why it can't go on: the ticket is on hold, or closed. What is in the furnace is weighed back all the same."""
        if self.craft == "cast" and self.state == OperationState.RUNNING and self.ticket.state == TicketState.ON_HOLD:
            return ""
        if self.ticket.state == TicketState.ON_HOLD:
            return _("This ticket is on hold: %(reason)s") % {"reason": self.ticket.hold_reason}
        return "" if self.ticket.state == TicketState.OPEN else _("This ticket is closed.")

    def not_your_craft(self, by: User | None) -> str:
        """Why this person can't do it: it takes another craft, or no bench. A production manager may step in."""
        if by is None:
            return ""
        if self.is_by_the_house:
            return _("Nobody at a bench does this.")
        if by.has_role(*self.roles, Role.PRODUCTION_MANAGER):
            return ""
        names = ", ".join(str(Role(role).label) for role in self.roles)
        return _("This takes: %(roles)s.") % {"roles": names}

    def in_other_hands(self, by: User | None) -> str:
        """Why this person can't put it down or finish it: somebody else has it. A production manager may step in.

        A tree is poured and weighed back by whoever stands at the furnace: its bags are in nobody's hands.
        """
        if by is None or self.craft == "cast" or by.has_role(Role.PRODUCTION_MANAGER):
            return ""
        holders = type(self).objects.filter(pk=self.pk).values("ticket__with_person")
        holder = User.objects.filter(pk__in=holders).exclude(pk=by.pk).first()
        if holder is None:
            return ""
        return _("%(person)s has this bag. Ask them to hand it over or to pause it.") % {"person": holder}

    def evidence_is_missing(self, by: User | None) -> str:
        """Why it isn't done: what it must still leave behind."""
        left = [str(EVIDENCE_NAMES.get(kind, kind)) for kind in self.missing()]
        return _("Still missing: %(evidence)s.") % {"evidence": ", ".join(left)} if left else ""


class OperationStep(Step):
    owner = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="steps")

    class Meta(Step.Meta):
        pass
