"""A till for programs: sell, hand over, count, move stock."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.fields import Line
from foundation.api.once import OnceMixin
from foundation.api.permissions import holding
from foundation.api.problems import Refused
from foundation.house.models import Site
from foundation.people.models import User
from foundation.people.roles import Role
from foundation.telephone import telephone
from store.catalogue.actions import CannotMove, OutOfStock, transfer_stock
from store.catalogue.models import Variant
from store.counter import actions
from store.counter.forms import METHODS
from store.orders import actions as orders
from store.orders.models import Order
from store.payments.models import Invoice


class ItemIn(serializers.Serializer[Any]):
    sku = serializers.CharField(max_length=32)
    quantity = serializers.IntegerField(min_value=1, max_value=99, default=1)


class SaleIn(serializers.Serializer[Any]):
    reference = serializers.UUIDField()
    site = serializers.SlugField()
    items = ItemIn(many=True, allow_empty=False)
    method = serializers.ChoiceField(choices=METHODS)
    tendered_minor = serializers.IntegerField(min_value=0, max_value=10**12, default=0)
    slip = serializers.CharField(max_length=60, default="", allow_blank=True)
    name = Line(max_length=120, default="", allow_blank=True)
    email = serializers.EmailField(default="", allow_blank=True)
    phone = Line(max_length=30, default="", allow_blank=True, validators=[telephone])
    language = serializers.ChoiceField(choices=["en", "th"], default="en")


class SaleOut(serializers.Serializer[Any]):
    order = serializers.CharField()
    receipt = serializers.CharField()
    amount_minor = serializers.IntegerField()
    change_minor = serializers.IntegerField()
    currency = serializers.CharField()


class CollectedIn(serializers.Serializer[Any]):
    to = serializers.CharField(max_length=120)
    note = serializers.CharField(max_length=200, default="", allow_blank=True)


class CountIn(serializers.Serializer[Any]):
    reference = serializers.UUIDField()
    counted_minor = serializers.IntegerField(min_value=0, max_value=10**12)
    banked_minor = serializers.IntegerField(min_value=0, max_value=10**12, default=0)
    note = serializers.CharField(max_length=200, default="", allow_blank=True)


class CountOut(serializers.Serializer[Any]):
    expected_minor = serializers.IntegerField()
    counted_minor = serializers.IntegerField()
    difference_minor = serializers.IntegerField()


class TransferIn(serializers.Serializer[Any]):
    transfer = serializers.UUIDField()
    sku = serializers.CharField(max_length=32)
    quantity = serializers.IntegerField(min_value=1, max_value=999)
    from_site = serializers.SlugField()
    to_site = serializers.SlugField()
    note = serializers.CharField(max_length=200, default="", allow_blank=True)


class Sales(OnceMixin, APIView):
    """Sell from a showroom's tray: paid, in the books, handed over."""

    permission_classes = [holding(Role.SALES)]

    @extend_schema(request=SaleIn, responses={201: SaleOut})
    def post(self, request: Request) -> Response:
        said = _said(SaleIn, request)
        site = get_object_or_404(Site.objects.select_related("seller"), code=said.pop("site"), is_showroom=True)
        items = tuple(actions.Item(**item) for item in said.pop("items"))
        try:
            taken = actions.sell(
                sale=actions.Sale(items=items, **said), site=site, now=timezone.now(), by=_who(request)
            )
        except actions.CannotSell as refusal:
            raise Refused(str(refusal), code="cannot_sell") from refusal
        paid = taken.payment
        invoice = Invoice.objects.get(due=paid.due, kind="invoice")
        told = {"order": taken.order.number, "receipt": invoice.number, "amount_minor": paid.amount_minor,
                "change_minor": taken.change_minor, "currency": paid.currency}  # fmt: skip
        return Response(told, status=201)


class HandOverOrder(OnceMixin, APIView):
    """Tick that an order was handed over at its counter."""

    permission_classes = [holding(Role.SALES)]

    @extend_schema(request=CollectedIn, responses={201: None})
    def post(self, request: Request, number: str) -> Response:
        said = _said(CollectedIn, request)
        by = _who(request)
        order = get_object_or_404(Order.objects.for_user(by), number=number)
        try:
            made = orders.hand_over(order=order, at=timezone.now(), by=by, **said)
        except orders.CannotHandOver as refusal:
            raise Refused(str(refusal), code="cannot_hand_over") from refusal
        return Response({"order": order.number, "to": made.to, "at": made.at.isoformat()}, status=201)


class Counts(OnceMixin, APIView):
    """Count a till against the books."""

    permission_classes = [holding(Role.SALES)]

    @extend_schema(request=CountIn, responses={201: CountOut})
    def post(self, request: Request, site: str) -> Response:
        said = _said(CountIn, request)
        found = get_object_or_404(Site.objects.select_related("seller"), code=site, is_showroom=True)
        try:
            made = actions.count_till(site=found, at=timezone.now(), by=_who(request), **said)
        except actions.CannotCount as refusal:
            raise Refused(str(refusal), code="cannot_count") from refusal
        return Response(CountOut(made).data, status=201)


class Transfers(OnceMixin, APIView):
    """Move pieces from one site's tray to another's."""

    permission_classes = [holding(Role.SALES)]

    @extend_schema(request=TransferIn, responses={201: None})
    def post(self, request: Request) -> Response:
        said = _said(TransferIn, request)
        variant = get_object_or_404(Variant.objects.select_related("piece"), sku=said.pop("sku"))
        source, to = (get_object_or_404(Site, code=said.pop(name)) for name in ("from_site", "to_site"))
        try:
            rows = transfer_stock(item=variant, source=source, to=to, by=_who(request), **said)
        except (CannotMove, OutOfStock) as refusal:
            raise Refused(str(refusal), code="cannot_move") from refusal
        return Response({"moved": [row.quantity for row in rows]}, status=201)


def _said(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    sent = form(data=request.data)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)


def _who(request: Request) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


routes = [
    path("office/counter/sales/", Sales.as_view(), name="api_counter_sales"),
    path("office/counter/collections/<str:number>/", HandOverOrder.as_view(), name="api_counter_hand_over"),
    path("office/counter/till/<slug:site>/", Counts.as_view(), name="api_counter_counts"),
    path("office/counter/transfers/", Transfers.as_view(), name="api_counter_transfers"),
]
