"""What a buyer sends to the basket."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AddForm(forms.Form):
    """A piece with all that was chosen for it, and the price that was seen."""

    metal = forms.CharField(max_length=24, required=False)
    size = forms.CharField(max_length=6, required=False)
    stone = forms.CharField(max_length=12, required=False)
    engraving = forms.CharField(max_length=120, required=False)
    place = forms.CharField(max_length=8, required=False)
    wish = forms.CharField(max_length=2000, required=False)
    line = forms.IntegerField(min_value=1, required=False)
    agreed = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    sketch = forms.FileField(required=False, allow_empty_file=True)

    def asked(self) -> dict[str, str]:
        """The choices as an address would name them."""
        names = ("metal", "size", "stone", "engraving", "place")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}

    def kept(self) -> dict[str, str]:
        """All that was chosen and written, for the page to show again where it is refused."""
        told = {"wish": self.cleaned_data["wish"], "line": str(self.cleaned_data["line"] or "")}
        return self.asked() | {name: said for name, said in told.items() if said}


class LineForm(forms.Form):
    """Another number of a line, or another variant."""

    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=20, required=False)
    variant = forms.IntegerField(min_value=1, required=False)


class GiftForm(forms.Form):
    """Whether it is a gift."""

    gift = forms.BooleanField(label=_("It is a gift"), required=False)
    gift_note = forms.CharField(
        label=_("Note for the card"), max_length=240, required=False, widget=forms.Textarea({"rows": 3})
    )
    hide_prices = forms.BooleanField(label=_("No prices in the parcel"), required=False)
