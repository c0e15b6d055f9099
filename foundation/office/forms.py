"""What is asked about people and about the house."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundation.house.models import WEEKDAYS, Brand, Calendar, DeliveryMethod, Holiday, Seller, Site
from foundation.people.roles import STAFF, Role

STAFF_CHOICES = [(role.value, role.label) for role in Role if role in STAFF]


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=STAFF_CHOICES, widget=forms.CheckboxSelectMultiple)


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=STAFF_CHOICES, widget=forms.CheckboxSelectMultiple)


def _form(model: type, *fields: str) -> type[forms.ModelForm]:
    return forms.modelform_factory(model, fields=fields)


class CalendarForm(forms.ModelForm):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Working days"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Calendar
        fields = ("weekdays", "opens_at", "closes_at")


FACTS: dict[type, type[forms.ModelForm]] = {
    Seller: _form(
        Seller, "legal_name", "address", "country", "currency", "vat_number", "vat_rate_bp", "invoice_prefix", "email",
        "phone", "bank_details", "promptpay_id", "time_zone",
    ),
    Brand: _form(
        Brand, "name", "seller", "strapline", "contact_email", "whatsapp", "line_id", "making_rate_minor_per_hour",
        "house_fee_minor", "metal_markup_bp", "deposit_percent",
    ),
    Site: _form(Site, "name", "seller", "address", "country", "time_zone", "is_workshop", "is_showroom"),
    Calendar: CalendarForm,
    Holiday: _form(Holiday, "site", "on", "name"),
    DeliveryMethod: _form(
        DeliveryMethod, "seller", "code", "name", "countries", "price_minor", "days", "carrier", "tracking_url", "position",
        "collected_at",
    ),
}  # fmt: skip
