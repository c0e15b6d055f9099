"""Inspections for programs: the latest verdicts, the catalogue of defects, and a piece measured and judged."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.acts import Act, person, read
from foundation.api.fields import Milligrams, Words
from foundation.api.once import act_id
from foundation.api.permissions import holding
from foundation.api.signing import Witnessed
from foundation.files.actions import NotTaken
from foundation.people.signing import CannotSign
from production.metal.allowances import LossNeedsWitness
from production.metal.ledger import MoreThanCharged, NotAWeight
from production.quality import actions
from production.quality.actions import Seen
from production.quality.defects import DEFECTS
from production.quality.models import AT_THE_LOUPE, Inspection
from production.routes.stages import Stage
from production.tickets.actions import NotEvidence, add_photo
from production.tickets.models import Ticket

LOUPE = holding(*AT_THE_LOUPE)
SEEN = ("gross_mg", "ring_inner_um", "stones_tight", "surface_clean", "engraving_read", "hallmark")
WIDEST_UM = 100_000
"""No ring or bangle here is wider inside than ten centimetres."""


class InspectionOut(serializers.ModelSerializer[Inspection]):
    ticket = serializers.CharField(source="operation.ticket.number", read_only=True)
    by = serializers.CharField(source="by.__str__", read_only=True)

    class Meta:
        model = Inspection
        fields = ["ticket", "operation", "verdict", *SEEN, "defect", "back_to", "words", "by", "at"]


class InspectionIn(Witnessed):
    """What was measured and seen, and the verdict. To send it back: the defect, and the stage where it is not the usual one."""

    verdict = serializers.ChoiceField(Inspection.Verdict.choices)
    gross_mg = Milligrams()
    ring_inner_um = serializers.IntegerField(min_value=1, max_value=WIDEST_UM, required=False, allow_null=True)
    stones_tight = serializers.BooleanField(default=False)
    surface_clean = serializers.BooleanField(default=False)
    engraving_read = Words(required=False, default="", allow_blank=True, max_length=200)
    hallmark = serializers.ChoiceField(Inspection.Hallmark.choices)
    defect = serializers.ChoiceField([row.code for row in DEFECTS], required=False, allow_blank=True)
    back_to = serializers.ChoiceField(Stage.choices, required=False, default="", allow_blank=True)
    words = Words(required=False, default="", allow_blank=True, max_length=1000)
    photo = serializers.FileField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A piece is sent back for something."""
        if attrs["verdict"] == Inspection.Verdict.REWORK and not attrs.get("defect"):
            raise serializers.ValidationError({"defect": "Choose what is wrong."})
        return attrs


class DefectOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    words = serializers.CharField()
    severity = serializers.CharField()
    back_to = serializers.CharField()


class InspectionsAsked(serializers.Serializer[Any]):
    ticket = Words(required=False, max_length=12)
    verdict = serializers.ChoiceField(Inspection.Verdict.choices, required=False)


class Inspections(generics.ListAPIView[Inspection]):
    """Verdicts, newest first."""

    permission_classes = [LOUPE]
    serializer_class = InspectionOut

    @extend_schema(parameters=[InspectionsAsked])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        asked = {} if getattr(self, "swagger_fake_view", False) else read(InspectionsAsked, self.request.query_params)
        rows = Inspection.objects.for_user(self.request.user).select_related("operation__ticket", "by")
        rows = rows.filter(operation__ticket__number=asked["ticket"]) if "ticket" in asked else rows
        return rows.filter(verdict=asked["verdict"]) if "verdict" in asked else rows


class Defects(APIView):
    """What can be wrong with a piece, and the stage it usually goes back to."""

    permission_classes = [LOUPE]

    @extend_schema(responses=DefectOut(many=True))
    def get(self, request: Request) -> Response:
        return Response(DefectOut(DEFECTS, many=True).data)


class Inspect(Act):
    """Pass a piece, or send it back with the reason. Refused for whoever made it."""

    permission_classes = [LOUPE]
    takes, gives, status = InspectionIn, InspectionOut, 201
    refusals = (
        actions.InspectsOwnWork, actions.DoesNotPass, actions.NotUnderInspection, NotEvidence, NotTaken, CannotSign,
        LossNeedsWitness, MoreThanCharged, NotAWeight,
    )  # fmt: skip

    def act(self, said: dict[str, Any], **named: Any) -> Inspection:
        ticket = get_object_or_404(Ticket.objects.for_user(person(self.request)), number=named["number"])
        operation, key = actions.take_to_the_loupe(ticket=ticket, by=self.by), act_id(self.request)
        looked: dict[str, Any] = {name: said.get(name) for name in SEEN}
        seen = Seen(**looked)
        if "photo" in said:
            add_photo(
                operation=operation, upload=said["photo"], by=self.by, action_id=f"{key}:photo", for_customer=False
            )
        if said["verdict"] == Inspection.Verdict.PASS:
            signer = InspectionIn.signer(said, self.request)
            return actions.pass_piece(operation=operation, seen=seen, by=self.by, action_id=key, witness=signer)
        return actions.send_piece_back(
            operation=operation, seen=seen, defect=said["defect"], words=said["words"], by=self.by,
            back_to=said["back_to"],
        )  # fmt: skip


routes = [
    path("inspections/", Inspections.as_view(), name="api_inspections"),
    path("inspections/defects/", Defects.as_view(), name="api_defects"),
    path("tickets/<str:number>/inspections/", Inspect.as_view(), name="api_ticket_inspections"),
]
