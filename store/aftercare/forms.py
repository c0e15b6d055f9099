"""What a buyer types to find their order again."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FindForm(forms.Form):
    number = forms.CharField(label=_("Order number"), max_length=12)
    email = forms.EmailField(label=_("E-mail you ordered with"))
