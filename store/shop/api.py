"""Pieces for programs: list them with the same filters, read one, ask what a choice costs."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.permissions import Anyone
from foundation.api.problems import Refused
from store.baskets.offer import promise_for
from store.catalogue.brands import shop_brand
from store.catalogue.models import Piece, StoneChoice, Variant
from store.catalogue.wording import sizes_between, stones_of
from store.pricing.choosing import Chosen, available, choose, not_offered, with_ways
from store.pricing.models import Listing
from store.pricing.offer import NoPriceToday, Price, prices_today
from store.shop import filters

FILTERS = [OpenApiParameter(name, str, many=many) for name, many in
           (("metal", True), ("stone", True), ("when", True), ("size", False), ("from", False), ("to", False), ("collection", False))]  # fmt: skip
CHOICES = [OpenApiParameter(name, str) for name in ("metal", "size", "stone", "engraving", "place")]


class VariantOut(serializers.ModelSerializer[Variant]):
    available = serializers.SerializerMethodField()

    class Meta:
        model = Variant
        fields = ["id", "sku", "alloy", "ring_inner_um", "stone_species", "stone_grown", "stone_mct", "stone_um", "metal_mg", "price_minor", "currency",
                  "available"]  # fmt: skip

    def get_available(self, variant: Variant) -> int:
        """How many can be laid into a basket now."""
        return available(variant)


class StoneOut(serializers.ModelSerializer[StoneChoice]):
    words = serializers.SerializerMethodField()

    class Meta:
        model = StoneChoice
        fields = ["id", "words", "species", "grown", "cut", "length_um", "width_um", "mct", "count", "colour", "treatment",
                  "origin", "report_lab", "report_number"]  # fmt: skip

    def get_words(self, stone: StoneChoice) -> str:
        """The stone in a few words."""
        return stones_of(stone)


class PieceOut(serializers.ModelSerializer[Piece]):
    class Meta:
        model = Piece
        fields = ["slug", "reference", "name", "line", "kind", "made_to_order"]


class PieceDetailOut(PieceOut):
    alloys = serializers.SerializerMethodField()
    sizes_um = serializers.SerializerMethodField()
    variants = VariantOut(many=True, read_only=True)
    stones = StoneOut(many=True, read_only=True)

    class Meta(PieceOut.Meta):
        fields = [*PieceOut.Meta.fields, "description", "engraving_most", "ring_from_um", "ring_to_um", "alloys", "sizes_um", "variants",
                  "stones"]  # fmt: skip

    def get_alloys(self, piece: Piece) -> list[str]:
        """The alloys it can be made in."""
        return [metal.alloy for metal in piece.metals.all()]

    def get_sizes_um(self, piece: Piece) -> list[int]:
        """The ring sizes it can be made in, each by its inner diameter; of a variant, see there."""
        return sizes_between(piece.ring_from_um or 0, piece.ring_to_um or 0) if piece.made_to_order else []


class QuoteOut(serializers.Serializer[Any]):
    """A price in minor units, taken apart. For a fixed price the parts are 0."""

    ready = serializers.BooleanField(help_text="From the tray, rather than made.")
    sku = serializers.CharField(allow_blank=True)
    alloy = serializers.CharField()
    ring_inner_um = serializers.IntegerField(allow_null=True)
    stone = serializers.IntegerField(allow_null=True)
    currency = serializers.CharField()
    metal_mg = serializers.IntegerField()
    metal_minor = serializers.IntegerField()
    stones_minor = serializers.IntegerField()
    making_minor = serializers.IntegerField()
    net_minor = serializers.IntegerField()
    tax_minor = serializers.IntegerField()
    gross_minor = serializers.IntegerField()
    promise_on = serializers.DateField(allow_null=True)


class Pieces(generics.ListAPIView[Piece]):
    """Pieces on show. The filters are those of the shop's pages; values of one widen it, filters narrow each other."""

    permission_classes = [Anyone]
    serializer_class = PieceOut

    def get_queryset(self) -> Any:
        asked = filters.read(self.request.GET, currency=shop_brand().seller.currency)
        rows = Listing.objects.all()
        if shelf := self.request.GET.get("collection", "").replace("\x00", ""):
            rows = rows.filter(piece__collections__slug=shelf)
        return Piece.objects.on_show().filter(pk__in=rows.matching(asked.wanted).order_by().values("piece_id"))

    @extend_schema(parameters=FILTERS)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class PieceDetail(generics.RetrieveAPIView[Piece]):
    """One piece with all the ways it can be had."""

    permission_classes = [Anyone]
    serializer_class = PieceDetailOut
    lookup_field = "slug"

    def get_queryset(self) -> Any:
        return with_ways(Piece.objects.on_show())


class Quote(APIView):
    """What a choice costs now, and when it would leave. What is not named is filled in; what is named must be offered."""

    permission_classes = [Anyone]

    @extend_schema(parameters=CHOICES, responses=QuoteOut)
    def get(self, request: Request, slug: str) -> Response:
        piece, asked = get_object_or_404(with_ways(Piece.objects.on_show()), slug=slug), request.GET.dict()
        if strange := not_offered(piece, asked):
            raise serializers.ValidationError({name: [reason] for name, reason in strange.items()})
        chosen = chosen_for(piece, asked)
        if chosen.price is None:
            raise Refused(chosen.refusal, code="no_price")
        return Response(QuoteOut(_quote(chosen, chosen.price)).data)


def chosen_for(piece: Piece, asked: dict[str, str]) -> Chosen:
    """The choice with its price; without a fixing only what is ready made has one."""
    try:
        today = prices_today(piece.brand) if piece.made_to_order else None
    except NoPriceToday:
        today = None
    return choose(piece, asked, brand=piece.brand, today=today)


def _quote(chosen: Chosen, price: Price) -> dict[str, Any]:
    choice = chosen.choice
    promised = None if chosen.variant else promise_for(choice, wish="", now=timezone.now())
    parts = (
        "currency",
        "metal_mg",
        "metal_minor",
        "stones_minor",
        "making_minor",
        "net_minor",
        "tax_minor",
        "gross_minor",
    )
    return {
        "ready": chosen.variant is not None, "sku": chosen.variant.sku if chosen.variant else "", "alloy": choice.alloy,
        "ring_inner_um": choice.ring_inner_um, "stone": choice.stone.pk if choice.stone else None,
        "promise_on": promised.on if promised else None,
    } | {name: getattr(price, name) for name in parts}  # fmt: skip


routes = [
    path("pieces/", Pieces.as_view(), name="api-pieces"),
    path("pieces/<slug:slug>/", PieceDetail.as_view(), name="api-piece"),
    path("pieces/<slug:slug>/quote/", Quote.as_view(), name="api-quote"),
]
