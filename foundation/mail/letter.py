"""How a letter is written: one text template, from which the HTML part is made, so that both always say the same.

The template's first line is `Subject: …`; the rest is paragraphs. A line `Words: https://…` alone becomes a button.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.template.context import make_context
from django.template.loader import get_template, render_to_string
from django.utils.html import format_html, format_html_join, urlize
from django.utils.safestring import SafeString
from django.utils.translation import override

BUTTON = re.compile(r"^(?P<words>[^:\n]{1,60}): (?P<url>https?://\S+)$")


@dataclass(frozen=True)
class Written:
    """A letter's three parts."""

    subject: str
    text: str
    html: str


def write(template: str, *, language: str, brand: str, context: dict[str, Any]) -> Written:
    """Write `mail/<template>.txt` in the reader's language."""
    with override(language):
        said = _said(f"{template}.txt", {**context, "brand_name": brand})
        head, _, body = said.strip().partition("\n")
        text = re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n"
        html = render_to_string("ui/mail.html", {"subject": _subject(head), "body": _html(text), "brand_name": brand})
    return Written(subject=_subject(head), text=text, html=html)


def _said(name: str, context: dict[str, Any]) -> str:
    """The template's words as they are: a letter is text, in which O'Brien has an apostrophe and no entity."""
    template: Any = get_template(name)
    return str(template.template.render(make_context(context, autoescape=False)))


def _subject(head: str) -> str:
    return head.removeprefix("Subject:").strip()


def _html(text: str) -> SafeString:
    """The first paragraph calls the reader by name, as somebody typed it: whatever stands there is no link of ours."""
    greeting, *parts = text.strip().split("\n\n")
    return format_html_join("\n", "{}", [(_words(greeting),), *((_paragraph(part),) for part in parts)])


def _words(part: str) -> SafeString:
    return format_html("<p>{}</p>", format_html_join(SafeString("<br>"), "{}", ((line,) for line in part.split("\n"))))


def _paragraph(part: str) -> SafeString:
    if button := BUTTON.match(part.strip()):
        return format_html('<p><a class="button" href="{}">{}</a></p>', button["url"], button["words"])
    lines = format_html_join(
        SafeString("<br>"), "{}", ((SafeString(urlize(line, autoescape=True)),) for line in part.split("\n"))
    )
    return format_html("<p>{}</p>", lines)
