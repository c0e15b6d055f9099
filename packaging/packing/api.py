"""Parcels for programs: list them, scan into them, seal them, hand them over."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.acts import person
from foundation.api.once import OnceMixin
from foundation.api.permissions import holding
from foundation.api.problems import Refused
from foundation.files.links import url
from foundation.people.roles import Role
from packing import actions
from packing.models import Content, Paper, Parcel

Here = holding(Role.PACKER, Role.PRODUCTION_MANAGER, Role.SALES)
Packer = holding(Role.PACKER)


class StationContent(serializers.ModelSerializer[Content]):
    class Meta:
        model = Content
        fields = [
            "reference",
            "serial",
            "sku",
            "name",
            "quantity",
            "alloy",
            "fineness",
            "hallmark_status",
            "scanned_at",
        ]


class PaperOut(serializers.ModelSerializer[Paper]):
    """A label or a care card, as PDF."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Paper
        fields = ["kind", "url"]

    def get_url(self, paper: Paper) -> str:
        """Where it is handed out for twelve hours."""
        return url(paper.file)


class ParcelRow(serializers.ModelSerializer[Parcel]):
    """A parcel in a list."""

    contents = StationContent(many=True, read_only=True)

    class Meta:
        model = Parcel
        fields = [
            "number", "reference", "state", "order_number", "recipient", "address_lines", "country", "delivery", "made_at",
            "released_at", "sealed_at", "carrier", "tracking_number", "tracking_url", "contents",
        ]  # fmt: skip


class StationParcel(ParcelRow):
    """A whole parcel, with its papers once they are made, and what may be done next."""

    papers = PaperOut(many=True, read_only=True)
    allowed = serializers.SerializerMethodField()

    class Meta(ParcelRow.Meta):
        fields = [*ParcelRow.Meta.fields, "papers", "allowed"]

    def get_allowed(self, parcel: Parcel) -> list[dict[str, str]]:
        """The moves that the asker could make, and why not."""
        return [vars(choice) for choice in parcel.choices_for(self.context["request"].user)]


class ScanIn(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=80)


class DispatchIn(serializers.Serializer[Any]):
    """With a tracking number; to our own counter, with the name of whoever takes it there."""

    tracking_number = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    taken_by = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)


class Parcels(generics.ListAPIView[Parcel]):
    """Parcels, newest first."""

    permission_classes = [Here]
    serializer_class = ParcelRow

    def get_queryset(self) -> Any:
        return Parcel.objects.for_user(person(self.request)).prefetch_related("contents")


class OneParcel(generics.RetrieveAPIView[Parcel]):
    """One parcel."""

    permission_classes = [Here]
    serializer_class = StationParcel
    lookup_field = "number"

    def get_queryset(self) -> Any:
        return Parcel.objects.for_user(person(self.request))


class Act(OnceMixin, APIView):
    """One thing done to one parcel: start, scan, supplies, seal, dispatch, deliver."""

    takes: dict[str, type[serializers.Serializer[Any]]] = {"scan": ScanIn, "dispatch": DispatchIn}

    @extend_schema(request=None, responses=StationParcel)
    def post(self, request: Request, number: str, act: str) -> Response:
        parcel = get_object_or_404(Parcel.objects.for_user(person(request)), number=number)
        said = self._said(request, act)
        try:
            ACTS[act](parcel, request.user, said)
        except (actions.WrongPiece, actions.NotPacking, actions.NoTracking) as refusal:
            raise Refused(str(refusal)) from refusal
        return Response(StationParcel(parcel, context={"request": request}).data)

    def _said(self, request: Request, act: str) -> dict[str, Any]:
        if act not in self.takes:
            return {}
        form = self.takes[act](data=request.data)
        form.is_valid(raise_exception=True)
        return form.validated_data


def _take_all(parcel: Parcel, user: Any, said: dict[str, Any]) -> None:
    for taken in parcel.supplies.select_related("parcel"):
        actions.take_supply(taken=taken, by=user)


ACTS: dict[str, Any] = {
    "start": lambda parcel, user, said: actions.start_packing(parcel=parcel, by=user),
    "scan": lambda parcel, user, said: actions.scan(parcel=parcel, code=said["code"], by=user),
    "supplies": _take_all,
    "seal": lambda parcel, user, said: actions.seal_parcel(parcel=parcel, by=user, now=timezone.now()),
    "dispatch": lambda parcel, user, said: actions.dispatch_parcel(parcel=parcel, by=user, **said),
    "deliver": lambda parcel, user, said: actions.note_arrival(parcel=parcel, by=user),
}

WITH_HANDS = ("scan", "supplies")
"""What lies in the packer's hands: the rest are moves, and the flow says whose."""

routes = [
    path("parcels/", Parcels.as_view(), name="parcels"),
    path("parcels/<str:number>/", OneParcel.as_view(), name="parcel"),
    *(
        path(f"parcels/<str:number>/{act}/", Act.as_view(permission_classes=[who]), {"act": act}, name=f"parcel_{act}")
        for act in ACTS
        for who in [Packer if act in WITH_HANDS else Here]
    ),
]
