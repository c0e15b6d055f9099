"""{% load cards %}: a piece's card, from anything that has its fields."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from foundation.ui.cards import draw_card

register = template.Library()


@register.simple_tag
def card(of: Any = None, **said: Any) -> SafeString:
    """{% card piece level=3 %}: the fields of `piece`, and what is said beside them."""
    facts = {} if of is None else vars(of)
    return draw_card(**{**facts, **said})
