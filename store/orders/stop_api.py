"""Calling off through the API: asked about by GET, agreed to by POST with what was shown."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.acts import person
from foundation.api.fields import Words
from foundation.api.once import OnceMixin
from foundation.api.permissions import holding
from foundation.api.problems import refusing
from foundation.flow import WrongTurn
from foundation.people.roles import Role
from store.orders import actions
from store.orders.finding import ByTheOffice, OfOrder
from store.orders.models import Credit, LeftPiece, Order, OrderLine
from store.orders.stopping import look

REFUSALS = (actions.CannotCallOff, WrongTurn)


class StopAsk(serializers.Serializer[Any]):
    """Which lines, by id; none named is the whole order. `waive`: the house keeps nothing (office only)."""

    lines = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False, max_length=100)
    waive = serializers.BooleanField(required=False, default=False)

    def lines_of(self, order: Order) -> list[OrderLine] | None:
        """The rows that were named."""
        named = self.validated_data.get("lines")
        return [get_object_or_404(order.lines, pk=pk) for pk in named] if named else None


class StopYes(StopAsk):
    """The same, with `agreed` as the offer gave it, and why."""

    agreed = Words(max_length=300)
    reason = Words(max_length=200, required=False, default="", allow_blank=True)


class LineOffOut(serializers.Serializer[Any]):
    """A line: how far it is, why that much is kept, what becomes of the piece."""

    line = serializers.IntegerField(source="line.pk")
    far = serializers.CharField()
    why = serializers.CharField()
    piece = serializers.CharField()
    paid_minor = serializers.IntegerField()
    kept_minor = serializers.IntegerField()
    back_minor = serializers.IntegerField()
    unpaid_minor = serializers.IntegerField()


class StopOfferOut(serializers.Serializer[Any]):
    """What it means, before anybody says yes. `agreed` goes back with the yes."""

    lines = LineOffOut(many=True)
    is_whole = serializers.BooleanField()
    delivery_minor = serializers.IntegerField()
    kept_minor = serializers.IntegerField()
    back_minor = serializers.IntegerField()
    unpaid_minor = serializers.IntegerField()
    agreed = serializers.CharField()


class StoppedOut(serializers.ModelSerializer[Order]):
    """Where the order stands then."""

    class Meta:
        model = Order
        fields = ["number", "state", "money", "making", "delivery_state"]


class CreditOut(serializers.ModelSerializer[Credit]):
    """What was taken back."""

    class Meta:
        model = Credit
        fields = ["reference", "cause", "reason", "words", "kept_minor", "at"]


class Cancel(OfOrder):
    """An order, or some of its lines, called off."""

    @extend_schema(parameters=[StopAsk], responses=StopOfferOut)
    def get(self, request: Request, **named: Any) -> Response:
        order, by = self.find(**named)
        ask = StopAsk(
            data={
                "lines": request.query_params.getlist("lines"),
                "waive": request.query_params.get("waive", "") == "true",
            }
        )
        ask.is_valid(raise_exception=True)
        with refusing(*REFUSALS):
            offer = look(order, ask.lines_of(order), waive=ask.validated_data["waive"] and by is not None)
        return Response(StopOfferOut(offer).data)

    @extend_schema(request=StopYes, responses=StoppedOut)
    def post(self, request: Request, **named: Any) -> Response:
        order, by = self.find(**named)
        yes = StopYes(data=request.data)
        yes.is_valid(raise_exception=True)
        said = yes.validated_data
        with refusing(*REFUSALS):
            stopped = actions.cancel_order(
                order=order, by=by, reason=said["reason"] or _("You called it off."), lines=yes.lines_of(order),
                agreed=said["agreed"], waive=said["waive"] and by is not None,
            )  # fmt: skip
        return Response(StoppedOut(stopped).data)


class OfficeCancel(ByTheOffice, Cancel):
    """Call off in the buyer's name."""


class LeftOut(serializers.ModelSerializer[LeftPiece]):
    """A piece that nobody waits for."""

    piece_name = serializers.CharField(source="line.piece_name")
    order = serializers.CharField(source="line.order.number")
    site = serializers.CharField(source="site.code")

    class Meta:
        model = LeftPiece
        fields = ["id", "order", "piece_name", "quantity", "site", "why", "state", "sku", "since"]


class ShelveIn(serializers.Serializer[Any]):
    price_minor = serializers.IntegerField(min_value=1, required=False, default=0)


class MeltIn(serializers.Serializer[Any]):
    weighed_mg = serializers.IntegerField(min_value=1, required=False, default=None, allow_null=True)


class Left(generics.ListAPIView[LeftPiece]):
    """Pieces that nobody waits for, the newest first."""

    permission_classes = [holding(Role.SALES, Role.PRODUCTION_MANAGER)]
    serializer_class = LeftOut

    def get_queryset(self) -> Any:
        return LeftPiece.objects.for_user(self.request.user).select_related("line__order", "site")


class Shelve(OnceMixin, APIView):
    """Lay a piece in the tray."""

    permission_classes = [holding(Role.SALES, Role.PRODUCTION_MANAGER)]

    @extend_schema(request=ShelveIn, responses=LeftOut)
    def post(self, request: Request, pk: int) -> Response:
        said = ShelveIn(data=request.data)
        said.is_valid(raise_exception=True)
        row = get_object_or_404(LeftPiece.objects.for_user(request.user), pk=pk)
        with refusing(actions.CannotDecide, WrongTurn):
            return Response(LeftOut(actions.shelve(left=row, by=person(request), **said.validated_data)).data)


class Melt(OnceMixin, APIView):
    """Give a piece to the pot."""

    permission_classes = [holding(Role.SALES, Role.PRODUCTION_MANAGER)]

    @extend_schema(request=MeltIn, responses=LeftOut)
    def post(self, request: Request, pk: int) -> Response:
        said = MeltIn(data=request.data)
        said.is_valid(raise_exception=True)
        row = get_object_or_404(LeftPiece.objects.for_user(request.user), pk=pk)
        with refusing(actions.CannotDecide, WrongTurn):
            return Response(LeftOut(actions.melt(left=row, by=person(request), **said.validated_data)).data)


routes = [
    path("office/orders/<str:number>/cancel/", OfficeCancel.as_view(), name="api_office_cancel"),
    path("office/left/", Left.as_view(), name="api_left"),
    path("office/left/<int:pk>/shelve/", Shelve.as_view(), name="api_left_shelve"),
    path("office/left/<int:pk>/melt/", Melt.as_view(), name="api_left_melt"),
]
