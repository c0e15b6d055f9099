"""Quotes for programs: raised, shared, priced and withdrawn with a token of sales; seen and approved by the link's secret."""

from abc import abstractmethod
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError as DjangoError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.acts import Act, person
from foundation.api.permissions import Anyone, holding
from foundation.countries import rule_for
from foundation.house.models import Brand
from foundation.people.roles import OFFICE, Role
from store.catalogue.brands import shop_brand
from store.catalogue.models import Piece
from store.catalogue.models.pieces import Kind
from store.orders import actions as orders
from store.pricing.choosing import with_ways
from store.quotes import actions
from store.quotes.forms import VALID_DAYS, ApproveForm, alloy_choices, still_to_come
from store.quotes.models import Quote
from store.quotes.offering import (
    Bespoke,
    CannotOffer,
    Offered,
    Wish,
    chosen_of,
    for_price,
    offer_bespoke,
    offer_piece,
    today_of,
)
from store.quotes.page import end_of, show

REFUSALS = (actions.CannotChange, actions.CannotShare, CannotOffer, orders.CannotOrder)
MOST_MINOR = 2**31 - 1


def _words(most: int, *, needed: bool = False) -> serializers.CharField:
    if needed:
        return serializers.CharField(max_length=most)
    return serializers.CharField(max_length=most, required=False, default="", allow_blank=True)


class QuoteLineIn(serializers.Serializer[Any]):
    """A piece of the catalogue by its slug and choices; or, with a `title`, a bespoke piece for `price_minor`."""

    piece = _words(80)
    metal = _words(24)
    size_um = serializers.IntegerField(
        required=False, default=None, allow_null=True, min_value=10_000, max_value=30_000
    )
    stone = serializers.IntegerField(required=False, default=None, allow_null=True, min_value=1, max_value=MOST_MINOR)
    engraving = _words(80)
    place = serializers.ChoiceField(required=False, default="inside", choices=["inside", "outside"])
    wish = _words(2000)
    made = serializers.BooleanField(required=False, default=False)
    quantity = serializers.IntegerField(required=False, default=1, min_value=1, max_value=20)
    price_minor = serializers.IntegerField(
        required=False, default=None, allow_null=True, min_value=1, max_value=MOST_MINOR
    )
    reason = _words(200)
    title = _words(80)
    kind = serializers.ChoiceField(required=False, default="", allow_blank=True, choices=Kind.choices)
    description = _words(2000)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """One of the two, and what a bespoke piece needs."""
        if bool(said["piece"]) == bool(said["title"]):
            raise serializers.ValidationError(
                {"piece": "Name a piece of the catalogue, or give a bespoke one a title."}
            )
        needs = ("kind", "metal", "description", "price_minor") if said["title"] else ()
        if missing := [name for name in needs if not said[name]]:
            raise serializers.ValidationError(dict.fromkeys(missing, "A bespoke piece needs this."))
        if said["title"] and said["metal"] not in dict(alloy_choices()):
            raise serializers.ValidationError({"metal": "This is no alloy of the house."})
        return said


class SalesQuoteIn(serializers.Serializer[Any]):
    """Whom it is for, and what. An e-mail or a telephone number is enough; the rest has the house's own values."""

    name = _words(120, needed=True)
    email = serializers.EmailField(required=False, default="", allow_blank=True)
    phone = _words(30)
    language = serializers.ChoiceField(required=False, default="en", choices=["en", "th"])
    country = _words(2)
    delivery = _words(50, needed=True)
    deposit_percent = serializers.IntegerField(
        required=False, default=None, allow_null=True, min_value=10, max_value=100
    )
    valid_until = serializers.DateField(required=False, default=None, allow_null=True)
    note = _words(1000)
    share = serializers.BooleanField(required=False, default=True)
    lines = serializers.ListField(child=QuoteLineIn(), min_length=1, max_length=20)


class QuoteLineOut(serializers.Serializer[Any]):
    position = serializers.IntegerField(source="row.position")
    name = serializers.CharField()
    quantity = serializers.IntegerField(source="row.quantity")
    choices = serializers.ListField(child=serializers.CharField())
    wish = serializers.CharField()
    gross_minor = serializers.IntegerField()


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


class OfferOut(serializers.Serializer[Any]):
    """A quote as whoever it is for sees it. `total_minor` and `promise_on` are what they agree to."""

    number = serializers.CharField(source="quote.number")
    state = serializers.CharField(source="quote.state")
    name = serializers.CharField(source="quote.name")
    country = serializers.CharField(source="quote.country")
    delivery = serializers.CharField(source="quote.delivery.name")
    currency = serializers.CharField()
    total_minor = serializers.IntegerField(source="sums.total_minor")
    now_minor = serializers.IntegerField(source="sums.now_minor")
    later_minor = serializers.IntegerField(source="sums.later_minor")
    promise_on = serializers.DateField(allow_null=True)
    valid_until_at = serializers.DateTimeField(source="quote.valid_until_at")
    is_over = serializers.BooleanField()
    needs_consent = serializers.BooleanField()
    lines = QuoteLineOut(many=True)


class ApproveQuoteIn(serializers.Serializer[Any]):
    """Where it goes, and what was seen. `way` is card, which answers with the payment page, or transfer."""

    name = _words(120, needed=True)
    email = serializers.EmailField(required=False, default="", allow_blank=True)
    phone = _words(30)
    recipient = _words(120)
    line1 = _words(120, needed=True)
    line2 = _words(120)
    city = _words(80, needed=True)
    region = _words(80)
    postcode = _words(16)
    consent = serializers.BooleanField(required=False, default=False)
    agreed_minor = serializers.IntegerField(min_value=1, max_value=MOST_MINOR)
    promised_on = serializers.DateField()
    way = serializers.ChoiceField(required=False, default="card", choices=["card", "transfer"])


class ApprovedOut(serializers.Serializer[Any]):
    """The order it became. `payment_url` is "" where it is paid by transfer."""

    number = serializers.CharField()
    token = serializers.CharField()
    payment_url = serializers.CharField()


class RenewIn(serializers.Serializer[Any]):
    valid_until = serializers.DateField()


class WithdrawIn(serializers.Serializer[Any]):
    reason = _words(200, needed=True)


class PriceIn(serializers.Serializer[Any]):
    price_minor = serializers.IntegerField(min_value=1, max_value=MOST_MINOR)
    reason = serializers.CharField(min_length=3, max_length=200)


class QuoteRow(serializers.ModelSerializer[Quote]):
    order = serializers.CharField(source="order.number", allow_null=True, default=None)

    class Meta:
        model = Quote
        fields = ["number", "state", "name", "email", "phone", "currency", "valid_until_at", "asked_again_at", "order"]


class Quotes(generics.ListAPIView[Quote], Act):
    """Quotes, newest first, filtered by state; raise one."""

    takes, gives, status, refusals = SalesQuoteIn, SalesQuoteOut, 201, REFUSALS
    serializer_class = QuoteRow

    def get_permissions(self) -> list[Any]:
        return [holding(*(OFFICE if self.request.method in ("GET", "HEAD", "OPTIONS") else (Role.SALES,)))()]

    def get_queryset(self) -> Any:
        rows = Quote.objects.for_user(self.request.user).select_related("order")
        state = self.request.query_params.get("state", "").replace("\0", "")
        return rows.filter(state=state) if state else rows

    @extend_schema(responses=QuoteRow(many=True))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    def act(self, said: dict[str, Any], **named: Any) -> Any:
        brand, by = shop_brand(), self.by
        first, *more = (_offered(line, brand) for line in said["lines"])
        quote = actions.draw_up(wanted=_wanted(said, brand), offered=first, by=by, now=timezone.now())
        for offered in more:
            actions.add_line(quote=quote, offered=offered, by=by)
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


class OneOffer(APIView):
    """What the link shows."""

    permission_classes = [Anyone]

    @extend_schema(responses=OfferOut)
    def get(self, request: Request, token: str) -> Response:
        return Response(OfferOut(_shown(_by_token(token))).data)


class ApproveOffer(Act):
    """Approve it: it becomes an order, once."""

    permission_classes = [Anyone]
    takes, gives, status = ApproveQuoteIn, ApprovedOut, 201
    refusals = (actions.CannotApprove, orders.CannotPay)

    def act(self, said: dict[str, Any], **named: Any) -> Any:
        quote = _by_token(named["token"])
        order = actions.approve(quote=quote, answer=_answer(quote, said), now=timezone.now())
        due, url = order.dues.earliest("pk"), ""
        if said["way"] == "card" and due.is_open:
            attempt = orders.ask_for_payment(order=order, due=due, now=timezone.now())
            url = self.request.build_absolute_uri(reverse("payments:go", args=[attempt.reference]))
        return {"number": order.number, "token": orders.token_of(order), "payment_url": url}


class AskOffer(Act):
    """It has run out, and they would still like it."""

    permission_classes = [Anyone]
    gives = OfferOut

    def act(self, said: dict[str, Any], **named: Any) -> Any:
        return _shown(actions.ask_again(quote=_by_token(named["token"]), now=timezone.now()))


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


def _offered(said: dict[str, Any], brand: Brand) -> Offered:
    now = timezone.now()
    if said["title"]:
        wanted = Bespoke(
            name=said["title"], kind=said["kind"], alloy=said["metal"], description=said["description"],
            agreed_minor=said["price_minor"], ring_inner_um=said["size_um"],
        )  # fmt: skip
        return offer_bespoke(wanted, brand=brand, now=now)
    wish = _wish(said)
    offered = offer_piece(wish, today=today_of(brand), now=now)
    if said["price_minor"] is None:
        return offered
    return for_price(offered, said["price_minor"], reason=said["reason"], currency=brand.seller.currency)


def _wish(said: dict[str, Any]) -> Wish:
    """The choice, all of it as it was said: nothing is filled in for a program."""
    piece = with_ways(Piece.objects.on_show().filter(slug=said["piece"])).first()
    if piece is None:
        raise serializers.ValidationError({"lines": f"There is no piece “{said['piece']}”."})
    asked = {"metal": said["metal"], "size": said["size_um"], "stone": said["stone"], "engraving": said["engraving"], "place": said["place"]}  # fmt: skip
    wish = Wish(
        piece=piece, asked={name: str(value) for name, value in asked.items() if value}, quantity=said["quantity"],
        wish=said["wish"], made=said["made"],
    )  # fmt: skip
    choice = chosen_of(wish, today=today_of(piece.brand)).choice
    stone = choice.stone.pk if choice.stone else None
    got = {"metal": choice.alloy, "size": choice.ring_inner_um, "stone": stone}
    if wrong := [name for name, value in got.items() if asked[name] and asked[name] != value]:
        raise serializers.ValidationError({"lines": f"{piece.name} cannot be had in this {wrong[0]}."})
    return wish


def _answer(quote: Quote, said: dict[str, Any]) -> actions.Answer:
    """The page's own form says what is wrong with an address, field by field."""
    page = _shown(quote)
    sent = said | {"country": quote.country, "delivery": quote.delivery.code, "agreed": said["agreed_minor"], "promised": said["promised_on"]}  # fmt: skip
    if not rule_for(quote.country).region_label:
        sent |= {"region": ""}
    form = ApproveForm(sent, country=quote.country, methods=[quote.delivery], needs_consent=page.needs_consent)
    if not form.is_valid():
        raise serializers.ValidationError({name: [str(e) for e in errors] for name, errors in form.errors.items()})
    return actions.Answer(
        name=said["name"], email=said["email"], phone=said["phone"], address=form.address(), consented=said["consent"],
        agreed_minor=said["agreed_minor"], promised_on=said["promised_on"],
    )  # fmt: skip


def _find(request: Request, number: str) -> Quote:
    rows = Quote.objects.for_user(person(request)).select_related("brand__seller", "delivery", "order")
    return get_object_or_404(rows, number=number)


def _by_token(token: str) -> Quote:
    quote = actions.find_by_token(token)
    if quote is None:
        raise Http404
    return quote


def _shown(quote: Quote) -> Any:
    return show(quote, now=timezone.now())


routes = [
    path("office/quotes/", Quotes.as_view(), name="api_quotes"),
    path("office/quotes/<str:number>/", OneQuote.as_view(), name="api_quote"),
    path("office/quotes/<str:number>/share/", Share.as_view(), name="api_quote_share"),
    path("office/quotes/<str:number>/renew/", Renew.as_view(), name="api_quote_renew"),
    path("office/quotes/<str:number>/withdraw/", Withdraw.as_view(), name="api_quote_withdraw"),
    path("office/quotes/<str:number>/lines/<int:position>/price/", Price.as_view(), name="api_quote_price"),
    path("quotes/<str:token>/", OneOffer.as_view(), name="api_offer"),
    path("quotes/<str:token>/approve/", ApproveOffer.as_view(), name="api_offer_approve"),
    path("quotes/<str:token>/ask/", AskOffer.as_view(), name="api_offer_ask"),
]
