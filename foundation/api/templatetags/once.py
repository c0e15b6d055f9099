"""{% action_id %}: the hidden field that gives a form its own number."""

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def action_id() -> SafeString:
    """A hidden field with a new number, so that this form, sent twice, acts once."""
    return format_html('<input type="hidden" name="action_id" value="{}">', uuid4())
