"""Stones that broke or can't be found: reported at the bench, signed for by a second person."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from foundation.api.acts import Act
from foundation.api.fields import Words
from foundation.api.once import act_id
from foundation.api.permissions import holding
from production.stones.actions import StonesNotConserved
from production.stones.flow import AT_THE_BENCH
from production.stones.losses import NeedsAnother
from production.stones.models import Allotment, Loss
from production.tickets import actions
from production.tickets.api.shapes import EvidenceOut
from production.tickets.models import Operation, Ticket

BENCH = holding(*AT_THE_BENCH)
REFUSALS = (StonesNotConserved, NeedsAnother, actions.NotEvidence)


class GoneIn(serializers.Serializer[Any]):
    """How many stones of an allotment, and what happened."""

    allotment = serializers.IntegerField(min_value=1)
    pcs = serializers.IntegerField(min_value=1, max_value=10_000, default=1)
    note = Words(max_length=300)


class LossOut(serializers.ModelSerializer[Loss]):
    """A loss waits until somebody else signs for it, or the stone is found."""

    class Meta:
        model = Loss
        fields = ["id", "allotment", "pcs", "note", "reported_at", "signed_at", "found_at"]


class Gone(Act):
    """Something happened to stones at the ticket's current operation."""

    permission_classes = [BENCH]
    takes, status, refusals = GoneIn, 201, REFUSALS
    do: ClassVar[Callable[..., Any]]

    def act(self, said: dict[str, Any], **named: Any) -> Any:
        ticket = get_object_or_404(Ticket.objects.for_user(self.by), number=named["number"])
        operation: Operation | None = ticket.current
        if operation is None:
            raise actions.NotEvidence(_("This ticket is closed."))
        row = get_object_or_404(Allotment.objects.of_ticket(ticket.number), pk=said["allotment"])
        return type(self).do(
            operation=operation, allotment=row, pcs=said["pcs"], note=said["note"], by=self.by,
            action_id=act_id(self.request),
        )  # fmt: skip


class Break(Gone):
    """Write broken stones off; the ticket is owed others."""

    gives = EvidenceOut
    do = actions.report_broken


class Lose(Gone):
    """Report stones lost; the ticket rests."""

    gives = LossOut
    do = actions.report_lost


class End(Act):
    """The end of a loss."""

    permission_classes = [BENCH]
    gives, refusals = LossOut, REFUSALS
    do: ClassVar[Callable[..., Loss]]

    def act(self, said: dict[str, Any], **named: Any) -> Loss:
        rows = Loss.objects.select_related("allotment")
        loss = get_object_or_404(rows, pk=named["loss"], allotment__ticket=named["number"])
        return type(self).do(loss=loss, by=self.by, now=timezone.now())


class Sign(End):
    """The second name under a loss: the stones are written off."""

    do = actions.sign_lost


class Find(End):
    """It turned up: nothing is written off, the ticket goes on."""

    do = actions.found_again


routes = [
    path("tickets/<str:number>/stones/break/", Break.as_view(), name="api_ticket_stones_break"),
    path("tickets/<str:number>/stones/lose/", Lose.as_view(), name="api_ticket_stones_lose"),
    path("tickets/<str:number>/losses/<int:loss>/sign/", Sign.as_view(), name="api_loss_sign"),
    path("tickets/<str:number>/losses/<int:loss>/find/", Find.as_view(), name="api_loss_find"),
]
