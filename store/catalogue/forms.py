"""What the office fills in about a piece. Every field has the trade's name and its unit; nobody sees code."""

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.house.models import Brand, Site
from foundation.length import ring_sizes
from foundation.reference.alloys import ALLOYS
from foundation.reference.stones import CUTS, SPECIES, by_size
from foundation.typed import CaratsField, GramsField, MillimetresField, MoneyField
from production import offer, studio
from production.offer import ShapeField
from store.catalogue.actions.studio import alloys_of
from store.catalogue.models import Grown, Piece, StoneChoice, Variant, View
from store.catalogue.wording import alloy_name, cut_name, ring_size_long, stone_name

SIZE = ("inner_diameter_um",)
SET_BY_CHOICE = ("inner_diameter_um", "cut", "stone_width_um", "stone_length_um", "gem")
"""Measures that the buyer's size and stone decide; the office leaves them alone."""

Choices = list[tuple[Any, str]]


def alloy_choices() -> Choices:
    """Precious alloys, those that the workshop holds metal of first."""
    held = offer.alloys()
    codes = [*held, *(row.code for row in ALLOYS if row.metal != "base" and row.code not in held)]
    return [(code, alloy_name(code)) for code in codes]


def size_choices() -> Choices:
    """UK sizes with their names elsewhere."""
    return [("", _("not a ring")), *((size.inner_um, ring_size_long(size.inner_um)) for size in ring_sizes("UK"))]


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


class PhotosForm(forms.Form):
    """Pictures of a piece, taken with a phone."""

    view = forms.ChoiceField(label=gettext_lazy("View"), choices=View.choices)
    alt = forms.CharField(label=gettext_lazy("In words, for those who don’t see it"), max_length=160, required=False)
    width_um = MillimetresField(
        label=gettext_lazy("Millimetres across the whole picture, for the scale"), required=False
    )

    def __init__(self, *args: Any, piece: Piece, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = {metal.alloy for metal in piece.metals.all()} | set(piece.variants.values_list("alloy", flat=True))
        metals = [("", _("whichever")), *((code, alloy_name(code)) for code in sorted(mine))]
        self.fields["alloy"] = forms.ChoiceField(label=_("Metal shown"), required=False, choices=metals)


class StudioForm(forms.Form):
    """Pictures to be taken by the studio: in which metals, from where. What has no picture yet is ticked."""

    def __init__(self, *args: Any, piece: Piece, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine, taken = alloys_of(piece), {photo.alloy for photo in piece.photos.all()}
        sides = studio.views_of(family=piece.family, parameters=piece.parameters)
        self.fields["alloys"] = forms.MultipleChoiceField(
            label=_("Metals"), widget=forms.CheckboxSelectMultiple, choices=[(code, alloy_name(code)) for code in mine],
            initial=[code for code in mine if code not in taken] or mine,
            error_messages={"required": _("Choose at least one metal.")},
        )  # fmt: skip
        self.fields["views"] = forms.MultipleChoiceField(
            label=_("From where"), widget=forms.CheckboxSelectMultiple,
            choices=[(code, View(code).label) for code in sides], initial=sides[:2],
            error_messages={"required": _("Choose at least one view.")},
        )  # fmt: skip


class VariantForm(forms.ModelForm):
    """A ready-made variant: what has a stock number and a price."""

    found = forms.IntegerField(label=gettext_lazy("How many lie in the tray"), min_value=0, max_value=10_000)
    stone_um = MillimetresField(label=gettext_lazy("Pearls: size across, mm"), required=False)

    class Meta:
        model = Variant
        fields = ["sku", "alloy", "ring_inner_um", "marks", "stone_species", "stone_grown", "stone_cut", "stone_count"]

    def __init__(self, *args: Any, piece: Piece, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        money = MoneyField(currency=piece.brand.seller.currency, label=_("Price, VAT included"))
        self.fields["price_minor"] = money
        self.fields["metal_mg"] = GramsField(label=_("Weight of metal, g"))
        self.fields["stone_mct"] = CaratsField(label=_("Weight of its stones, ct"), required=False)
        self.fields["alloy"] = forms.ChoiceField(label=_("Metal"), choices=alloy_choices)
        self.fields["ring_inner_um"] = forms.TypedChoiceField(
            label=_("Ring size"), choices=size_choices, coerce=int, empty_value=None, required=piece.is_ring
        )
        self.fields["stone_species"] = forms.ChoiceField(label=_("Stone"), choices=_species, required=False)
        self.fields["stone_cut"] = forms.ChoiceField(label=_("Cut"), choices=_cuts, required=False)
        self.fields["stone_count"].required = False
        for name in ("price_minor", "metal_mg", "stone_mct", "stone_um"):
            self.initial.setdefault(name, getattr(self.instance, name, None) or None)
        self.order_fields(
            [
                "sku",
                "alloy",
                "ring_inner_um",
                "price_minor",
                "found",
                "metal_mg",
                "marks",
                "stone_species",
                "stone_mct",
                "stone_um",
            ]
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        _refuse_where_it_cannot_grow(self, "stone_species", "stone_grown")
        if by_size(told.get("stone_species") or "") and not told.get("stone_um"):
            self.add_error("stone_um", _("A pearl is sold by its size: how many millimetres is it across?"))
        return told

    def save_for(self, piece: Piece) -> Variant:
        """The variant of this piece."""
        variant = self.save(commit=False)
        variant.piece, variant.currency = piece, piece.brand.seller.currency
        told = self.cleaned_data
        variant.price_minor, variant.metal_mg = told["price_minor"], told["metal_mg"]
        variant.stone_mct, variant.stone_count = told["stone_mct"] or 0, told["stone_count"] or 0
        variant.stone_um = told["stone_um"] if by_size(variant.stone_species) else None
        if variant.stone_species:
            variant.stone_grown = variant.stone_grown or Grown.MINED
            variant.stone_count = variant.stone_count or 1
        variant.save()
        return variant


class StoneForm(forms.ModelForm):
    """A stone that the piece can be made with."""

    only_one = forms.BooleanField(label=gettext_lazy("There is only this one (it has a report)"), required=False)

    report_url = forms.URLField(label=gettext_lazy("Where the report opens"), required=False, assume_scheme="https")

    class Meta:
        model = StoneChoice
        fields = [
            "species", "grown", "cut", "colour", "clarity", "count", "treatment", "origin", "report_lab", "report_number",
            "report_url",
        ]  # fmt: skip

    def __init__(self, *args: Any, piece: Piece, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["species"] = forms.ChoiceField(label=_("Stone"), choices=_species()[1:])
        self.fields["cut"] = forms.ChoiceField(label=_("Cut"), choices=_cuts()[1:])
        self.fields["length_um"] = MillimetresField(label=_("Length, mm"))
        self.fields["width_um"] = MillimetresField(label=_("Width, mm"))
        self.fields["mct"] = CaratsField(label=_("Weight of each, ct"))
        self.fields["price_minor"] = MoneyField(
            currency=piece.brand.seller.currency, label=_("Price of all of them, before VAT")
        )
        self.order_fields(["species", "grown", "cut", "mct", "length_um", "width_um", "price_minor", "count", "colour"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (told.get("length_um") or 0) < (told.get("width_um") or 0):
            self.add_error("length_um", _("The length is the longer side."))
        _refuse_where_it_cannot_grow(self, "species", "grown")
        return told

    def save_for(self, piece: Piece) -> StoneChoice:
        """The stone of this piece, last in the row."""
        stone = self.save(commit=False)
        stone.piece, stone.currency, stone.position = piece, piece.brand.seller.currency, piece.stones.count()
        for name in ("length_um", "width_um", "mct", "price_minor"):
            setattr(stone, name, self.cleaned_data[name])
        stone.save()
        return stone


class CountForm(forms.Form):
    """A variant's price, and how many a count found."""

    found = forms.IntegerField(label=gettext_lazy("In the tray"), min_value=0, max_value=10_000)

    def __init__(self, *args: Any, piece: Piece, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = Site.objects.filter(seller=piece.brand.seller).order_by("pk")
        self.fields["site"] = forms.ModelChoiceField(label=_("Where"), queryset=sites, empty_label=None)
        self.fields["price_minor"] = MoneyField(currency=piece.brand.seller.currency, label=_("Price, VAT included"))


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


def _refuse_where_it_cannot_grow(form: forms.ModelForm, species: str, grown: str) -> None:
    is_pearl, said = form.cleaned_data.get(species) == "pearl", form.cleaned_data.get(grown)
    if is_pearl and said == Grown.LABORATORY:
        form.add_error(grown, _("A pearl is cultured, or natural: no laboratory grows one."))
    elif is_pearl and not said:
        form.add_error(grown, _("Say whether the pearl is cultured or natural."))
    elif said == Grown.CULTURED and not is_pearl:
        form.add_error(grown, _("Only a pearl is cultured: is this stone mined or laboratory-grown?"))


def _species() -> Choices:
    return [("", _("none")), *((row.code, stone_name(row.code)) for row in SPECIES)]


def _cuts() -> Choices:
    return [("", _("none")), *((row.code, cut_name(row.code)) for row in CUTS)]


def _free(field: str, wanted: str) -> str:
    """The wanted word, or the first with a number that no other piece has."""
    taken = set(Piece.objects.filter(**{f"{field}__startswith": wanted}).values_list(field, flat=True))
    numbered = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, 10_000))
    return next(word for word in numbered if word not in taken)
