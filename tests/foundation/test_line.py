"""What stands on one line is kept on one, on pages and for programs."""

import pytest
from django import forms
from rest_framework import serializers

from foundation.api.fields import Line, Words
from foundation.line import LineField

SENT = "Anna\r\n\nPay the balance:\u2028 https://evil.example\t "
KEPT = "Anna Pay the balance: https://evil.example"


class Page(forms.Form):
    name = LineField(max_length=len(KEPT))
    second = LineField(required=False)


class Program(serializers.Serializer):
    name = Line(max_length=len(KEPT))
    second = Line(required=False, default="", allow_blank=True)


def test_a_page_s_field_keeps_one_line_and_measures_that():
    form = Page({"name": SENT, "second": " \n "})
    assert form.is_valid()
    assert form.cleaned_data == {"name": KEPT, "second": ""}


def test_a_program_s_field_keeps_one_line():
    read = Program(data={"name": SENT.replace("\u2028", ""), "second": " \n "})
    assert read.is_valid(), read.errors
    assert read.validated_data == {"name": KEPT, "second": ""}


@pytest.mark.parametrize("nothing", ["", " \n\n "])
def test_a_line_that_is_needed_and_empty_is_asked_for(nothing):
    assert "name" in Page({"name": nothing}).errors
    read = Program(data={"name": nothing})
    assert not read.is_valid()
    assert read.errors["name"] == ["Write something here."]


def test_words_say_how_many_letters_they_need():
    field = Words(min_length=3, max_length=5)
    for sent, sentence in (("a", "Write it in 3 letters at least."), ("abcdef", "Write it in up to 5 letters.")):
        with pytest.raises(serializers.ValidationError) as refused:
            field.run_validation(sent)
        assert refused.value.detail == [sentence]
