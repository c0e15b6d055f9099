"""Returns through the API: a buyer's by the order's secret, the office's by number; money given back as a courtesy."""

from typing import Any

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
from foundation.api.once import OnceMixin
from foundation.api.permissions import Anyone, holding
from foundation.api.problems import Refused, refusing
from foundation.flow import WrongTurn
from foundation.house.models import Site
from foundation.people.roles import OFFICE, Role
from store.orders.actions import LinkReplaced, find_by_token
from store.orders.models import Order
from store.returns import actions
from store.returns.flow import ReturnState
from store.returns.models import Becomes, Cause, Condition, Return, ReturnLine
from store.returns.rights import chances

DESK = (Role.SALES, Role.PRODUCTION_MANAGER)
REFUSALS = (actions.CannotReturn, actions.CannotDecide, WrongTurn)


class ReturnLineOut(serializers.ModelSerializer[ReturnLine]):
    class Meta:
        model = ReturnLine
        fields = ["id", "line", "quantity", "condition", "becomes", "refund_minor", "deduction_minor", "why"]


class ReturnOut(serializers.ModelSerializer[Return]):
    """A return, and where it stands."""

    order = serializers.CharField(source="order.number", read_only=True)
    lines = ReturnLineOut(many=True, read_only=True)

    class Meta:
        model = Return
        fields = ["number", "order", "state", "cause", "words", "is_withdrawal", "asked_at", "arrived_at", "decided_at", "answer", "lines"]  # fmt: skip


class ChanceOut(serializers.Serializer[Any]):
    """A line that arrived: how many of it may come back, until when, or why not."""

    line = serializers.IntegerField(source="line.pk")
    piece_name = serializers.CharField(source="line.piece_name")
    left = serializers.IntegerField()
    until = serializers.DateField(allow_null=True)
    why_not = serializers.CharField()


class MineOut(serializers.Serializer[Any]):
    """What may come back, and what does."""

    may = ChanceOut(many=True)
    returns = ReturnOut(many=True)


class WishIn(serializers.Serializer[Any]):
    line = serializers.IntegerField(min_value=1)
    quantity = serializers.IntegerField(min_value=1, default=1)


class AskIn(serializers.Serializer[Any]):
    """What comes back, and why."""

    lines = WishIn(many=True, allow_empty=False)
    cause = serializers.ChoiceField(Cause.choices)
    words = Words(max_length=500, required=False, default="", allow_blank=True)

    def wishes_of(self, order: Order) -> list[actions.Wish]:
        """The rows that were named."""
        rows = [
            (get_object_or_404(order.lines, pk=one["line"]), one["quantity"]) for one in self.validated_data["lines"]
        ]
        return [actions.Wish(line, quantity) for line, quantity in rows]


class Mine(OnceMixin, APIView):
    """A buyer's returns of one order: what may come back, and asking for it."""

    permission_classes = [Anyone]

    @extend_schema(responses=MineOut)
    def get(self, request: Request, token: str) -> Response:
        order = _of_token(token)
        rows = Return.objects.filter(order=order).select_related("order").prefetch_related("lines")
        return Response(MineOut({"may": chances(order, now=timezone.now()), "returns": rows}).data)

    @extend_schema(request=AskIn, responses={201: ReturnOut})
    def post(self, request: Request, token: str) -> Response:
        order, sent = _of_token(token), AskIn(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        with refusing(*REFUSALS):
            made = actions.ask_back(
                order=order,
                wishes=sent.wishes_of(order),
                cause=said["cause"],
                words=said["words"],
                now=timezone.now(),
                by=None,
            )
        return Response(ReturnOut(made).data, status=201)


class ReturnsAsked(serializers.Serializer[Any]):
    state = serializers.ChoiceField(ReturnState.choices, required=False)


class Returns(generics.ListAPIView[Return]):
    """All returns, the newest first; filter by state."""

    permission_classes = [holding(*OFFICE, Role.PACKER)]
    serializer_class = ReturnOut

    @extend_schema(parameters=[ReturnsAsked])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        asked = {} if getattr(self, "swagger_fake_view", False) else read(ReturnsAsked, self.request.query_params)
        rows = Return.objects.for_user(self.request.user).filter(**asked)
        return rows.select_related("order").prefetch_related("lines")


class OneReturn(APIView):
    """One of them."""

    permission_classes = [holding(*OFFICE, Role.PACKER)]

    @extend_schema(responses=ReturnOut)
    def get(self, request: Request, number: str) -> Response:
        return Response(ReturnOut(_found(number, request)).data)


class Accept(OnceMixin, APIView):
    """Let it come."""

    permission_classes = [holding(*DESK)]

    @extend_schema(request=None, responses=ReturnOut)
    def post(self, request: Request, number: str) -> Response:
        with refusing(*REFUSALS):
            return Response(ReturnOut(actions.accept(back=_found(number, request), by=person(request))).data)


class AnswerIn(serializers.Serializer[Any]):
    answer = Words(max_length=300)


class Refuse(OnceMixin, APIView):
    """Say no, with a reason."""

    permission_classes = [holding(*DESK)]

    @extend_schema(request=AnswerIn, responses=ReturnOut)
    def post(self, request: Request, number: str) -> Response:
        said = AnswerIn(data=request.data)
        said.is_valid(raise_exception=True)
        with refusing(*REFUSALS):
            return Response(
                ReturnOut(actions.refuse(back=_found(number, request), by=person(request), **said.validated_data)).data
            )


class HereIn(serializers.Serializer[Any]):
    site = serializers.SlugRelatedField(slug_field="code", queryset=Site.objects.all())


class Arrive(OnceMixin, APIView):
    """The parcel is here."""

    permission_classes = [holding(*DESK, Role.PACKER)]

    @extend_schema(request=HereIn, responses=ReturnOut)
    def post(self, request: Request, number: str) -> Response:
        said = HereIn(data=request.data)
        said.is_valid(raise_exception=True)
        with refusing(*REFUSALS):
            here = actions.note_here(
                back=_found(number, request), site=said.validated_data["site"], at=timezone.now(), by=person(request)
            )
        return Response(ReturnOut(here).data)


class FindingIn(serializers.Serializer[Any]):
    """What was found of a line of the return."""

    id = serializers.IntegerField(min_value=1)
    condition = serializers.ChoiceField(Condition.choices, default=Condition.AS_SOLD)
    becomes = serializers.ChoiceField(Becomes.choices)
    deduction_minor = serializers.IntegerField(min_value=0, default=0)
    why = Words(max_length=200, required=False, default="", allow_blank=True)


class DecideIn(serializers.Serializer[Any]):
    """A finding for every line. Without `agreed` it is only told what it would mean."""

    lines = FindingIn(many=True, allow_empty=False)
    agreed = Words(max_length=300, required=False, default="", allow_blank=True)

    def findings(self) -> dict[int, actions.Finding]:
        """By the key of each line."""
        return {
            one["id"]: actions.Finding(one["condition"], one["deduction_minor"], one["why"], one["becomes"])
            for one in self.validated_data["lines"]
        }


class OutcomeOut(serializers.Serializer[Any]):
    """What it would mean, or what it meant."""

    refund_minor = serializers.IntegerField()
    delivery_minor = serializers.IntegerField()
    back_minor = serializers.IntegerField(help_text="What was paid and goes back.")
    less_owed_minor = serializers.IntegerField(help_text="What was not paid yet and is not asked for any more.")
    agreed = serializers.CharField()
    state = serializers.CharField()


class Decide(OnceMixin, APIView):
    """See what findings mean; with what was shown, decide."""

    permission_classes = [holding(*DESK)]

    @extend_schema(request=DecideIn, responses=OutcomeOut)
    def post(self, request: Request, number: str) -> Response:
        sent = DecideIn(data=request.data)
        sent.is_valid(raise_exception=True)
        back, agreed = _found(number, request), sent.validated_data["agreed"]
        with refusing(*REFUSALS):
            outcome = actions.look(back, sent.findings())
            if agreed:
                back = actions.decide(
                    back=back, findings=sent.findings(), agreed=agreed, by=person(request), now=timezone.now()
                )
        told = {
            "refund_minor": outcome.refund_minor,
            "delivery_minor": outcome.delivery_minor,
            "back_minor": outcome.back_minor,
            "less_owed_minor": outcome.less_owed_minor,
            "agreed": outcome.agreed,
        }
        return Response(OutcomeOut(told | {"state": back.state}).data)


class GiftIn(serializers.Serializer[Any]):
    """How much of what goes back; no lines: out of everything."""

    amount_minor = serializers.IntegerField(min_value=1)
    lines = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, default=list, max_length=100
    )
    reason = Words(max_length=200)


class GiftOut(serializers.Serializer[Any]):
    credit = serializers.UUIDField(source="reference")


class Give(OnceMixin, APIView):
    """Part of the money back, as a courtesy."""

    permission_classes = [holding(Role.SALES)]

    @extend_schema(request=GiftIn, responses={201: GiftOut})
    def post(self, request: Request, number: str) -> Response:
        by, sent = person(request), GiftIn(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        order = get_object_or_404(Order.objects.for_user(by), number=number)
        lines = [get_object_or_404(order.lines, pk=pk) for pk in said["lines"]]
        with refusing(actions.CannotGive):
            credit = actions.give(
                order=order, minor=said["amount_minor"], lines=lines, reason=said["reason"],
                key=request.headers.get("Idempotency-Key", ""), by=by, now=timezone.now(),
            )  # fmt: skip
        return Response(GiftOut(credit).data, status=201)


def _of_token(token: str) -> Order:
    try:
        found = find_by_token(token)
    except LinkReplaced as error:
        raise Refused("This link was replaced by a newer one.", code="link_replaced") from error
    return get_object_or_404(Order, pk=found.pk if found else 0)


def _found(number: str, request: Request) -> Return:
    rows = Return.objects.for_user(request.user).select_related("order__brand", "order__seller", "site")
    return get_object_or_404(rows.prefetch_related("lines__line__order"), number=number)


routes = [
    path("orders/<str:token>/returns/", Mine.as_view(), name="api_order_returns"),
    path("office/returns/", Returns.as_view(), name="api_returns"),
    path("office/returns/<str:number>/", OneReturn.as_view(), name="api_return"),
    path("office/returns/<str:number>/accept/", Accept.as_view(), name="api_return_accept"),
    path("office/returns/<str:number>/refuse/", Refuse.as_view(), name="api_return_refuse"),
    path("office/returns/<str:number>/arrive/", Arrive.as_view(), name="api_return_arrive"),
    path("office/returns/<str:number>/decide/", Decide.as_view(), name="api_return_decide"),
    path("office/orders/<str:number>/refund/", Give.as_view(), name="api_office_refund"),
]
