"""Stones for programs: what lies in stock, and what a ticket's stones go through at the bench."""

from abc import abstractmethod
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.api.acts import Act, read
from foundation.api.fields import Words
from foundation.api.permissions import holding
from foundation.people.roles import Role
from production.stones import actions
from production.stones.flow import AT_THE_BENCH
from production.stones.models import Allotment, Stone, StoneParcel

BENCH = holding(*AT_THE_BENCH)
READERS = holding(*AT_THE_BENCH, Role.SALES)
HEAVIEST_MCT = 10_000_000


class LooseStoneOut(serializers.ModelSerializer[Stone]):
    site: Any = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Stone
        fields = [
            "number", "site", "species", "cut", "length_um", "width_um", "mct", "lab", "certificate", "colour", "clarity",
            "treatment", "origin", "country", "received_on",
        ]  # fmt: skip


class StoneParcelOut(serializers.ModelSerializer[StoneParcel]):
    """Loose stones of one kind: `pcs` and `mct` are what is free."""

    site: Any = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = StoneParcel
        fields = [
            "number", "site", "species", "cut", "length_um", "width_um", "origin", "treatment", "supplier", "received_on",
            "received_pcs", "received_mct", "pcs", "mct",
        ]  # fmt: skip


class HeldOut(serializers.ModelSerializer[Allotment]):
    stone = serializers.CharField(source="stone.number", default="", read_only=True)
    parcel = serializers.CharField(source="parcel.number", default="", read_only=True)

    class Meta:
        model = Allotment
        fields = ["id", "ticket", "state", "stone", "parcel", "pcs", "mct"]


class StonesAsked(serializers.Serializer[Any]):
    species = Words(required=False, max_length=32)
    cut = Words(required=False, max_length=24)


class WeighedOut(serializers.Serializer[Any]):
    """What the stones of one allotment weighed as they were counted out, in milli-carats."""

    allotment = serializers.IntegerField(min_value=1)
    mct = serializers.IntegerField(min_value=1, max_value=HEAVIEST_MCT)


class IssueIn(serializers.Serializer[Any]):
    weighed = WeighedOut(many=True, required=False, default=list)


class InStock(generics.ListAPIView[Any]):
    permission_classes = [READERS]

    @extend_schema(parameters=[StonesAsked])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def filter_queryset(self, queryset: Any) -> Any:
        return queryset.filter(**read(StonesAsked, self.request.query_params))


class Stones(InStock):
    """Single stones that are free, newest first."""

    serializer_class = LooseStoneOut
    queryset = Stone.objects.exclude(
        pk__in=Allotment.objects.exclude(state="returned").exclude(stone=None).values("stone")
    ).select_related("site")


class StoneParcels(InStock):
    """Parcels that hold stones, newest first."""

    serializer_class = StoneParcelOut
    queryset = StoneParcel.objects.filter(pcs__gt=0).select_related("site")


class HeldSchema(serializers.ListSerializer[Any]):
    child = HeldOut()


class OfTicket(Act):
    """Something done to a ticket's stones. Answers all it has."""

    permission_classes = [BENCH]
    gives = HeldSchema
    refusals = (actions.NothingToIssue, actions.StonesNotConserved)

    def act(self, said: dict[str, Any], **named: Any) -> Any:
        self.do(named["number"], said)
        return Allotment.objects.of_ticket(named["number"]).live()

    @abstractmethod
    def do(self, ticket: str, said: dict[str, Any]) -> None:
        """The deed itself."""


class Reserve(OfTicket):
    """Keep stones for whatever the ticket still misses."""

    def do(self, ticket: str, said: dict[str, Any]) -> None:
        actions.reserve_for_ticket(ticket=ticket, by=self.by)


class Issue(OfTicket):
    """Hand what is kept to the bench, weighed as it is counted out."""

    takes = IssueIn

    def do(self, ticket: str, said: dict[str, Any]) -> None:
        weighed = {row["allotment"]: row["mct"] for row in said["weighed"]}
        actions.issue_stones(ticket=ticket, by=self.by, weighed_mct=weighed)


ACTS = {"reserve": Reserve, "issue": Issue}
routes = [
    path("stones/", Stones.as_view(), name="api_stones"),
    path("stone-parcels/", StoneParcels.as_view(), name="api_stone_parcels"),
    *(
        path(f"tickets/<str:number>/stones/{act}/", view.as_view(), name=f"api_ticket_stones_{act}")
        for act, view in ACTS.items()
    ),
]
