"""A telephone number, as people write it and a carrier can dial it."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.line import LineField

WRITTEN = re.compile(r"\+?[\d\s()./-]+(\s?(x|ext\.?)\s?\d+)?", re.IGNORECASE)
FEWEST_DIGITS = 6


def telephone(text: str) -> None:
    """Refuses, with ValidationError, what nobody can dial: words, and fewer than six digits."""
    if not WRITTEN.fullmatch(text) or sum(map(str.isdigit, text)) < FEWEST_DIGITS:
        raise ValidationError(_("Write a telephone number in digits, or leave it out: +44 1225 444 000."))


class TelephoneField(LineField):
    """A telephone number on one line."""

    widget = forms.TextInput({"type": "tel"})
    default_validators = [telephone]
