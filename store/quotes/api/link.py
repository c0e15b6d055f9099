"""A quote by its link's secret: seen and approved by whoever it is for."""

from typing import Any

from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.acts import Act
from foundation.api.fields import Line
from foundation.api.permissions import Anyone
from foundation.countries import rule_for
from foundation.telephone import telephone
from store.orders import actions as orders
from store.quotes import actions
from store.quotes.api.lines import LEFT_OUT, MOST_MINOR, QuoteLineOut
from store.quotes.forms import ApproveForm
from store.quotes.models import Quote
from store.quotes.page import show


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

    name = Line(max_length=120)
    email = serializers.EmailField(required=False, default="", allow_blank=True)
    phone = Line(max_length=30, **LEFT_OUT, validators=[telephone])
    recipient = Line(max_length=120, **LEFT_OUT)
    line1 = Line(max_length=120)
    line2 = Line(max_length=120, **LEFT_OUT)
    city = Line(max_length=80)
    region = Line(max_length=80, **LEFT_OUT)
    postcode = Line(max_length=16, **LEFT_OUT)
    consent = serializers.BooleanField(required=False, default=False)
    agreed_minor = serializers.IntegerField(min_value=1, max_value=MOST_MINOR)
    promised_on = serializers.DateField()
    way = serializers.ChoiceField(required=False, default="card", choices=["card", "transfer"])


class ApprovedOut(serializers.Serializer[Any]):
    """The order it became. `payment_url` is "" where it is paid by transfer."""

    number = serializers.CharField()
    token = serializers.CharField()
    payment_url = serializers.CharField()


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


def _answer(quote: Quote, said: dict[str, Any]) -> actions.Answer:
    """The page's own form says what is wrong with an address, field by field."""
    page = _shown(quote)
    sent = said | {"country": quote.country, "delivery": quote.delivery.code, "agreed": said["agreed_minor"], "promised": said["promised_on"]}  # fmt: skip
    if not rule_for(quote.country).region_label:
        sent |= {"region": ""}
    form = ApproveForm(sent, country=quote.country, methods=[quote.delivery], needs_consent=page.needs_consent)
    if not form.is_valid():
        raise serializers.ValidationError({name: [str(e) for e in errors] for name, errors in form.errors.items()})
    return form.answer()


def _by_token(token: str) -> Quote:
    quote = actions.find_by_token(token)
    if quote is None:
        raise Http404
    return quote


def _shown(quote: Quote) -> Any:
    return show(quote, now=timezone.now())


routes = [
    path("quotes/<str:token>/", OneOffer.as_view(), name="api_offer"),
    path("quotes/<str:token>/approve/", ApproveOffer.as_view(), name="api_offer_approve"),
    path("quotes/<str:token>/ask/", AskOffer.as_view(), name="api_offer_ask"),
]
