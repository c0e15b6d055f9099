"""The basket for programs. A guest's basket is known by a secret that the program makes and sends as Basket-Token."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.once import GUEST, OnceMixin
from foundation.api.permissions import Anyone
from foundation.api.problems import Refused, refusing
from foundation.people.models import User
from foundation.ui.templatetags.ui import money as written_money
from store.baskets import actions
from store.baskets.models import Basket
from store.baskets.offer import Contents, contents
from store.baskets.tokens import new_token
from store.catalogue.actions import OutOfStock
from store.catalogue.brands import shop_brand
from store.catalogue.models import Piece
from store.pricing.choices import CannotBeMade
from store.pricing.choosing import choose, not_offered, with_ways
from store.pricing.offer import NoPriceToday, prices_today

TOKEN = GUEST
LEAST_TOKEN, MOST_TOKEN = 32, 200
REFUSALS = (actions.NotForSale, actions.TooMany, OutOfStock, CannotBeMade)


class AddIn(serializers.Serializer[Any]):
    """A piece and what was chosen. `agreed_minor` is the price that was seen; another price is refused."""

    piece = serializers.SlugField()
    metal = serializers.CharField(max_length=24, required=False)
    size = serializers.CharField(max_length=6, required=False)
    stone = serializers.CharField(max_length=12, required=False)
    engraving = serializers.CharField(max_length=120, required=False, allow_blank=True)
    place = serializers.ChoiceField(["inside", "outside"], required=False)
    wish = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    agreed_minor = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class ChangeIn(serializers.Serializer[Any]):
    quantity = serializers.IntegerField(min_value=1, max_value=20)


class BasketLineOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="line.pk")
    reference = serializers.UUIDField(source="line.reference")
    name = serializers.CharField(source="line.piece.name")
    quantity = serializers.IntegerField(source="line.quantity")
    made_to_order = serializers.BooleanField(source="line.is_made_to_order")
    choices = serializers.SerializerMethodField()
    gross_minor = serializers.IntegerField()
    promise_on = serializers.DateField(allow_null=True)
    held_until = serializers.DateTimeField(source="hold.expires_at", default=None, allow_null=True)

    def get_choices(self, shown: Any) -> dict[str, str]:
        """All choices in words."""
        return dict(shown.choices)


class ProblemOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()
    line = serializers.IntegerField(allow_null=True)


class BasketOut(serializers.Serializer[Any]):
    """A basket can be ordered when `problems` is empty."""

    currency = serializers.CharField()
    lines = BasketLineOut(many=True)
    gross_minor = serializers.IntegerField()
    tax_minor = serializers.IntegerField()
    promise_on = serializers.DateField(allow_null=True)
    problems = ProblemOut(many=True)


class TheBasket(OnceMixin, APIView):
    """Read the basket; add one of a piece to it, as it was chosen. Its number is changed by its line."""

    permission_classes = [Anyone]
    knows_guests = True

    @extend_schema(responses=BasketOut)
    def get(self, request: Request) -> Response:
        return Response(_told(_basket(request)))

    @extend_schema(request=AddIn, responses={201: BasketOut})
    def post(self, request: Request) -> Response:
        told = AddIn(data=request.data)
        told.is_valid(raise_exception=True)
        basket = actions.open_basket(token=_token(request), brand=shop_brand(), language="en", user=_user(request))
        _add(basket, told.validated_data, user=_user(request))
        return Response(_told(basket), status=201)


class TheLine(APIView):
    """Change a line's number, or take it out. Both can be sent again without harm."""

    permission_classes = [Anyone]
    knows_guests = True

    @extend_schema(request=ChangeIn, responses=BasketOut)
    def patch(self, request: Request, line: int) -> Response:
        told = ChangeIn(data=request.data)
        told.is_valid(raise_exception=True)
        basket = _needed(request)
        row = get_object_or_404(
            basket.lines.select_related("basket", "piece", "variant__piece", "stone__piece"), pk=line
        )
        with refusing(*REFUSALS):
            actions.change_line(
                line=row, quantity=told.validated_data["quantity"], now=timezone.now(), by=_user(request)
            )
        return Response(_told(basket))

    @extend_schema(responses={200: BasketOut})
    def delete(self, request: Request, line: int) -> Response:
        basket = _needed(request)
        row = basket.lines.select_related("basket").filter(pk=line).first()
        if row is not None:
            actions.remove_line(line=row, by=_user(request))
        return Response(_told(basket))


def _add(basket: Basket, told: dict[str, Any], *, user: User | None) -> None:
    piece = get_object_or_404(with_ways(Piece.objects.on_show()), slug=told["piece"])
    try:
        today = prices_today(piece.brand) if piece.made_to_order else None
    except NoPriceToday:
        today = None
    if strange := not_offered(piece, told):
        raise serializers.ValidationError({name: [reason] for name, reason in strange.items()})
    mine = list(basket.lines.filter(stone__isnull=False).values_list("stone_id", flat=True))
    chosen = choose(piece, told, brand=piece.brand, today=today, mine=mine)
    if chosen.price is None:
        raise Refused(chosen.refusal, code="no_price")
    if chosen.price.gross_minor != told["agreed_minor"]:
        sums = (chosen.price.gross_minor, told["agreed_minor"])
        now_asked, agreed = (written_money(minor, chosen.price.currency) for minor in sums)
        raise Refused(f"The price of this choice is {now_asked}, not {agreed}.", code="other_price")
    now = timezone.now()
    with refusing(*REFUSALS):
        if chosen.variant is not None:
            actions.add_variant(basket=basket, variant=chosen.variant, quantity=1, now=now, by=user)
            return
        actions.add_made_to_order(
            basket=basket, choice=chosen.choice, agreed_minor=chosen.price.gross_minor, wish=told.get("wish", ""),
            now=now, by=user,
        )  # fmt: skip


def _user(request: Request) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _token(request: Request) -> str:
    """The guest's own secret. The program makes it, so that no answer ever carries it; the house keeps its hash."""
    token = request.headers.get(TOKEN, "")
    if _user(request) is None and not LEAST_TOKEN <= len(token) <= MOST_TOKEN:
        raise serializers.ValidationError(
            {TOKEN: f"Send a header {TOKEN}: a secret of your own, {LEAST_TOKEN} to {MOST_TOKEN} random characters."}
        )
    return token or new_token()


def _basket(request: Request) -> Basket | None:
    return actions.find_basket(token=request.headers.get(TOKEN, ""), user=_user(request))


def _needed(request: Request) -> Basket:
    found = _basket(request)
    if found is None:
        raise Http404
    return found


def _told(basket: Basket | None) -> dict[str, Any]:
    found: Contents = contents(basket, brand=shop_brand(), now=timezone.now())
    return dict(BasketOut(found).data)


routes = [
    path("basket/", TheBasket.as_view(), name="api-basket"),
    path("basket/lines/<int:line>/", TheLine.as_view(), name="api-basket-line"),
]
