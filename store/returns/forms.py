"""What is typed about a return."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from foundation.chooser import chooser
from foundation.house.models import Site
from foundation.line import LineField
from foundation.money import NotAnAmount, parse_money
from store.returns.actions import Wish
from store.returns.models import Becomes, Cause, Condition, ReturnLine
from store.returns.rights import Chance


class AskForm(forms.Form):
    """Which pieces, how many of each, and why."""

    cause = forms.ChoiceField(label=_("Why"), choices=Cause.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, chances: Sequence[Chance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chances = [chance for chance in chances if chance.left > 0]
        for chance in self.chances:
            most = chance.left
            self.fields[f"line-{chance.line.pk}"] = forms.TypedChoiceField(
                label=chance.line.piece_name, coerce=int, required=False, empty_value="0",
                choices=[(n, _("none") if n == 0 else str(n)) for n in range(most + 1)],
            )  # fmt: skip

    def rows(self) -> list[tuple[Chance, Any]]:
        """Each line with its field."""
        return [(chance, self[f"line-{chance.line.pk}"]) for chance in self.chances]

    def wishes(self) -> list[Wish]:
        """What was chosen."""
        chosen = [(chance, int(self.cleaned_data.get(f"line-{chance.line.pk}") or 0)) for chance in self.chances]
        return [Wish(chance.line, quantity) for chance, quantity in chosen if quantity]


class AnswerForm(forms.Form):
    """Why it is refused."""

    answer = forms.CharField(label=_("Why it is refused"), max_length=300, help_text=_("The buyer reads it."))


class HereForm(forms.Form):
    """Where the parcel is."""

    site = forms.ModelChoiceField(label=_("It is here, at"), queryset=Site.objects.order_by("pk"), empty_label=None)


class FindingForm(forms.Form):
    """What was found of one line, and what becomes of it."""

    condition = forms.ChoiceField(label=_("It is"), choices=Condition.choices)
    deduction = forms.CharField(label=_("Less paid back"), max_length=20, required=False)
    why = forms.CharField(label=_("For what"), max_length=200, required=False, help_text=_("The buyer reads it."))
    becomes = forms.ChoiceField(label=_("The piece goes"), choices=Becomes.choices)

    def __init__(self, said: Any = None, *, row: ReturnLine) -> None:
        start = {"becomes": Becomes.TRAY if row.line.sku else Becomes.LEFT}
        super().__init__(said, prefix=f"row{row.pk}", initial=start)
        self.row, self.currency = row, row.line.order.currency
        if not row.line.sku:
            choices = [one for one in Becomes.choices if one[0] != Becomes.TRAY]
            chooser(self, "becomes").choices = choices

    def clean_deduction(self) -> int:
        """In minor units."""
        said = self.cleaned_data["deduction"].strip()
        try:
            return parse_money(said, self.currency).minor if said else 0
        except NotAnAmount as error:
            raise forms.ValidationError(str(error)) from error


class GiftForm(forms.Form):
    """How much of what goes back, and what for."""

    amount = forms.CharField(label=_("How much goes back"), max_length=20)
    line = forms.TypedMultipleChoiceField(
        label=_("Out of"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: out of everything, delivery too."),
    )  # fmt: skip
    reason = forms.CharField(label=_("What it is for"), max_length=200, help_text=_("The buyer reads it."))

    def __init__(self, *args: Any, lines: Sequence[Any], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        chooser(self, "line").choices = [(line.pk, line.piece_name) for line in lines]

    def clean_amount(self) -> int:
        """In minor units."""
        try:
            return parse_money(self.cleaned_data["amount"], self.currency).minor
        except NotAnAmount as error:
            raise forms.ValidationError(str(error)) from error


class WithdrawForm(forms.Form):
    """Who withdraws from which contract."""

    name = LineField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    number = forms.CharField(
        label=_("Order number"), max_length=12, widget=forms.TextInput(attrs={"autocapitalize": "characters"})
    )
    email = forms.EmailField(
        label=_("E-mail you ordered with"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


def photo_of(files: Any, row: ReturnLine) -> UploadedFile | None:
    """The photo that was taken of a line, if one was."""
    found: UploadedFile | None = files.get(f"photo-{row.pk}")
    return found
