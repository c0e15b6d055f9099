"""A VAT number's form, country by country. Whether it is in force only a register knows, which is asked elsewhere."""

from django.utils.translation import gettext as _
from stdnum import get_cc_module
from stdnum.exceptions import ValidationError

PREFIXES = {"GR": "EL"}
"""Where the number's letters are not the country's code (Council Directive 2006/112/EC, article 215)."""


def tidy(number: str) -> str:
    """In capitals, without spaces, dots and dashes."""
    return "".join(letter for letter in number.upper() if letter.isalnum())


def why_not(number: str, *, country: str) -> str:
    """Why this cannot be a VAT number of this country, in a sentence; "" where its form and check digits hold.

    None at all, and one of a country whose form is not known, is believed. The rules are python-stdnum's.
    """
    module = get_cc_module(country.lower(), "vat")
    said = tidy(number)
    if not said or module is None:
        return ""
    prefix = PREFIXES.get(country, country)
    try:
        module.validate(said.removeprefix(prefix))
    except ValidationError:
        return _("%(number)s is not a VAT number of this country: look at its letters and digits again.") % {
            "number": said
        }
    return ""
