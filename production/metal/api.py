"""Metal for programs: lots in stock, the books, and the day's fixings."""

from typing import Any

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.acts import person, read
from foundation.api.fields import Named, Words
from foundation.api.once import once_api
from foundation.api.permissions import holding
from foundation.api.problems import refusing
from foundation.house.models import Seller
from foundation.people.roles import OFFICE, Role
from production.metal.fixings import FixingLooksWrong, FixingRefused, enter_fixing
from production.metal.models import METALS, Account, Fixing, Lot
from production.metal.questions import totals

BOOKS = holding(Role.CASTER, Role.PRODUCTION_MANAGER)
DEAREST_MINOR = 10**12
"""No kilogram of any metal costs ten thousand million of any currency: a slip of the keys, caught."""


class LotOut(serializers.ModelSerializer[Lot]):
    """A delivery, its origin in hundredths of a per cent, and what of it lies in the vault, in milligrams."""

    site: Any = serializers.SlugRelatedField(slug_field="code", read_only=True)
    held_mg = serializers.SerializerMethodField()

    class Meta:
        model = Lot
        fields = [
            "number", "site", "alloy", "metal", "fineness_ppt10", "held_mg", "supplier", "document", "received_on",
            "mined_certified_bp", "recycled_post_bp", "recycled_pre_bp", "grandfathered_bp", "unknown_bp",
        ]  # fmt: skip

    def get_held_mg(self, lot: Lot) -> int:
        """What is left, gross."""
        fine: int = self.context["fine"].get(lot.account_code, 0)
        return fine // lot.fineness_ppt10


class AccountOut(serializers.ModelSerializer[Account]):
    class Meta:
        model = Account
        fields = ["code", "kind", "metal", "fine_dug"]


class BooksOut(serializers.Serializer[Any]):
    """Accounts that hold or owe metal, and the sum of all legs by metal, in tenths of a microgram: nothing, always."""

    accounts = AccountOut(many=True)
    sums_dug = serializers.DictField(child=serializers.IntegerField())


class FixingOut(serializers.ModelSerializer[Fixing]):
    seller: Any = serializers.SlugRelatedField(slug_field="code", read_only=True)
    by = serializers.CharField(source="by.__str__", default="", read_only=True)

    class Meta:
        model = Fixing
        fields = ["seller", "metal", "minor_per_kg", "currency", "on", "source", "by", "at"]


class FixingIn(serializers.Serializer[Any]):
    """A day's price of a kilogram of fine metal in the seller's minor units. One that jumps is sent again, `confirmed`."""

    seller = Named(queryset=Seller.objects.all(), slug_field="code")
    metal = serializers.ChoiceField(METALS)
    minor_per_kg = serializers.IntegerField(min_value=1, max_value=DEAREST_MINOR)
    source = Words(max_length=80)  # type: ignore[assignment]  # also the name of an attribute that every serializer has
    confirmed = serializers.BooleanField(default=False)


class LotsAsked(serializers.Serializer[Any]):
    alloy = Words(required=False, max_length=16)


class Lots(generics.ListAPIView[Lot]):
    """Lots, newest first, with what is left of each."""

    permission_classes = [BOOKS]
    serializer_class = LotOut

    @extend_schema(parameters=[LotsAsked])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        asked = {} if getattr(self, "swagger_fake_view", False) else read(LotsAsked, self.request.query_params)
        return Lot.objects.filter(**asked).select_related("site")

    def get_serializer_context(self) -> dict[str, Any]:
        held = Account.objects.filter(kind="vault", fine_dug__gt=0).values_list("code", "fine_dug")
        return {**super().get_serializer_context(), "fine": dict(held)}


class Books(APIView):
    """Where metal lies, and that the whole is nothing."""

    permission_classes = [BOOKS]

    @extend_schema(responses=BooksOut)
    def get(self, request: Request) -> Response:
        accounts = Account.objects.exclude(fine_dug=0).order_by("kind", "code", "metal")
        return Response(BooksOut({"accounts": accounts, "sums_dug": totals()}).data)


class Fixings(generics.ListAPIView[Fixing]):
    """Fixings, the last word first; enter one."""

    permission_classes = [holding(*OFFICE)]
    serializer_class = FixingOut

    def get_queryset(self) -> Any:
        return Fixing.objects.for_user(self.request.user).select_related("seller", "by")

    @extend_schema(request=FixingIn, responses={201: FixingOut})
    @once_api
    def post(self, request: Request) -> Response:
        said = read(FixingIn, request.data)
        today = timezone.localdate()
        with refusing(FixingLooksWrong, FixingRefused):
            made = enter_fixing(**said, currency=said["seller"].currency, on=today, today=today, by=person(request))
        return Response(FixingOut(made).data, status=201)


routes = [
    path("lots/", Lots.as_view(), name="api_lots"),
    path("metal/", Books.as_view(), name="api_metal"),
    path("fixings/", Fixings.as_view(), name="api_fixings"),
]
