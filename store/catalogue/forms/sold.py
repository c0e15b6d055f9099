"""What a piece is sold as: variants that lie in the tray, and the stones that it can be made with."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.house.models import Site
from foundation.reference.stones import by_size
from foundation.typed import CaratsField, GramsField, MillimetresField, MoneyField
from store.catalogue.forms.choices import alloy_choices, cut_choices, size_choices, species_choices
from store.catalogue.models import Grown, Piece, StoneChoice, Variant


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
        self.fields["stone_species"] = forms.ChoiceField(label=_("Stone"), choices=species_choices, required=False)
        self.fields["stone_cut"] = forms.ChoiceField(label=_("Cut"), choices=cut_choices, required=False)
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
        self.fields["species"] = forms.ChoiceField(label=_("Stone"), choices=species_choices()[1:])
        self.fields["cut"] = forms.ChoiceField(label=_("Cut"), choices=cut_choices()[1:])
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


def _refuse_where_it_cannot_grow(form: forms.ModelForm, species: str, grown: str) -> None:
    is_pearl, said = form.cleaned_data.get(species) == "pearl", form.cleaned_data.get(grown)
    if is_pearl and said == Grown.LABORATORY:
        form.add_error(grown, _("A pearl is cultured, or natural: no laboratory grows one."))
    elif is_pearl and not said:
        form.add_error(grown, _("Say whether the pearl is cultured or natural."))
    elif said == Grown.CULTURED and not is_pearl:
        form.add_error(grown, _("Only a pearl is cultured: is this stone mined or laboratory-grown?"))
