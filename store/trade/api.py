"""The trade for a company's own programs: prices, ordering on account, orders, invoices, the statement.

A key is made on the company's page of programs; it acts for the person who made it, and for their company alone.
"""

from typing import Any
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.acts import Act, person
from foundation.api.fields import Line, Words
from foundation.api.once import act_id
from foundation.api.permissions import holding
from foundation.api.problems import Refused
from foundation.people.roles import Role
from store.buyers.actions import company_of
from store.buyers.models import TradeCompany
from store.catalogue.brands import shop_brand
from store.orders.actions import CannotOrder
from store.orders.drafts import Address
from store.orders.models import Due, Order, OrderLine, ParcelNote
from store.orders.owing import exposure_minor
from store.payments.models import Invoice
from store.payments.paper import invoice_pdf
from store.pricing.trade import Terms
from store.trade import actions
from store.trade.models import MOST_OF_ONE
from store.trade.offer import in_the_tray, on_sale, price_each, price_lines, terms_of
from store.trade.statement import dues_of, statement_of

NAMESPACE = UUID("0199f6a0-0000-7000-8000-7261646521bb")
"""Under which an order's own id is made of the Idempotency-Key: the same request twice is one order."""
MOST_LINES = 500


class TradePriceOut(serializers.Serializer[Any]):
    """One stock number. Prices are net, of one; `breaks` are what one costs from so many of its style."""

    sku = serializers.CharField()
    style_code = serializers.CharField()
    name = serializers.CharField()
    alloy = serializers.CharField()
    ring_inner_um = serializers.IntegerField(allow_null=True)
    length_um = serializers.IntegerField(allow_null=True)
    currency = serializers.CharField()
    net_minor = serializers.IntegerField()
    breaks = serializers.DictField(child=serializers.IntegerField())
    ready = serializers.IntegerField()


class TradeLineIn(serializers.Serializer[Any]):
    sku = Words(max_length=32)
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_OF_ONE)


class TradeAddressIn(serializers.Serializer[Any]):
    recipient = Line(max_length=120)
    line1 = Line(max_length=120)
    line2 = Line(max_length=120, required=False, default="", allow_blank=True)
    city = Line(max_length=80)
    region = Line(max_length=80, required=False, default="", allow_blank=True)
    postcode = Line(max_length=16, required=False, default="", allow_blank=True)
    country = serializers.RegexField("^[A-Z]{2}$")


class TradeOrderIn(serializers.Serializer[Any]):
    """What to order. Without an address it goes to the company's own."""

    lines = serializers.ListField(child=TradeLineIn(), allow_empty=False, max_length=MOST_LINES)
    po_number = Line(max_length=40, required=False, default="", allow_blank=True)
    delivery = serializers.SlugField()
    address = TradeAddressIn(required=False)


class TradeLineOut(serializers.ModelSerializer[OrderLine]):
    shipment = serializers.IntegerField(source="part.parcel.shipment", default=None, allow_null=True)

    class Meta:
        model = OrderLine
        fields = [
            "sku", "piece_name", "quantity", "purpose", "net_minor", "tax_minor", "gross_minor", "promise_on", "shipment",
        ]  # fmt: skip


class TradeShipmentOut(serializers.ModelSerializer[ParcelNote]):
    class Meta:
        model = ParcelNote
        fields = ["shipment", "dispatched_at", "delivered_at", "carrier", "tracking_number", "tracking_url"]


class TradeOrderRow(serializers.ModelSerializer[Order]):
    class Meta:
        model = Order
        fields = [
            "number", "po_number", "state", "money", "making", "delivery_state", "currency", "net_minor", "tax_minor",
            "gross_minor", "placed_at", "promise_on",
        ]  # fmt: skip


class TradeOrderOut(TradeOrderRow):
    lines = TradeLineOut(many=True)
    shipments = TradeShipmentOut(many=True, source="parcels")

    class Meta(TradeOrderRow.Meta):
        fields = [*TradeOrderRow.Meta.fields, "lines", "shipments"]


class TradeInvoiceOut(serializers.ModelSerializer[Invoice]):
    class Meta:
        model = Invoice
        fields = [
            "reference", "number", "kind", "order_number", "po_number", "currency", "net_minor", "tax_minor", "gross_minor",
            "issued_on", "due_on",
        ]  # fmt: skip


class TradeEntryOut(serializers.Serializer[Any]):
    on = serializers.DateField()
    words = serializers.CharField()
    order = serializers.CharField()
    amount_minor = serializers.IntegerField()
    balance_minor = serializers.IntegerField()


class TradeAccountOut(serializers.Serializer[Any]):
    """The account today: what is owed, what orders and invoices take of the limit, every movement."""

    company = serializers.CharField()
    currency = serializers.CharField()
    owed_minor = serializers.IntegerField()
    exposure_minor = serializers.IntegerField()
    credit_limit_minor = serializers.IntegerField()
    terms_days = serializers.IntegerField()
    entries = TradeEntryOut(many=True)


def company_for(request: Request) -> TradeCompany:
    """The company of whoever asks. Refuses somebody who buys for none."""
    found = company_of(person(request))
    if found is None:
        raise Refused("You buy for no company.", code="no_company")
    return found


def open_terms(company: TradeCompany) -> Terms:
    """The company's prices. Refuses while its account is not open: then no price is told."""
    found = terms_of(company)
    if found is None:
        raise Refused("The trade account is not open.", code="account_closed")
    return found


class Prices(APIView):
    """Every stock number at the company's own prices, with its breaks and how many lie ready."""

    permission_classes = [holding(Role.TRADE_BUYER)]

    @extend_schema(responses=TradePriceOut(many=True))
    def get(self, request: Request) -> Response:
        terms, brand = open_terms(company_for(request)), shop_brand()
        variants = list(on_sale())
        ready = {pk: stock.available for pk, stock in in_the_tray(variants).items()}
        steps = (1, *(one.from_pieces for one in terms.breaks))
        each = {n: price_each(variants, terms=terms, brand=brand, pieces=n) for n in steps}
        rows = [
            {
                "sku": row.sku, "style_code": row.piece.style_code, "name": row.piece.name, "alloy": row.alloy,
                "ring_inner_um": row.ring_inner_um, "length_um": row.length_um, "currency": row.currency,
                "net_minor": each[1][row.pk].net_minor, "ready": ready.get(row.pk, 0),
                "breaks": {str(n): each[n][row.pk].net_minor for n in steps[1:]},
            }
            for row in variants
        ]  # fmt: skip
        return Response(TradePriceOut(rows, many=True).data)


class Orders(generics.ListAPIView[Order]):
    """The company's orders, newest first."""

    permission_classes = [holding(Role.TRADE_BUYER)]
    serializer_class = TradeOrderRow

    def get_queryset(self) -> Any:
        return Order.objects.of_company(company_for(self.request))


class NewOrder(Act):
    """Order on account. Over the credit limit the order waits for review."""

    permission_classes = [holding(Role.TRADE_BUYER)]
    takes, gives, status, refusals = TradeOrderIn, TradeOrderOut, 201, (CannotOrder,)

    def act(self, said: dict[str, Any], **named: Any) -> Order:
        company = company_for(self.request)
        brand, now = shop_brand(), timezone.now()
        lines = price_lines(_wanted(said["lines"]), terms=open_terms(company), brand=brand, now=now, dated=True)
        return actions.order_on_account(
            reference=uuid5(NAMESPACE, act_id(self.request)), company=company, lines=lines, po_number=said["po_number"],
            address=_address(company, said.get("address")), delivery=said["delivery"], brand=brand.code,
            currency=brand.seller.currency, now=now, by=self.by,
        )  # fmt: skip


class OneOrder(generics.RetrieveAPIView[Order]):
    """One of the company's orders: its lines with their days, its shipments."""

    permission_classes = [holding(Role.TRADE_BUYER)]
    serializer_class = TradeOrderOut
    lookup_field = "number"

    def get_queryset(self) -> Any:
        rows = Order.objects.of_company(company_for(self.request))
        return rows.prefetch_related("lines__part__parcel", "parcels")


class Invoices(generics.ListAPIView[Invoice]):
    """The company's invoices and credit notes, newest first."""

    permission_classes = [holding(Role.TRADE_BUYER)]
    serializer_class = TradeInvoiceOut

    def get_queryset(self) -> Any:
        return Invoice.objects.filter(due__in=_dues(self.request))


class InvoicePaper(APIView):
    """One of them as PDF."""

    permission_classes = [holding(Role.TRADE_BUYER)]

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, reference: UUID) -> HttpResponse:
        found = get_object_or_404(Invoice.objects.filter(due__in=_dues(request)), reference=reference)
        return HttpResponse(invoice_pdf(found), content_type="application/pdf")


class Account(APIView):
    """The statement."""

    permission_classes = [holding(Role.TRADE_BUYER)]

    @extend_schema(responses=TradeAccountOut)
    def get(self, request: Request) -> Response:
        company = company_for(request)
        found = statement_of(company, on=timezone.localdate())
        told = {
            "company": company.name, "currency": found.currency, "owed_minor": found.owed_minor,
            "exposure_minor": exposure_minor(company), "credit_limit_minor": company.credit_limit_minor,
            "terms_days": company.terms_days, "entries": found.entries,
        }  # fmt: skip
        return Response(TradeAccountOut(told).data)


def _dues(request: Request) -> Any:
    return Due.objects.filter(pk__in=dues_of(company_for(request)).values("pk")).values("reference")


def _wanted(lines: list[dict[str, Any]]) -> dict[Any, int]:
    """Quantities by variant, the same stock number twice added up. Refuses, line by line, what there is not."""
    variants = {row.sku: row for row in on_sale().filter(sku__in=[line["sku"] for line in lines])}
    wrong = [{} if line["sku"] in variants else {"sku": ["There is no such stock number."]} for line in lines]
    if any(wrong):
        raise ValidationError({"lines": wrong})
    wanted: dict[Any, int] = {}
    for line in lines:
        row = variants[line["sku"]]
        wanted[row] = wanted.get(row, 0) + line["quantity"]
    return wanted


def _address(company: TradeCompany, said: dict[str, Any] | None) -> Address:
    if said is not None:
        return Address(**said)
    return Address(
        recipient=company.name, line1=company.line1, line2=company.line2, city=company.city, region=company.region,
        postcode=company.postcode, country=company.country,
    )  # fmt: skip


routes = [
    path("trade/prices/", Prices.as_view(), name="api_trade_prices"),
    path("trade/orders/", Orders.as_view(), name="api_trade_orders"),
    path("trade/orders/new/", NewOrder.as_view(), name="api_trade_order_new"),
    path("trade/orders/<str:number>/", OneOrder.as_view(), name="api_trade_order"),
    path("trade/invoices/", Invoices.as_view(), name="api_trade_invoices"),
    path("trade/invoices/<uuid:reference>/pdf/", InvoicePaper.as_view(), name="api_trade_invoice"),
    path("trade/account/", Account.as_view(), name="api_trade_account"),
]
