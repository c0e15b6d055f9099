"""Parts that are drawn once are right for everybody; icons are drawn as the template is loaded."""

import pytest
from django.template import engines
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

from foundation.ui.loader import with_addresses, with_icons
from foundation.ui.templatetags import drawn as kept
from foundation.ui.templatetags.drawn import drawn

CHROME = {"brand": "Ajour", "home": "/en/", "nav": [{"label": "Rings", "href": "/en/rings/", "current": False}],
          "search": "/en/search/", "query": "", "basket": "/en/basket/", "basket_count": 0}  # fmt: skip


def test_a_part_follows_every_value_and_the_language():
    plain = drawn("ui/_top.html", CHROME)
    assert drawn("ui/_top.html", dict(CHROME)) is plain
    assert "<b aria-hidden=" in drawn("ui/_top.html", CHROME | {"basket_count": 2})
    assert 'value="ruby"' in drawn("ui/_top.html", CHROME | {"query": "ruby"})
    assert "&lt;script&gt;" in drawn("ui/_top.html", CHROME | {"query": "<script>"})
    with override("th"):
        assert drawn("ui/_top.html", CHROME) != plain
    assert drawn("ui/_top.html", CHROME) == plain


def test_what_is_kept_stays_small(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 3)
    for n in range(10):
        drawn("ui/_top.html", CHROME | {"query": str(n)})
    assert len(kept._DRAWN) <= 3


def test_another_thread_that_clears_what_is_kept_takes_nothing_from_this_page(monkeypatch):
    class Cleared(dict):
        def __setitem__(self, key, value):
            """As if it were emptied in the same moment."""

    monkeypatch.setattr(kept, "_DRAWN", Cleared())
    assert "Ajour" in drawn("ui/_top.html", CHROME)


@pytest.mark.parametrize("tag", ['<c-icon name="basket" />', '<c-icon name="basket" small="yes" />'])
def test_an_icon_drawn_as_it_is_loaded_is_the_component(tag):
    draw = engines["django"].from_string
    assert draw(with_icons(tag)).render() == draw(CottonCompiler().process(tag)).render()


@pytest.mark.parametrize("tag", ["{% static 'ui/shop.css' %}", '<a href="{% static "ui/icons.svg" %}#ring">'])
def test_the_address_of_a_static_file_is_written_as_the_template_is_loaded(tag):
    written = with_addresses(tag)
    assert "{%" not in written
    assert written == engines["django"].from_string(tag).render()


def test_an_address_that_depends_on_the_page_stays_a_question():
    assert with_addresses("{% static name %}") == "{% static name %}"
