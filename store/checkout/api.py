"""Checkout for programs: what a basket comes to, sent there in this way, and the order placed."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.acts import read
from foundation.api.once import OnceMixin
from foundation.api.permissions import Anyone
from foundation.api.problems import Refused
from foundation.countries import rule_for
from foundation.people.models import User
from foundation.ui.templatetags.ui import money as written_money
from store.baskets.actions import NotForSale, find_basket
from store.baskets.api import TOKEN
from store.baskets.models import Basket
from store.baskets.offer import Contents, contents, draft_lines
from store.catalogue.brands import shop_brand
from store.checkout.forms import CheckoutForm
from store.checkout.placing import place
from store.checkout.summary import Summary, methods_of, sum_up
from store.orders import actions
from store.orders.drafts import OrderDraft


class CheckoutIn(serializers.Serializer[Any]):
    """Fields as on the page."""

    email = serializers.EmailField()
    name = serializers.CharField(max_length=120)
    phone = serializers.CharField(required=False, default="", allow_blank=True, max_length=30)
    country = serializers.CharField(min_length=2, max_length=2)
    recipient = serializers.CharField(required=False, default="", allow_blank=True, max_length=120)
    line1 = serializers.CharField(max_length=120)
    line2 = serializers.CharField(required=False, default="", allow_blank=True, max_length=120)
    city = serializers.CharField(max_length=80)
    region = serializers.CharField(required=False, default="", allow_blank=True, max_length=80)
    postcode = serializers.CharField(required=False, default="", allow_blank=True, max_length=16)
    delivery = serializers.CharField(max_length=50)
    gift = serializers.BooleanField(required=False, default=False)
    gift_note = serializers.CharField(required=False, default="", allow_blank=True, max_length=240)
    hide_prices = serializers.BooleanField(required=False, default=False)
    consent = serializers.BooleanField(required=False, default=False)
    agreed = serializers.IntegerField(help_text="What is to be paid now, in minor units, as it was shown.")


class PlacedOut(serializers.Serializer[Any]):
    """The order that was placed. `payment_url` leads on to the hosted payment page."""

    number = serializers.CharField()
    token = serializers.CharField()
    payment_url = serializers.CharField()
    now_minor = serializers.IntegerField()
    total_minor = serializers.IntegerField()
    currency = serializers.CharField()


class SumsAsked(serializers.Serializer[Any]):
    """Where to, and by which way; the seller's own country and the first way where not said."""

    country = serializers.CharField(required=False, default="", max_length=2)
    delivery = serializers.CharField(required=False, default="", max_length=50)


class WayOut(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # also the name of an attribute that every serializer has
    minor = serializers.IntegerField()
    days = serializers.IntegerField()


class SumsOut(serializers.Serializer[Any]):
    """What the basket comes to, VAT included, in minor units: now_minor is to be agreed to at the checkout."""

    currency = serializers.CharField()
    country = serializers.CharField()
    ways = WayOut(many=True)
    goods_minor = serializers.IntegerField()
    delivery_minor = serializers.IntegerField()
    tax_minor = serializers.IntegerField()
    total_minor = serializers.IntegerField()
    now_minor = serializers.IntegerField()
    later_minor = serializers.IntegerField()
    promise_on = serializers.DateField()
    needs_consent = serializers.BooleanField()


class Checkout(OnceMixin, APIView):
    """What a basket comes to; make an order of it and ask for its first payment."""

    permission_classes = [Anyone]
    knows_guests = True

    @extend_schema(parameters=[SumsAsked], responses=SumsOut)
    def get(self, request: Request) -> Response:
        said, (_basket_row, found) = read(SumsAsked, request.query_params), _basket(request)
        summary = sum_up(draft_lines(found), shop_brand(), **said)
        _must_be_as_asked(summary, **said)
        return Response(SumsOut(summary).data)

    @extend_schema(request=CheckoutIn, responses={201: PlacedOut})
    def post(self, request: Request) -> Response:
        sent = CheckoutIn(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        basket, found = _basket(request)
        form = _checked(said, found)
        user = request.user if isinstance(request.user, User) else None
        draft = _draft(request, form, basket, found, user)
        try:
            order, attempt = place(draft, found, now=timezone.now(), by=user)
        except (actions.CannotOrder, actions.CannotPay, NotForSale) as refusal:
            raise Refused(str(refusal), code="cannot_order") from refusal
        placed = {
            "number": order.number, "token": actions.token_of(order), "now_minor": attempt.amount_minor,
            "total_minor": order.gross_minor, "currency": order.currency,
            "payment_url": request.build_absolute_uri(reverse("payments:go", args=[attempt.reference])),
        }  # fmt: skip
        return Response(placed, status=201)


def _basket(request: Request) -> tuple[Basket, Contents]:
    """The basket of who signed in, or of the secret that the program sends as Basket-Token."""
    token = request.headers.get(TOKEN, "")
    user = request.user if isinstance(request.user, User) else None
    basket = find_basket(token=token, user=user)
    found = contents(basket, brand=shop_brand(), now=timezone.now())
    if basket is None or found.problems:
        raise Refused(found.problems[0].text, code=found.problems[0].code)
    return basket, found


def _must_be_as_asked(summary: Summary, *, country: str, delivery: str) -> None:
    """Nothing is filled in for a program that named it: where it goes, and by which way."""
    wrong = {}
    if country and country != summary.country:
        wrong["country"] = [_("We do not send there. Name the country by two capital letters: GB.")]
    elif delivery and delivery not in [way.value for way in summary.ways]:
        wrong["delivery"] = [_("It cannot be sent there in this way. Choose another.")]
    if wrong:
        raise serializers.ValidationError(wrong)


def _checked(said: dict[str, Any], found: Contents) -> CheckoutForm:
    """The page's own form says what is wrong, field by field."""
    brand = shop_brand()
    summary = sum_up(draft_lines(found), brand, country=said["country"], delivery=said["delivery"])
    if rule_for(said["country"]).region_label == "":
        said = said | {"region": ""}
    form = CheckoutForm(said, country=summary.country, methods=methods_of(brand), needs_consent=summary.needs_consent)
    if not form.is_valid():
        raise serializers.ValidationError(
            {name: [str(error) for error in errors] for name, errors in form.errors.items()}
        )
    if said["agreed"] != summary.now_minor:
        now_asked, agreed = (written_money(minor, summary.currency) for minor in (summary.now_minor, said["agreed"]))
        raise Refused(f"The sum to pay now is {now_asked}, not {agreed}.", code="sum_changed")
    return form


def _draft(request: Request, form: CheckoutForm, basket: Basket, found: Contents, user: User | None) -> OrderDraft:
    said = form.cleaned_data
    return OrderDraft(
        reference=uuid5(NAMESPACE_URL, f"{basket.reference}:{request.headers['Idempotency-Key']}"),
        brand=basket.brand.code, channel="web", language=basket.language, currency=basket.currency,
        email=said["email"], name=said["name"], phone=said["phone"], address=form.address(), delivery=said["delivery"],
        lines=draft_lines(found), basket=basket.reference, user_id=user.pk if user else None, gift=said["gift"],
        gift_note=said["gift_note"] if said["gift"] else "", hide_prices=said["gift"] and said["hide_prices"],
        consented_at=timezone.now() if said["consent"] else None,
    )  # fmt: skip


routes = [path("checkout/", Checkout.as_view(), name="api_checkout")]
