"""What stands on one line: a name, a street, a telephone number.

A second line would be one more of a label, a head of a letter's own, or a paragraph that becomes a button there.
"""

from typing import Any

from django import forms


def on_one_line(text: str) -> str:
    """The same words, one blank between them."""
    return " ".join(text.split())


class LineField(forms.CharField):
    """Text that is kept on one line, however it was sent."""

    def to_python(self, value: Any) -> Any:
        """The text on one line; nothing stays the field's own nothing."""
        text = super().to_python(value)
        return on_one_line(text) if text else text
