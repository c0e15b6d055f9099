"""What checkout asks: who, where to, how, and that they know what cannot be sent back."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.chooser import chooser
from foundation.countries import Rule, countries, rule_for
from foundation.house.models import DeliveryMethod
from foundation.line import LineField
from foundation.telephone import TelephoneField
from store.orders.drafts import Address


class CheckoutForm(forms.Form):
    """One page. Its address fields are those of the chosen country, its delivery methods those that go there."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    name = LineField(label=gettext_lazy("Your name"), max_length=120)
    phone = TelephoneField(label=gettext_lazy("Telephone, for the carrier"), max_length=30, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    recipient = LineField(label=gettext_lazy("Name on the parcel, if it is not yours"), max_length=120, required=False)
    line1 = LineField(label=gettext_lazy("Street and number"), max_length=120)
    line2 = LineField(max_length=120, required=False)
    city = LineField(max_length=80)
    region = LineField(max_length=80, required=False)
    postcode = LineField(max_length=16, required=False)
    delivery = forms.ChoiceField(
        label=gettext_lazy("Delivery"),
        error_messages={"invalid_choice": gettext_lazy("It cannot be sent there in this way. Choose another.")},
    )
    gift = forms.BooleanField(label=gettext_lazy("It is a gift"), required=False)
    gift_note = forms.CharField(
        label=gettext_lazy("Words for the card"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    hide_prices = forms.BooleanField(label=gettext_lazy("No prices in the parcel"), required=False)
    consent = forms.BooleanField(label=gettext_lazy("Before you pay"), required=False)
    agreed = forms.IntegerField(widget=forms.HiddenInput, required=False)

    AUTOCOMPLETE = {
        "name": "name", "phone": "tel", "country": "shipping country", "recipient": "shipping name",
        "line1": "shipping address-line1", "line2": "shipping address-line2", "city": "shipping address-level2",
        "region": "shipping address-level1", "postcode": "shipping postal-code",
    }  # fmt: skip

    def __init__(
        self, *args: Any, country: str, methods: list[DeliveryMethod], needs_consent: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule_for(country)
        self.needs_consent = needs_consent
        chooser(self, "country").choices = countries(offered_countries(methods))
        chooser(self, "delivery").choices = [(m.code, m.name) for m in going_to(country, methods)]
        for name, words in self.AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = words
        self._as_the_country_writes(self.rule)
        for field in self.fields.values():
            field.error_messages["required"] = _("%(field)s is missing.") % {"field": field.label}

    def _as_the_country_writes(self, rule: Rule) -> None:
        """Call the fields what the country calls them, and leave out those it does not have."""
        self.fields["city"].label, self.fields["line2"].label = str(rule.city_label), str(rule.line2_label)
        self.fields["postcode"].label, self.fields["postcode"].required = str(rule.postcode_label), rule.postcode_needed
        if rule.region_label:
            self.fields["region"].label, self.fields["region"].required = str(rule.region_label), rule.region_needed
        else:
            del self.fields["region"]

    def clean_postcode(self) -> str:
        """In the country's own shape, in capitals."""
        said = self.cleaned_data["postcode"].upper()
        if said and self.rule.postcode and not re.fullmatch(self.rule.postcode, said):
            raise forms.ValidationError(_("Write it like %(example)s.") % {"example": self.rule.example})
        return said

    def clean_consent(self) -> bool:
        """What is made for one person cannot be sent back: they have to know before they pay."""
        if self.needs_consent and not self.cleaned_data["consent"]:
            raise forms.ValidationError(_("Tick this to go on: the workshop makes it for you alone."))
        return bool(self.cleaned_data["consent"])

    def address(self) -> Address:
        """Where the parcel goes."""
        said = self.cleaned_data
        return Address(
            recipient=said["recipient"] or said["name"], line1=said["line1"], line2=said["line2"], city=said["city"],
            region=said.get("region", ""), postcode=said["postcode"], country=said["country"],
        )  # fmt: skip


def offered_countries(methods: list[DeliveryMethod]) -> frozenset[str] | None:
    """The countries that some method goes to; None where one goes everywhere."""
    if any(not method.countries for method in methods):
        return None
    return frozenset(code for method in methods for code in method.countries)


def going_to(country: str, methods: list[DeliveryMethod]) -> list[DeliveryMethod]:
    """The methods that go there."""
    return [method for method in methods if not method.countries or country in method.countries]
