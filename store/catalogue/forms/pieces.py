"""A piece's facts, and the measures of its shape."""

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.house.models import Brand
from foundation.typed import MillimetresField
from production import offer
from production.offer import ShapeField
from store.catalogue.actions.studio import alloys_of
from store.catalogue.forms.choices import alloy_choices, size_choices
from store.catalogue.models import Piece

SIZE = ("inner_diameter_um",)
SET_BY_CHOICE = ("inner_diameter_um", "cut", "stone_width_um", "stone_length_um", "gem")
"""Measures that the buyer's size and stone decide; the office leaves them alone."""


class PieceForm(forms.ModelForm):
    """A piece's facts."""

    metals = forms.MultipleChoiceField(
        label=gettext_lazy("Metals it can be made in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=alloy_choices,
    )

    class Meta:
        model = Piece
        fields = [
            "name", "line", "kind", "family", "collections", "made_to_order", "metals", "ring_from_um", "ring_to_um",
            "engraving_most", "description", "tray", "finish", "plating", "care", "position",
        ]  # fmt: skip
        widgets = {
            "collections": forms.CheckboxSelectMultiple,
            "description": forms.Textarea({"rows": 4}),
            "ring_from_um": forms.Select,
            "ring_to_um": forms.Select,
            "family": forms.Select,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family"].widget.choices = [(one.code, one.title) for one in offer.shapes()]
        for name in ("ring_from_um", "ring_to_um"):
            self.fields[name].widget.choices = size_choices()
        if self.instance.pk:
            self.fields["metals"].initial = [metal.alloy for metal in self.instance.metals.all()]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        is_ring = told.get("kind") in ("ring_with_stone", "plain_ring")
        low, high = told.get("ring_from_um"), told.get("ring_to_um")
        if is_ring and told.get("made_to_order") and not (low and high):
            self.add_error("ring_from_um", _("A ring that is made to order needs its smallest and largest size."))
        elif low and high and low > high:
            self.add_error("ring_to_um", _("The largest size is smaller than the smallest."))
        if told.get("made_to_order") and not told.get("metals"):
            self.add_error("metals", _("Choose at least one metal that it can be made in."))
        return told

    def save_for(self, brand: Brand) -> Piece:
        """The piece, new ones with an address and a style code made from the name."""
        piece = self.save(commit=False)
        if piece.pk is None:
            piece.brand = brand
            piece.slug = _free("slug", slugify(piece.name)[:40] or "piece")
            piece.style_code = _free("style_code", slugify(piece.name).upper()[:14] or "PIECE")
        piece.save()
        self.save_m2m()
        return piece


class MeasuresForm(forms.Form):
    """The measures of a piece's shape, those that the buyer's size and stone decide left out."""

    def __init__(self, *args: Any, piece: Piece, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.piece = piece
        shape = next((one for one in offer.shapes() if one.code == piece.family), None)
        self.asked = [one for one in shape.fields if not _is_the_buyers(one, piece)] if shape else []
        for one in self.asked:
            self.fields[one.name] = _measure(one, piece.parameters.get(one.name, one.default))

    def parameters(self) -> dict[str, Any]:
        """The piece's measures with what was filled in, where that differs from what the shape has anyway."""
        told = {
            one.name: self.cleaned_data[one.name]
            for one in self.asked
            if self.cleaned_data.get(one.name) not in ("", None)
        }
        filled_in = {one.name: told[one.name] for one in self.asked if told.get(one.name, one.default) != one.default}
        others = set(self.piece.parameters) - {one.name for one in self.asked}
        return {name: self.piece.parameters[name] for name in others} | filled_in

    def clean(self) -> dict[str, Any]:
        """Ask the workshop whether it can be made so, in the smallest size and with the first stone."""
        told = super().clean() or {}
        alloy = next(iter([*alloys_of(self.piece), *offer.alloys()]), "")
        if self.errors or not alloy:
            return told
        size = self.piece.ring_from_um if self.piece.is_ring else None
        changed = copy(self.piece)
        changed.parameters = self.parameters()
        measures = changed.parameters_for(ring_inner_um=size, stone=self.piece.stones.first())
        try:
            offer.weigh(family=self.piece.family, parameters=measures, alloy=alloy)
        except offer.CannotWeigh as refusal:
            raise ValidationError(str(refusal)) from refusal
        return told


def _is_the_buyers(one: ShapeField, piece: Piece) -> bool:
    """Size, stone and engraving are chosen with the order; the stone of a piece that is only sold ready made is its own."""
    chosen = SET_BY_CHOICE if piece.made_to_order else SIZE
    return one.name in chosen or one.unit == "words"


def _measure(one: ShapeField, value: Any) -> forms.Field:
    label = _(one.label)
    if one.unit == "um":
        return MillimetresField(label=_("%(what)s, mm") % {"what": label}, initial=value, required=False)
    if one.unit == "choice":
        return forms.ChoiceField(
            label=label, choices=[(o, o.replace("_", " ")) for o in one.options], initial=value, required=False
        )
    if one.unit == "words":
        return forms.CharField(label=label, max_length=one.most, initial=value, required=False)
    return forms.IntegerField(label=label, min_value=one.least, max_value=one.most, initial=value, required=False)


def _free(field: str, wanted: str) -> str:
    """The wanted word, or the first with a number that no other piece has."""
    taken = set(Piece.objects.filter(**{f"{field}__startswith": wanted}).values_list(field, flat=True))
    numbered = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, 10_000))
    return next(word for word in numbered if word not in taken)
