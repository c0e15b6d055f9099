"""The look as files: what every page keeps to."""

import gzip
import re
from pathlib import Path

import pytest
from django import forms
from django.http import Http404
from django.template import engines
from django.template.loader import render_to_string

import foundation.ui
from foundation.ui import views

ROOM = Path(foundation.ui.__file__).parent
ROOT = ROOM.parent.parent
STATIC = ROOM / "static" / "ui"
SCREEN_ADDRESSES = ["/styleguide/", *(f"/styleguide/{name}/" for name in views.SCREENS)]


def packed(*names):
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize("address", SCREEN_ADDRESSES)
def test_every_screen_of_the_style_guide_opens_in_both_languages(client, address, language):
    answer = client.get(f"/{language}{address}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in page
    assert (page.count("<h1"), page.count("<main")) == (1, 1)
    assert not re.search(r"<c-|{{|{%", page), "a component or a tag was left undrawn"
    assert not re.search(r"<[^>]+\s(style|on\w+)=", page), "the content policy refuses inline styles and scripts"


def test_an_unknown_screen_is_not_there(rf):
    with pytest.raises(Http404):
        views.screen(rf.get("/"), "nothing")


def test_thai_pages_speak_thai(client):
    assert "ข้ามไปยังเนื้อหา" in client.get("/th/styleguide/").content.decode()


def test_the_styles_of_a_first_list_weigh_at_most_12_kb():
    assert packed("tokens.css", "ajour.css", "shop.css") <= 12 * 1024


def test_the_preloaded_faces_weigh_at_most_60_kb():
    faces = [STATIC / "fonts" / f"{name}.woff2" for name in ("hanken", "newsreader", "thai-sans")]
    assert sum(face.stat().st_size for face in faces) <= 60 * 1024


WHEN_ASKED = ("viewer.js", "gem.js", "light.js")
"""Fetched only when somebody turns a piece, with three.js."""


def test_what_turns_a_piece_stays_small_beside_what_it_turns_it_with():
    assert sum((STATIC / "js" / name).stat().st_size for name in WHEN_ASKED) < 16 * 1024


@pytest.mark.parametrize("module", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_a_script_only_adds_and_stays_small(module):
    assert module.name in WHEN_ASKED or module.stat().st_size < 3 * 1024
    assert module.read_text().startswith("//"), "its first line says what it adds"


@pytest.mark.parametrize("file", sorted((ROOM / "templates" / "cotton").glob("*.html")), ids=lambda path: path.stem)
def test_every_component_says_what_it_takes_and_stands_on_the_list(file):
    tag = "<c-" + file.stem.replace("_", "-")
    assert file.read_text().lstrip().startswith("{% comment %}")
    assert tag in (ROOT / "docs" / "components.md").read_text()


@pytest.mark.parametrize("code", ["403", "403_csrf", "404", "429", "500"])
def test_an_error_page_is_drawn_without_a_request(code):
    assert "<h1>" in render_to_string(f"{code}.html")


def test_every_icon_that_is_used_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "icons.svg").read_text()))
    used = set()
    for template in ROOT.glob("*/**/templates/**/*.html"):
        used |= set(re.findall(r'<c-icon name="(\w+)"', template.read_text()))
    assert used <= drawn, used - drawn


class Asked(forms.Form):
    email = forms.EmailField(label="E-mail")
    way = forms.ChoiceField(label="Way", choices=[("post", "Post")], widget=forms.RadioSelect)
    token = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "Open the page again."})


LAYOUTS = ("shop", "focus", "bench")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_refused_form_is_told_first_in_main_with_the_focus_and_a_link_to_each_field(layout):
    form = Asked({"email": "nobody"})
    source = f'{{% extends "ui/{layout}.html" %}}{{% block main %}}<h1>Ask</h1>{{{{ form }}}}{{% endblock %}}'
    main = engines["django"].from_string(source).render({"form": form}).partition("<main")[2]
    summary, _h1, rest = main.partition("<h1>")
    assert re.search(r'<div class="notice"[^>]* role="alert" tabindex="-1" autofocus', summary)
    assert re.findall(r'<a class="link" href="#(\w+)">([^<]+)</a>: ([^<]+)', summary) == [
        ("id_email", "E-mail", "This is not a whole address yet. Write it like mara@example.com."),
        ("id_way_0", "Way", "This is still missing."),
    ]  # fmt: skip
    assert "<li>Open the page again.</li>" in summary
    assert all(f'id="{at}"' in rest for at in ("id_email", "id_way_0")), "each link leads to a control"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", [Asked(), None])
def test_a_form_that_was_not_refused_takes_no_focus(layout, form):
    page = render_to_string(f"ui/{layout}.html", {"form": form})
    assert "autofocus" not in page


def test_the_layouts_tell_of_refused_forms_so_that_no_page_tells_twice():
    pages = [path for path in ROOT.glob("*/**/templates/**/*.html") if path.parent.name not in ("cotton", "ui")]
    assert len(pages) > 50
    assert [path.name for path in pages if '<c-form-errors :form="form" />' in path.read_text()] == []
