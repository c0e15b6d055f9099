"""Working on tickets: at one operation, and on the ticket as a whole."""

from abc import abstractmethod
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers

from foundation.api.acts import Act
from foundation.api.fields import Milligrams, Words
from foundation.api.once import act_id
from foundation.api.permissions import holding
from foundation.api.signing import Witnessed
from foundation.files.actions import NotTaken
from foundation.people.models import User
from foundation.people.roles import WORKSHOP
from foundation.people.signing import CannotSign
from production.metal.allowances import LossNeedsWitness
from production.metal.books import NotEnoughMetal, OtherEntry
from production.metal.ledger import DoesNotBalance, MoreThanCharged, NotAWeight
from production.stones.actions import NothingToIssue, StonesNotConserved
from production.tickets import actions
from production.tickets.actions.evidence import HEAVIEST_MG, PHOTOGRAPHED, WEIGHED_AT_THE_BENCH
from production.tickets.api.shapes import OperationOut, TicketRow
from production.tickets.flow import DIVIDERS, OperationState
from production.tickets.models import HoldCause, Operation, Ticket
from production.tickets.models.holds import SAID_BY_PEOPLE

HANDS = holding(*WORKSHOP)
REFUSALS = (
    actions.CannotDivide, actions.NotEvidence, NotTaken, CannotSign, LossNeedsWitness, NotEnoughMetal, OtherEntry, DoesNotBalance, MoreThanCharged,
    NotAWeight, NothingToIssue, StonesNotConserved,
)  # fmt: skip


class OperationSeen(serializers.Serializer[Any]):
    """The state as it was when the client looked: should somebody have moved it since, nothing is done."""

    state = serializers.ChoiceField(OperationState.choices, required=False)


class LeftIn(OperationSeen):
    """What the work leaves behind: weights of the whole piece in milligrams, photos, a note."""

    weight_in_mg = Milligrams(required=False, most=HEAVIEST_MG)
    added_mg = Milligrams(required=False, most=HEAVIEST_MG)
    weight_out_mg = Milligrams(required=False, most=HEAVIEST_MG)
    filings_mg = Milligrams(required=False, most=HEAVIEST_MG)
    photo = serializers.FileField(required=False)
    engraving_proof = serializers.FileField(required=False)
    for_customer = serializers.BooleanField(default=True)
    note = Words(required=False, default="", allow_blank=True, max_length=2000)


class FinishIn(Witnessed, LeftIn):
    """The same, and who signs beside where more was lost than one person may sign for."""


class ProblemIn(OperationSeen):
    text = Words(max_length=2000)


class HoldIn(serializers.Serializer[Any]):
    """Why it rests, as a code and in words; `until` is the day on which it is expected to go on."""

    cause = serializers.ChoiceField([(c.value, c.label) for c in SAID_BY_PEOPLE], default=HoldCause.OTHER.value)
    reason = Words(max_length=200)
    until = serializers.DateField(required=False)


class ResumeIn(serializers.Serializer[Any]):
    """Which hold is over; without one, every hold that the asker may end."""

    hold = serializers.IntegerField(min_value=1, required=False)


class HandOverIn(serializers.Serializer[Any]):
    to = serializers.UUIDField()


class SplitIn(serializers.Serializer[Any]):
    """How many pieces go into a bag of their own."""

    pieces = serializers.IntegerField(min_value=1, max_value=10_000)


class MergeIn(serializers.Serializer[Any]):
    """The other bag of the same work order, by its number."""

    other = Words(max_length=12)


class AtOperation(Act):
    """Something done at one operation."""

    permission_classes = [HANDS]
    takes, gives, refusals = OperationSeen, OperationOut, REFUSALS

    def act(self, said: dict[str, Any], **named: Any) -> Operation:
        rows = Operation.objects.filter(ticket__in=Ticket.objects.for_user(self.by)).select_related("ticket")
        operation = get_object_or_404(rows, pk=named["operation"])
        operation.as_shown(said.get("state", operation.state))
        self.do(operation, said)
        return rows.get(pk=operation.pk)

    @abstractmethod
    def do(self, operation: Operation, said: dict[str, Any]) -> None:
        """The deed itself."""

    def leave(self, operation: Operation, said: dict[str, Any]) -> None:
        weights: dict[str, int] = {kind: said[f"{kind}_mg"] for kind in WEIGHED_AT_THE_BENCH if f"{kind}_mg" in said}
        actions.leave(
            operation=operation, weights=weights, photos={kind: said[kind] for kind in PHOTOGRAPHED if kind in said},
            text=said["note"], for_customer=said["for_customer"], by=self.by, action_id=act_id(self.request),
        )  # fmt: skip


class Start(AtOperation):
    """Take the bag to the bench, or go on after a pause."""

    def do(self, operation: Operation, said: dict[str, Any]) -> None:
        actions.start_operation(operation=operation, by=self.by)


class Pause(AtOperation):
    """Put it down for a while."""

    def do(self, operation: Operation, said: dict[str, Any]) -> None:
        actions.pause_operation(operation=operation, by=self.by)


class Leave(AtOperation):
    """Write weights, photos or a note, and work on."""

    takes = LeftIn

    def do(self, operation: Operation, said: dict[str, Any]) -> None:
        self.leave(operation, said)


class Finish(AtOperation):
    """The work is done: what is measured and photographed is written first."""

    takes = FinishIn

    def do(self, operation: Operation, said: dict[str, Any]) -> None:
        self.leave(operation, said)
        signer = FinishIn.signer(said, self.request)
        actions.finish_operation(operation=operation, by=self.by, action_id=act_id(self.request), witness=signer)


class Problem(AtOperation):
    """Say what is wrong; the ticket rests until somebody has looked."""

    takes = ProblemIn

    def do(self, operation: Operation, said: dict[str, Any]) -> None:
        key = act_id(self.request)
        actions.report_problem(operation=operation, text=said["text"], by=self.by, action_id=key)


class AtTicket(Act):
    """Something done to a whole ticket. Answers the bag it is about then."""

    permission_classes = [HANDS]
    gives, refusals = TicketRow, REFUSALS

    def act(self, said: dict[str, Any], **named: Any) -> Ticket:
        rows = Ticket.objects.for_user(self.by).with_stage().select_related("with_person").prefetch_related("holds__by")
        return rows.get(pk=self.do(get_object_or_404(rows, number=named["number"]), said).pk)

    @abstractmethod
    def do(self, ticket: Ticket, said: dict[str, Any]) -> Ticket:
        """The deed itself; the bag to answer with."""


class Hold(AtTicket):
    """Let it rest, with the reason."""

    takes = HoldIn

    def do(self, ticket: Ticket, said: dict[str, Any]) -> Ticket:
        actions.hold(ticket=ticket, by=self.by, **said)
        return ticket


class Resume(AtTicket):
    """A hold is over; with the last of them the ticket goes on."""

    takes = ResumeIn

    def do(self, ticket: Ticket, said: dict[str, Any]) -> Ticket:
        over = get_object_or_404(ticket.holds, pk=said["hold"]) if "hold" in said else None
        actions.resume(ticket=ticket, by=self.by, hold=over)
        return ticket


class HandOver(AtTicket):
    """Give a bag that is at the bench to somebody else of the craft."""

    takes = HandOverIn

    def do(self, ticket: Ticket, said: dict[str, Any]) -> Ticket:
        to = get_object_or_404(User.objects.filter(is_active=True), reference=said["to"])
        actions.hand_over(ticket=ticket, to=to, by=self.by, action_id=act_id(self.request))
        return ticket


class Split(AtTicket):
    """Put so many pieces into a new bag: their share of metal and stones goes with them. Answers the new bag."""

    permission_classes = [holding(*DIVIDERS)]
    takes, status = SplitIn, 201

    def do(self, ticket: Ticket, said: dict[str, Any]) -> Ticket:
        return actions.split(ticket=ticket, pieces=said["pieces"], by=self.by)


class Merge(AtTicket):
    """Put two bags together in the older one, which is answered."""

    permission_classes = [holding(*DIVIDERS)]
    takes = MergeIn

    def do(self, ticket: Ticket, said: dict[str, Any]) -> Ticket:
        other = get_object_or_404(Ticket.objects.of_work(ticket.reference), number=said["other"])
        return actions.merge(ticket=ticket, other=other, by=self.by)


AT_OPERATION = {"start": Start, "pause": Pause, "evidence": Leave, "finish": Finish, "problem": Problem}
AT_TICKET = {"hold": Hold, "resume": Resume, "hand-over": HandOver, "split": Split, "merge": Merge}
routes = [
    *(
        path(f"operations/<int:operation>/{a}/", v.as_view(), name=f"api_operation_{a}")
        for a, v in AT_OPERATION.items()
    ),
    *(path(f"tickets/<str:number>/{a}/", v.as_view(), name=f"api_ticket_{a}") for a, v in AT_TICKET.items()),
]
