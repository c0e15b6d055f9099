"""What staff type about an order."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.chooser import chooser
from foundation.mass import NotAMass, parse_mass
from foundation.money import Money, NotAnAmount, parse_money
from store.orders import wording
from store.orders.changes import Asked, sizes_of
from store.orders.flow import OrderState
from store.orders.models import Due, LeftPiece, OrderLine
from store.orders.models.orders import DeliveryState, MakingState, MoneyState
from store.payments.models import Method


def _choices(label: object, choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", label), *choices]


class FilterForm(forms.Form):
    """Which orders to list."""

    q = forms.CharField(label=_("Number, name, e-mail"), max_length=80, required=False)
    state = forms.ChoiceField(label=_("Order"), choices=_choices(_("Any"), OrderState.choices), required=False)
    money = forms.ChoiceField(label=_("Payment"), choices=_choices(_("Any"), MoneyState.choices), required=False)
    making = forms.ChoiceField(label=_("Making"), choices=_choices(_("Any"), MakingState.choices), required=False)
    delivery_state = forms.ChoiceField(
        label=_("Delivery"), choices=_choices(_("Any"), DeliveryState.choices), required=False
    )


class PaymentForm(forms.Form):
    """Money that came otherwise than by card."""

    due = forms.TypedChoiceField(label=_("For"), coerce=int)
    method = forms.ChoiceField(
        label=_("How it came"), choices=[choice for choice in Method.choices if choice[0] != Method.CARD]
    )
    amount = forms.CharField(label=_("Amount"), max_length=20)
    note = forms.CharField(label=_("Bank’s reference, or a note"), max_length=200, required=False)

    def __init__(self, *args: Any, dues: Iterable[Due], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency, self.dues = currency, {due.pk: due for due in dues}
        chooser(self, "due").choices = [(pk, self._words(due)) for pk, due in self.dues.items()]

    def _words(self, due: Due) -> str:
        """A due with its amount as people write it."""
        return f"{due.get_kind_display()}, {wording.money(due.owed_minor, self.currency)}"

    def clean_due(self) -> Due:
        """The due itself."""
        return self.dues[self.cleaned_data["due"]]

    def clean_amount(self) -> int:
        """In minor units."""
        try:
            return parse_money(self.cleaned_data["amount"], self.currency).minor
        except NotAnAmount as error:
            raise forms.ValidationError(str(error)) from error


class ShelveForm(forms.Form):
    """What a piece that was made to order costs in the tray; what came from the tray has its price."""

    price = forms.CharField(label=_("Price in the tray, VAT included"), max_length=20, required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    @classmethod
    def for_piece(cls, left: LeftPiece) -> Self:
        """With the price it was ordered at."""
        line = left.line
        each = Money(line.gross_minor // line.quantity, line.order.currency).decimal
        return cls(initial={"price": str(each)}, currency=line.order.currency, prefix=str(left.pk))

    def clean_price(self) -> int:
        """In minor units; 0 where nothing was said."""
        said = self.cleaned_data["price"].strip()
        try:
            return parse_money(said, self.currency).minor if said else 0
        except NotAnAmount as error:
            raise forms.ValidationError(str(error)) from error


class MeltForm(forms.Form):
    """What the metal of a piece from the tray, or of one that was made with others, weighs, its stones taken out."""

    weighed = forms.CharField(label=_("Weighed without stones"), max_length=12, required=False)

    def clean_weighed(self) -> int | None:
        """In mg; None where nothing was said."""
        said = self.cleaned_data["weighed"].strip()
        try:
            return parse_mass(said) if said else None
        except NotAMass as error:
            raise forms.ValidationError(str(error)) from error


class ChangeForm(forms.Form):
    """What a piece in the making is to be instead: its size, its words and where they stand."""

    size = forms.TypedChoiceField(label=_("Ring size"), coerce=int, required=False)
    engraving = forms.CharField(label=_("Engraving"), required=False, strip=True)
    place = forms.ChoiceField(
        label=_("Where it is engraved"), choices=[("inside", _("Inside")), ("outside", _("Outside"))], required=False
    )

    def __init__(self, said: Mapping[str, Any] | None, *, line: OrderLine, most: int) -> None:
        """For a line, with the letters there is room for. Unsaid is as it is."""
        now = {"size": line.ring_inner_um, "engraving": line.engraving, "place": line.engraving_place or "inside"}
        super().__init__(said, initial=now)
        self.line = line
        sizes = sizes_of(line)
        chooser(self, "size").choices = sizes
        self.fields["engraving"].widget.attrs["maxlength"] = most
        if not sizes:
            del self.fields["size"]
        if not most:
            del self.fields["engraving"], self.fields["place"]

    def asked(self) -> Asked:
        """What was said, what was not said being as it is."""
        said = self.cleaned_data
        words = said.get("engraving", self.line.engraving)
        place = said.get("place") or self.line.engraving_place or "inside"
        return Asked(said.get("size") or self.line.ring_inner_um, words, place if words else "")
