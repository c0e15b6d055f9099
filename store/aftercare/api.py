"""An order for programs, by its secret: where it stands, its design answered, its payment page."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.once import OnceMixin
from foundation.api.parsers import Form
from foundation.api.permissions import Anyone
from foundation.api.problems import Refused
from foundation.flow import WrongTurn
from foundation.people.models import User
from store.aftercare.page import changed_lines, load, pictures
from store.orders import actions
from store.orders.changes_api import Change, ChangeOut, Withdraw
from store.orders.finding import OfOrder
from store.orders.models import Diary, Due, Order, OrderLine, ParcelNote, ShownDesign, WorkOrder
from store.orders.stop_api import Cancel
from store.orders.wording import STAGES


class LineOut(serializers.ModelSerializer[OrderLine]):
    class Meta:
        model = OrderLine
        fields = [
            "id", "piece_name", "style_code", "sku", "purpose", "alloy", "ring_inner_um", "stones", "engraving", "quantity", "picture",
            "net_minor", "tax_minor", "gross_minor", "metal_minor", "stones_minor", "making_minor", "promise_on",
            "called_off_at",
        ]  # fmt: skip


class DueOut(serializers.ModelSerializer[Due]):
    class Meta:
        model = Due
        fields = ["id", "kind", "amount_minor", "credited_minor", "state", "paid_at"]


class DiaryOut(serializers.ModelSerializer[Diary]):
    class Meta:
        model = Diary
        fields = ["at", "headline", "stage", "note", "photos", "facts"]


class DesignOut(serializers.ModelSerializer[ShownDesign]):
    class Meta:
        model = ShownDesign
        fields = ["work_order", "revision", "render", "note", "shown_at", "comment", "approved_by", "approved_at"]


class ParcelOut(serializers.ModelSerializer[ParcelNote]):
    class Meta:
        model = ParcelNote
        fields = ["number", "sealed_at", "released_at", "dispatched_at", "delivered_at", "carrier", "tracking_number", "tracking_url"]  # fmt: skip


class StepOut(serializers.Serializer[Any]):
    """One of the six steps; `reached_at` is empty until the piece comes there."""

    stage = serializers.CharField()
    reached_at = serializers.DateTimeField(allow_null=True)


class WorkOut(serializers.ModelSerializer[WorkOrder]):
    stage = serializers.CharField(source="progress.stage")
    promise_on = serializers.DateField(source="progress.promise_on")
    steps = serializers.SerializerMethodField()

    class Meta:
        model = WorkOrder
        fields = ["id", "number", "state", "stage", "promise_on", "steps"]

    @extend_schema_field(StepOut(many=True))
    def get_steps(self, work: WorkOrder) -> list[dict[str, Any]]:
        """The six steps, each with when the piece came there."""
        reached = {row.stage: row.at for row in work.stages.all()}
        return [dict(StepOut({"stage": code, "reached_at": reached.get(code)}).data) for code in STAGES]


class OrderOut(serializers.ModelSerializer[Order]):
    lines = LineOut(many=True)
    dues = DueOut(many=True)
    diary = DiaryOut(many=True)
    parcels = ParcelOut(many=True)
    changes = serializers.SerializerMethodField()
    designs = serializers.SerializerMethodField()
    works = serializers.SerializerMethodField()
    pictures = serializers.SerializerMethodField()

    class Meta:
        model = Order
        fields = [
            "number", "state", "money", "making", "delivery_state", "currency", "net_minor", "tax_minor", "gross_minor",
            "placed_at", "promise_on", "lines", "changes", "dues", "works", "designs", "diary", "parcels",
            "pictures",
        ]  # fmt: skip

    def get_pictures(self, order: Order) -> dict[str, str]:
        """Where every picture that is named here opens, by its reference."""
        works = [work for line in order.lines.all() for work in line.work_orders.all()]
        found = pictures(order, list(order.lines.all()), works)
        return {str(reference): picture.src for reference, picture in found.items()}

    @extend_schema_field(ChangeOut(many=True))
    def get_changes(self, order: Order) -> list[dict[str, Any]]:
        """What was changed in the making, with what was before."""
        return [dict(ChangeOut(row).data) for line in changed_lines(order) for row in line.changes.all()]

    @extend_schema_field(WorkOut(many=True))
    def get_works(self, order: Order) -> list[dict[str, Any]]:
        """The pieces that are made, and where each stands."""
        return [dict(WorkOut(work).data) for line in order.lines.all() for work in line.work_orders.all()]

    @extend_schema_field(DesignOut(many=True))
    def get_designs(self, order: Order) -> list[dict[str, Any]]:
        """The designs that were shown, and how they were answered."""
        works = (work for line in order.lines.all() for work in line.work_orders.all())
        return [dict(DesignOut(design).data) for work in works for design in work.designs.all()]


class ApproveIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)


class CommentIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=4000)


class PaymentOut(serializers.Serializer[Any]):
    payment_url = serializers.CharField()
    amount_minor = serializers.IntegerField()
    currency = serializers.CharField()


class SlipIn(serializers.Serializer[Any]):
    """A photo of the bank's slip, or its PDF."""

    slip = serializers.FileField()
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)


class SlipOut(serializers.Serializer[Any]):
    name = serializers.CharField(source="file.name")
    note = serializers.CharField()
    sent_at = serializers.DateTimeField()


class OneOrder(APIView):
    """Where an order stands."""

    permission_classes = [Anyone]

    @extend_schema(responses=OrderOut)
    def get(self, request: Request, token: str) -> Response:
        return Response(OrderOut(load(_find(token))).data)


class Pay(OnceMixin, APIView):
    """The payment page of a due that can be paid now."""

    permission_classes = [Anyone]

    @extend_schema(request=None, responses={201: PaymentOut})
    def post(self, request: Request, token: str, due: int) -> Response:
        order = _find(token)
        try:
            attempt = actions.ask_for_payment(
                order=order, due=get_object_or_404(order.dues, pk=due), now=timezone.now()
            )
        except actions.CannotPay as refusal:
            raise Refused(str(refusal), code="cannot_pay") from refusal
        url = request.build_absolute_uri(reverse("payments:go", args=[attempt.reference]))
        page = {"payment_url": url, "amount_minor": attempt.amount_minor, "currency": attempt.currency}
        return Response(page, status=201)


class SendSlip(OnceMixin, APIView):
    """Send the slip of a transfer: it lies with the order until staff have found the money."""

    permission_classes = [Anyone]
    parser_classes = [Form]

    @extend_schema(request=SlipIn, responses={201: SlipOut})
    def post(self, request: Request, token: str) -> Response:
        order, sent = _find(token), SlipIn(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        try:
            slip = actions.attach_slip(order=order, upload=said["slip"], now=timezone.now(), note=said["note"])
        except actions.SlipNotTaken as refusal:
            raise Refused(str(refusal), code="slip_not_taken") from refusal
        return Response(SlipOut(slip).data, status=201)


class Approve(OnceMixin, APIView):
    """Approve the newest design by name."""

    permission_classes = [Anyone]

    @extend_schema(request=ApproveIn, responses=DesignOut)
    def post(self, request: Request, token: str, work: int, revision: int) -> Response:
        order, said = _find(token), ApproveIn(data=request.data)
        said.is_valid(raise_exception=True)
        piece = get_object_or_404(WorkOrder, pk=work, line__order=order)
        try:
            design = actions.approve_design(
                order=order,
                work_order=piece,
                revision=revision,
                by_name=said.validated_data["name"],
                now=timezone.now(),
            )
        except (actions.CannotAnswer, WrongTurn) as refusal:
            raise Refused(str(refusal), code="cannot_answer") from refusal
        return Response(DesignOut(design).data)


class Comment(OnceMixin, APIView):
    """Say what should be different: another design follows."""

    permission_classes = [Anyone]

    @extend_schema(request=CommentIn, responses=DesignOut)
    def post(self, request: Request, token: str, work: int, revision: int) -> Response:
        order, said = _find(token), CommentIn(data=request.data)
        said.is_valid(raise_exception=True)
        piece = get_object_or_404(WorkOrder, pk=work, line__order=order)
        try:
            design = actions.comment_on_design(
                order=order, work_order=piece, revision=revision, text=said.validated_data["text"],
                by_name=order.name, now=timezone.now(),
            )  # fmt: skip
        except (actions.CannotAnswer, WrongTurn) as refusal:
            raise Refused(str(refusal), code="cannot_answer") from refusal
        return Response(DesignOut(design).data)


def _find(token: str) -> Order:
    try:
        order = actions.find_by_token(token)
    except actions.LinkReplaced as error:
        raise Refused("This link was replaced by a newer one.", code="link_replaced") from error
    if order is None:
        raise Http404
    return order


class ByLink(OfOrder):
    """Whoever has the order's secret link is its buyer."""

    permission_classes = [Anyone]

    def find(self, **named: Any) -> tuple[Order, User | None]:
        return _find(named["token"]), None


class BuyerChange(ByLink, Change):
    """See what a change of a piece in the making means; say yes."""


class BuyerWithdraw(ByLink, Withdraw):
    """Take a change back before it is paid."""


class BuyerCancel(ByLink, Cancel):
    """See what it means to call an order, or a line of it, off; say yes."""


routes = [
    path("orders/<str:token>/cancel/", BuyerCancel.as_view(), name="api_order_cancel"),
    path("orders/<str:token>/lines/<int:line>/change/", BuyerChange.as_view(), name="api_order_change"),
    path("orders/<str:token>/changes/<int:change>/withdraw/", BuyerWithdraw.as_view(), name="api_order_withdraw"),
    path("orders/<str:token>/", OneOrder.as_view(), name="api_order"),
    path("orders/<str:token>/dues/<int:due>/pay/", Pay.as_view(), name="api_order_pay"),
    path("orders/<str:token>/slips/", SendSlip.as_view(), name="api_order_slips"),
    path("orders/<str:token>/designs/<int:work>/<int:revision>/approve/", Approve.as_view(), name="api_order_approve"),
    path("orders/<str:token>/designs/<int:work>/<int:revision>/comment/", Comment.as_view(), name="api_order_comment"),
]
