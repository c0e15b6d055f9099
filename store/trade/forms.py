"""What a company says of itself, how it orders, and what the office agrees with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.chooser import chooser
from foundation.countries import countries
from foundation.house.models import DeliveryMethod
from foundation.line import LineField
from foundation.money import NotAnAmount, parse_money
from foundation.telephone import TelephoneField
from store.buyers.actions import Application
from store.buyers.models import TradeCompany
from store.buyers.vat_numbers import why_not
from store.orders import wording
from store.orders.drafts import Address
from store.pricing.models import PriceList

MOST_PAPERS = 5
ON_ONE_LINE = (
    "name", "registration_number", "vat_number", "line1", "line2", "city", "region", "postcode", "contact_name", "phone",
)  # fmt: skip
"""What a company says that goes onto labels, invoices and the heads of letters."""


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files: each is looked at as one would be."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files that were sent."""
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in sent if one]


class ApplyForm(forms.ModelForm):
    """A company asks for a trade account."""

    country = forms.ChoiceField(label=gettext_lazy("Country"))
    website = forms.URLField(label=gettext_lazy("Website"), assume_scheme="https", required=False)
    papers = FilesField(
        label=gettext_lazy("Documents: a trade register extract, a VAT certificate, a picture of your shop"),
        help_text=gettext_lazy("PDF, JPEG, PNG or WebP, five at most."),
        required=False,
    )

    class Meta:
        model = TradeCompany
        fields = [
            "name", "registration_number", "country", "vat_number", "website", "line1", "line2", "city", "region", "postcode",
            "contact_name", "email", "phone", "about",
        ]  # fmt: skip
        field_classes = dict.fromkeys(ON_ONE_LINE, LineField) | {"phone": TelephoneField}
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}
        labels = {"about": gettext_lazy("What you sell, and where")}
        help_texts = {"vat_number": gettext_lazy("Leave it empty if you are not registered for VAT.")}

    OPTIONAL = ("registration_number", "vat_number", "website", "line2", "region", "phone", "about")
    AUTOCOMPLETE = {
        "name": "organization", "contact_name": "name", "email": "email", "phone": "tel", "line1": "address-line1",
        "line2": "address-line2", "city": "address-level2", "region": "address-level1", "postcode": "postal-code",
        "country": "country", "website": "url",
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser(self, "country").choices = countries(None)
        for name, words in self.AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = words

    def clean(self) -> dict[str, Any] | None:
        """The VAT number holds by its form."""
        said = super().clean() or {}
        if reason := why_not(said.get("vat_number", ""), country=said.get("country", "")):
            self.add_error("vat_number", reason)
        return said

    def _post_clean(self) -> None:
        """No row is made here: whether the company is known already is the action's to say, in a sentence of its own."""

    def application(self, *, language: str) -> Application:
        """What was said."""
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return Application(language=language, **facts)


class PlaceForm(forms.Form):
    """The last questions before an order is sent."""

    po_number = LineField(label=gettext_lazy("Your order number"), max_length=40, required=False)
    recipient = LineField(label=gettext_lazy("Name on the parcel"), max_length=120)
    line1 = LineField(label=gettext_lazy("Street and number"), max_length=120)
    line2 = LineField(label=gettext_lazy("Second line"), max_length=120, required=False)
    city = LineField(label=gettext_lazy("Town or city"), max_length=80)
    region = LineField(label=gettext_lazy("County or province"), max_length=80, required=False)
    postcode = LineField(label=gettext_lazy("Postcode"), max_length=16, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    delivery = forms.ChoiceField(label=gettext_lazy("Delivery"))
    agreed = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, company: TradeCompany, methods: list[DeliveryMethod], **kwargs: Any) -> None:
        kwargs.setdefault("initial", _address_of(company))
        super().__init__(*args, **kwargs)
        chooser(self, "country").choices = countries(None)
        chooser(self, "delivery").choices = [(m.code, _way(m, company.seller.currency)) for m in methods]

    def address(self) -> Address:
        """Where it goes."""
        names = ("recipient", "line1", "line2", "city", "region", "postcode", "country")
        return Address(**{name: self.cleaned_data[name] for name in names})


def _address_of(company: TradeCompany) -> dict[str, str]:
    names = ("line1", "line2", "city", "region", "postcode", "country")
    return {name: getattr(company, name) for name in names} | {"recipient": company.name}


def _way(method: DeliveryMethod, currency: str) -> str:
    return f"{method.name}, {wording.money(method.price_minor, currency)}"


class PasteForm(forms.Form):
    """Lines from a spreadsheet."""

    lines = forms.CharField(
        label=gettext_lazy("Stock number and quantity, one on each line"), max_length=60_000, strip=True,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )  # fmt: skip


class TermsForm(forms.Form):
    """What the office agrees with a company."""

    price_list = forms.ModelChoiceField(label=gettext_lazy("Price list"), queryset=PriceList.objects.none())
    terms_days = forms.IntegerField(label=gettext_lazy("Days to pay, from each invoice"), min_value=0, max_value=120)
    credit_limit = forms.CharField(label=gettext_lazy("Credit limit"), max_length=20)

    def __init__(self, *args: Any, company: TradeCompany, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = company.seller.currency
        lists = self.fields["price_list"]
        if isinstance(lists, forms.ModelChoiceField):
            lists.queryset = PriceList.objects.filter(seller=company.seller)

    def clean_credit_limit(self) -> int:
        """In minor units; nothing is a limit too."""
        try:
            minor = parse_money(self.cleaned_data["credit_limit"], self.currency).minor
        except NotAnAmount as error:
            raise forms.ValidationError(str(error)) from error
        if minor < 0:
            raise forms.ValidationError(_("A credit limit is nothing or more."))
        return minor


class ReasonForm(forms.Form):
    """Why an account is declined or suspended. The company reads it."""

    reason = forms.CharField(label=gettext_lazy("Why: the company reads it"), max_length=300)


class PersonForm(forms.Form):
    """Somebody else who buys for the company."""

    name = LineField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail"))


class ProgramForm(forms.Form):
    """A program that orders for the company."""

    name = LineField(label=gettext_lazy("Which program"), max_length=80)
