"""A telephone number is one that can be dialled."""

import pytest
from django.core.exceptions import ValidationError

from foundation.telephone import TelephoneField, telephone


@pytest.mark.parametrize(
    "said",
    ["+44 1225 444 000", "01225 444000", "(02) 123-4567", "02.123.45.67", "+66 81 234 5678 ext 12", "044/123 45 67"],
)
def test_numbers_are_taken_as_people_write_them(said):
    assert TelephoneField().clean(f" {said}\n") == said


@pytest.mark.parametrize("said", ["abc", "12345", "call me", "+44 1225 444 000 <b>", "mara@example.com", "+++++++"])
def test_what_nobody_can_dial_is_refused_in_a_sentence(said):
    with pytest.raises(ValidationError, match="Write a telephone number in digits"):
        telephone(said)


def test_none_is_no_number_where_none_is_needed():
    assert TelephoneField(required=False).clean("") == ""
