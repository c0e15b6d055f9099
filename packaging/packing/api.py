"""Parcels for programs: list them, scan into them, seal them, hand them over."""

from abc import abstractmethod
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.api.acts import Act, person, read
from foundation.api.fields import Words
from foundation.api.permissions import holding
from foundation.files.links import url
from foundation.people.roles import Role
from packing import actions
from packing.flow import ParcelState
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


class AllowedHere(serializers.Serializer[Any]):
    """Something that could be done next: where to post it, and, when it is not allowed, why."""

    act = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # as in the tickets' list
    url = serializers.CharField()
    allowed = serializers.BooleanField()
    reason = serializers.CharField()


ACT_TO = {
    ParcelState.PACKING: "start", ParcelState.SEALED: "seal", ParcelState.DISPATCHED: "dispatch",
    ParcelState.DELIVERED: "deliver",
}  # fmt: skip


def _act_of(parcel: Parcel, to: ParcelState) -> str:
    """The act that makes this move. What is sealed is not started again, but opened."""
    opened = parcel.state == ParcelState.SEALED and to == ParcelState.PACKING
    return "reopen" if opened else ACT_TO[to]


def _shown(parcel: Parcel, act: str, label: str, hindrance: str) -> dict[str, Any]:
    url = reverse(f"parcel_{act}", args=[parcel.number])
    return {"act": act, "label": label, "url": url, "allowed": not hindrance, "reason": hindrance}


class StationParcel(ParcelRow):
    """A whole parcel, with its papers once they are made, and what may be done next."""

    papers = PaperOut(many=True, read_only=True)
    allowed = serializers.SerializerMethodField()

    class Meta(ParcelRow.Meta):
        fields = [*ParcelRow.Meta.fields, "papers", "allowed"]

    @extend_schema_field(AllowedHere(many=True))
    def get_allowed(self, parcel: Parcel) -> list[dict[str, Any]]:
        """What the asker could do next: the act, where to post it, and, where it is refused, why."""
        user = self.context["request"].user
        choices = parcel.choices_for(user)
        moves = [_shown(parcel, _act_of(parcel, ParcelState(c.to)), c.label, c.hindrance) for c in choices]
        if parcel.state != ParcelState.PACKING or not user.has_role(Role.PACKER):
            return moves
        return [
            _shown(parcel, "scan", _("Scan or type the piece’s number"), ""),
            _shown(parcel, "supplies", _("Packed"), ""),
            *moves,
        ]


class ScanIn(serializers.Serializer[Any]):
    code = Words(max_length=80)


class ReopenIn(serializers.Serializer[Any]):
    reason = Words(max_length=200)


class DispatchIn(serializers.Serializer[Any]):
    """With a tracking number; to our own counter, with the name of whoever takes it there."""

    tracking_number = Words(max_length=60, required=False, default="", allow_blank=True)
    taken_by = Words(max_length=40, required=False, default="", allow_blank=True)


class ParcelsAsked(serializers.Serializer[Any]):
    """What may be asked of the list: a state, an order by its number."""

    state = serializers.ChoiceField(ParcelState.choices, required=False)
    order = Words(required=False, max_length=24)


class Parcels(generics.ListAPIView[Parcel]):
    """Parcels, newest first; filter by state, and by the order's number."""

    permission_classes = [Here]
    serializer_class = ParcelRow

    def get_queryset(self) -> Any:
        asked = read(ParcelsAsked, self.request.query_params)
        rows = Parcel.objects.for_user(person(self.request)).prefetch_related("contents")
        rows = rows.filter(state=asked["state"]) if "state" in asked else rows
        return rows.filter(order_number__iexact=asked["order"]) if "order" in asked else rows

    @extend_schema(parameters=[ParcelsAsked])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class OneParcel(generics.RetrieveAPIView[Parcel]):
    """One parcel."""

    permission_classes = [Here]
    serializer_class = StationParcel
    lookup_field = "number"

    def get_queryset(self) -> Any:
        return Parcel.objects.for_user(person(self.request))


class ParcelAct(Act):
    """One thing done to one parcel, which is answered as it is then."""

    permission_classes = [Here]
    gives = StationParcel
    refusals = (actions.WrongPiece, actions.NotPacking, actions.NoTracking)

    def act(self, said: dict[str, Any], **named: Any) -> Parcel:
        parcel = get_object_or_404(Parcel.objects.for_user(self.by), number=named["number"])
        self.do(parcel, said)
        return parcel

    @abstractmethod
    def do(self, parcel: Parcel, said: dict[str, Any]) -> None:
        """The thing itself."""


class Start(ParcelAct):
    """Take it to the station; its label and care card are made meanwhile."""

    def do(self, parcel: Parcel, said: dict[str, Any]) -> None:
        actions.start_packing(parcel=parcel, by=self.by)


class ScanPiece(ParcelAct):
    """Put in the piece with this code: the ticket's number of what was made, the stock number of what lay in the tray."""

    permission_classes = [Packer]
    takes = ScanIn

    def do(self, parcel: Parcel, said: dict[str, Any]) -> None:
        actions.scan(parcel=parcel, code=said["code"], by=self.by)


class Supplies(ParcelAct):
    """Box, pouch and cards are in it, all that its pack spec asks for."""

    permission_classes = [Packer]

    def do(self, parcel: Parcel, said: dict[str, Any]) -> None:
        for taken in parcel.supplies.select_related("parcel"):
            actions.take_supply(taken=taken, by=self.by)


class Seal(ParcelAct):
    """Close it. Refused while something is not scanned, not packed, or its papers are not there."""

    def do(self, parcel: Parcel, said: dict[str, Any]) -> None:
        actions.seal_parcel(parcel=parcel, by=self.by, now=timezone.now())


class Reopen(ParcelAct):
    """Open a sealed parcel again, with the reason."""

    takes = ReopenIn

    def do(self, parcel: Parcel, said: dict[str, Any]) -> None:
        actions.reopen_parcel(parcel=parcel, reason=said["reason"], by=self.by)


class Dispatch(ParcelAct):
    """Hand it to its carrier. Refused until it is sealed and what is owed for it is paid."""

    takes = DispatchIn

    def do(self, parcel: Parcel, said: dict[str, Any]) -> None:
        actions.dispatch_parcel(parcel=parcel, by=self.by, **said)


class Deliver(ParcelAct):
    """It has arrived."""

    def do(self, parcel: Parcel, said: dict[str, Any]) -> None:
        actions.note_arrival(parcel=parcel, by=self.by)


ACTS: dict[str, type[ParcelAct]] = {
    "start": Start, "scan": ScanPiece, "supplies": Supplies, "seal": Seal, "reopen": Reopen, "dispatch": Dispatch,
    "deliver": Deliver,
}  # fmt: skip

routes = [
    path("parcels/", Parcels.as_view(), name="parcels"),
    path("parcels/<str:number>/", OneParcel.as_view(), name="parcel"),
    *(path(f"parcels/<str:number>/{act}/", view.as_view(), name=f"parcel_{act}") for act, view in ACTS.items()),
]
