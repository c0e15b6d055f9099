"""Fields that say in a sentence what they take."""

from typing import Any

from rest_framework import serializers

from foundation.line import on_one_line


class Milligrams(serializers.IntegerField):
    """A weight in whole milligrams, more than nothing unless said, at most two kilograms unless said."""

    default_error_messages = {
        "invalid": "A weight is a whole number of milligrams: 3520 for 3.52 g.",
        "min_value": "This weight cannot be: the least is {min_value} mg.",
        "max_value": "This weight cannot be: the most is {max_value} mg. Look at the unit: milligrams.",
    }

    def __init__(self, *, least: int = 1, most: int = 2_000_000, **more: Any) -> None:
        super().__init__(min_value=least, max_value=most, **more)


class Words(serializers.CharField):
    """Text a person wrote: trimmed, without control characters that no database keeps, of a length that is said."""

    default_error_messages = {
        "max_length": "Write it in up to {max_length} letters.",
        "min_length": "Write it in {min_length} letters at least.",
        "blank": "Write something here.",
    }


class Line(Words):
    """Words that are kept on one line, however they were sent: a name, a street, a telephone number."""

    def to_internal_value(self, data: Any) -> str:
        return on_one_line(super().to_internal_value(data))


class Named(serializers.SlugRelatedField[Any]):
    """Something by the name people call it. What can be no name is not looked for."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or "\x00" in data:
            self.fail("invalid")
        return super().to_internal_value(data)
