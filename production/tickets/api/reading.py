"""Reading tickets."""

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.acts import person, read
from foundation.api.fields import Words
from foundation.api.permissions import holding
from foundation.people.roles import WORKSHOP, Role
from production.metal import books
from production.metal.questions import balance, gross
from production.routes.stages import Stage
from production.stones.models import Allotment, Wanted
from production.tickets.api.allowed import allowed
from production.tickets.api.shapes import TicketOut, TicketRow
from production.tickets.flow import OperationState, TicketState
from production.tickets.models import HoldCause, OperationStep, Ticket
from production.tickets.models.operations import CLOSED
from production.tickets.questions import crafts_people

READERS = holding(*WORKSHOP, Role.SALES)
ME, NOBODY = "me", "nobody"


class TicketsAsked(serializers.Serializer[Any]):
    """What may be asked of the list. `assigned` is me, nobody, or a person's reference; `search` a number or a code; `cause` why it is on hold."""

    stage = serializers.ChoiceField(Stage.choices, required=False)
    state = serializers.ChoiceField(TicketState.choices, required=False)
    assigned = serializers.RegexField(r"^(me|nobody|[0-9a-f-]{36})$", required=False)
    cause = serializers.ChoiceField(HoldCause.choices, required=False)
    late = serializers.BooleanField(required=False, allow_null=True, default=None)
    search = Words(required=False, max_length=40)


class Tickets(generics.ListAPIView[Ticket]):
    """Tickets, newest first."""

    permission_classes = [READERS]
    serializer_class = TicketRow

    @extend_schema(parameters=[TicketsAsked])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Ticket.objects.none()
        asked, user = read(TicketsAsked, self.request.query_params), person(self.request)
        rows = Ticket.objects.for_user(user).with_stage().select_related("with_person").prefetch_related("holds")
        rows = rows.held(cause=asked["cause"]) if "cause" in asked else rows
        rows = rows.matching(asked["search"]) if "search" in asked else rows
        rows = rows.late(now=timezone.now()) if asked["late"] else rows
        named = {name: asked[name] for name in ("stage", "state") if name in asked}
        return rows.filter(_assigned(asked.get("assigned", ""), user), **named)


def _assigned(asked: str, user: Any) -> Q:
    if not asked:
        return Q()
    named = {ME: Q(with_person=user), NOBODY: Q(with_person=None)}
    return named[asked] if asked in named else Q(with_person__reference=asked)


class OneTicket(APIView):
    """One ticket: its operations and what they left behind, its metal, its stones, and what may be done next."""

    permission_classes = [READERS]

    @extend_schema(responses=TicketOut)
    def get(self, request: Request, number: str) -> Response:
        user = person(request)
        rows = Ticket.objects.for_user(user).with_stage().select_related("with_person")
        rows = rows.prefetch_related(
            "operations__done_by",
            "operations__evidence__by",
            "operations__evidence__file",
            "holds__by",
            "holds__ended_by",
        )
        ticket = get_object_or_404(rows, number=number)
        return Response(TicketOut(whole(ticket, user)).data)


def whole(ticket: Ticket, user: Any) -> Any:
    """The ticket with everything that is told of it."""
    current = next((o for o in ticket.operations.all() if o.state not in CLOSED), None)
    told: Any = ticket
    told.wanted = Wanted.objects.filter(ticket=ticket.number)
    told.stones_held = Allotment.objects.of_ticket(ticket.number)
    told.metal = {"gross_mg": gross(books.ticket(ticket.number)), "fine_dug": balance(books.ticket(ticket.number))}
    told.allowed = allowed(ticket, current, user)
    running = current is not None and current.state == OperationState.RUNNING
    told.may_take = crafts_people(current) if current and running else []
    told.events = _events(ticket)
    return told


def _events(ticket: Ticket) -> list[dict[str, Any]]:
    """Every move, oldest first."""
    of_ticket = [_event(step, None) for step in ticket.steps.select_related("by")]
    steps = OperationStep.objects.filter(owner__ticket=ticket).select_related("by")
    return sorted([*of_ticket, *(_event(step, step.owner_id) for step in steps)], key=lambda event: event["at"])


def _event(step: Any, operation: int | None) -> dict[str, Any]:
    by = str(step.by) if step.by else ""
    return {"at": step.at, "operation": operation, "old": step.old, "new": step.new, "by": by, "note": step.note}


routes = [
    path("tickets/", Tickets.as_view(), name="api_tickets"),
    path("tickets/<str:number>/", OneTicket.as_view(), name="api_ticket"),
]
