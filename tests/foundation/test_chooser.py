"""A field in which something is chosen gets its choices once they are known."""

import pytest
from django import forms

from foundation.chooser import chooser


class AskForm(forms.Form):
    where = forms.ChoiceField()
    words = forms.CharField()


def test_choices_are_those_of_the_form_that_they_were_set_on():
    form = AskForm({"where": "GB", "words": "-"})
    chooser(form, "where").choices = [("GB", "United Kingdom")]
    assert form.is_valid()
    assert not AskForm({"where": "GB", "words": "-"}).is_valid()


def test_a_field_in_which_nothing_is_chosen_is_refused():
    with pytest.raises(TypeError, match="words"):
        chooser(AskForm(), "words")
