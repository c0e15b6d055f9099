"""What is typed at a counter."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundation.house.models import Site
from foundation.line import LineField
from foundation.telephone import TelephoneField
from foundation.typed import MoneyField
from store.payments.models import CashRule

METHODS = [("cash", _("Cash")), ("terminal", _("Card terminal"))]


class OfMoney(forms.Form):
    """A form whose amounts are in one currency."""

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        for field in self.fields.values():
            if isinstance(field, MoneyField):
                field.currency = currency


class SaleForm(OfMoney):
    """How a sale is paid, and by whom."""

    method = forms.ChoiceField(label=_("How it is paid"), choices=METHODS, initial="cash")
    tendered = MoneyField(label=_("Cash given"), required=False)
    slip = forms.CharField(label=_("Reference on the terminal’s slip"), max_length=60, required=False)
    name = LineField(label=_("Name"), max_length=120, required=False)
    phone = TelephoneField(label=_("Telephone"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language of the receipt"), choices=settings.LANGUAGES)
    agreed = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Cash needs a sum, a card its slip."""
        said = super().clean() or {}
        if said.get("method") == "cash" and said.get("tendered") is None and "tendered" not in self.errors:
            self.add_error("tendered", _("Write down what was given."))
        if said.get("method") == "terminal" and not said.get("slip"):
            self.add_error("slip", _("Write down the reference on the terminal’s slip."))
        return said


class HandOverForm(forms.Form):
    """Into whose hands an order goes."""

    to = forms.CharField(label=_("Who takes it"), max_length=120)
    note = forms.CharField(label=_("What they showed, or a note"), max_length=200, required=False)


class CountForm(OfMoney):
    """A till, counted."""

    counted = MoneyField(label=_("Counted in the till"))
    banked = MoneyField(label=_("Of this, taken to the bank"), required=False)
    note = forms.CharField(label=_("Why it differs, or a note"), max_length=200, required=False)


class TransferForm(forms.Form):
    """So many of one piece, from one site's tray to another's."""

    sku = forms.CharField(label=_("Stock number"), max_length=32)
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=999, initial=1)
    source = forms.ModelChoiceField(label=_("From"), queryset=Site.objects.order_by("pk"))
    to = forms.ModelChoiceField(label=_("To"), queryset=Site.objects.order_by("pk"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class CashRuleForm(OfMoney):
    """A seller's limit on cash."""

    limit = MoneyField(label=_("Most cash from one customer"))
    window_days = forms.IntegerField(
        label=_("Days within which payments are linked"), min_value=1, max_value=3650, initial=90
    )
    ask_who = MoneyField(label=_("Ask for a name and number from"))
    source = forms.CharField(label=_("Where the limit stands"), max_length=240)

    def save(self, rule: CashRule) -> CashRule:
        """Write the rule down."""
        said = self.cleaned_data
        rule.limit_minor, rule.ask_who_minor = said["limit"], said["ask_who"]
        rule.window_days, rule.source = said["window_days"], said["source"]
        rule.save()
        return rule
