"""The controls that are written, not drawn by a template, are what Django's templates would draw."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from foundation.ui.controls import WRITTEN, Renderer

AWKWARD = "a \"b\" <c> 'd' & e"
CHOICES = [("", "None"), ("a", AWKWARD), (AWKWARD, "b"), ("Grouped", [(1, "one"), (2, "<two>")])]


class Asked(forms.Form):
    text = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": AWKWARD, "data-on": True, "data-off": False}))
    email = forms.EmailField(help_text="said below")
    number = forms.IntegerField(min_value=1)
    hidden = forms.CharField(widget=forms.HiddenInput)
    ticked = forms.BooleanField()
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), max_length=40)
    choice = forms.ChoiceField(choices=CHOICES)
    several = forms.MultipleChoiceField(choices=CHOICES)
    password = forms.CharField(widget=forms.PasswordInput)
    day = forms.DateField()
    file = forms.FileField()
    radio = forms.ChoiceField(choices=CHOICES[:2], widget=forms.RadioSelect)


SAID = {
    "nothing": None,
    "something": {"text": AWKWARD, "email": "x", "number": "0", "hidden": "h", "ticked": "on", "words": f"{AWKWARD}\n2",
                  "choice": AWKWARD, "several": ["1", "a"], "password": "p", "day": "2026-02-30"},
    "empty": {"text": "", "number": "", "words": "", "choice": ""},
}  # fmt: skip


def squeezed(control):
    """Without the white space between the options of a list, which nobody sees."""
    return re.sub(r">\s+<", "><", str(control))


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_every_control_is_as_django_draws_it(said):
    ours, theirs = Asked(said, renderer=Renderer()), Asked(said, renderer=DjangoTemplates())
    for name in ours.fields:
        assert squeezed(ours[name]) == squeezed(theirs[name]), name


def test_the_everyday_ones_are_written():
    assert {"text.html", "select.html", "textarea.html", "checkbox.html"} <= WRITTEN.keys()
