"""What is asked about people and about the house."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from foundation.countries import countries
from foundation.house.models import WEEKDAYS, Brand, Calendar, DeliveryMethod, Holiday, Seller, Site
from foundation.line import LineField
from foundation.money import EXPONENTS
from foundation.people.roles import STAFF, Role
from foundation.typed import MoneyField, PercentField

LONGEST_ADDRESS = 400
"""Letters of an address: it has to go onto a label."""
STAFF_CHOICES = [(role.value, role.label) for role in Role if role in STAFF]


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"))
    name = LineField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=STAFF_CHOICES, widget=forms.CheckboxSelectMultiple)


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=STAFF_CHOICES, widget=forms.CheckboxSelectMultiple)


def _zone(text: str) -> None:
    if text not in available_timezones():
        raise ValidationError(_("There is no time zone “%s”. Write it like Europe/London.") % text)


PERCENTAGES = {"vat_rate_bp": _("VAT rate, per cent"), "metal_markup_bp": _("Handling of metal, per cent")}


class FactForm(forms.ModelForm):
    """A fact of the house, asked for as people write it: amounts in the seller's currency, percentages, countries by name."""

    amounts: tuple[str, ...] = ()
    percentages: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        currency = self._currency()
        for name in self.amounts:
            label = f"{capfirst(str(self.fields[name].label))}, {currency}"
            self.fields[name] = MoneyField(currency=currency, label=label)
        for name in self.percentages:
            self.fields[name] = PercentField(label=PERCENTAGES[name])
        for name, choices in (("country", countries(None)), ("currency", [(code, code) for code in EXPONENTS])):
            if name in self.fields:
                self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=choices)
        if "time_zone" in self.fields:
            self.fields["time_zone"].validators.append(_zone)

    def _currency(self) -> str:
        """Of the seller that is chosen here, else of the one it has, else of the first."""
        chosen = str(self.data.get("seller", "") or getattr(self.instance, "seller_id", ""))
        found = Seller.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
        first = found or Seller.objects.order_by("pk").first()
        return first.currency if first else "GBP"


class SellerForm(FactForm):
    percentages = ("vat_rate_bp",)

    address = forms.CharField(label=_("Address"), max_length=LONGEST_ADDRESS, widget=forms.Textarea(attrs={"rows": 4}))
    invoice_prefix = forms.CharField(
        label=_("Invoice series"), max_length=8,
        validators=[RegexValidator(r"^[A-Z0-9-]+\Z", _("Capital letters, figures and a dash make a series: AJ, UK-26."))],
    )  # fmt: skip

    class Meta:
        model = Seller
        fields = (
            "legal_name", "address", "country", "currency", "vat_number", "vat_rate_bp", "invoice_prefix", "email",
            "phone", "bank_details", "promptpay_id", "time_zone",
        )  # fmt: skip


class BrandForm(FactForm):
    amounts = ("making_rate_minor_per_hour", "house_fee_minor")
    percentages = ("metal_markup_bp",)

    deposit_percent = forms.IntegerField(label=_("Deposit on made-to-order, per cent"), min_value=0, max_value=100)

    class Meta:
        model = Brand
        fields = (
            "name", "seller", "strapline", "contact_email", "whatsapp", "line_id", "making_rate_minor_per_hour",
            "house_fee_minor", "metal_markup_bp", "deposit_percent", "return_days",
        )  # fmt: skip
        labels = {"whatsapp": "WhatsApp"}


class SiteForm(FactForm):
    class Meta:
        model = Site
        fields = ("name", "seller", "address", "country", "time_zone", "is_workshop", "is_showroom")


class DeliveryMethodForm(FactForm):
    amounts = ("price_minor",)

    countries = SimpleArrayField(
        forms.CharField(max_length=2), label=_("Countries"), required=False,
        help_text=_("Two letters each, with commas: GB,IE,FR. None: it goes everywhere."),
    )  # fmt: skip

    def clean_tracking_url(self) -> str:
        """Refuses what is no web address: buyers open it."""
        said = str(self.cleaned_data["tracking_url"])
        if said and not said.startswith("https://"):
            raise ValidationError(_("Write the whole address: https://carrier.example/{number}."))
        return said

    def clean_countries(self) -> list[str]:
        """Refuses what is no country."""
        codes = [code.upper() for code in self.cleaned_data["countries"]]
        if strange := sorted(set(codes) - {code for code, _name in countries(None)}):
            raise ValidationError(_("No country is called %s here. Write two letters: GB.") % ", ".join(strange))
        return codes

    class Meta:
        model = DeliveryMethod
        fields = (
            "seller", "code", "name", "countries", "price_minor", "days", "carrier", "tracking_url", "position",
            "collected_at",
        )  # fmt: skip


class CalendarForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        """Refuses a day that ends before it begins: no promise could be kept on it."""
        said: dict[str, Any] = super().clean() or {}
        opens_at, closes_at = said.get("opens_at"), said.get("closes_at")
        if opens_at and closes_at and opens_at >= closes_at:
            self.add_error("closes_at", _("It closes before it opens."))
        return said

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Working days"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Calendar
        fields = ("weekdays", "opens_at", "closes_at")


class HolidayForm(forms.ModelForm):
    class Meta:
        model = Holiday
        fields = ("site", "on", "name")
        widgets = {"on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


FACTS: dict[type, type[forms.ModelForm]] = {
    Seller: SellerForm,
    Brand: BrandForm,
    Site: SiteForm,
    Calendar: CalendarForm,
    Holiday: HolidayForm,
    DeliveryMethod: DeliveryMethodForm,
}
