"""The job bag."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from foundation.flow import Flow, WrongTurn
from foundation.house.models import Site
from foundation.moves import Flowing, Step
from foundation.people.models import User
from foundation.people.roles import WORKSHOP, Role
from production.metal import books
from production.metal.questions import balance
from production.stones.questions import unsigned
from production.tickets.flow import HANDS, TICKET, OperationState, TicketState
from production.tickets.models.holds import Hold
from production.tickets.models.operations import CLOSED, Operation


class TicketQuerySet(models.QuerySet["Ticket"]):
    def for_user(self, user: User) -> Self:
        """What this person may see: the workshop and the office everything, anybody else nothing."""
        may = user.is_authenticated and user.has_role(*WORKSHOP, Role.SALES)
        return self.all() if may else self.none()

    def of_work(self, reference: UUID) -> Self:
        """Every bag of a work order, the first one first; locked in this order by whoever locks them."""
        return self.filter(reference=reference).order_by("pk")

    def by_code(self, code: str) -> Self:
        """Those that a code typed or scanned means: the ticket's own number, or its order's."""
        return self.filter(Q(number__iexact=code) | Q(order_number__iexact=code))

    def matching(self, words: str) -> Self:
        """Those that a number means, or an order's number all of whose tickets are looked for."""
        return self.by_code(words) | self.filter(order_number__istartswith=f"{words}-")

    def with_stage(self) -> Self:
        """Each with `stage`, that of its current operation, and `current_id`. Nothing left to do: the last stage."""
        left = Operation.objects.filter(ticket=OuterRef("pk")).exclude(state__in=CLOSED).order_by("position")
        return self.annotate(stage=Subquery(left.values("stage")[:1]), current_id=Subquery(left.values("pk")[:1]))

    def in_the_workshop(self) -> Self:
        """Open or on hold."""
        return self.filter(state__in=[TicketState.OPEN, TicketState.ON_HOLD])

    def held(self, *, cause: str) -> Self:
        """On hold for this cause."""
        return self.filter(state=TicketState.ON_HOLD, holds__cause=cause, holds__ended_at=None).distinct()

    def late(self, *, now: datetime) -> Self:
        """In the workshop after the hour they were due."""
        return self.in_the_workshop().filter(due_at__lt=now)


def union_of(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """How long at least one of these spans lasted."""
    total, reached = timedelta(0), None
    for begun, ended in sorted(spans):
        first = begun if reached is None else max(begun, reached)
        if ended > first:
            total, reached = total + (ended - first), ended
    return total


class Ticket(Flowing):
    """A job bag: one work order in the workshop, with everything that was asked for copied onto it.

    The pieces of one work order may lie in several bags: those that were split off name the bag they came from, and
    share its `reference`. `quantity` is what lies in this one.

    Weights are of the whole bag: `predicted_mg` is what its `quantity` pieces weigh finished, by the exact model.
    """

    flow: ClassVar[Flow] = TICKET
    stage: str | None

    reference = models.UUIDField(db_index=True)
    number = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=12, choices=TicketState.choices, default=TicketState.OPEN)
    order_number = models.CharField(max_length=32)
    purpose = models.CharField(max_length=12)
    kind = models.CharField(max_length=40)
    piece_name = models.CharField(max_length=160)
    style_code = models.CharField(max_length=40)
    family = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    alloy = models.CharField(max_length=16)
    ring_inner_um = models.PositiveIntegerField(null=True)
    stones = models.JSONField(default=list)
    engraving = models.CharField(max_length=200, blank=True)
    engraving_place = models.CharField(max_length=12, blank=True)
    finish = models.CharField(max_length=40, blank=True)
    plating = models.CharField(max_length=40, blank=True)
    quantity = models.PositiveIntegerField(default=1)
    channel = models.CharField(max_length=16)
    brand = models.CharField(max_length=50)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5)
    country = models.CharField(max_length=2, blank=True, default="")
    customer = models.CharField(max_length=120, blank=True)
    wish = models.TextField(blank=True)
    files = ArrayField(models.UUIDField(), default=list, blank=True)
    picture = models.UUIDField(null=True)
    picture_alloy = models.CharField(max_length=16, blank=True, default="")
    needs_approval = models.BooleanField(default=False)
    predicted_mg = models.PositiveIntegerField(null=True)
    promise_on = models.DateField()
    due_at = models.DateTimeField()
    opened_at = models.DateTimeField(auto_now_add=True)
    with_person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    warned_at = models.DateTimeField(null=True)
    split_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="split_off")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_here")

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            TICKET.constraint(),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="tickets_some_pieces"),
            models.UniqueConstraint(
                fields=["reference"], condition=Q(split_from=None), name="tickets_one_first_bag_a_reference"
            ),
        ]
        triggers = TICKET.triggers()
        indexes = [models.Index(fields=["state", "due_at"], name="tickets_state_due")]

    def __str__(self) -> str:
        return self.number

    @property
    def current(self) -> Operation | None:
        """The operation that is next or under way; None when all is done. Without a query where they were fetched."""
        if (fetched := vars(self).get("_prefetched_objects_cache", {}).get("operations")) is not None:
            left = (operation for operation in fetched if operation.state not in CLOSED)
            return min(left, key=lambda operation: int(operation.position), default=None)
        return self.operations.exclude(state__in=CLOSED).order_by("position").first()

    @property
    def open_holds(self) -> list[Hold]:
        """Why it rests, oldest first; nothing while it does not. Without a query where its holds were fetched."""
        return [hold for hold in self.holds.all() if hold.ended_at is None]

    @property
    def hold_reason(self) -> str:
        """Why it rests, in the words of whoever said so."""
        return " · ".join(hold.reason for hold in self.open_holds)

    def may_be_held(self, by: User | None) -> None:
        """Refuse, with WrongTurn, whoever may neither hold a ticket nor let it go on."""
        if by is not None and not by.has_role(*HANDS):
            raise WrongTurn(_("Whoever works on a ticket holds it: makers, an inspector or the production manager."))

    def rested(self, now: datetime) -> timedelta:
        """How long it has been on hold in all. Holds that overlap are counted once."""
        return union_of([(hold.since, hold.ended_at or now) for hold in self.holds.all()])

    def work_is_left(self, by: User | None) -> str:
        """Why it is not finished: an operation that is not."""
        left = self.operations.exclude(state__in=[*CLOSED, OperationState.FAILED]).first()
        return _("“%(operation)s” is not done yet.") % {"operation": left.name} if left else ""

    def loss_is_open(self, by: User | None) -> str:
        """Why it can't go on: a stone is reported lost, and nobody else has signed for it or found it."""
        return (
            _("A stone is missing: a second person signs for it, or it is found.")
            if unsigned(self.number).exists()
            else ""
        )

    def metal_is_left(self, by: User | None) -> str:
        """Why its books can't be closed: metal that is still in the bag."""
        held = balance(books.ticket(self.number))
        return _("There is still metal in this bag's account. Weigh it back first.") if held else ""


class TicketStep(Step):
    owner = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="steps")

    class Meta(Step.Meta):
        pass
