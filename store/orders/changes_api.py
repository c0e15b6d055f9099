"""Changing a piece in the making through the API: asked about by GET, agreed to by POST with what was shown."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.api.fields import Words
from foundation.api.problems import refusing
from foundation.flow import WrongTurn
from store.orders import actions
from store.orders.changes import Asked, ChangeOffer, look
from store.orders.finding import ByTheOffice, OfOrder
from store.orders.models import LineChange, Order, OrderLine

REFUSALS = (actions.CannotChange, WrongTurn)


class ChangeAsk(serializers.Serializer[Any]):
    """What it is to be instead. What is left out stays as it is; empty words take the engraving off."""

    ring_inner_um = serializers.IntegerField(required=False, min_value=1)
    engraving = Words(required=False, max_length=80, allow_blank=True)
    place = serializers.ChoiceField(["inside", "outside"], required=False)

    def asked_of(self, line: OrderLine) -> Asked:
        """As the rule takes it."""
        said = self.validated_data
        words = said.get("engraving", line.engraving)
        place = said.get("place", line.engraving_place or "inside")
        return Asked(said.get("ring_inner_um", line.ring_inner_um), words, place if words else "")


class ChangeYes(ChangeAsk):
    """The same, with `agreed` as the offer gave it: should price, day or work be another by now, it is refused."""

    agreed = Words(max_length=300)


class ChangeOfferOut(serializers.Serializer[Any]):
    """What a change means: shown before anybody says yes. `agreed` goes back with the yes."""

    words = serializers.CharField()
    steps = serializers.ListField(child=serializers.CharField())
    left_out = serializers.ListField(child=serializers.CharField())
    recast = serializers.BooleanField()
    minutes = serializers.IntegerField()
    more_mg = serializers.IntegerField()
    less_mg = serializers.IntegerField()
    net_minor = serializers.IntegerField()
    tax_minor = serializers.IntegerField()
    gross_minor = serializers.IntegerField()
    back_minor = serializers.IntegerField(help_text="What it comes to less, VAT included; then gross_minor is 0.")
    unpaid_minor = serializers.IntegerField(help_text="How much of that is not paid yet, and not asked for any more.")
    promise_on = serializers.DateField()
    is_later = serializers.BooleanField()
    agreed = serializers.CharField()


class ChangeOut(serializers.ModelSerializer[LineChange]):
    """A change with what was before. It waits while its `due` is not paid."""

    line = serializers.IntegerField(source="line_id", read_only=True)
    due = serializers.IntegerField(source="due_id", read_only=True, allow_null=True)

    class Meta:
        model = LineChange
        fields = [
            "id", "line", "state", "due", "old_ring_inner_um", "old_engraving", "old_engraving_place", "ring_inner_um",
            "engraving", "engraving_place", "steps_again", "minutes", "more_mg", "less_mg", "gross_minor", "back_minor", "promise_on", "agreed_at",
            "pay_by_at",
        ]  # fmt: skip


class Change(OfOrder):
    """A line of an order, changed."""

    @extend_schema(parameters=[ChangeAsk], responses=ChangeOfferOut)
    def get(self, request: Request, line: int, **named: Any) -> Response:
        order, _by = self.find(**named)
        row = _line(order, line)
        ask = ChangeAsk(data=request.query_params)
        ask.is_valid(raise_exception=True)
        with refusing(*REFUSALS):
            offer: ChangeOffer = look(row, ask.asked_of(row), now=timezone.now())
        return Response(ChangeOfferOut(offer).data)

    @extend_schema(request=ChangeYes, responses={201: ChangeOut})
    def post(self, request: Request, line: int, **named: Any) -> Response:
        order, by = self.find(**named)
        row = _line(order, line)
        yes = ChangeYes(data=request.data)
        yes.is_valid(raise_exception=True)
        with refusing(*REFUSALS):
            made = actions.agree_change(
                order=order, line=row, asked=yes.asked_of(row), agreed=yes.validated_data["agreed"], by=by, by_name=order.name,
                now=timezone.now(),
            )  # fmt: skip
        return Response(ChangeOut(made).data, status=201)


class Withdraw(OfOrder):
    """A change that is not paid, taken back."""

    @extend_schema(request=None, responses=ChangeOut)
    def post(self, request: Request, change: int, **named: Any) -> Response:
        order, by = self.find(**named)
        row = get_object_or_404(LineChange, pk=change, line__order=order)
        with refusing(*REFUSALS):
            return Response(ChangeOut(actions.withdraw_change(change=row, by=by)).data)


def _line(order: Order, pk: int) -> OrderLine:
    return get_object_or_404(OrderLine.objects.select_related("order__brand__seller"), pk=pk, order=order)


class OfficeChange(ByTheOffice, Change):
    """Change a line in the buyer's name."""


class OfficeWithdraw(ByTheOffice, Withdraw):
    """Take a change back in the buyer's name."""


routes = [
    path("office/orders/<str:number>/lines/<int:line>/change/", OfficeChange.as_view(), name="api_office_change"),
    path(
        "office/orders/<str:number>/changes/<int:change>/withdraw/",
        OfficeWithdraw.as_view(),
        name="api_office_withdraw",
    ),
]
