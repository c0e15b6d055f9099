"""Quotes with a token of sales: raise one, share it, price its lines, prolong it, take it back."""

from abc import abstractmethod
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError as DjangoError
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.acts import Act, person, read
from foundation.api.fields import Line, Words
from foundation.api.permissions import holding
from foundation.house.models import Brand
from foundation.people.roles import OFFICE, Role
from foundation.telephone import telephone
from store.catalogue.brands import shop_brand
from store.orders import actions as orders
from store.quotes import actions
from store.quotes.api.lines import LEFT_OUT, MOST_MINOR, QuoteLineIn, QuoteLineOut, offered
from store.quotes.flow import QuoteState
from store.quotes.forms import VALID_DAYS, still_to_come
from store.quotes.models import Quote
from store.quotes.offering import CannotOffer
from store.quotes.page import end_of, show

REFUSALS = (actions.CannotChange, actions.CannotShare, CannotOffer, orders.CannotOrder)


class SalesQuoteIn(serializers.Serializer[Any]):
    """Whom it is for, and what. An e-mail or a telephone number is enough; the rest has the house's own values."""

    name = Line(max_length=120)
    email = serializers.EmailField(required=False, default="", allow_blank=True)
    phone = Line(max_length=30, **LEFT_OUT, validators=[telephone])
    language = serializers.ChoiceField(required=False, default="en", choices=["en", "th"])
    country = Words(max_length=2, **LEFT_OUT)
    delivery = Words(max_length=50)
    deposit_percent = serializers.IntegerField(
        required=False, default=None, allow_null=True, min_value=10, max_value=100
    )
    valid_until = serializers.DateField(required=False, default=None, allow_null=True)
    note = Words(max_length=1000, **LEFT_OUT)
    share = serializers.BooleanField(required=False, default=True)
    lines = serializers.ListField(child=QuoteLineIn(), min_length=1, max_length=20)


class SalesQuoteOut(serializers.Serializer[Any]):
    """A quote as the office sees it. `link` is "" until it is shared; `promise_on` is when it leaves if ordered now."""

    number = serializers.CharField(source="quote.number")
    state = serializers.CharField(source="quote.state")
    name = serializers.CharField(source="quote.name")
    email = serializers.CharField(source="quote.email")
    phone = serializers.CharField(source="quote.phone")
    currency = serializers.CharField()
    total_minor = serializers.IntegerField(source="sums.total_minor")
    now_minor = serializers.IntegerField(source="sums.now_minor")
    later_minor = serializers.IntegerField(source="sums.later_minor")
    promise_on = serializers.DateField(allow_null=True)
    valid_until_at = serializers.DateTimeField(source="quote.valid_until_at")
    order = serializers.CharField(source="quote.order.number", allow_null=True, default=None)
    link = serializers.SerializerMethodField()
    lines = QuoteLineOut(many=True)

    def get_link(self, page: Any) -> str:
        """The address to hand over."""
        return actions.page_url(page.quote) if page.quote.link_hashed else ""


class RenewIn(serializers.Serializer[Any]):
    valid_until = serializers.DateField()


class WithdrawIn(serializers.Serializer[Any]):
    reason = Words(max_length=200)


class PriceIn(serializers.Serializer[Any]):
    price_minor = serializers.IntegerField(min_value=1, max_value=MOST_MINOR)
    reason = Words(min_length=3, max_length=200)


class QuoteRow(serializers.ModelSerializer[Quote]):
    order = serializers.CharField(source="order.number", allow_null=True, default=None)

    class Meta:
        model = Quote
        fields = ["number", "state", "name", "email", "phone", "currency", "valid_until_at", "asked_again_at", "order"]


class QuotesAsked(serializers.Serializer[Any]):
    state = serializers.ChoiceField(QuoteState.choices, required=False)


class Quotes(generics.ListAPIView[Quote], Act):
    """Quotes, newest first, filtered by state; raise one."""

    takes, gives, status, refusals = SalesQuoteIn, SalesQuoteOut, 201, REFUSALS
    serializer_class = QuoteRow

    def get_permissions(self) -> list[Any]:
        return [holding(*(OFFICE if self.request.method in ("GET", "HEAD", "OPTIONS") else (Role.SALES,)))()]

    def get_queryset(self) -> Any:
        rows = Quote.objects.for_user(self.request.user).select_related("order")
        return rows.filter(**read(QuotesAsked, self.request.query_params))

    @extend_schema(parameters=[QuotesAsked], responses=QuoteRow(many=True))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    def act(self, said: dict[str, Any], **named: Any) -> Any:
        brand, by = shop_brand(), self.by
        first, *more = (offered(line, brand) for line in said["lines"])
        quote = actions.draw_up(wanted=_wanted(said, brand), offered=first, by=by, now=timezone.now())
        for another in more:
            actions.add_line(quote=quote, offered=another, by=by)
        if said["share"]:
            actions.share(quote=quote, by=by)
        return _shown(quote)


class OneQuote(APIView):
    """One quote."""

    permission_classes = [holding(*OFFICE)]

    @extend_schema(responses=SalesQuoteOut)
    def get(self, request: Request, number: str) -> Response:
        return Response(SalesQuoteOut(_shown(_find(request, number))).data)


class OfQuote(Act):
    """Something done with a quote by sales."""

    permission_classes = [holding(Role.SALES)]
    gives, refusals = SalesQuoteOut, REFUSALS

    def act(self, said: dict[str, Any], **named: Any) -> Any:
        quote = _find(self.request, named["number"])
        self.do(quote, said, **named)
        return _shown(quote)

    @abstractmethod
    def do(self, quote: Quote, said: dict[str, Any], **named: Any) -> None:
        """What is done."""


class Share(OfQuote):
    """Make the link of a draft."""

    def do(self, quote: Quote, said: dict[str, Any], **named: Any) -> None:
        actions.share(quote=quote, by=self.by)


class Renew(OfQuote):
    """The same prices until another day."""

    takes = RenewIn

    def do(self, quote: Quote, said: dict[str, Any], **named: Any) -> None:
        until = end_of(_day(said["valid_until"]), quote.brand.seller.time_zone)
        actions.renew(quote=quote, valid_until_at=until, by=self.by)


class Withdraw(OfQuote):
    """Take it back."""

    takes = WithdrawIn

    def do(self, quote: Quote, said: dict[str, Any], **named: Any) -> None:
        actions.withdraw(quote=quote, reason=said["reason"], by=self.by)


class Price(OfQuote):
    """Another price for a line, with the reason for it."""

    takes = PriceIn

    def do(self, quote: Quote, said: dict[str, Any], **named: Any) -> None:
        line = get_object_or_404(quote.lines, position=named["position"])
        actions.change_price(line=line, gross_minor=said["price_minor"], reason=said["reason"], by=self.by)


def _wanted(said: dict[str, Any], brand: Brand) -> actions.Wanted:
    until = _day(said["valid_until"] or timezone.localdate() + timedelta(days=VALID_DAYS))
    same = ("name", "email", "phone", "language", "delivery", "note")
    return actions.Wanted(
        brand=brand, country=said["country"] or brand.seller.country, valid_until_at=end_of(until, brand.seller.time_zone),
        deposit_percent=said["deposit_percent"] or brand.deposit_percent, **{name: said[name] for name in same},
    )  # fmt: skip


def _day(day: Any) -> Any:
    try:
        return still_to_come(day)
    except DjangoError as error:
        raise serializers.ValidationError({"valid_until": "Choose a day from today on, within 90 days."}) from error


def _find(request: Request, number: str) -> Quote:
    rows = Quote.objects.for_user(person(request)).select_related("brand__seller", "delivery", "order")
    return get_object_or_404(rows, number=number)


def _shown(quote: Quote) -> Any:
    return show(quote, now=timezone.now())


routes = [
    path("office/quotes/", Quotes.as_view(), name="api_quotes"),
    path("office/quotes/<str:number>/", OneQuote.as_view(), name="api_quote"),
    path("office/quotes/<str:number>/share/", Share.as_view(), name="api_quote_share"),
    path("office/quotes/<str:number>/renew/", Renew.as_view(), name="api_quote_renew"),
    path("office/quotes/<str:number>/withdraw/", Withdraw.as_view(), name="api_quote_withdraw"),
    path("office/quotes/<str:number>/lines/<int:position>/price/", Price.as_view(), name="api_quote_price"),
]
