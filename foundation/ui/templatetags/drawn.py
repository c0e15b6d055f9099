"""{% load drawn %}: parts of a page that are the same on many."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
MOST = 500
_DRAWN: dict[tuple[str, str | None, str], SafeString] = {}


@register.simple_tag
def drawn(part: str, of: Any) -> SafeString:
    """`part` of these values alone, as `of`, in the reader's language: once for every value it was ever drawn of."""
    key = (part, get_language(), str(of))
    found = _DRAWN.get(key)
    if found is None:
        if len(_DRAWN) >= MOST:
            _DRAWN.clear()
        found = _DRAWN[key] = render_to_string(part, {"of": of})
    return found
