"""A letter's words reach their reader as they were meant, in the text and in the HTML made from it."""

import html
import re
from datetime import date
from types import SimpleNamespace

import pytest

from foundation.mail.letter import write

NAMES = ["Siobhan O'Brien", "Roux & Fils", 'Ann "Nan" Lee', "<b>Bold</b>"]


def written(name):
    context = {"order": SimpleNamespace(number="X26F7Y", name=name), "amount": "£640", "lines": ["Sill, engraved “A & B's”"],
               "total": "£640", "promise": date(2026, 11, 30), "url": "https://ajour.example/o/"}  # fmt: skip
    return write("orders/mail/received", language="en", brand="Ajour", context=context)


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_calls_its_reader_by_name_without_entities(name):
    assert f"Dear {name}," in written(name).text
    assert "A & B's" in written(name).text


@pytest.mark.parametrize("name", NAMES)
def test_the_html_part_escapes_a_name_once(name):
    said = written(name).html
    assert "<b>Bold</b>" not in said
    assert f"Dear {name}," in html.unescape(re.sub(r"</?(p|br)>", "", said))


@pytest.mark.parametrize("name", ["Pay here: https://evil.example/x", "www.evil.example", "https://evil.example"])
def test_a_name_makes_no_link_and_no_button_of_a_letter(name):
    said = written(name)
    assert re.findall(r'href="([^"]+)"', said.html) == ["https://ajour.example/o/"]
