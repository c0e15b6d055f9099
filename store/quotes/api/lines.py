"""A line of a quote as programs send it, and as they are shown it."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from foundation.api.fields import Line, Words
from foundation.house.models import Brand
from store.catalogue.models import Piece
from store.catalogue.models.pieces import Kind
from store.pricing.choosing import with_ways
from store.quotes.forms import alloy_choices
from store.quotes.offering import (
    Bespoke,
    Offered,
    Wish,
    chosen_of,
    for_price,
    offer_bespoke,
    offer_piece,
    today_of,
)

MOST_MINOR = 2**31 - 1


LEFT_OUT: dict[str, Any] = {"required": False, "default": "", "allow_blank": True}
"""Of a field that may be left out."""


class QuoteLineIn(serializers.Serializer[Any]):
    """A piece of the catalogue by its slug and choices; or, with a `title`, a bespoke piece for `price_minor`."""

    piece = Words(max_length=80, **LEFT_OUT)
    metal = Words(max_length=24, **LEFT_OUT)
    size_um = serializers.IntegerField(
        required=False, default=None, allow_null=True, min_value=10_000, max_value=30_000
    )
    stone = serializers.IntegerField(required=False, default=None, allow_null=True, min_value=1, max_value=MOST_MINOR)
    engraving = Words(max_length=80, **LEFT_OUT)
    place = serializers.ChoiceField(required=False, default="inside", choices=["inside", "outside"])
    wish = Words(max_length=2000, **LEFT_OUT)
    made = serializers.BooleanField(required=False, default=False)
    quantity = serializers.IntegerField(required=False, default=1, min_value=1, max_value=20)
    price_minor = serializers.IntegerField(
        required=False, default=None, allow_null=True, min_value=1, max_value=MOST_MINOR
    )
    reason = Words(max_length=200, **LEFT_OUT)
    title = Line(max_length=80, **LEFT_OUT)
    kind = serializers.ChoiceField(required=False, default="", allow_blank=True, choices=Kind.choices)
    description = Words(max_length=2000, **LEFT_OUT)

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


class QuoteLineOut(serializers.Serializer[Any]):
    position = serializers.IntegerField(source="row.position")
    name = serializers.CharField()
    quantity = serializers.IntegerField(source="row.quantity")
    choices = serializers.ListField(child=serializers.CharField())
    wish = serializers.CharField()
    gross_minor = serializers.IntegerField()


def offered(said: dict[str, Any], brand: Brand) -> Offered:
    """What a line that was sent offers, at its price. Refuses what cannot be offered so."""
    now = timezone.now()
    if said["title"]:
        wanted = Bespoke(
            name=said["title"], kind=said["kind"], alloy=said["metal"], description=said["description"],
            agreed_minor=said["price_minor"], ring_inner_um=said["size_um"],
        )  # fmt: skip
        return offer_bespoke(wanted, brand=brand, now=now)
    wish = _wish(said)
    at_list = offer_piece(wish, today=today_of(brand), now=now)
    if said["price_minor"] is None:
        return at_list
    return for_price(at_list, said["price_minor"], reason=said["reason"], currency=brand.seller.currency)


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
