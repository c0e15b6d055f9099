"""Orders for the office's programs: the list, one of them, and payments that came otherwise than by card."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.once import OnceMixin
from foundation.api.permissions import holding
from foundation.api.problems import Refused
from foundation.people.models import User
from foundation.people.roles import OFFICE, Role
from store.orders import actions, changes_api, stop_api
from store.orders.models import Order
from store.payments.actions import WrongAmount
from store.payments.models import Method


class OrderRow(serializers.ModelSerializer[Order]):
    class Meta:
        model = Order
        fields = [
            "number", "state", "money", "making", "delivery_state", "channel", "name", "email", "country", "currency",
            "net_minor", "tax_minor", "gross_minor", "placed_at", "promise_on",
        ]  # fmt: skip


class PaymentIn(serializers.Serializer[Any]):
    due = serializers.IntegerField()
    method = serializers.ChoiceField(choices=[c for c in Method.choices if c[0] != Method.CARD])
    amount_minor = serializers.IntegerField(min_value=1)
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)


class Orders(generics.ListAPIView[Order]):
    """Orders, newest first; filter by state, money, making and delivery_state."""

    permission_classes = [holding(*OFFICE)]
    serializer_class = OrderRow

    def get_queryset(self) -> Any:
        wanted = ("state", "money", "making", "delivery_state")
        asked = {name: self.request.query_params[name] for name in wanted if name in self.request.query_params}
        return Order.objects.for_user(self.request.user).filter(**asked)


class RecordPayment(OnceMixin, APIView):
    """Record a transfer, PromptPay or cash."""

    permission_classes = [holding(Role.SALES)]

    @extend_schema(request=PaymentIn, responses={201: None})
    def post(self, request: Request, number: str) -> Response:
        if not isinstance(request.user, User):
            raise PermissionDenied
        sent = PaymentIn(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        order = get_object_or_404(Order.objects.for_user(request.user), number=number)
        try:
            payment = actions.record_for_order(
                order=order, due=get_object_or_404(order.dues, pk=said["due"]), method=said["method"],
                amount_minor=said["amount_minor"], note=said["note"], at=timezone.now(), by=request.user,
            )  # fmt: skip
        except (actions.CannotPay, actions.TooMuchCash, WrongAmount) as refusal:
            raise Refused(str(refusal), code="cannot_pay") from refusal
        return Response({"reference": str(payment.reference)}, status=201)


routes = [
    *changes_api.routes,
    *stop_api.routes,
    path("office/orders/", Orders.as_view(), name="api_orders"),
    path("office/orders/<str:number>/payments/", RecordPayment.as_view(), name="api_order_payments"),
]
