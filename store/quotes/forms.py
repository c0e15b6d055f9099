"""What staff fill in for a quote, and what whoever it is for says as they approve it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.chooser import chooser
from foundation.countries import countries
from foundation.house.models import Brand, DeliveryMethod
from foundation.line import LineField
from foundation.telephone import TelephoneField
from foundation.typed import MoneyField
from store.catalogue.forms.choices import alloy_choices, size_choices
from store.catalogue.models import Piece
from store.catalogue.models.pieces import RINGS, Kind
from store.catalogue.wording import alloy_name, ring_size_long, stones_of
from store.checkout.forms import CheckoutForm, going_to, offered_countries
from store.pricing.choosing import Chosen, Ways
from store.quotes.actions import Answer
from store.quotes.flow import QuoteState

PRIVATE = {"data-private": ""}
"""Whom it is for stays out of the addresses by which a page asks for its price."""

VALID_DAYS = 14
LONGEST_VALID_DAYS = 90


class WhoForm(forms.Form):
    """Whom it is for, and what holds for all of it."""

    name = LineField(label=gettext_lazy("Name"), max_length=120)
    phone = TelephoneField(label=gettext_lazy("Telephone"), max_length=30, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the link"), choices=settings.LANGUAGES)
    country = forms.ChoiceField(label=gettext_lazy("Goes to"))
    delivery = forms.ChoiceField(label=gettext_lazy("Delivery"))
    valid_until = forms.DateField(label=gettext_lazy("Stands until"), widget=forms.DateInput({"type": "date"}))
    deposit = forms.IntegerField(
        label=gettext_lazy("Deposit on what is made"),
        min_value=10,
        max_value=100,
        widget=forms.NumberInput({"step": 5}),
    )
    note = forms.CharField(
        label=gettext_lazy("A word to them"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, brand: Brand, methods: list[DeliveryMethod], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.methods, today = methods, timezone.localdate()
        chooser(self, "country").choices = countries(offered_countries(methods))
        chooser(self, "delivery").choices = [(method.code, method.name) for method in methods]
        known: dict[str, Any] = {
            "country": brand.seller.country, "deposit": brand.deposit_percent, "language": "en",
            "valid_until": today + timedelta(days=VALID_DAYS),
        }  # fmt: skip
        self.initial = known | dict(self.initial or {})
        for field in self.fields.values():
            field.widget.attrs |= PRIVATE
        self.fields["valid_until"].widget.attrs |= {"min": today, "max": today + timedelta(days=LONGEST_VALID_DAYS)}

    def clean_valid_until(self) -> date:
        """A day still to come, within three months: metal moves."""
        return still_to_come(self.cleaned_data["valid_until"])

    def clean(self) -> dict[str, Any]:
        """An e-mail or a telephone number; a delivery that goes there."""
        said = super().clean() or {}
        if not said.get("email") and not said.get("phone") and not self.errors:
            self.add_error("phone", _("Give a telephone number or an e-mail address: one of them is enough."))
        going = {method.code for method in going_to(said.get("country", ""), self.methods)}
        if said.get("delivery") and said["delivery"] not in going:
            self.add_error("delivery", _("It cannot be sent there in this way. Choose another."))
        return said


class PieceForm(forms.Form):
    """What is chosen of a piece. Its choices are those it can be had in."""

    metal = forms.ChoiceField(label=gettext_lazy("Metal"))
    size = forms.TypedChoiceField(label=gettext_lazy("Ring size"), required=False)
    stone = forms.ChoiceField(label=gettext_lazy("Stone"), required=False)
    engraving = forms.CharField(label=gettext_lazy("Engraving"), max_length=80, required=False)
    place = forms.ChoiceField(
        label=gettext_lazy("Where it is engraved"), required=False,
        choices=[("inside", gettext_lazy("inside")), ("outside", gettext_lazy("outside"))],
    )  # fmt: skip
    wish = forms.CharField(
        label=gettext_lazy("Wish"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
    made = forms.BooleanField(label=gettext_lazy("Make it new, though one lies in the tray"), required=False)
    quantity = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=20, initial=1)
    price = MoneyField(least=1, label=gettext_lazy("Another price, VAT included"), required=False)
    reason = forms.CharField(label=gettext_lazy("Why another price"), max_length=200, required=False)
    agreed = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, chosen: Chosen, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen, ways = chosen, Ways(chosen.choice.piece)
        choice, price = chosen.choice, self.fields["price"]
        if isinstance(price, MoneyField):
            price.currency = currency
        chooser(self, "metal").choices = [(code, alloy_name(code)) for code in ways.alloys]
        chooser(self, "size").choices = [(str(um), ring_size_long(um)) for um in ways.sizes(choice.alloy)]
        chooser(self, "stone").choices = [(str(one.pk), _stone_label(ways, one)) for one in ways.stones]
        known: dict[str, Any] = {
            "metal": choice.alloy, "size": str(choice.ring_inner_um or ""), "stone": choice.stone.pk if choice.stone else "",
            "engraving": choice.engraving, "place": choice.engraving_place, "quantity": 1,
        }  # fmt: skip
        self.initial = known | dict(self.initial or {})
        self._leave_out(choice.piece, ways)

    def _leave_out(self, piece: Piece, ways: Ways) -> None:
        """A question that has no answers is not asked."""
        empty = {"size": not ways.sizes(self.chosen.choice.alloy), "stone": not ways.stones}
        making = not piece.made_to_order
        gone = [name for name, none in empty.items() if none]
        gone += ["engraving", "place", "wish", "made"] if making else [] if ways.variants else ["made"]
        for name in gone:
            del self.fields[name]


class BespokeForm(forms.Form):
    """A piece that stands in no catalogue."""

    title = LineField(label=gettext_lazy("What it is called"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Kind.choices)
    alloy = forms.ChoiceField(label=gettext_lazy("Metal"), choices=alloy_choices)
    size = forms.TypedChoiceField(
        label=gettext_lazy("Ring size"), required=False, coerce=int, empty_value=None, choices=size_choices
    )
    description = forms.CharField(
        label=gettext_lazy("What was agreed"), max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    price = MoneyField(least=1, label=gettext_lazy("Agreed price, VAT included"))
    picture = forms.FileField(
        label=gettext_lazy("A sketch or photo"), required=False,
        widget=forms.ClearableFileInput({"accept": "image/*", "data-shrink": ""}),
    )  # fmt: skip

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        price = self.fields["price"]
        if isinstance(price, MoneyField):
            price.currency = currency

    def clean(self) -> dict[str, Any]:
        """A ring has a size."""
        said = super().clean() or {}
        if said.get("kind") in RINGS and not said.get("size") and "size" not in self.errors:
            self.add_error("size", _("A ring has a size: choose one."))
        return said


class PriceForm(forms.Form):
    """Another price for a line."""

    price = MoneyField(least=1, label=gettext_lazy("Price, VAT included"))
    reason = forms.CharField(label=gettext_lazy("Why"), min_length=3, max_length=200)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        price = self.fields["price"]
        if isinstance(price, MoneyField):
            price.currency = currency


class RenewForm(forms.Form):
    """Until when it stands now."""

    valid_until = forms.DateField(label=gettext_lazy("Stands until"), widget=forms.DateInput({"type": "date"}))

    def clean_valid_until(self) -> date:
        """A day still to come, within three months."""
        return still_to_come(self.cleaned_data["valid_until"])


class WithdrawForm(forms.Form):
    """Why it is taken back."""

    reason = forms.CharField(label=gettext_lazy("Why it is withdrawn"), max_length=200)


class FilterForm(forms.Form):
    """Which quotes to list."""

    q = forms.CharField(label=gettext_lazy("Number, name, e-mail, telephone"), max_length=80, required=False)
    state = forms.ChoiceField(label=gettext_lazy("Quote"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser(self, "state").choices = [("", _("Any")), *QuoteState.choices]


class ApproveForm(CheckoutForm):
    """The checkout's own questions, for a country and a delivery that are settled. An e-mail may be left out."""

    promised = forms.DateField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["agreed"].required = True
        for name in ("gift", "gift_note", "hide_prices"):
            del self.fields[name]

    def answer(self) -> Answer:
        """What they say, and what they saw."""
        said = self.cleaned_data
        return Answer(
            name=said["name"], email=said["email"], phone=said["phone"], address=self.address(), consented=said["consent"],
            agreed_minor=said["agreed"], promised_on=said["promised"],
        )  # fmt: skip


def still_to_come(day: date) -> date:
    """The day. Refuses one that is past, and one more than three months ahead."""
    today = timezone.localdate()
    if not today <= day <= today + timedelta(days=LONGEST_VALID_DAYS):
        raise forms.ValidationError(_("Choose a day from today on, within 90 days."))
    return day


def _stone_label(ways: Ways, stone: Any) -> str:
    label = ", ".join(part for part in (stones_of(stone), stone.colour, stone.origin) if part)
    return label if ways.is_free(stone) else _("%(stone)s (held or sold)") % {"stone": label}
